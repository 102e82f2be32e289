"""A small demo county with plenty on one shelf and in one purse."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ledger.db import Database
from ledger.journal import microseconds
from ledger.registers.passwords import new_token, token_digest
from ledger.registers.staff import Token
from scripts.soaking.places import Place, lasting_place_on
from scripts.soaking.plenty import AIXIN
from scripts.soaking.service import Service
from tests.county import County, found_in

PLENTY = """
2026-03-05 donation
  donor:D7   -> stock             SOAP/L7     9000000
2026-03-05 credit
  fund:merit -> purse:H001:merit  POINT    9000000000
"""


@dataclass(frozen=True)
class Shop:
    """Where a county lies, and the token of the keeper of Liuhe."""

    place: Place
    token: str

    @property
    def folder(self) -> Path:
        """Where the service runs."""
        return self.place.folder

    @contextmanager
    def serving(self, *program: str | Path) -> Iterator[Service]:
        """Serve with the real program, or another that does the same, until the block ends."""
        service = Service([*(program or [AIXIN]), "serve"], self.folder, self.environment())
        try:
            service.start()
            yield service
            service.stop()
        finally:
            service.kill()

    def aixin(self, *words: str) -> str:
        """Run a command of the ledger beside the service; it must end well."""
        done = subprocess.run(
            [AIXIN, *words], cwd=self.folder, env=self.environment(), capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def environment(self) -> dict[str, str]:
        """Return what the service is told; nothing else is set."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AIXIN_")}
        kept.pop("WEB_CONCURRENCY", None)
        return {**kept, "AIXIN_DATABASE_URL": self.place.url, "AIXIN_LANGUAGE": "en", "HOST": "127.0.0.1"}


@contextmanager
def shop_on(store: str) -> Iterator[Shop]:
    """A county in which the shelf of Liuhe and the purse of H001 are full, on a database that waits for the disk."""
    with lasting_place_on(store) as place:
        found_in(place.url)
        database, token = Database(place.url), new_token()
        with database.writing() as session:
            made_us = microseconds(datetime.now(UTC))
            session.add(Token(digest=token_digest(token), staff="lin", made_us=made_us))
        County(database).book("LY01").write(PLENTY)
        database.close()
        yield Shop(place, token)
