"""What is always so, whatever is posted: balances equal the postings, nothing is below zero, the chain holds."""

from collections import Counter
from datetime import date, timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.journal import NotThere, moves_of
from ledger.journal.posting import ReversedAlready
from tests.journaltext import WrittenBook, at
from tests.replay import replay

CODES = count(1)
WAYS = (
    "donor:D7 -> stock SOAP/L7", "donor:D8 -> stock RICE/L42",
    "stock -> handed-out SOAP/L7", "stock -> handed-out RICE/L42",
    "stock -> set-aside SOAP/L7", "set-aside -> written-off SOAP/L7", "difference -> stock SOAP/L7",
    "fund:merit -> purse:H001:merit POINT", "purse:H001:merit -> redeemed POINT", "purse:H001:merit -> lapsed POINT",
)
lines = st.lists(st.builds("{} {}".format, st.sampled_from(WAYS), st.integers(1, 9)), max_size=4)
acts = st.one_of(lines, st.integers(1, 12).map(lambda number: f"reverse {number}"))
days = st.lists(st.tuples(acts, st.integers(0, 3)), max_size=15)
often = settings(
    max_examples=30, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def do(book, day, act, posted):
    """Do one act, a reversal if it says so; return the entry, or nothing when it is refused."""
    try:
        if isinstance(act, list):
            return book.post(day, "redemption", *act)
        target = int(act.split()[1])
        if not 1 <= target <= len(posted):
            return None
        mirror = [move.mirrored() for move in reversed(moves_of(posted[target - 1]))]
        said = [f"{move.source} -> {move.destination} {move.commodity}/{move.lot} {move.quantity}" for move in mirror]
        return book.post(day, "reversal", *said, reverses=target)
    except (NotThere, ReversedAlready):
        return None


def standing(book):
    """Return every balance that is not zero, after the whole book has been replayed and compared."""
    with book.store.reading() as session:
        return Counter({place: quantity for place, quantity in replay(session, book.code).items() if quantity})


@often
@given(days=days)
def test_balances_equal_the_postings_nothing_is_below_zero_and_the_chain_holds(store, days):
    book, posted, day = WrittenBook(store, f"B{next(CODES)}"), [], date(2026, 3, 1)
    for act, later in days:
        day += timedelta(days=later)
        entry = do(book, day.isoformat(), act, posted)
        posted += [entry] if entry else []
    standing(book)
    assert book.head().number == len(posted)


@often
@given(before=st.lists(lines, max_size=4), act=lines)
def test_a_refused_act_changes_nothing_and_a_reversal_undoes_exactly(store, before, act):
    book = WrittenBook(store, f"B{next(CODES)}")
    posted = [entry for said in before if (entry := do(book, "2026-03-01", said, []))]
    stood = standing(book)
    entry = do(book, "2026-03-02", act, posted)
    if entry is None:
        assert standing(book) == stood
        assert book.head().number == len(posted)
    elif do(book, "2026-03-03", f"reverse {entry.number}", [*posted, entry]):
        assert standing(book) == stood


@often
@given(instants=st.lists(st.integers(-3, 3), max_size=8))
def test_the_instants_of_a_book_never_run_backwards_whatever_the_clock_does(store, instants):
    book, now = WrittenBook(store, f"B{next(CODES)}"), at("2026-03-05")
    for hours in instants:
        now += timedelta(hours=hours)
        book.post("2026-03-01", "notice", now=now)
    standing(book)
