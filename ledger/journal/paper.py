"""The paper an act was written on: it lies beside the session while the act is done, and stands in all it books."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class Papers:
    """The numbers of an act's paper, and of the paper by which another person had proposed it."""

    own: str | None = None
    proposed: str | None = None

    def facts(self) -> dict[str, str]:
        """Return them as facts of an entry: of a proposal and its confirmation both are kept."""
        named = {"paper_number": self.proposed or self.own, "confirmation_paper": self.proposed and self.own}
        return {name: number for name, number in named.items() if number}


@contextmanager
def written_on(session: Session, number: str | None) -> Iterator[None]:
    """Let a paper lie beside the session for one act; it is taken away whatever comes of the act."""
    before = papers(session)
    session.info[Papers] = Papers(number)
    try:
        yield
    finally:
        # A session that has only sent prepared statements serves the next act too.
        session.info[Papers] = before


def papers(session: Session) -> Papers:
    """Return the papers of the act that is being done."""
    lying: Papers = session.info.get(Papers, Papers())
    return lying


def proposed_on(session: Session, number: str | None) -> None:
    """Put the paper of what was proposed before that of the act by which it is confirmed."""
    session.info[Papers] = replace(papers(session), proposed=number)
