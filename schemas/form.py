"""What all forms have in common: strict names, blanks left out, lines of a table, and a paper number."""

from typing import Any, ClassVar

from marshmallow import RAISE, Schema, fields, pre_load, validate

from ledger.terms import N_, Sentence
from schemas.fields import REQUIRED, Day, PaperNumber, Spoken

MOST_LINES = 500


class Form(Schema):
    """A form as it is typed or sent. A blank input is one that was not filled in, and so is a JSON null."""

    error_messages = {
        "unknown": N_("There is no such field."),
        "type": N_("This must be an object with fields."),
    }

    class Meta:
        """Names nobody knows are refused: a typing error must not pass as a field left out."""

        unknown = RAISE

    @pre_load
    def drop_blanks(self, data: Any, **_: Any) -> Any:
        """Leave out what was not filled in."""
        if not isinstance(data, dict):
            return data
        return {name: value for name, value in data.items() if not is_blank(value)}


def is_blank(value: Any) -> bool:
    """Tell whether nothing was filled in."""
    return value is None or (isinstance(value, str) and not value.strip())


class Papered(Form):
    """A form by which something is done, perhaps from a numbered paper."""

    paper_number: Spoken = PaperNumber(load_default=None)


class Act(Papered):
    """A form that books something on its true day."""

    occurred_on = Day(required=True)


class Line(Form):
    """A line of a table. On paper and screen a line is blank when nothing stands in any of these columns."""

    filled_by: ClassVar[tuple[str, ...]] = ("quantity",)


class Lines(fields.List[Any]):
    """The lines of a form: at least one."""

    default_error_messages = {
        "required": N_("Enter at least one line."),
        "null": N_("Enter at least one line."),
        "invalid": N_("This must be a list of lines."),
    }

    def __init__(self, line: type[Line], *, required: bool = True, most: int = MOST_LINES, **more: Any) -> None:
        few = Sentence(N_("Enter at least one line."))
        many = Sentence(N_("At most %(most)s lines at a time."), {"most": most})
        limits = [validate.Length(min=1, error=few), validate.Length(max=most, error=many)]
        super().__init__(Inner(line), required=required, validate=limits, **more)
        self.line = line

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> list[Any]:
        # Counted before they are read: a hundred thousand empty lines would be refused one by one, for ten seconds.
        if isinstance(value, list):
            self._validate(value)
        return super()._deserialize(value, attr, data, **more)


class Inner(fields.Nested):
    """One line within a list."""

    default_error_messages = {"type": N_("This must be an object with fields."), "required": REQUIRED, "null": REQUIRED}
