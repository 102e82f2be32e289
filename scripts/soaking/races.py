"""Races with several processes and threads: one purse drawn on by all, and equal forms sent by all."""

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlmodel import Session

from ledger.db import Database
from ledger.journal import Move, NotThere, act, post
from ledger.terms import EntryKind
from scripts.soaking.places import place_on
from tests.journal.clients import DAY, know, processes
from tests.journaltext import WrittenBook, at, book_from
from tests.replay import replay

know(__name__)
PURSE = "purse:H001:merit"
THREADS = 2


@act
def draw(session: Session, *, book: str, clerk: str, now: Any, key: str, points: int) -> dict[str, Any]:
    """Take points out of the purse."""
    moves = [Move(PURSE, "redeemed", "POINT", points)]
    said: dict[str, Any] = {"kind": EntryKind.REDEMPTION, "by": clerk, "occurred_on": DAY, "moves": moves}
    entry = post(session, book=book, now=now, key=key, **said)
    return {"number": entry.number, "digest": entry.digest.hex()}


def draws(store: str, each: int, clients: int = 8) -> dict[str, Any]:
    """Let clients draw one, two or three points each time on a purse that holds half of what they want."""
    wanted = [[1 + (client + n) % 3 for n in range(each)] for client in range(clients)]
    held = sum(map(sum, wanted)) // 2
    with book_on(store, held) as book:
        forms = [[(f"{client}-{n}", points) for n, points in enumerate(row)] for client, row in enumerate(wanted)]
        told = all_at_once(book.store.url, forms)
        left, drawn = standing(book)
    booked = [points for _, points, answer in told if isinstance(answer, dict)]
    refused = [(points, answer) for _, points, answer in told if not isinstance(answer, dict)]
    return {
        "draws": len(told), "booked": len(booked), "refused": len(refused), "left": left,
        "excess": max(sum(booked) - held, 0) + abs(sum(booked) - drawn) + abs(held - drawn - left),
        # What is left can only grow less: who wanted no more than that was refused what was there.
        "refused_falsely": sum(points <= left or held_then(answer) >= points for points, answer in refused),
    }


def submissions(store: str, forms: int, clients: int = 20) -> dict[str, Any]:
    """Let all clients send the same forms at the same time, in the same order."""
    with book_on(store, forms) as book:
        told = all_at_once(book.store.url, [[(f"form-{n}", 1) for n in range(forms)]] * clients)
        left, _ = standing(book)
    answers = defaultdict(list)
    for key, _, answer in told:
        answers[key].append(answer)
    return {
        "forms": forms, "sent": len(told), "booked": forms - left, "excess": -min(left, 0),
        "refused_falsely": left + sum(not isinstance(answer, dict) for _, _, answer in told),
        "answered_otherwise": sum(answer != same[0] for same in answers.values() for answer in same),
    }


@contextmanager
def book_on(store: str, points: int) -> Iterator[WrittenBook]:
    """The book of Liuhe with so many points in the purse."""
    with place_on(store) as place:
        yield book_from(f"2026-03-05 credit\n fund:merit -> {PURSE} POINT {points}", Database(place.url))


Form = tuple[str, int]
Told = tuple[str, int, Any]


def all_at_once(url: str, forms: list[list[Form]]) -> list[Told]:
    """Let each client send its forms; every THREADS of them are threads of one process. Return what they were told."""
    crews = [forms[start : start + THREADS] for start in range(0, len(forms), THREADS)]
    start, answers = processes.Barrier(len(crews)), processes.SimpleQueue()
    running = [processes.Process(target=crew, args=(url, mine, start, answers), daemon=True) for mine in crews]
    for process in running:
        process.start()
    told = [one for _ in crews for one in answers.get()]
    for process in running:
        process.join(60)
    return told


def crew(url: str, forms: list[list[Form]], start: Any, answers: Any) -> None:
    """Send forms from some threads of one process; hand in what was told."""
    database, told = Database(url), []
    with database.reading() as session:
        session.connection()
    start.wait(60)
    threads = [threading.Thread(target=send_all, args=(database, mine, told)) for mine in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    database.close()
    answers.put(told)


def send_all(database: Database, forms: list[Form], told: list[Told]) -> None:
    """Send one form after the other, and write down what is told."""
    for key, points in forms:
        told.append((key, points, send(database, key, points)))


def send(database: Database, key: str, points: int) -> Any:
    """Send one form; return its answer, what is held and asked if that is too little, or any other trouble in words."""
    try:
        with database.writing() as session:
            return draw(session, book="LY12", clerk="lin", now=at("2026-03-06"), key=key, points=points)
    except NotThere as short:
        return short.values["held"], short.values["asked"]
    except Exception as fault:
        return repr(fault)


def held_then(refusal: Any) -> int:
    """Return what the purse held by the words of a refusal; all other trouble is a false refusal."""
    return refusal[0] if isinstance(refusal, tuple) else 10**9


def standing(book: WrittenBook) -> tuple[int, int]:
    """Replay the book; return what is left in the purse, and what was drawn."""
    with book.store.reading() as session:
        replay(session, book.code)
    left, drawn = book.holds(PURSE, "POINT"), book.holds("redeemed", "POINT")
    book.store.close()
    return left, drawn
