"""A rehearsal: what a second person will book is done once and taken back, so that who asks hears a refusal at once."""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session


def rehearse(session: Session, work: Callable[[], Any]) -> None:
    """Do some work and take it back, whatever comes of it. Raises what the work raises."""
    tried = session.begin_nested()
    # Else SQLAlchemy would set its savepoint only when it is used itself, and prepared statements go past it.
    session.connection()
    try:
        work()
        session.flush()
    finally:
        tried.rollback()
