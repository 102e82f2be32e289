"""The reports are read at the desk of Liuhe, in the county of tests/county.py."""

from tests.county import book

__all__ = ["book"]
