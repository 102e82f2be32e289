"""What is always so at the door, whatever is sent: the form is read, or refused in sentences that have a Chinese."""

from datetime import date
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import ValidationError, fields

from ledger.terms import Sentence
from schemas.form import Lines
from tests.schemas.forms import FILLED
from tests.schemas.reading import catalogue

NEARLY_RIGHT = (
    "", " ", "0", "-1", "2.9", "１２", "٣", "1e3", "9999", "10000", "36.5", "36.55", "2026-03-06", "2026-02-30",
    "2026-10", "0000-00-00", "H0031", "h0031", "-H", "../H", "王秀兰", "\x00", "\ud800", "merit", "keeper", "credit",
    "active", "on", "兑-2026-7", "123X", "x" * 5000, "%(least)s %s %",
    0, 1, -1, 2.9, 1e3, 10**9, 10**400, float("nan"), True, False, None,
)
names = st.sampled_from(["item", "quantity", "lines", "basket", "_schema", "0", ""]) | st.text(max_size=5)
plain = st.sampled_from(NEARLY_RIGHT) | st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
json = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3), max_leaves=8
)
often = settings(max_examples=400, deadline=None, database=None)


def sendings(schema):
    """Return what may be sent for a form: mostly its own fields with anything in them, sometimes anything at all."""
    known = {field.data_key or name: values(field) for name, field in schema.fields.items()}
    return st.fixed_dictionaries({}, optional={**known, "quantiti": json}) | json


def values(field):
    """Return what may be sent for one field."""
    if isinstance(field, Lines):
        return st.lists(sendings(field.line()), max_size=3) | json
    if isinstance(field, fields.Nested):
        return sendings(field.schema) | json
    return plain | json


@cache
def of(form):
    """Return what may be sent for a form, its examples and parts of them included."""
    whole = st.sampled_from(FILLED[form])
    other = sendings(form())
    changed = st.tuples(whole, other.filter(lambda data: isinstance(data, dict))).map(lambda two: two[0] | two[1])
    return whole | changed | other


anything = st.sampled_from(list(FILLED)).flatmap(lambda form: st.tuples(st.just(form), of(form)))


def leaves(messages):
    """Return every sentence of a refusal, whatever it is nested in."""
    if isinstance(messages, dict):
        return [leaf for inner in messages.values() for leaf in leaves(inner)]
    return [leaf for inner in messages for leaf in leaves(inner)] if isinstance(messages, list) else [messages]


def is_plain(value):
    """Tell whether a value is one the operations know."""
    if isinstance(value, dict):
        return all(map(is_plain, value.values()))
    if isinstance(value, list):
        return all(map(is_plain, value))
    return value is None or (isinstance(value, int | str | date) and not isinstance(value, bool))


def as_text(value):
    """Return what would stand in the inputs of a page for what a program sends."""
    if isinstance(value, dict):
        return {name: as_text(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [as_text(inner) for inner in value]
    return "" if value is None else str(value)


@often
@given(anything)
def test_a_form_is_read_or_refused_in_sentences_and_nothing_else_happens(sent):
    form, data = sent
    try:
        content = form().load(data)
    except ValidationError as refusal:
        said = leaves(refusal.messages)
        assert said
        assert all(isinstance(sentence, str) for sentence in said), said
        unknown = {sentence.message if isinstance(sentence, Sentence) else sentence for sentence in said} - catalogue()
        assert not unknown
    else:
        assert set(content) == set(form().fields)
        assert is_plain(content), content


@often
@given(anything)
def test_what_was_read_reads_the_same_from_json_and_from_a_page(sent):
    form, data = sent
    try:
        content = form().load(data)
    except ValidationError:
        return
    shown = form().dump(content)
    assert form().load(shown) == content
    assert form().load(as_text(shown)) == content
