"""A tape of the statements the ledger says to its database, and the raw driver saying the very same ones again."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from sqlalchemy import Engine, event

from ledger.db.prepared import Line

Said = tuple[str, Any, bool]
TOGETHER, APART = "TOGETHER", "APART"
"""Marks on a tape: what lies between them was said without waiting for the answer of each."""


@contextmanager
def recording(engine: Engine) -> Iterator[dict[int, list[Said]]]:
    """Record what is said: (statement, parameters, many). SQLite has one pen for all, PostgreSQL a tape per client."""
    tape: dict[int, list[Said]] = {}
    one_pen = engine.dialect.name == "sqlite"

    def said() -> list[Said]:
        return tape.setdefault(0 if one_pen else threading.get_ident(), [])

    def statement(connection: Any, cursor: Any, text: str, parameters: Any, context: Any, many: bool) -> None:
        said().append((text, parameters, many))

    def word(text: str) -> Any:
        return lambda *_: said().append((text, (), False))

    listeners = {
        "before_cursor_execute": statement, "commit": word("COMMIT"), "rollback": word("ROLLBACK"),
    }
    if not one_pen:
        listeners["begin"] = word("BEGIN")

    def say(line: Line, text: str, values: Any = ()) -> Any:
        said().append((text, values, False))
        return one(line, text, values)

    def say_all(line: Line, text: str, rows: Any) -> None:
        said().append((text, rows, True))
        many(line, text, rows)

    @contextmanager
    def together(line: Line) -> Iterator[None]:
        said().append((TOGETHER, (), False))
        with breath(line):
            yield
        said().append((APART, (), False))

    one, many, breath = Line.say, Line.say_all, Line.together
    Line.say, Line.say_all, Line.together = say, say_all, together  # type: ignore[method-assign,assignment]
    for name, listener in listeners.items():
        event.listen(engine, name, listener)
    try:
        yield tape
    finally:
        Line.say, Line.say_all, Line.together = one, many, breath  # type: ignore[method-assign]
        for name, listener in listeners.items():
            event.remove(engine, name, listener)


def replay(connection: Any, tape: list[Said], in_breaths: bool = False) -> None:
    """Say a tape on a raw driver's connection, reading every answer; in one breath what was said so, if asked."""
    cursor = connection.cursor()
    breath = ExitStack()
    for text, parameters, many in tape:
        if text in (TOGETHER, APART):
            breath.close()
            if in_breaths and text == TOGETHER:
                breath.enter_context(connection.pipeline())
        elif many:
            cursor.executemany(text, parameters)
        else:
            cursor.execute(text, parameters)
            if cursor.description is not None:
                cursor.fetchall()
