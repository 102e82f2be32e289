"""A close and many hands that enter papers, each in a process of its own: nothing lands in what is closed."""

import json
from datetime import date, timedelta

from tests.journal.clients import keep_closing, keep_entering, processes
from tests.replay import entries_of, replay

HANDS, PAPERS, DAYS = 3, 20, 20


def test_no_entry_is_booked_on_a_day_that_was_closed_when_it_was_booked(book):
    jobs = [(keep_entering, (book.store.url, f"hand-{n}", PAPERS)) for n in range(HANDS)]
    jobs.append((keep_closing, (book.store.url, DAYS)))
    start, answers = processes.Barrier(len(jobs)), processes.SimpleQueue()
    clients = [processes.Process(target=job, args=(*about, start, answers), daemon=True) for job, about in jobs]
    for one in clients:
        one.start()
    for one in clients:
        one.join(60)
    assert [one.exitcode for one in clients] == [0] * len(jobs)
    with book.store.reading() as session:
        entries = entries_of(session, "LY12")
        replay(session, "LY12")
    assert len(entries) == HANDS * PAPERS + DAYS
    assert papers_between_closes(entries) > 0, "the hands and the closes never met"
    check_watermark(entries)


def papers_between_closes(entries):
    """Return how many papers were entered between the first close and the last."""
    closes = [place for place, entry in enumerate(entries) if entry["kind"] == "close"]
    return closes[-1] - closes[0] - DAYS + 1


def check_watermark(entries):
    """Follow the closes through the book: what comes behind one is booked on the first open day or later."""
    first_open = date(2000, 1, 1)
    for entry in entries:
        occurred_on, booked_on = (date.fromisoformat(entry[name]) for name in ("occurred_on", "booked_on"))
        assert booked_on == max(occurred_on, first_open), entry["number"]
        if entry["kind"] == "close":
            first_open = date.fromisoformat(json.loads(entry["body"])["facts"]["through"]) + timedelta(days=1)
    assert first_open == date(2026, 2, DAYS + 1)
