"""A county in which a bit of everything has happened, to be spoilt."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from ledger.db import Database
from ledger.operations.closing import confirm_close, propose_close
from scripts.soaking.places import Place, place_on
from tests.county import County, found_in
from tests.exports.story import tell


@contextmanager
def story_on(store: str) -> Iterator[tuple[County, Place]]:
    """A county with a past: gifts, dispatches, a difference, sheets, redemptions, a reversal, a close, a late paper."""
    with place_on(store) as place:
        found_in(place.url)
        county = County(Database(place.url))
        liuhe = tell(county)
        county.book("LY02").arrive(county.book("COUNTY").send("LY02", rice=3, soap=2), by="zhao", rice=2)
        county.move_to("2026-04-02")
        asked = liuhe.do(propose_close, by="lin", through=date(2026, 3, 31))
        liuhe.do(confirm_close, by="gao", request=asked["n"])
        liuhe.redeem("H001", soap=1, on="2026-03-20", paper_number="0007")
        liuhe.draw(("H006", "CLEAN"), minutes="村口评议")
        county.store.close()
        yield county, place
        county.store.close()
