"""The last checkpoint, for everybody: who keeps a copy can show later that nothing before it was changed."""

from flask import Flask, Response

from ledger.db import database
from ledger.errors import NotFound
from ledger.journal.checkpoint import latest_checkpoint
from ledger.terms import N_


def checkpoint() -> Response:
    """Give the last checkpoint of the county log as it was signed, as text."""
    with database().reading() as session:
        last = latest_checkpoint(session)
    if last is None:
        raise NotFound(what=N_("checkpoint"))
    return Response(last.note, mimetype="text/plain")


def install(app: Flask) -> None:
    """Open the door."""
    app.add_url_rule("/api/v1/checkpoints/latest", "api.checkpoint", checkpoint)
