"""aixin serve: serve the ledger with gunicorn. It never loads a demo."""

import os
import socket
from argparse import Namespace
from typing import Any

from gunicorn import util  # type: ignore[import-untyped]
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from ledger.commands.demo import sign_ins
from ledger.commands.rebuild import glance
from ledger.commands.tools import Commands, county_database, say, with_example
from ledger.db import Database, close_database
from ledger.errors import LedgerError
from ledger.journal import County
from ledger.settings import Settings, read_settings

APP = "ledger.app:create_app()"


class PortTaken(LedgerError):
    """Somebody listens there already."""

    message = "Port %(port)s on %(host)s cannot be used (%(why)s); set HOST and PORT to another place."


def add_to(commands: Commands) -> None:
    """Add this command."""
    parser = commands.add_parser(
        "serve", help="serve the ledger",
        description="Serve the ledger where HOST and PORT say (127.0.0.1, 8000). It never loads a demo.",
        **with_example("PORT=8080 aixin serve"),
    )
    parser.set_defaults(run=run)


def run(_: Namespace) -> None:
    """Serve until somebody says stop."""
    settings = read_settings()
    greeting = greeting_of(settings)
    try_port(settings)
    Service(settings, greeting).run()


def greeting_of(settings: Settings) -> str:
    """Return what stands on the screen at the start. The database is closed again before the workers are made."""
    lines = [f"爱心账本 Aixin Ledger: http://{settings.host}:{settings.port}   (Ctrl+C stops it)"]
    with county_database(settings) as opened:
        with opened.reading() as session:
            county = session.get(County, 1)
            if county is None:
                lines.append("There is no county yet. Run: aixin county new NAME --code CODE")
            elif county.demo:
                lines.append(sign_ins(session, settings))
        look_over(opened)
    return "\n".join(lines)


def look_over(opened: Database) -> None:
    """Look at the books at a glance; whatever is found is said and shown in red, and the counter opens all the same."""
    try:
        found = glance(opened)
    except LedgerError as refusal:
        say(f"The books could not be looked over at the start: {refusal}")
        return
    for book, fault in found.items():
        if fault:
            say(f"Something is wrong in {fault.at(book)}")


def try_port(settings: Settings) -> None:
    """Refuse a port that cannot be had, in one sentence; gunicorn would try for a while and then give up in many."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        socket.create_server((settings.host, settings.port), family=family).close()
    except OSError as fault:
        raise PortTaken(host=settings.host, port=settings.port, why=os.strerror(fault.errno or 0)) from None


class Service(BaseApplication):  # type: ignore[misc]
    """Gunicorn with our settings, from no other file and no other variable."""

    def __init__(self, settings: Settings, greeting: str) -> None:
        self.settings, self.greeting = settings, greeting
        super().__init__()

    def load_config(self) -> None:
        """Set what the settings say."""
        for name, value in options(self.settings, self.greeting).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Make the service, in each worker by itself: no connection is opened before the fork."""
        return util.import_app(APP)


def options(settings: Settings, greeting: str) -> dict[str, Any]:
    """Return gunicorn's own settings."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return {
        "bind": f"{host}:{settings.port}",
        "worker_class": "gthread",
        "workers": settings.workers,
        "threads": settings.threads,
        "control_socket_disable": True,
        "loglevel": "warning",
        # The service itself trusts as many proxies as AIXIN_TRUSTED_PROXIES says.
        "forwarded_allow_ips": "",
        "when_ready": lambda _: print(greeting, flush=True),
        # Who writes finishes; then the connections are closed.
        "worker_exit": lambda _server, _worker: close_database(),
    }
