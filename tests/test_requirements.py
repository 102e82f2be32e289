"""What is installed is locked: one version each, known by its hash, wherever it comes from."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent


def locked(name):
    """Return {package: (version and condition, hashes)} of a lock."""
    text = (PROJECT / "requirements" / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", "\n" + text)[1:]
    pins = [(entry.partition(" \\")[0], set(re.findall(r"sha256:[0-9a-f]{64}", entry))) for entry in entries]
    return {pin.partition("==")[0]: (pin, hashes) for pin, hashes in pins}


@pytest.mark.parametrize("name", ["server.txt", "test.txt"])
def test_every_package_of_a_lock_has_one_version_and_its_hashes(name):
    packages = locked(name)
    assert len(packages) > 20
    for package, (pin, hashes) in packages.items():
        assert re.match(rf"{package}==[\w.]+( ;|$)", pin), pin
        assert hashes, pin


@pytest.mark.parametrize("name", ["server.txt", "test.txt"])
def test_a_lock_names_no_place_to_download_from(name):
    assert not re.search(r"https?:|--index|--find-links|--trusted", (PROJECT / "requirements" / name).read_text())


def test_tests_run_on_exactly_what_the_service_runs_on():
    server, test = locked("server.txt"), locked("test.txt")
    assert {package: test.get(package) for package in server} == server
