"""Run the proofs asked for, or all; print a line of figures for each, and fail if one that must be nothing is not."""

import argparse
import importlib
import sys
import time
from typing import Any

from scripts.soaking import tracing
from scripts.soaking.parts import PARTS, wrong_in

TRACED = ("calls", "syncs")


def main() -> int:
    """Soak."""
    parser = argparse.ArgumentParser(prog="scripts/soak", description=__doc__)
    parser.add_argument("what", nargs="*", choices=[*PARTS, []], help="all, if left out")
    parser.add_argument("--share", type=float, default=1, metavar="X", help="so much of each; 1 if left out")
    asked = parser.parse_args()
    return max([prove(name, asked.share) for name in asked.what or PARTS])


def prove(name: str, share: float) -> int:
    """Run one proof and print its figures; 1 if one that must be nothing is not."""
    if name in TRACED and (why_not := tracing.why_not()):
        print(f"{name}  skipped: {why_not}", flush=True)
        return 0
    start = time.monotonic()
    figures = figures_of(name, share)
    said = [f"{what}={value}" for what, value in figures.items()]
    print(name, *said, f"{time.monotonic() - start:.0f} s", sep="  ", flush=True)
    wrong = wrong_in(figures)
    if wrong:
        print(f"{name}  WRONG: {wrong}", file=sys.stderr, flush=True)
    return int(bool(wrong))


def figures_of(name: str, share: float) -> dict[str, Any]:
    """Return the figures of one proof; its module is loaded only now, so that the processes it starts are light."""
    module, function, told, number = PARTS[name]
    proof = getattr(importlib.import_module(f"scripts.soaking.{module}"), function)
    figures: dict[str, Any] = proof(*told, max(round(number * share), 1))
    return figures


if __name__ == "__main__":
    sys.exit(main())
