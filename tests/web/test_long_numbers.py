"""A number in an address may be longer than any database can be asked for: there is no such thing, and no fault."""

import re

import pytest

LONG = str(10**30)


def numbered(app, method):
    """Return the addresses that hold a number, with one that is too long; all else in them is Liuhe's."""
    pages = [rule for rule in app.url_map.iter_rules() if not rule.rule.startswith("/api/")]
    rules = [rule.rule for rule in pages if method in rule.methods and "<int:" in rule.rule]
    return [
        re.sub(r"<[^>]+>", "H001", re.sub(r"<int:[^>]+>", LONG, rule.replace("<book>", book)))
        for rule in rules for book in (("LY01", "COUNTY") if "<book>" in rule else ("",))
    ]


@pytest.mark.parametrize("name", ["wei", "lin", "gao", "luo"])
def test_a_page_with_too_long_a_number_is_never_a_fault(standing, name):
    browser = standing.sit(name)
    answers = {path: browser.get(path).status_code for path in numbered(standing.app, "GET")}
    assert len(answers) > 20
    assert {path: status for path, status in answers.items() if status >= 500 or status == 200} == {}


@pytest.mark.parametrize("name", ["wei", "lin", "gao", "luo"])
def test_a_form_sent_to_too_long_a_number_is_never_a_fault_and_writes_nothing(standing, name):
    said = {"reason": "the paper says otherwise", "signed_on": "2026-03-06"}
    browser = standing.sit(name)
    before = standing.count()
    answers = {path: browser.send(path, said).status_code for path in numbered(standing.app, "POST")}
    assert len(answers) > 20
    assert {path: status for path, status in answers.items() if status >= 500 or status < 303} == {}
    assert standing.count() == before
