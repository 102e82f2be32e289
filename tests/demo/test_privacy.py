"""Nobody is named in the journal or in what leaves: every entry and package of the demo is searched for everybody."""

import csv
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO, StringIO

import pytest
from sqlalchemy import select

from ledger.exports.audit import write_package
from ledger.journal import Entry, Note, books
from ledger.journal.tables import Submission
from ledger.registers.donors import Donor
from ledger.registers.households import Household
from ledger.registers.money import Supplier
from ledger.registers.proxies import Proxy
from ledger.registers.register import Registered
from ledger.registers.sheets import Sheet, SheetLine
from ledger.registers.staff import Staff

WORDS = {
    "households": Household.name, "staff": Staff.full_name, "donors": Donor.name, "cards": Household.card,
    "donors' contacts": Donor.contact, "donors' phones": Donor.phone, "suppliers' phones": Supplier.phone,
    "collectors": Proxy.name,
    "texts": Note.text, "minutes": Sheet.minutes, "places": Sheet.notice_place, "evidence": SheetLine.evidence,
}
"""What must stand nowhere, not even inside another word."""

TAILS = {"ID tails": Household.id_tail, "ends of collectors' phones": Proxy.phone}
"""What must not stand alone: four signs meet by chance inside a longer number."""

KINDS = [*WORDS, *TAILS]

NOT_HERE = {"Household.initials", "Proxy.relation", "Need.words"}
"""What names nobody by itself, letters and words like neighbour; and what nobody asked for in the demo."""


@pytest.fixture
def secrets(demo):
    """All personal values and free words of the demo, by kind."""
    with demo.reading() as session:
        found = {kind: {*session.scalars(select(column))} for kind, column in {**WORDS, **TAILS}.items()}
    return {kind: {value for value in values if value} for kind, values in found.items()}


def tokens(value: object) -> Iterator[str]:
    """Yield every string of a JSON value: names and values, however deep."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for part in value:
            yield from tokens(part)
    elif isinstance(value, str):
        yield value


def cells(name: str, content: bytes) -> Iterator[str]:
    """Yield every word of a file of a package: strings of JSON, cells of a table, lines of a text."""
    text = content.decode("utf-8-sig")
    if name == "journal.jsonl":
        for line in text.splitlines():
            yield from tokens(json.loads(line))
            yield from tokens(json.loads(json.loads(line)["body"]))
    elif name.endswith(".json"):
        yield from tokens(json.loads(text))
    elif name.endswith(".csv"):
        # The last column of balances is a quantity, which may be like a tail by chance.
        end = -1 if name == "balances.csv" else None
        yield from (cell for row in csv.reader(StringIO(text)) for cell in row[:end])
    else:
        yield from text.splitlines()


def named(words: set[str], secrets: set[str], kind: str) -> set[str]:
    """Return which secrets stand in these words."""
    if kind in TAILS:
        return secrets & words
    everything = "\n".join(words)
    return {secret for secret in secrets if secret in everything}


def test_there_is_somebody_to_be_named(secrets):
    assert {kind: len(values) > 0 for kind, values in secrets.items()} == dict.fromkeys(KINDS, True)


def registers(model=Registered):
    """Yield every kind of register there is."""
    for kind in model.__subclasses__():
        yield kind
        yield from registers(kind)


def test_whatever_a_register_calls_personal_is_looked_for():
    import_module("ledger.app")
    personal = {f"{model.__name__}.{name}" for model in registers() for name in model.personal}
    assert personal - {str(column) for column in {**WORDS, **TAILS}.values()} == NOT_HERE


@pytest.mark.parametrize("kind", KINDS)
def test_no_entry_names_anybody(demo, secrets, kind):
    with demo.reading() as session:
        words = {word for body in session.scalars(select(Entry.body)) for word in tokens(json.loads(body))}
        words |= {word for answer in session.scalars(select(Submission.answer)) for word in tokens(json.loads(answer))}
    assert len(words) > 1000
    assert named(words, secrets[kind], kind) == set()


@pytest.fixture(scope="module")
def packages():
    """The words of all packages, by store, worked out once."""
    return {}


def words_of_packages(demo):
    """Return every word of the packages of all books."""
    words = set()
    with demo.reading() as session:
        for head in books(session):
            file = BytesIO()
            write_package(session, book=head.code, file=file, now=datetime(2026, 11, 20, tzinfo=UTC))
            with zipfile.ZipFile(file) as package:
                for name in package.namelist():
                    words.update(cells(name, package.read(name)))
    return words


@pytest.mark.parametrize("kind", KINDS)
def test_no_package_names_anybody(demo, secrets, packages, kind):
    words = packages.get(demo.url) or packages.setdefault(demo.url, words_of_packages(demo))
    assert len(words) > 1000
    assert named(words, secrets[kind], kind) == set()
