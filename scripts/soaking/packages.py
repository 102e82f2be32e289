"""Bytes of an audit package changed at random: verify.py must find each, and name the entry or the file."""

from collections import Counter
from pathlib import Path
from random import Random, randrange
from typing import Any

from ledger.exports import verify
from scripts.soaking.places import folder
from scripts.soaking.story import story_on
from tests.exports.story import laid_out, pack, unpacked, vouched

JOURNAL, MANIFEST = "journal.jsonl", "manifest.json"


def bytes_changed(times: int, seed: int | None = None) -> dict[str, Any]:
    """Change one place of one file, so many times; return how often it was not found, or something else was named."""
    figures, dice = Counter(spoilt=0, not_found=0, misnamed=0), Random(seed := seed or randrange(10**9))
    with story_on("sqlite") as (county, _), folder() as here:
        files = unpacked(pack(county))
        lies = laid_out(files, here)
        assert said_of(lies) == "", "the package is not right to begin with"
        for _ in range(times):
            figures.update(attempt(files, lies, dice))
    return {**figures, "seed": seed}


def attempt(files: dict[str, bytes], lies: Path, dice: Random) -> dict[str, int]:
    """Spoil one file and put it right again; return what was said."""
    # What the manifest says beside the other files' hashes is vouched for by nothing in the package.
    name = dice.choice([JOURNAL, JOURNAL, *(name for name in files if name != MANIFEST)])
    spoilt, where = spoil(files[name], dice)
    # Of the journal, every other time, by somebody who has written a fitting manifest too.
    hidden = name == JOURNAL and dice.random() < 0.5
    lay(lies, vouched({**files, name: spoilt}) if hidden else {**files, name: spoilt}, name)
    said = said_of(lies)
    lay(lies, files, name)
    named = f"凭证 entry {files[name].count(bytes([10]), 0, where) + 1}：" if name == JOURNAL else f"{name}："
    return {"spoilt": 1, "not_found": not said, "misnamed": bool(said) and not said.startswith(named)}


def lay(lies: Path, files: dict[str, bytes], name: str) -> None:
    """Write one file of a package, and its manifest."""
    for each in (name, MANIFEST):
        (lies / each).write_bytes(files[each])


def spoil(content: bytes, dice: Random) -> tuple[bytes, int]:
    """Change, add, double or take out some bytes; return the content and the first place that is another one."""
    start = dice.randrange(len(content))
    end = min(start + dice.choice((1, 1, 1, 2, 40)), len(content))
    old = content[start:end]
    new = dice.choice((b"", dice.randbytes(len(old)), dice.randbytes(1) + old, old * 2))
    spoilt = content[:start] + new + content[end:]
    if spoilt == content:
        return spoil(content, dice)
    return spoilt, next(
        (n for n, (was, now) in enumerate(zip(content, spoilt, strict=False)) if was != now),
        min(len(content), len(spoilt)),
    )


def said_of(lies: Path) -> str:
    """Return what the verifier finds wrong; nothing if all is right."""
    try:
        verify.check_package(lies)
        return ""
    except verify.Wrong as wrong:
        return str(wrong)
