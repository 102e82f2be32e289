"""A form that met an ended session waits inside the sign-in page and goes on afterwards; no address or log has it."""

import json
import re
from typing import Any

from flask import request
from werkzeug.exceptions import BadRequest

OPEN = ("key", "kept", "next")
"""Inputs that say nothing by themselves."""


def kept_form() -> str:
    """Return the form that was just sent, for the sign-in page to take along; "" if there is nothing to be lost."""
    kept = request.form.get("kept", "")
    if kept or request.method != "POST" or request.files or request.blueprint == "signin":
        # A password that was typed is not kept, and a file must be chosen again.
        return kept
    inputs = [(name, value) for name, value in request.form.items(multi=True)]
    said = any(value.strip() for name, value in inputs if name not in OPEN)
    return json.dumps({"to": request.path, "inputs": inputs}, ensure_ascii=False) if said else ""


def form_to_go_on(text: str) -> Any:
    """Return where a kept form goes, `to`, and its `inputs`. Raises BadRequest for what no page of ours has kept."""
    try:
        kept = json.loads(text)
        inputs = [(str(name), str(value)) for name, value in kept["inputs"]]
        if re.fullmatch(r"/[A-Za-z0-9][^\\]*", kept["to"]):
            return {"to": kept["to"], "inputs": inputs}
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    raise BadRequest
