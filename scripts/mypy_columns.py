"""Tells mypy what SQLModel does not: on the class of a table an attribute is a column, on a row it is a value."""

from collections.abc import Callable

from mypy.nodes import TypeInfo, Var
from mypy.plugin import AttributeContext, Plugin
from mypy.types import Instance, Type

TABLE = "sqlmodel.main.SQLModel"
COLUMN = "sqlalchemy.orm.attributes.InstrumentedAttribute"


class Columns(Plugin):
    """Reads `Entry.number` in a query as the column it is, so that `Entry.number == 3` is a condition, not a bool."""

    def get_class_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        """Return what types an attribute of a table's class, None for everything that is no column."""
        owner, _, name = fullname.rpartition(".")
        table, column = self.class_named(owner), self.class_named(COLUMN)
        if table is None or column is None or not table.has_base(TABLE):
            return None
        field = table.get(name)
        if name.startswith("_") or field is None or not isinstance(field.node, Var) or field.node.is_classvar:
            return None
        return lambda context: Instance(column, [context.default_attr_type])

    def class_named(self, fullname: str) -> TypeInfo | None:
        """Return the class of that name, if it is one that mypy has read."""
        found = self.lookup_fully_qualified(fullname)
        return found.node if found and isinstance(found.node, TypeInfo) else None


def plugin(_version: str) -> type[Plugin]:
    """Return the plugin; mypy looks for this name."""
    return Columns
