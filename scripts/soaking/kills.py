"""kill -9 in the middle of the work: of the whole service, and of the whole PostgreSQL server beneath it."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from sqlalchemy import text

from ledger.db import Database
from ledger.exports import verify
from ledger.journal import body_of, check_book, entries_of
from ledger.journal.draft import submission_id
from scripts.soaking.load import Load, redeem
from scripts.soaking.service import Service, alive, children, wait_until
from scripts.soaking.shop import Shop, shop_on
from tests.replay import replay

Mishap = Callable[[Shop, Service], None]


def server_killed(store: str, rounds: int) -> dict[str, Any]:
    """Kill the service under load and start it again, round after round."""
    with shop_on(store) as shop:
        return survived(shop, rounds, restarted)


def postgresql_killed(rounds: int) -> dict[str, Any]:
    """Kill every process of the PostgreSQL server under load and start it again; the service stays."""
    with shop_on("postgresql") as shop:
        return survived(shop, rounds, relaunched)


def restarted(_: Shop, service: Service) -> None:
    """Kill the service and start it again."""
    service.kill()
    service.start()


def relaunched(shop: Shop, _: Service) -> None:
    """Kill the PostgreSQL server, all of it, let the service do without for a moment, and start it again."""
    server: Any = shop.place.server
    postmaster = int((server.folder / "data" / "postmaster.pid").read_text().split()[0])
    # Held first, so that it makes no child between the look and the kill.
    os.kill(postmaster, signal.SIGSTOP)
    processes = [postmaster, *children(postmaster)]
    for process in processes:
        os.kill(process, signal.SIGKILL)
    wait_until(lambda: not any(map(alive, processes)), "PostgreSQL lives on")
    # Until somebody has buried the dead process its notes would keep the next one from starting.
    for note in (server.folder / "data" / "postmaster.pid", server.folder / ".s.PGSQL.5432.lock"):
        note.unlink()
    time.sleep(0.1)
    server.launch()


def survived(shop: Shop, rounds: int, mishap: Mishap) -> dict[str, Any]:
    """Let a mishap happen under load in each round; return what was acknowledged, lost, and booked twice."""
    figures: Counter[str] = Counter()
    with shop.serving() as service:
        for n in range(rounds):
            with Load(shop, service, f"round-{n}") as load:
                wait_until(lambda load=load: len(load.acknowledged) >= 8, "nobody is served")
                time.sleep(random.uniform(0, 0.3))
                mishap(shop, service)
            figures.update(rounds=1, **after_the_mishap(load))
    verified(shop)
    return dict(figures)


def after_the_mishap(load: Load) -> dict[str, int]:
    """Look for what was acknowledged, then send every form again: each is booked once and answered the same."""
    said, before = load.acknowledged, standing(load.shop, load.sent)
    answers = {key: redeem(load.shop, load.service, key)[:2] for key in load.sent}
    after = standing(load.shop, load.sent)
    return {
        "sent": len(load.sent),
        "acknowledged": len(said),
        # The answer was on its way when the power went; or the commit's own answer never came.
        "stood_unsaid": sum(bool(before[key]) for key in load.sent if key not in said and key not in load.refused),
        "stood_though_busy": sum(bool(before[key]) for key in load.refused),
        "lost": sum(before[key] != [answer["digest"]] for key, answer in said.items()),
        "not_once": sum(len(after[key]) != 1 for key in load.sent),
        "answered_otherwise": sum(answers[key] != (201, said.get(key, answers[key][1])) for key in load.sent),
        "unclear": sum(status != 503 for status in load.refused.values()),
    }


def standing(shop: Shop, keys: list[str]) -> dict[str, list[str]]:
    """Check the book of Liuhe, and return for each form the digests of the entries that were booked from it."""
    store = Database(shop.place.url)
    booked: dict[str, list[str]] = defaultdict(list)
    with store.reading() as session:
        wrong = check_book(session, "LY01")
        assert wrong is None, wrong.at("LY01")
        for entry in entries_of(session, "LY01"):
            booked[body_of(entry)["submission"]].append(entry.digest.hex())
    store.close()
    return {key: booked[str(submission_id(key))] for key in keys}


def verified(shop: Shop) -> None:
    """See that the book is right: worked out again without the program's functions, and packed for a stranger."""
    store = Database(shop.place.url)
    with store.reading() as session:
        replay(session, "LY01")
        if store.is_sqlite:
            assert session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
    store.close()
    shop.aixin("export", "audit", "--book", "LY01", "liuhe.zip")
    checked = [sys.executable, "-I", verify.__file__, str(shop.folder / "liuhe.zip")]
    assert subprocess.run(checked, capture_output=True).returncode == 0
