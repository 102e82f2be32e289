#!/usr/bin/env python3
"""核验爱心账本的审计包 · Check an audit package of the Aixin Ledger. It needs Python 3.8 or later and nothing else.

    python3 verify.py              核验本文件所在的文件夹 · check the folder this file lies in
    python3 verify.py PACKAGE.zip  核验压缩包或另一文件夹 · check a package, packed or unpacked
Exit code: 0 all is right; 1 something is wrong, and the first thing wrong is named; 2 called in a wrong way.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sys
import zipfile
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Iterator  # noqa: UP035

MANIFEST, JOURNAL, BALANCES, TAKEN_OVER = "manifest.json", "journal.jsonl", "balances.csv", "taken-over.csv"
LINE = ["number", "recorded_us", "previous", "digest", "body"]
BODY = "book booked_on by facts kind late notes occurred_on postings reverses submission v"
# Goods, money and points come out of these accounts, so they stand below zero: donor:D7, fund:merit, opening …
SOURCES = ["donor", "supplier", "received", "fund", "moved", "opening", "over-issued", "difference"]
exactly = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode  # equals RFC 8785 here

ALL_RIGHT = """核验通过 ALL RIGHT  账簿 book {book}，凭证 entries {first}–{last}，导出时刻 made at {made_at}
· 文件未被改动 files are unchanged: {count}；余额表与凭证相符 balances agree with the entries: {places}
· 编号连续、逐笔相连、校验码与内容相符 no number is missing, each entry follows the one before and fits its digest
· 数量均大于零，按编号顺序余额从未低于零 quantities are above zero, no balance falls below zero in order of number
· 冲销与原凭证互为镜像且只一次 reversals mirror their entry and are single
· 最后凭证的校验码 digest of the last entry: {digest}"""
TAKEN = """注意：第{first}号之前的余额与校验码系承接，未作核验；{unseen} 笔冲销的原凭证不在包内。
NOTE: what stood before entry {first} is taken over as stated, not checked; {unseen} reversals are of entries before."""
DEMO = "注意：演示县的账，不是真账。 NOTE: the book of a demo county, not a real one."
UNSIGNED = """注意：本包尚无签名，只能说明包内前后一致；请将上面的校验码与兑换凭单等留存在外的对照。
NOTE: this package carries no signature yet; it agrees with itself, so compare the digest with one kept outside."""


class Wrong(Exception):
    """What is wrong, in Chinese and English."""


def must(holds: bool, else_wrong: str) -> None:
    """Go on only if this holds."""
    if not holds:
        raise Wrong(else_wrong)


@contextmanager
def opened(package: Any, name: str) -> Iterator[IO[bytes]]:
    """Open one file of the zip or folder; whatever keeps it from being read, the file is named."""
    try:
        with package.open(name) if isinstance(package, zipfile.ZipFile) else (package / name).open("rb") as file:
            yield file
    except Exception as fault:
        raise fault if isinstance(fault, Wrong) else Wrong(f"{name}：无法读取 · cannot be read ({fault!r})") from fault


def check_package(package: Any) -> Book:
    """Check everything; return the book as it stands after its last entry."""
    with opened(package, MANIFEST) as file:
        manifest = json.loads(file.read().decode("utf-8"))
        must(manifest["v"] == 1 and 1 <= manifest["first"] <= manifest["last"] + 1, f"{MANIFEST}：不识 · unknown form")
    check_names(package, manifest["files"])
    for name in sorted(manifest["files"].keys() - {JOURNAL}):
        check_file(package, name, manifest["files"][name])
    book = Book(package, manifest)
    # The journal is followed before its hash is compared, so that a change in it is named by its entry.
    book.follow(package)
    check_file(package, JOURNAL, manifest["files"][JOURNAL])
    written = read_balances(package, BALANCES)
    for place in sorted({*book.balances, *written}):
        right, says = book.balances.get(place, 0), written.get(place, 0)
        must(right == says, f"{BALANCES}：{' '.join(place)} 应为 {right} · should be {right}, says {says}")
    return book


def check_names(package: Any, listed: dict[str, Any]) -> None:
    """Refuse files that are missing, added, or there twice."""
    found = package.namelist() if isinstance(package, zipfile.ZipFile) else [
        part.relative_to(package).as_posix() for part in package.rglob("*") if not part.is_dir()]
    for name in sorted({name for name in found if not name.endswith("/")} | {*listed, BALANCES, JOURNAL}):
        must(name in found, f"{name}：缺失 · is missing")
        must(name in {*listed, MANIFEST}, f"{name}：多出的文件 · has been added, {MANIFEST} does not list it")
        must(found.count(name) == 1, f"{name}：出现两次 · is there twice")


def check_file(package: Any, name: str, said: Any) -> None:
    """Refuse a file that is not, byte for byte, the one that was packed."""
    with opened(package, name) as file:
        digest = hashlib.sha256()
        for part in iter(lambda: file.read(1 << 16), b""):
            digest.update(part)
        must(said == {"sha256": digest.hexdigest(), "size": file.tell()}, f"{name}：已被改动 · has been changed")


def read_balances(package: Any, name: str) -> dict[tuple[str, ...], int]:
    """Return what each account holds of each commodity and lot, as a file of the package says."""
    with opened(package, name) as file:
        lines = list(csv.reader(file.read().decode("utf-8-sig").splitlines()))[1:]
        held: dict[tuple[str, ...], int] = {(account, what, lot): int(number) for account, what, lot, number in lines}
        must(len(held) == len(lines), f"{name}：有重复行 · a line is there twice")
        return held


class Book:
    """A book followed from entry to entry: its last number and digest, and what every account holds."""

    def __init__(self, package: Any, manifest: dict[str, Any]) -> None:
        self.says, self.name, self.first = manifest, manifest["book"], manifest["first"]
        self.number, self.recorded_us, self.unseen = self.first - 1, 0, 0
        self.digest = manifest["previous"] if self.first > 1 else "0" * 64
        self.balances = defaultdict(int, read_balances(package, TAKEN_OVER) if self.first > 1 else {})
        # Of the entries that are reversed later, and of no others, the mirror image is kept in memory until then.
        with opened(package, JOURNAL) as file:
            self.mirrors: Any = {int(n): 0 for line in file for n in re.findall(rb'\\"reverses\\":(\d+)', line)}

    def follow(self, package: Any) -> None:
        """Take every entry in order, to the last one the package promises."""
        with opened(package, JOURNAL) as file:
            for line in file:
                try:
                    self.take(line)
                except Exception as fault:  # whatever stands in the line, the entry is named
                    why = fault if isinstance(fault, Wrong) else f"无法读取 · cannot be read ({fault!r})"
                    raise Wrong(f"凭证 entry {self.number + 1}：{why}") from fault
        must(self.number == self.says["last"], f"凭证 entry {self.number + 1}：缺失 · is missing")
        must(self.digest == self.says["digest"], f"{MANIFEST}：末笔校验码不符 · not the digest of the last entry")

    def take(self, line: bytes) -> None:
        """Check one entry: its line, its number, its link to the entry before, its digest, and what it says."""
        entry = json.loads(line.decode("utf-8"))
        must(list(entry) == LINE and line == (exactly(entry) + "\n").encode(), "此行被改动 · its line was changed")
        number, recorded_us, previous, digest, text = entry.values()
        must(number == self.number + 1 <= self.says["last"], f"缺失或多余 · missing or too many, here stands {number}")
        must(previous == self.digest, "与上一凭证不相连 · does not follow the entry before it")
        must(digest == leaf(self.name, number, recorded_us, previous, text), "校验码不符 · its digest does not fit it")
        must(recorded_us >= self.recorded_us, "记录时间倒退 · was recorded before the entry before it")
        self.read(number, text, json.loads(text, parse_float=str, parse_constant=str))  # 1.5 is then not canonical
        self.number, self.digest, self.recorded_us = number, digest, recorded_us

    def read(self, number: int, text: str, body: dict[str, Any]) -> None:
        """Check what an entry says, and book it."""
        must(" ".join(sorted(body)) == BODY and body["v"] == 1 and canonical(body) == text, "不规范 · is not canonical")
        must(body["book"] == self.name, f"属于其他账簿 · belongs to book {body['book']}")
        if body["reverses"] is not None or body["kind"] == "reversal":
            self.undo(body["reverses"], body["postings"])
        for posting in body["postings"]:
            self.move(**posting)
        if number in self.mirrors:
            turned = [{**leg, "source": leg["destination"], "destination": leg["source"]} for leg in body["postings"]]
            self.mirrors[number] = turned[::-1]

    def move(self, source: str, destination: str, commodity: str, lot: str, quantity: int) -> None:
        """Move one quantity; only a source may fall below zero."""
        must({type(source), type(destination), type(commodity), type(lot)} == {str}, "分录不全 · a posting is broken")
        must(type(quantity) is int and quantity > 0 and source != destination, f"分录不对 · cannot move {quantity}")
        self.balances[source, commodity, lot] -= quantity
        self.balances[destination, commodity, lot] += quantity
        must(self.balances[source, commodity, lot] >= 0 or source.partition(":")[0] in SOURCES,
             f"余额低于零 · {source} {commodity} {lot} falls below zero")

    def undo(self, target: int, postings: list[Any]) -> None:
        """Check that a reversal mirrors its entry and is the only one; an entry before the package is out of sight."""
        must(target in self.mirrors and target <= self.number, f"不可冲销 · cannot reverse entry {target} (again)")
        mirror, self.unseen = self.mirrors.pop(target), self.unseen + (target < self.first)
        must(target < self.first or mirror == postings, f"不是镜像 · is not the mirror image of entry {target}")


def leaf(book: str, number: int, recorded_us: int, previous: str, body: str) -> str:
    """Return the digest of an entry, which the next entry carries: the link of the chain."""
    name = book.encode("ascii")
    head = b"\0pl1\0" + bytes([len(name)]) + name + number.to_bytes(8, "big") + recorded_us.to_bytes(8, "big")
    return hashlib.sha256(head + bytes.fromhex(previous) + hashlib.sha256(body.encode()).digest()).hexdigest()


def main(asked: list[str]) -> int:
    """Check the package asked for, and say in words what was found."""
    path = Path(asked[0]) if asked else Path(__file__).resolve().parent
    if len(asked) > 1 or not path.exists():
        print(__doc__)
        return 2
    try:
        book = check_package(path if path.is_dir() else zipfile.ZipFile(path))
        words = [ALL_RIGHT, *[TAKEN] * (book.first > 1), *[DEMO] * bool(book.says["demo"]), UNSIGNED]
        counts = {"count": len(book.says["files"]), "places": len(book.balances), "unseen": book.unseen}
        print("\n".join(words).format(**book.says, **counts))
    except Exception as fault:
        print("有错 WRONG ", fault if isinstance(fault, Wrong) else f"无法读取 · cannot be read ({fault!r})")
        return 1
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
