"""What tests of the pages can ask for."""

from tests.web.house import app, both, house, house_anew, house_file, standing

__all__ = ["app", "both", "house", "house_anew", "house_file", "standing"]
