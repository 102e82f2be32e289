"""The leaflet of a package, 说明.txt: what is inside and how to check it, for a person who has only the package."""

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

# An old Notepad shows a text well that has this mark before it and these ends of lines.
WORDS = Environment(
    loader=PackageLoader("ledger"), undefined=StrictUndefined, newline_sequence="\r\n", keep_trailing_newline=True,
    trim_blocks=True, lstrip_blocks=True,
)


def leaflet(said: dict[str, Any]) -> bytes:
    """Return the leaflet of a package that says this of itself."""
    return WORDS.get_template("leaflet.txt").render(said).encode("utf-8-sig")
