"""Run the measurements asked for, or all; print a line for each, and JSON if asked."""

import argparse
import json
import sys

from scripts.bench import core, counter, growth, http, package, postgresql, sheet

MEASUREMENTS = {
    "core": core.one_by_one,
    "grouped": core.grouped,
    "postgresql": postgresql.sixteen,
    "http": http.redemption,
    "growth": growth.growth,
    "counter": counter.counter,
    "package": package.package,
    "sheet": sheet.sheet,
}


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(prog="scripts/benchmark", description=__doc__)
    parser.add_argument("what", nargs="*", choices=[*MEASUREMENTS, []], help="all, if left out")
    parser.add_argument("--json", metavar="FILE", help="write the figures to a file too")
    asked = parser.parse_args()
    figures = {}
    for name in asked.what or MEASUREMENTS:
        figures[name] = MEASUREMENTS[name]()
        print(name, *(f"{what}={value}" for what, value in figures[name].items()), sep="  ", flush=True)
    if asked.json:
        with open(asked.json, "w", encoding="utf-8") as file:
            json.dump({"python": sys.version.split()[0], **figures}, file, indent=2)


if __name__ == "__main__":
    main()
