"""The list of faults made on purpose is of this house: each text is there to be spoilt, each test to catch it."""

import pytest

from scripts.soaking.breaking import PROJECT, patched
from scripts.soaking.faults import FAULTS


def test_there_are_many_kinds_of_faults():
    assert len(FAULTS) >= 20
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_fault_can_be_made_and_its_tests_are_there(fault):
    for file, old, new in fault.patches:
        text = (PROJECT / file).read_text(encoding="utf-8")
        spoilt = patched(text, old, new)
        assert spoilt != text
        compile(spoilt, file, "exec")
    assert [tests for tests in fault.tests.split() if not (PROJECT / tests).exists()] == []


def test_the_list_that_is_told_is_the_one_that_is_tried():
    told = (PROJECT / "docs/decisions/0009-proofs.md").read_text(encoding="utf-8")
    assert [fault.name for fault in FAULTS if f"| {fault.name} |" not in told] == []
