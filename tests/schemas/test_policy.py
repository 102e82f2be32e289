"""Settings: what is typed for a value follows from the kind of the setting."""

import pytest
from marshmallow import ValidationError

from ledger.registers.policy import DEFAULTS
from schemas.policy import policy_form


def read(kind, value):
    """Return what a value means to a setting of a kind."""
    return policy_form(kind)().load({"value": value, "valid_from": "2026-03-06"})["value"]


@pytest.mark.parametrize(("kind", "typed", "kept"), [
    ("whole", "１２", 12), ("whole", "0", 0), ("some", "1", 1), ("points", "36.5", 365), ("points?", "", None),
    ("fen", "1.50", 150),
    ("yes|no", "no", "no"), ("support merit|merit support", "merit support", "merit support"),
])
def test_a_value_is_read_by_its_kind(kind, typed, kept):
    assert read(kind, typed) == kept


@pytest.mark.parametrize(("kind", "typed"), [
    ("whole", "2.9"), ("whole", ""), ("some", "0"), ("points", "1.25"), ("fen", "0"), ("yes|no", "perhaps"),
    ("points?", "many"),
])
def test_what_is_no_value_of_the_kind_is_refused_at_the_field(kind, typed):
    with pytest.raises(ValidationError) as refusal:
        read(kind, typed)
    assert set(refusal.value.messages) == {"value"}


@pytest.mark.parametrize(("name", "setting"), DEFAULTS.items(), ids=DEFAULTS)
def test_what_is_usual_is_a_value_of_its_kind(name, setting):
    usual = {"fen": "{:.2f}", "points": "{:.1f}"}.get(setting.kind.rstrip("?"), "")
    typed = usual.format(int(setting.usual) / (100 if setting.kind == "fen" else 10)) if usual and setting.usual else (
        setting.usual
    )
    kept = read(setting.kind, typed)
    assert ("" if kept is None else str(kept)) == setting.usual


def test_days_of_a_notice_and_the_like_are_at_least_one():
    least = {name for name, setting in DEFAULTS.items() if setting.kind == "some"}
    assert least == {
        "notice_days", "objection_days", "claw_back_days", "lapse_notice_days", "count_days", "proxy_households_a_day",
    }
    with pytest.raises(ValidationError) as refusal:
        read("some", "0")
    assert refusal.value.messages["value"] == ["Enter a whole number from 1 to 9999."]
