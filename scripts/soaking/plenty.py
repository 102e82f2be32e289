"""The demo county with plenty of everything in its first outlet, so that a keeper can go on serving."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select
from sqlmodel import Session, col

from ledger import chart
from ledger.db import Database, close_database, open_database
from ledger.journal import Move, county_day, post
from ledger.registers.households import Household
from ledger.registers.staff import kin_in
from ledger.reports.stock import stock_rows
from ledger.terms import EntryKind, HouseholdStatus
from scripts.soaking.service import Service

Answer = TypeVar("Answer")
AIXIN = Path(sys.executable).parent / "aixin"
BOOK, KEEPER, PLENTY = "LY01", "ly01-keeper", 1_000_000
APART = ("AIXIN_DATABASE_URL", "AIXIN_MIGRATION_URL", "AIXIN_SECRET_KEY", "WEB_CONCURRENCY")


def service_of_plenty(folder: Path, households: int = 1200) -> Service:
    """Build the county in a folder and return its service, not yet started."""
    environment = {name: value for name, value in os.environ.items() if name not in APART}
    environment.update(HOST="127.0.0.1", AIXIN_LANGUAGE="zh_Hans_CN")
    for words in (["migrate"], ["demo", "--households", str(households)]):
        subprocess.run([AIXIN, *words], cwd=folder, env=environment, check=True, capture_output=True)
    fill(folder)
    return Service([AIXIN, "serve"], folder, environment)


def url_of(folder: Path) -> str:
    """Return where the ledger of a folder is kept."""
    return f"sqlite:///{folder / 'instance' / 'ledger.sqlite'}"


def asked(folder: Path, question: Callable[[Session], Answer]) -> Answer:
    """Return what a question to the ledger of a folder is answered."""
    store = Database(url_of(folder))
    with store.reading() as session:
        answer = question(session)
    store.close()
    return answer


def password_of(folder: Path) -> str:
    """Return the password of everybody in the demo."""
    return (folder / "instance" / "demo-password").read_text().strip()


def fill(folder: Path) -> None:
    """Give the outlet plenty of all goods on its shelf, and each of its households plenty of points."""
    now = datetime.now(UTC)
    database = open_database(url_of(folder))
    with database.writing() as session:
        day = county_day(session, now)
        goods = [
            Move(chart.OPENING, chart.STOCK, row["item"], PLENTY, row["lot"])
            for row in stock_rows(session, BOOK, day) if not row["expired"]
        ]
        points = [
            Move(chart.fund("merit"), chart.purse(n, "merit"), chart.POINT, PLENTY) for n in households(session)
        ]
        for key, moves in (("plenty-of-goods", goods), ("plenty-of-points", points)):
            post(
                session, book=BOOK, kind=EntryKind.OPENING, by="county", occurred_on=day, now=now, key=key, moves=moves
            )
    close_database()


def households(session: Session) -> list[str]:
    """Return the households of the outlet that its keeper may serve."""
    mine = (col(Household.book) == BOOK, col(Household.status) == HouseholdStatus.ACTIVE, col(Household.retired) == 0)
    found = session.scalars(select(col(Household.number)).where(*mine).order_by(col(Household.number)))
    relatives = kin_in(session, KEEPER, BOOK)
    return [number for number in found if number not in relatives]
