"""Who sees a name whole: the outlet's own people at their own counter. What leaves, and all others, see a mask."""

from typing import Any

from flask import g

from ledger.registers.masking import masked
from ledger.terms import Role
from ledger.web.people import signed_in

AT_THE_COUNTER = (Role.REPORTER, Role.CLERK, Role.KEEPER, Role.SUPERVISOR)
MASKS = {"name": "name", "full_name": "name", "contact": "name", "id_tail": "id_tail", "phone": "phone"}
"""By the name of a column the mask its values get; a personal column without a mask is left empty."""


def sees_names() -> bool:
    """Tell whether the person signed in stands at the outlet whose page this is."""
    staff = signed_in()
    return bool(staff and g.site and staff.role in AT_THE_COUNTER and staff.book == g.site.code)


def sees_staff() -> bool:
    """Tell whether the person signed in reads who did what by full name: the outlet's own people, county, auditor."""
    staff = signed_in()
    return bool(staff) and (sees_names() or staff.role in (Role.COUNTY, Role.AUDITOR))


def seen(kind: str, text: str) -> str:
    """Return a personal value as the person signed in may see it."""
    return text if sees_names() else masked(kind, text)


def hidden(name: str, value: str) -> str:
    """Return a personal value of a column as it may be seen elsewhere."""
    return masked(MASKS[name], value) if name in MASKS and value else ""


def install(app: Any) -> None:
    """Give the templates the filter."""
    app.jinja_env.globals.update(seen=seen)
