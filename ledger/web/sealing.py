"""The seal behind a close: where there is a key, the county log is signed as soon as a month is closed."""

import logging

from flask import current_app

from ledger.db import database
from ledger.journal.checkpoint import seal
from ledger.journal.signing import read_key
from ledger.web.people import now

log = logging.getLogger("ledger")


def seal_the_log() -> None:
    """Sign the county log if there is a key. What is closed stands, so a seal that fails is told to the log alone."""
    path = current_app.config["SETTINGS"].signing_key_file
    if path is None:
        return
    try:
        seal(database(), key=read_key(path), now=now())
    except Exception:
        log.exception("no checkpoint could be signed after a close; aixin nightly tries again")
