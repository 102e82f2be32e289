"""The audit package of a book: a file that proves itself without this service."""

import tempfile

from flask import Blueprint, Response, send_file

from ledger.db import database
from ledger.exports.audit import write_package
from ledger.web.people import now, today
from ledger.web.words import language

blueprint = Blueprint("package", __name__, url_prefix="/books/<book>")


@blueprint.get("/audit-package")
def show(book: str) -> Response:
    """Give the whole journal of a book with what proves it."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed with the answer
    try:
        with database().reading() as session:
            write_package(session, book=book, file=file, now=now(), language=language())
    except BaseException:
        file.close()
        raise
    file.seek(0)
    name = f"aixin-{book}-{today():%Y%m%d}.zip"
    return send_file(file, mimetype="application/zip", as_attachment=True, download_name=name)
