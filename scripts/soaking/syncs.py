"""A sync lies between the last write to the WAL and the answer to the client: read along at the real service."""

from typing import Any

from scripts.soaking.load import redeem
from scripts.soaking.shop import shop_on
from scripts.soaking.tracing import Call, calls, traced

READ_ALONG = "trace=pwrite64,write,writev,fsync,fdatasync,sendto,sendmsg"


def synced(redemptions: int) -> dict[str, Any]:
    """Redeem one by one at the traced service; return how many answers were sent before what they say was synced."""
    with shop_on("sqlite") as shop, shop.serving() as service:
        redeem(shop, service, "the-first-of-all")
        log = shop.folder / "calls"
        with traced(service.worker, log, "-e", READ_ALONG):
            answered = [redeem(shop, service, f"traced-{n:04d}")[0] for n in range(redemptions)]
        assert answered == [201] * redemptions
        return read(calls(log))


def read(seen: list[Call]) -> dict[str, int]:
    """Return how many answers, writes and syncs there were, and what was answered before all of it was synced."""
    figures, last = {"answers": 0, "writes": 0, "syncs": 0, "unsynced": 0}, "nothing"
    for call in seen:
        in_the_log = call.file.endswith("-wal")
        if call.name == "pwrite64" and in_the_log:
            figures["writes"] += 1
            last = "written"
        elif call.name in ("fsync", "fdatasync") and in_the_log and call.rest.endswith("= 0"):
            figures["syncs"] += 1
            last = "synced" if last == "written" else last
        elif "HTTP/1.1 201" in call.rest:
            figures["answers"] += 1
            figures["unsynced"] += last != "synced"
            last = "nothing"
    return figures
