"""Refusals: a sentence in the clerk's language, at the field to look at, all that is wrong told at once."""

import importlib
import pkgutil
import re

import pytest

import ledger
from ledger.errors import Damaged, LedgerError, NotFound, Refusals, Unknown, refuse_together
from ledger.journal.checkpoint import NoteSpoilt
from ledger.terms import Sentence
from tests.schemas.reading import catalogue


class Short(LedgerError):
    """A refusal to try."""

    message = "Only %(held)s left."
    field = "basket"


def kinds():
    """Return every class of refusal the service has; those of the console are said in English alone."""
    for module in pkgutil.walk_packages(ledger.__path__, "ledger."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)
    found, waiting = {LedgerError}, [LedgerError]
    while waiting:
        found.update(below := waiting.pop().__subclasses__())
        waiting += below
    spoken = {kind for kind in found if re.match(r"ledger\.(?!commands)", kind.__module__)}
    return sorted(spoken, key=lambda kind: kind.__qualname__)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__qualname__)
def test_every_refusal_has_a_sentence_in_the_catalogue_and_a_status_people_understand(kind):
    assert kind.message in catalogue()
    assert kind.__doc__
    # Nobody's form is wrong, and no waiting helps, where the file is damaged.
    assert kind.status == 500 if kind in (Damaged, NoteSpoilt) else kind.status in (401, 403, 404, 422, 503)
    places = dict.fromkeys(re.findall(r"%\((\w+)\)s", kind.message), "x")
    assert "%" not in kind.message % places


def test_a_refusal_says_what_is_the_case_and_where_to_look():
    refusal = Short(held=3)
    assert str(refusal) == "Only 3 left."
    assert refusal.sentences() == [("basket", "Only %(held)s left.", {"held": 3})]


def test_a_refusal_may_name_the_very_line():
    assert Short(held=3, at="basket.2.quantity").sentences()[0][0] == "basket.2.quantity"


def test_a_refusal_of_a_whole_act_belongs_to_no_field():
    assert NotFound(what="book").sentences() == [(None, "There is no %(what)s here.", {"what": "book"})]


def test_nothing_wrong_is_no_refusal():
    refuse_together([])


def test_one_refusal_is_raised_as_itself():
    with pytest.raises(Short):
        refuse_together([Short(held=3)])


def test_several_refusals_are_told_together_in_their_order():
    with pytest.raises(Refusals) as caught:
        refuse_together([Short(held=3, at="basket.0"), Refusals([Unknown(what="item", code="G9", at="basket.1")])])
    assert [at for at, *_ in caught.value.sentences()] == ["basket.0", "basket.1"]
    assert str(caught.value) == "Only 3 left. There is no item G9."
    assert (caught.value.status, caught.value.at) == (422, None)


def test_a_sentence_reads_in_english_and_carries_what_a_translation_needs():
    sentence = Sentence("At most %(most)s lines.", {"most": 500})
    assert sentence == "At most 500 lines."
    assert (sentence.message, sentence.values) == ("At most %(most)s lines.", {"most": 500})


def test_a_sentence_without_places_may_hold_any_sign():
    assert Sentence("100% sure") == "100% sure"
    assert Sentence("It says %(typed)s.", {"typed": "100% %(x)s"}) == "It says 100% %(x)s."
