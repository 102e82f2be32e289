"""The faults that are made on purpose, and the tests that must catch each of them."""

from dataclasses import dataclass

FIRST = "ledger/db/migrations/versions/0001_first.py"
Patch = tuple[str, str, str]
"""A file, a text that stands there once, and what stands there instead."""


@dataclass(frozen=True)
class Fault:
    """A fault somebody could make, and the tests that are to catch it."""

    name: str
    tests: str
    patches: tuple[Patch, ...]


FAULTS = (
    Fault("the CHECK that keeps balances from falling below zero is gone", "tests/journal/test_balances.py", (
        (FIRST, '        sa.CheckConstraint("quantity >= 0 OR free = 1", name="balance_not_below_zero"),\n', ""),
    )),
    Fault("the rule beside it is gone, the CHECK still there", "tests/journal/test_posting.py", (
        ("ledger/journal/balances.py", "if now[source] < quantity and not", "if False and not"),
    )),
    Fault("source and destination of a posting are swapped", "tests/journal/test_posting.py", (
        ("ledger/journal/draft.py", '"source": move.source, "destination": move.destination,',
         '"source": move.destination, "destination": move.source,'),
    )),
    Fault("the key of an entry is no longer unique", "tests/db/test_guards.py tests/db/test_migrate.py", (
        (FIRST, '        sa.UniqueConstraint("key"),\n        sa.PrimaryKeyConstraint("book", "number"),\n',
         '        sa.PrimaryKeyConstraint("book", "number"),\n'),
    )),
    Fault("an entry can be reversed a second time", "tests/journal/test_posting.py", (
        (FIRST, '"entry", ["book", "reverses"], unique=True)', '"entry", ["book", "reverses"])'),
        ("ledger/journal/posting.py", "    if targets:\n", "    if False:\n"),
    )),
    Fault("the index beneath that rule is not unique", "tests/db/test_guards.py tests/db/test_migrate.py", (
        (FIRST, '"entry", ["book", "reverses"], unique=True)', '"entry", ["book", "reverses"])'),
    )),
    Fault("PostgreSQL's lock on the book is skipped", "tests/journal/test_races.py", (
        ("ledger/journal/book.py", "    .with_for_update()\n", ""),
    )),
    Fault("SQLite begins to write without asking for the pen", "tests/journal/test_races.py", (
        ("ledger/db/sqlite.py", '"BEGIN IMMEDIATE"', '"BEGIN"'),
    )),
    Fault("a dispatch arrives twice", "tests/operations/test_arrival.py tests/journal/test_road.py", (
        (FIRST, '        sa.CheckConstraint("quantity >= 0 AND quantity <= sent", name="on_the_road_quantity"),\n', ""),
        ("ledger/journal/road.py", "if not 0 <= line.quantity - quantity <= line.sent:", "if False:"),
    )),
    Fault("what arrives stays on the road", "tests/operations/test_arrival.py", (
        ("ledger/journal/road.py", "quantity=road.c.quantity - quantity)", "quantity=road.c.quantity)"),
    )),
    Fault("an operation has no savepoint of its own", "tests/db/test_turn.py", (
        ("ledger/db/turn.py", 'join_transaction_mode="create_savepoint"', 'join_transaction_mode="rollback_only"'),
        ("ledger/db/turn.py", 'line.say("SAVEPOINT operation")', "pass"),
        ("ledger/db/turn.py", 'line.say("RELEASE operation")\n            group.kept', "group.kept"),
        ("ledger/db/turn.py", '            group.line.say("ROLLBACK TO operation")\n', ""),
        ("ledger/db/turn.py", '            group.line.say("RELEASE operation")\n', ""),
    )),
    Fault("what was handed in is done in the name of who holds the pen", "tests/db/test_turn.py", (
        ("ledger/db/turn.py", "lambda session: mine.run(work, session)", "work"),
    )),
    Fault("members of a group are answered before the commit", "tests/db/test_turn.py", (
        ("ledger/db/group.py", "        self.settled.wait()\n        if not self.stands:\n            raise Busy\n",
         "        pass\n"),
    )),
    Fault("a commit that fails counts as booked", "tests/db/test_turn.py", (
        ("ledger/db/turn.py", "        if group is None:\n            return\n",
         "        if group is None:\n            return\n        group.stands = not group.broken\n"),
    )),
    Fault("the group of a full disk is thought to stand", "tests/db/test_turn.py", (
        ("ledger/db/turn.py", "            group.broken = True\n", "            pass\n"),
    )),
    Fault("SQLite waits for no disk", "tests/db/test_database.py", (
        ("ledger/db/sqlite.py", '"synchronous = FULL"', '"synchronous = NORMAL"'),
    )),
    Fault("SQLite waits for no disk, read along at the service", "tests/soak/test_calls.py", (
        ("ledger/db/sqlite.py", '"synchronous = FULL"', '"synchronous = NORMAL"'),
    )),
    Fault("the digest leaves the one before out", "tests/journal/test_chain.py", (
        ("ledger/journal/leaf.py", "hashlib.sha256(head + previous + ", "hashlib.sha256(head + "),
    )),
    Fault("a balance is not moved", "tests/journal/test_posting.py", (
        ("ledger/journal/balances.py", "[(place, change) for place, change in changes if change])",
         "[(place, change) for place, change in changes[1:] if change])"),
    )),
    Fault("what both sides held afterwards is written as it was before", "tests/journal/test_posting.py", (
        ("ledger/journal/balances.py", "    now[destination] += quantity\n    return now[destination]",
         "    now[destination] += quantity\n    return now[destination] - quantity"),
    )),
    Fault("what is written down on its own day counts as late", "tests/journal/test_dates.py", (
        ("ledger/journal/posting.py", "late=occurred_on < today", "late=occurred_on <= today"),
    )),
    Fault("a late fact is booked in the closed month, guard or no guard", "tests/journal/test_closing.py", (
        ("ledger/journal/posting.py", "booked_on=max(occurred_on, head.open_from)", "booked_on=occurred_on"),
        ("ledger/db/guards.py", " AND open_from <= NEW.booked_on", ""),
    )),
    Fault("a clock that is stepped back is followed", "tests/journal/test_dates.py tests/journal/test_closing.py", (
        ("ledger/journal/clock.py", "return max(microseconds(now), recorded_us)", "return microseconds(now)"),
    )),
    Fault("a form that was booked is not looked up", "tests/journal/test_submission.py", (
        ("ledger/journal/submission.py", "        if stored is not None:\n", "        if False:\n"),
    )),
    Fault("another form under the same key gets the first one's answer", "tests/journal/test_submission.py", (
        ("ledger/journal/submission.py", "if digest != said or who != clerk:", "if False:"),
    )),
    Fault("postings may be changed", "tests/db/test_guards.py", (
        ("ledger/db/guards.py", 'FROZEN = ("county", "entry", "posting", ', 'FROZEN = ("county", "entry", '),
    )),
    Fault("an entry takes more postings after its head has moved", "tests/db/test_guards.py", (
        ("ledger/db/guards.py", '    ("posting", "INSERT"): ENTRY_BEING_WRITTEN,\n', ""),
    )),
    Fault("a reversal leaves the points behind", "tests/operations/test_reversal.py", (
        ("ledger/operations/reversal.py", "for move in reversed(moves_of(entry))]",
         "for move in reversed(moves_of(entry)) if move.commodity != chart.POINT]"),
    )),
    Fault("a reversed arrival does not go back on the road", "tests/operations/test_reversal.py", (
        ("ledger/operations/undo.py",
         "    put_back_on_the_road(session, facts, moves_of(arrival))\n", ""),
    )),
    Fault("a balance that differs is not noticed", "tests/journal/test_check.py", (
        ("ledger/journal/check.py", "    check_head(session, head, walk)\n    check_balances(session, walk)\n",
         "    check_head(session, head, walk)\n"),
    )),
    Fault("what was last at a former checkpoint is not looked for in the log", "tests/exports/test_verify_behind.py", (
        ("ledger/exports/verify.py", "sorted([*seal.held.items(), (seal.number,", "sorted([(seal.number,"),
    )),
    Fault("a seal that was kept is not held to its entry", "tests/exports/test_verify_seal.py", (
        ("ledger/exports/verify.py", "old.seal.place, old.seal.proof) if old.seal",
         "old.seal.place, old.seal.proof) or True if old.seal"),
    )),
    Fault("the nodes kept of the log are believed by the check too", "tests/journal/test_log_check.py", (
        ("ledger/journal/logcheck.py", "        if kept != (place, digest):\n", "        if False:\n"),
    )),
    Fault("the paper of one act lies there for the next", "tests/operations/test_paper_number.py", (
        ("ledger/journal/paper.py", "        session.info[Papers] = before\n", "        pass\n"),
    )),
)
