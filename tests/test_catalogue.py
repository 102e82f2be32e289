"""Whatever the service says, it says in Chinese."""

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
CATALOGUE = "ledger/locale/zh_Hans_CN/LC_MESSAGES/messages.po"


def translate(*arguments):
    command = [sys.executable, PROJECT / "scripts/catalogue.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


@pytest.fixture
def shop(tmp_path):
    """A small project that says three things, all translated."""
    for name, text in {
        "ledger/till.py": 'N_("The household has %(held)s points.")\nngettext("One bag", "%(num)d bags", 2)\n',
        "ledger/templates/outlet/new.html": "{% trans trimmed %}\n  Hand\n  out\n{% endtrans %}",
        "schemas/__init__.py": "",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    translate("--root", tmp_path)
    fill_in(tmp_path, "Hand out", "兑付")
    fill_in(tmp_path, "The household has %(held)s points.", "该户有 %(held)s 分。")
    edit(tmp_path / CATALOGUE, 'msgstr[0] ""', 'msgstr[0] "%(num)d 袋"')
    return tmp_path


def fill_in(shop, sentence, chinese):
    edit(shop / CATALOGUE, f'msgid "{sentence}"\nmsgstr ""', f'msgid "{sentence}"\nmsgstr "{chinese}"')


def edit(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_every_sentence_of_the_service_has_its_chinese():
    checked = translate("--check")
    assert checked.returncode == 0, checked.stderr


def test_a_catalogue_with_everything_in_it_passes(shop):
    checked = translate("--check", "--root", shop)
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("ledger/till.py", "One bag", "One sack", "missing: ('One sack', '%(num)d bags')"),
        ("ledger/templates/outlet/new.html", "Hand", "Give", "missing: 'Give out'"),
        ("ledger/till.py", "points.", "tenths.", "no longer said anywhere: 'The household has %(held)s points.'"),
        (CATALOGUE, "兑付", "", "without translation: 'Hand out'"),
        (CATALOGUE, "%(num)d 袋", "", "without translation: ('One bag', '%(num)d bags')"),
        (CATALOGUE, 'msgid "Hand out"', '#, fuzzy\nmsgid "Hand out"', "without translation: 'Hand out'"),
        (CATALOGUE, "该户有 %(held)s 分。", "该户有分。", "other places to fill: 'The household has %(held)s points.'"),
        (CATALOGUE, "%(num)d 袋", "%(count)d 袋", "other places to fill: ('One bag', '%(num)d bags')"),
        (CATALOGUE, 'msgid "Hand out"', '#: new.html:3\nmsgid "Hand out"', "not as scripts/translate writes it"),
    ],
)
def test_what_is_wrong_with_a_catalogue_is_named(shop, file, old, new, complaint):
    edit(shop / file, old, new)
    checked = translate("--check", "--root", shop)
    assert checked.returncode == 1
    assert complaint in checked.stderr


def test_a_template_that_cannot_be_read_is_not_passed_over(shop):
    edit(shop / "ledger/templates/outlet/new.html", "{% endtrans %}", "")
    assert "TemplateSyntaxError" in translate("--check", "--root", shop).stderr


def test_bringing_it_up_to_date_keeps_what_is_translated_and_drops_what_is_not_said(shop):
    edit(shop / "ledger/till.py", "One bag", "One sack")
    assert translate("--root", shop).stdout == "3 sentences, 1 without translation.\n"
    catalogue = (shop / CATALOGUE).read_text(encoding="utf-8")
    assert "该户有 %(held)s 分。" in catalogue
    assert "One bag" not in catalogue


def test_bringing_it_up_to_date_twice_changes_nothing(shop):
    before = (shop / CATALOGUE).read_bytes()
    translate("--root", shop)
    assert (shop / CATALOGUE).read_bytes() == before
