"""aixin migrate: bring the database to the form this program needs."""

from argparse import Namespace

from sqlalchemy import make_url
from sqlalchemy.exc import ProgrammingError

from ledger.commands.demo import build_where_empty
from ledger.commands.tools import Commands, add_command, first_line, say
from ledger.db import migrate
from ledger.db.guards import grants_sql
from ledger.errors import LedgerError
from ledger.settings import Settings, read_settings


class NotTheOwner(LedgerError):
    """Only who owns the tables changes them."""

    message = "The role in AIXIN_MIGRATION_URL may not change this database: %(why)s"


def add_to(commands: Commands) -> None:
    """Add this command."""
    parser = add_command(
        commands, "migrate", run, "bring the database to the form this program needs",
        description="Bring the database to the form this program needs, all or nothing. The owner's connection is "
        "AIXIN_MIGRATION_URL; if the service signs in as another role, that role is given its rights.",
        example="aixin migrate",
    )
    parser.add_argument("--demo", action="store_true", help="then build the demo county, if there is no county yet")


def run(asked: Namespace) -> int:
    """Migrate the database of the settings; a first start is one program, because each takes a second to begin."""
    settings = read_settings()
    role = service_role(settings)
    try:
        migrate(settings.migration_url, service_role=role)
    except ProgrammingError as fault:
        return migrate_without_rights(settings.migration_url, role, fault)
    say("The database is up to date.")
    if asked.demo:
        build_where_empty(settings)
    return 0


def service_role(settings: Settings) -> str | None:
    """Return the PostgreSQL role of the service, when it is another than the owner's."""
    service, owner = make_url(settings.database_url), make_url(settings.migration_url)
    return service.username if service.username != owner.username else None


def migrate_without_rights(url: str, role: str | None, fault: ProgrammingError) -> int:
    """Migrate, and leave it to somebody else to give the service its rights: print what to say. Raises NotTheOwner."""
    try:
        if role is None:
            raise fault
        migrate(url)
    except ProgrammingError as refused:
        raise NotTheOwner(why=first_line(refused)) from refused
    say(f"The database is up to date, but {role} could not be given its rights: {first_line(fault)}")
    say("Let somebody who may say this to the database:")
    print(";\n".join(grants_sql(role)) + ";")
    return 1
