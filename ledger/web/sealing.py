"""The seal behind a close: where there is a key, the county log is signed as soon as a month is closed."""

import logging

from flask import current_app

from ledger.db import database
from ledger.errors import LedgerError
from ledger.journal.checkpoint import seal
from ledger.journal.signing import read_key
from ledger.registers.findings import findings
from ledger.web.people import now

log = logging.getLogger("ledger")


def seal_the_log() -> None:
    """Sign the county log if there is a key and nothing is known to be wrong with it.

    What is closed stands, so a seal that fails is told to the service's log alone.
    """
    path = current_app.config["SETTINGS"].signing_key_file
    if path is None:
        return
    try:
        with database().reading() as session:
            if any(one.of_the_log for one in findings(session)):
                log.error("the county log is wrong, so it was not signed after a close; see aixin rebuild --check")
                return
        seal(database(), key=read_key(path), now=now())
    except LedgerError as refusal:
        log.error("no checkpoint could be signed after a close: %s", refusal)
    except Exception:
        log.exception("no checkpoint could be signed after a close; aixin nightly tries again")
