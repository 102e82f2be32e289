"""The three ways to write a sheet's lines, made one: cells of a grid, lines one by one, lines pasted from Excel.

Every line has a place in the table `lines` of the form: below GRID it was written one by one, from GRID on it is a cell
(ACROSS places for each household), from PASTED on it is a pasted line.
"""

import re
from typing import Any

from flask import g
from sqlmodel import Session

from ledger.db import database
from ledger.registers.households import search
from ledger.registers.rules import all_rules
from ledger.terms import N_, Sentence
from ledger.web.forms import Filled, Typed, filled_in
from ledger.web.words import translated
from schemas.fields import plain
from schemas.sheet import SheetLine

GRID, ACROSS, DOWN, PASTED = 1_000, 12, 300, 5_000
MOST, TOLD, SHOWN = 10_000 - PASTED, 20, 30
"""Lines that may be pasted, sentences that are told about them, and letters of a word that are repeated."""
HEADING = N_("Household")
"""What stands over the first column where the headings were copied too."""


def gather(filled: Filled) -> Typed:
    """Return what was typed with all lines in one table; pasted lines that cannot be understood are refused here."""
    typed = {name: value for name, value in filled.typed.items() if name not in ("rows", "columns", "paste")}
    if isinstance(typed.get("lines", {}), dict):
        lines = {**{str(place): in_grid(filled, place, line) for place, line in filled.lines("lines").items()},
                 **pasted(filled)}
        typed["lines"] = {
            place: line for place, line in lines.items()
            if any(filled_in(line.get(name)) for name in SheetLine.filled_by)
        }
        if not typed["lines"]:
            del typed["lines"]
    return typed


def in_grid(filled: Filled, place: int, line: Typed) -> Typed:
    """Return a line; a cell of the grid gets its household and rule from its row and column, an empty one stays so."""
    if place < GRID or not filled_in(line.get("points")):
        return line
    row, column = divmod(place - GRID, ACROSS)
    return {**line, "household": filled.value(f"rows-{row}"), "rule": filled.value(f"columns-{column}")}


def pasted(filled: Filled) -> dict[str, Typed]:
    """Return the pasted lines by their places; what is wrong with one is told with its number."""
    text = filled.value("paste")
    if not isinstance(text, str) or not text.strip():
        return {}
    lines: dict[str, Typed] = {}
    with database().reading() as session:
        households, rules = named_households(session), {rule.code: rule.name for rule in all_rules(session)}
    copied = text.splitlines()
    if len(copied) > MOST:
        filled.errors["paste"] = [Sentence(N_("Please paste at most %(most)s lines at once."), {"most": MOST})]
        return {}
    for number, line in enumerate(copied, start=1):
        cells = [plain(cell) for cell in line.split("\t")]
        if not any(cells) or (number == 1 and cells[0] in (HEADING, translated(HEADING))):
            continue
        cells += [""] * (4 - len(cells))
        household, rule = code_of(cells[0], households), code_of(cells[1], rules)
        wrong = [found for found in (household, rule) if isinstance(found, Sentence)]
        filled.errors.setdefault("paste", []).extend(numbered(number, sentence) for sentence in wrong)
        if not wrong:
            lines[str(PASTED + number - 1)] = {
                "household": household, "rule": rule, "points": cells[2], "evidence": cells[3],
            }
    if not filled.errors.get("paste"):
        filled.errors.pop("paste", None)
    return lines


def named_households(session: Session) -> dict[str, str]:
    """Return the names of the outlet's households by their numbers."""
    return {one.number: one.name for one in search(session, g.site.code, limit=PASTED, retired=False)}


def code_of(words: str, names: dict[str, str]) -> str | Sentence:
    """Return the code that words mean, written as a code or as a name that only one has; else what is wrong."""
    if not words:
        return Sentence(N_("household and rule are both needed."))
    if words.upper() in names:
        return words.upper()
    codes = [code for code, name in names.items() if name == words]
    if len(codes) > 1:
        return Sentence(N_("“%(words)s” is the name of several: %(codes)s. Write the code."),
                        {"words": words, "codes": ", ".join(codes)})
    return codes[0] if codes else Sentence(N_("“%(words)s” is in no register here."), {"words": words[:SHOWN]})


def numbered(line: int, sentence: Sentence) -> Sentence:
    """Return a sentence about a pasted line with the line's number."""
    return Sentence(N_("Line %(line)s: %(said)s"), {"line": line, "said": sentence})


def told(filled: Filled) -> Filled:
    """Put what is wrong with a cell at the cell, and with pasted lines at the field they were pasted in."""
    errors: dict[str, list[Any]] = {}
    for name, sentences in filled.errors.items():
        at = re.fullmatch(r"lines-([0-9]+)(-[a-z]+)?", name)
        place = int(at[1]) if at else 0
        if place >= PASTED:
            errors.setdefault("paste", []).extend(numbered(place - PASTED + 1, sentence) for sentence in sentences)
        else:
            errors.setdefault(f"lines-{place}-points" if place >= GRID else name, []).extend(sentences)
    if len(errors.get("paste", ())) > TOLD:
        more = Sentence(N_("There are %(more)s more of this kind."), {"more": len(errors["paste"]) - TOLD})
        errors["paste"] = [*errors["paste"][:TOLD], more]
    filled.errors = errors
    return filled


def sent_codes(filled: Filled, name: str, most: int) -> list[tuple[int, str]]:
    """Return the hidden codes of the grid's rows or columns as they were sent, each with its place."""
    codes = filled.value(name, {})
    places = [place for place in codes if place.isdecimal() and int(place) < most] if isinstance(codes, dict) else []
    return [(int(place), str(codes[place])) for place in sorted(places, key=int)]


def cells_called(rows: list[tuple[int, str]], columns: list[tuple[int, str]]) -> dict[str, str]:
    """Return what each cell of the grid is called where something is wrong in it: its household and its rule."""
    return {
        f"lines-{GRID + row * ACROSS + column}": f"{household} {rule}"
        for row, household in rows for column, rule in columns
    }
