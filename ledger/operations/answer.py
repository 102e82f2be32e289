"""What an act answers: where it stands in the book."""

from typing import Any

from ledger.journal import Booked, instant


def answer_of(entry: Booked, **more: Any) -> dict[str, Any]:
    """Return the place of an entry in its book and what else the act has to tell; codes and numbers only."""
    return {
        "book": entry.book,
        "number": entry.number,
        "digest": entry.digest.hex(),
        "occurred_on": entry.occurred_on.isoformat(),
        "booked_on": entry.booked_on.isoformat(),
        "recorded_at": instant(entry.recorded_us).isoformat().replace("+00:00", "Z"),
        **more,
    }
