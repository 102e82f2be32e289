"""What the pages for people say is there, is there."""

import os
import re
import shlex
from functools import cache
from pathlib import Path

import pytest

from ledger.commands import parser
from ledger.commands.demo import SIGN_INS
from ledger.exports.labels import LABELS
from ledger.exports.registers import REGISTERS
from ledger.exports.words import catalogue
from ledger.operations.over_issue import BEYOND
from ledger.terms import EntryKind, HouseholdStatus, Purse, Role, SheetStatus

PROJECT = Path(__file__).parent.parent
PAGES = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md"), PROJECT / "ledger/data/README.md"])
PARTS = ("docs", "ledger", "requirements", "schemas", "scripts", "tests")

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))


@cache
def text(path):
    return (PROJECT / path).read_text(encoding="utf-8")


def section(path, heading):
    """Return what stands under a heading, down to the next one of its level or above."""
    level = heading.split()[0]
    below = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{len(level)}}} |\Z)", text(path), re.M | re.S)
    assert below, f"{path} has no heading {heading}"
    return below[1]


def table(path, heading):
    """Return the rows of the first table under a heading, cell by cell."""
    rows = re.search(r"(?:^\|.*\|\n)+", section(path, heading), re.M)[0].splitlines()[2:]
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows]


def commands(path):
    """Return the command lines of a page's shell blocks, comments left out."""
    lines = "\n".join(re.findall(r"```sh\n(.*?)```", text(path), re.S)).splitlines()
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def in_code(page):
    """Return what a page sets in backticks, outside of blocks."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text(page), flags=re.S))


def paths_named(page):
    """Return the paths of this project that a page names: scripts/setup, ledger/db/, tests/county.py."""
    spans = [span for span in in_code(page) if re.fullmatch(r"[\w.-]+(/[\w.-]+)*/?", span) and "/" in span]
    return [span for span in spans if span.partition("/")[0] in PARTS]


def test_a_beginning_takes_two_commands():
    assert commands("README.md")[:2] == [["scripts/server"], ["scripts/test"]]


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_script_that_is_shown_is_there_and_can_be_run(page):
    scripts = {words[0] for words in commands(page) if words[0].startswith("scripts/")}
    assert scripts
    assert {script for script in scripts if not os.access(PROJECT / script, os.X_OK)} == set()


def test_every_command_of_a_real_beginning_is_understood():
    shown = [words[1:] for words in commands("README.md") if words[0] == ".venv/bin/aixin"]
    assert [words[:2] for words in shown] == [["county", "new"], ["staff", "add"], ["staff", "add"]]
    for words in shown:
        parser().parse_args(words)


def test_the_empty_page_says_the_same_commands():
    on_the_page = re.findall(r"<code>(.+?)</code>", text("ledger/templates/public/empty.html"))
    assert [shlex.split(line) for line in on_the_page] == commands("README.md")[-3:]


def test_the_sign_ins_that_are_shown_are_those_of_the_demo():
    names = [row[0].strip("`") for row in table("README.md", "## Begin")]
    assert len(names) == 7
    assert [name for name in names if name not in SIGN_INS] == []


def test_every_setting_is_described_and_no_other():
    read = set(re.findall(r'"(AIXIN_[A-Z_]+|HOST|PORT|WEB_CONCURRENCY)"', text("ledger/settings.py")))
    described = {name for row in table("README.md", "### Settings") for name in re.findall(r"`([A-Z_]+)`", row[0])}
    assert described == read


@each_page
def test_every_file_that_is_named_is_there(page):
    assert [path for path in paths_named(page) if not (PROJECT / path).exists()] == []


def test_a_reader_of_the_house_is_shown_many_files():
    assert len([path for page in PAGES for path in paths_named(page)]) > 60


@each_page
def test_no_link_leads_nowhere(page):
    links = re.findall(r"\]\(([^)\s]+)\)", text(page))
    broken = [link for link in links if "://" not in link and not (page.parent / link.partition("#")[0]).exists()]
    assert broken == []


def test_the_floors_that_are_drawn_are_those_that_are_held():
    drawing = re.search(r"```\n(.*?)```", section("docs/architecture.md", "## Floors"), re.S)[1]
    drawn = re.findall(r"ledger\.\w+|schemas", drawing)
    layers = re.search(r"^layers = \[\n(.*?)^\]", text("pyproject.toml"), re.M | re.S)[1]
    held = re.findall(r"ledger\.\w+|schemas", layers.replace("(ledger.imports) | ", ""))
    assert drawn[: len(held)] == held


def test_decisions_are_numbered_without_a_gap():
    pages = sorted((PROJECT / "docs/decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    assert [page.name for page in pages if not text(page).startswith(f"# {int(page.name[:4])} · ")] == []


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("## Kinds of entry", EntryKind),
        ("## Who holds which pen", Role),
        ("## How far a sheet has come", SheetStatus),
        ("## Purses and households", [*Purse, *HouseholdStatus]),
        ("## What went beyond, on a paper day", dict.fromkeys(BEYOND.values())),
    ],
)
def test_a_word_of_the_ledger_is_called_the_same_on_the_page_and_on_the_screen(heading, codes):
    told = [row[:3] for row in table("docs/glossary.md", heading)]
    on_screen = [[f"`{code}`", LABELS[code], catalogue("zh_Hans_CN")[LABELS[code]]] for code in map(str, codes)]
    assert told == on_screen


def test_auditors_are_told_of_every_kind_of_entry_every_register_that_leaves_and_what_went_beyond():
    told = section("CHANGELOG.md", "### Journal")
    assert [kind for kind in EntryKind if f"`{kind}`" not in told] == []
    files = [file for file, *_ in REGISTERS.values()]
    assert [name for name in (*files, *BEYOND.values()) if f"`{name}`" not in told] == []


def test_every_line_of_the_changelog_is_one_sentence_with_its_issue():
    lines = re.findall(r"^- .*$", text("CHANGELOG.md"), re.M)
    assert lines
    assert [line for line in lines if not re.search(r"\. \(#[0-9]+\)$", line)] == []
