"""The one password of a demo: made with its county, kept beside it, and shown at each start."""

from pathlib import Path

from sqlmodel import Session

from ledger.registers.passwords import fits
from ledger.registers.staff import Staff
from ledger.settings import write_private

FILE = "demo-password"
SHOWN = "county"
"""A member of the demo's staff whose password all share."""


def keep_password(folder: Path, password: str) -> None:
    """Keep the password of the demo where its owner alone can read it."""
    write_private(folder / FILE, password + "\n")


def password_that_fits(session: Session, folder: Path) -> str | None:
    """Return the kept password, if it is the one of this demo: another database may have left its own."""
    file, staff = folder / FILE, session.get(Staff, SHOWN)
    password = file.read_text().strip() if file.exists() else ""
    return password if staff is not None and fits(staff.password_hash, password) else None
