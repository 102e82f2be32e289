"""What every answer carries: safety headers, and less weight on a slow line."""

import gzip

from flask import Flask, Response, request

SAFETY = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; form-action 'self'; base-uri 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
SMALL = 600
"""Bytes below which packing is not worth it."""


def guard(response: Response) -> Response:
    """Add the safety headers; pages with people on them are not kept by caches."""
    for name, value in SAFETY.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def squeeze(response: Response) -> Response:
    """Pack text with gzip where the browser takes it."""
    kind = response.mimetype or ""
    text = kind.startswith("text/") or kind.endswith(("json", "javascript", "svg+xml"))
    # A file of ours is small and read as a whole; a long table goes out piece by piece, as it is.
    piecemeal = response.is_streamed and not response.direct_passthrough
    if not text or piecemeal or not request.accept_encodings.quality("gzip"):
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) >= SMALL and "Content-Encoding" not in response.headers:
        response.set_data(gzip.compress(body, 6))
        response.headers["Content-Encoding"] = "gzip"
        response.headers.add("Vary", "Accept-Encoding")
    return response


def install(app: Flask) -> None:
    """Do both after each request."""
    app.after_request(squeeze)
    app.after_request(guard)
