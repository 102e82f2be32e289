"""A full disk beneath the real service: a clear refusal, nothing lost, and on it goes when there is room."""

import resource
import sys
from itertools import count
from typing import Any

from scripts.soaking.kills import standing, verified
from scripts.soaking.load import redeem
from scripts.soaking.service import Service, ask
from scripts.soaking.shop import Shop, shop_on

# The service itself, but that its database may not grow beyond the pages a note names.
CRAMPED = """
import sys
from pathlib import Path
from sqlalchemy import Engine, event
from ledger.commands import main

@event.listens_for(Engine, "begin")
def only_so_many_pages(connection):
    connection.exec_driver_sql(f"PRAGMA max_page_count = {Path('pages').read_text()}")

sys.exit(main())
"""
AS_MANY_AS_IT_LIKES = "4294967294"
MOST = 2_000
"""So many redemptions fit at most into what was left; more would mean that the disk is not full at all."""


def full(how: str, refusals: int) -> dict[str, Any]:
    """Let the disk be full until so many have been refused, then make room; return who was told what wrongly."""
    fill = {"pages": limit_pages, "file": limit_file}[how]
    with shop_on("sqlite") as shop:
        (shop.folder / "pages").write_text(AS_MANY_AS_IT_LIKES)
        with shop.serving(sys.executable, "-c", CRAMPED) as service:
            redeem(shop, service, "there-is-room")
            fill(service, True)
            told = redeem_until(shop, service, refusals)
            reading = ask(service, "GET", "/readyz")[0]
            fill(service, False)
            again = {key: redeem(shop, service, key) for key in told}
            stands = standing(shop, [*told])
        verified(shop)
    booked = {key: answer for key, (status, answer, _) in told.items() if status == 201}
    refused = {key for key, (_, answer, headers) in told.items() if is_clear(answer, headers)}
    return {
        "booked": len(booked),
        "refused": len(refused),
        "unclear": len(told) - len(booked) - len(refused) + (reading != 200),
        "lost": sum(again[key][1] != answer for key, answer in booked.items()),
        "untrue": sum("Idempotency-Replayed" in again[key][2] for key in refused),
        "not_once": sum(again[key][0] != 201 or len(stands[key]) != 1 for key in told),
    }


def limit_pages(service: Service, is_full: bool) -> None:
    """Let SQLite say that the disk is full: its database may not have one page more."""
    (service.folder / "pages").write_text("1" if is_full else AS_MANY_AS_IT_LIKES)


def limit_file(service: Service, is_full: bool) -> None:
    """Let the machine refuse every write beyond the end of the WAL as it is now."""
    now = (service.folder / "ledger.sqlite-wal").stat().st_size
    soft = now if is_full else resource.RLIM_INFINITY
    resource.prlimit(service.worker, resource.RLIMIT_FSIZE, (soft, resource.RLIM_INFINITY))


def redeem_until(shop: Shop, service: Service, refusals: int) -> dict[str, tuple[int, Any, Any]]:
    """Redeem until so many have been refused; return what everybody was told."""
    told = {}
    for n in count():
        assert n < MOST, "the disk is not full"
        told[f"full-disk-{n}"] = redeem(shop, service, f"full-disk-{n}")
        if sum(status != 201 for status, _, _ in told.values()) == refusals:
            return told


def is_clear(answer: Any, headers: Any) -> bool:
    """Tell whether a refusal says that the book could not take it, that nothing was booked, and when to come again."""
    return answer.get("status") == 503 and "send the same form again" in answer["detail"] and "Retry-After" in headers
