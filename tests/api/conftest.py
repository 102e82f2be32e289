"""What tests of the doors for programs can ask for."""

from tests.web.house import app, both, house, house_anew, house_file, standing

__all__ = ["app", "both", "house", "house_anew", "house_file", "standing"]
