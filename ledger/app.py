"""The service, put together from named steps."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from ledger.db import open_database
from ledger.settings import Settings, read_settings
from ledger.web import doors, headers, layout, origin, pages, people, problems, seeing, words

Clock = Callable[[], datetime]


def create_app(settings: Settings | None = None, *, clock: Clock = lambda: datetime.now(UTC)) -> Flask:
    """Return the service for these settings. `clock` gives the instant; only a demo may run on another than now."""
    app = Flask("ledger")
    configure(app, settings or read_settings(), clock)
    open_database(app.config["SETTINGS"].database_url)
    for step in (problems, people, words, layout, seeing, origin, doors, headers, pages):
        step.install(app)
    return app


def configure(app: Flask, settings: Settings, clock: Clock) -> None:
    """Set what Flask needs to know."""
    app.config.update(
        SETTINGS=settings,
        CLOCK=clock,
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=2_000_000,
        MAX_FORM_MEMORY_SIZE=2_000_000,
        MAX_FORM_PARTS=6_000,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        SESSION_COOKIE_NAME="aixin",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
