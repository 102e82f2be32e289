#!/usr/bin/env python3
"""核验爱心账本的审计包 · Check an audit package of the Aixin Ledger. It needs Python 3.8 or later and nothing else.

    python3 verify.py              核验本文件所在的文件夹 · check the folder this file lies in
    python3 verify.py PACKAGE.zip  核验压缩包或另一文件夹 · check a package, packed or unpacked
    … --against OLD                再与留存的旧封账校验或旧审计包对照 · and compare with an older checkpoint or package
Exit code: 0 all is right; 1 something is wrong, and the first thing wrong is named; 2 called in a wrong way.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sys
import zipfile
from base64 import b64decode, b64encode
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from struct import pack
from typing import Any, BinaryIO, Iterator, NamedTuple  # noqa: UP035

MANIFEST, JOURNAL, BALANCES, TAKEN_OVER = "manifest.json", "journal.jsonl", "balances.csv", "taken-over.csv"
SEAL = "checkpoints.txt"
LINE = ["number", "recorded_us", "previous", "digest", "body"]
BODY = "book booked_on by facts kind late notes occurred_on postings reverses submission v"
POSTING = {"commodity": str, "destination": str, "lot": str, "quantity": int, "source": str}
# Goods, money and points come out of these accounts, so they stand below zero: donor:D7, fund:merit, opening …
SOURCES = ["donor", "supplier", "received", "fund", "moved", "opening", "over-issued", "difference"]
exactly = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode  # equals RFC 8785 here

# What is said when all is right: a page in Chinese, then the same in English.
PAGE = {
    "right": (
        "账簿 {book}，凭证 {first}–{last} 号，导出时刻 {made_at}（世界时）。以下各项均已核实：\n"
        "· {count} 个文件与导出时逐字节相同，余额表 {places} 行与凭证相符\n"
        "· 编号连续；每张凭证与其校验码相符，又记有上一张的校验码，改动任何一张都会断开\n"
        "· 数量均大于零，按编号顺序余额从未低于零；冲销与原凭证互为镜像且只一次\n"
        "· 最后凭证的校验码：{digest}",
        "Book {book}, entries {first}–{last}, made at {made_at}. This was checked:\n"
        "· {count} files are unchanged, byte by byte; {places} balances agree with the entries\n"
        "· no number is missing; each entry fits its digest and carries that of the one before\n"
        "· quantities are above zero, no balance falls below zero on the way; reversals mirror their entry, once\n"
        "· digest of the last entry: {digest}"),
    "sealed": (
        "· 签名有效：{sealed} 号及以前的凭证都在县总账中，签名时总账共 {size} 张。公钥是否为县里公布的？\n  {key}",
        "· the signature is good: entries up to {sealed} are in the county's log, {size} entries when it was signed;\n"
        "  is this the public key the county has made known? {key}"),
    "overlap": (
        "· 与旧审计包相符：{old_last} 号及以前的凭证完全相同",
        "· it agrees with the older package: entries up to {old_last} are the very same"),
    "witness": (
        "· 与旧封账校验相符：县总账当时的 {old_size} 张凭证，此后只增未改",
        "· it agrees with the older checkpoint: to the county's {old_size} entries of then others were only added"),
    "other": (
        "注意：旧封账校验出自另一把密钥，请向县里核实何时、为何换钥。",
        "NOTE: the older checkpoint was signed with another key; ask the county when and why it was changed."),
    "taken": (
        "注意：第 {first} 号之前的余额与校验码系承接，未作核验；{unseen} 笔冲销的原凭证不在包内。",
        "NOTE: what stood before entry {first} is taken over, not checked; {unseen} reversals are of entries before."),
    "demo": ("注意：演示县的账，不是真账。", "NOTE: the book of a demo county, not a real one."),
    "later": (
        "注意：{sealed} 号之后的凭证晚于这次封账，尚无签名。",
        "NOTE: entries after {sealed} came after the checkpoint and are not signed yet."),
    "alone": (
        "注意：未与旧封账校验对照。持有数据库和密钥的人可以另写一本账再签名，只有在外留存的旧校验能揭穿。",
        "NOTE: no older checkpoint was compared. Who holds database and key could write another history and sign it;\n"
        "  only a checkpoint that somebody outside has kept shows it."),
    "unsigned": (
        "注意：本包没有签名，只能说明包内前后一致；请将上面的校验码与兑换凭单等留存在外的对照。",
        "NOTE: this package carries no signature; it agrees with itself: compare the digest with one kept outside."),
}


class Wrong(Exception):
    """What is wrong, in Chinese and English."""


def must(holds: Any, else_wrong: str) -> None:
    """Go on only if this holds."""
    if not holds:
        raise Wrong(else_wrong)


@contextmanager
def opened(package: Any, name: str) -> Iterator[BinaryIO]:
    """Open one file of the zip or folder; whatever keeps it from being read, the file is named."""
    try:
        with package.open(name) if isinstance(package, zipfile.ZipFile) else (package / name).open("rb") as file:
            yield io.BufferedReader(file, 1 << 20)  # type: ignore[type-var]
    except Exception as fault:
        raise fault if isinstance(fault, Wrong) else Wrong(f"{name}：无法读取 · cannot be read ({fault!r})") from fault


def read_manifest(package: Any) -> dict[str, Any]:
    """Return what a package says of itself."""
    with opened(package, MANIFEST) as file:
        says: dict[str, Any] = json.loads(file.read().decode("utf-8"))
        must(says["v"] == 1 and 1 <= says["first"] <= says["last"] + 1, f"{MANIFEST}：不识 · unknown form")
        return says


def check_package(package: Any, old: Witness | None = None) -> Book:
    """Check everything; return the book as it stands after its last entry."""
    says = read_manifest(package)
    check_names(package, says["files"])
    for name in sorted(says["files"].keys() - {JOURNAL}):
        with opened(package, name) as file:
            digest = hashlib.sha256()
            for part in iter(lambda: file.read(1 << 20), b""):
                digest.update(part)
            check_file(name, says["files"][name], digest, file.tell())
    book = Book(package, says, old)
    book.follow(package)
    written = read_balances(package, BALANCES)
    for place in sorted({*book.balances, *written}):
        right, found = book.balances.get(place, 0), written.get(place, 0)
        must(right == found, f"{BALANCES}：{' '.join(place)} 应为 {right} · should be {right}, says {found}")
    if book.seal:
        check_seal(book.seal, book)
    if old:
        book.compare(old)
    return book


def check_names(package: Any, listed: dict[str, Any]) -> None:
    """Refuse files that are missing, added, or there twice."""
    found = package.namelist() if isinstance(package, zipfile.ZipFile) else [
        part.relative_to(package).as_posix() for part in package.rglob("*") if not part.is_dir()]
    for name in sorted({name for name in found if not name.endswith("/")} | {*listed, BALANCES, JOURNAL}):
        must(name in found, f"{name}：缺失 · is missing")
        must(name in {*listed, MANIFEST}, f"{name}：多出的文件 · has been added, {MANIFEST} does not list it")
        must(found.count(name) == 1, f"{name}：出现两次 · is there twice")


def check_file(name: str, said: Any, digest: Any, size: int) -> None:
    """Refuse a file that is not, byte for byte, the one that was packed."""
    must(said == {"sha256": digest.hexdigest(), "size": size}, f"{name}：已被改动 · has been changed")


def read_balances(package: Any, name: str) -> dict[tuple[str, ...], int]:
    """Return what each account holds of each commodity and lot, as a file of the package says."""
    with opened(package, name) as file:
        lines = list(csv.reader(file.read().decode("utf-8-sig").splitlines()))[1:]
        held: dict[tuple[str, ...], int] = {(account, what, lot): int(number) for account, what, lot, number in lines}
        must(len(held) == len(lines), f"{name}：有重复行 · a line is there twice")
        return held


# The journal. A line has nearly always this shape, and a pattern reads it far faster than json does. Words in capitals
# stand for the parts below, brackets for what is taken out. What does not fit is read in full before it is found wrong.
LEG = r'{\"commodity\":\"(TEXT)\",\"destination\":\"(TEXT)\",\"lot\":\"(TEXT)\",\"quantity\":(COUNT),' \
      r'\"source\":\"(TEXT)\"}'
SHAPE = r'{"number":(COUNT),"recorded_us":(COUNT),"previous":"(HASH)","digest":"(HASH)","body":"' \
        r'({\"book\":\"(TEXT)\",\"booked_on\":\"TEXT\",\"by\":\"TEXT\",\"facts\":(FACTS),\"kind\":\"(TEXT)\",' \
        r'\"late\":(?:true|false),\"notes\":(FLAT),\"occurred_on\":\"TEXT\",\"postings\":[(LEGS)],' \
        r'\"reverses\":(null|COUNT),\"submission\":\"TEXT\",\"v\":1})"}'
PARTS = {
    "FACTS": r"{(?:\"TEXT\":(?:VALUE|FLAT)(?:,\"TEXT\":(?:VALUE|FLAT))*)?}",
    "FLAT": r"{(?:\"TEXT\":VALUE(?:,\"TEXT\":VALUE)*)?}", "VALUE": r"(?:\"TEXT\"|COUNT)",
    "LEGS": f"(?:{LEG}(?:,{LEG})*)?".replace("(TEXT", "(?:TEXT").replace("(COUNT", "(?:COUNT"),
}
SIGNS = {"TEXT": r'[^"{}\\\x00-\x1f]*', "COUNT": "0|[1-9][0-9]{0,15}", "HASH": "[0-9a-f]{64}"}


def pattern(shape: str) -> str:
    """Return the pattern of a shape."""
    for name, part in PARTS.items():
        shape = shape.replace(name, part)
    made = re.sub(r"\\([()?*|])", r"\1", re.escape(shape))
    for name, sign in SIGNS.items():
        made = made.replace(name, sign)
    return made


fits, find_legs = re.compile(pattern(SHAPE) + "\n").fullmatch, re.compile(pattern(LEG)).findall
find_names, find_inner = re.compile(r'"([^"]*)\\":').findall, re.compile(r"{[^{}]*}").findall


class Book:
    """A book that is followed from entry to entry: its last number and digest, and what every account holds."""

    def __init__(self, package: Any, says: dict[str, Any], old: Witness | None) -> None:
        self.says, self.name, self.first = says, says["book"], says["first"]
        self.number, self.recorded_us, self.unseen = self.first - 1, 0, 0
        self.digest = says["previous"] if self.first > 1 else "0" * 64
        self.balances = defaultdict(int, read_balances(package, TAKEN_OVER) if self.first > 1 else {})
        self.seal = read_seal(package) if says["signature"] is not None else None
        self.found: list[str] = []
        # The digests of these entries are compared with something in the end.
        wanted = [self.seal.number if self.seal else 0, old.last if old else 0]
        self.digests = {**dict.fromkeys(wanted, ""), self.number: self.digest}
        # Of the entries that are reversed later, and of no others, the mirror image is kept in memory until then.
        with opened(package, JOURNAL) as file:
            some = (line for line in file if line.find(rb'\"reverses\":null', -160) < 0)
            targets = (re.search(rb'\\"reverses\\":(\d+)', line) for line in some)
            self.mirrors: Any = {int(target[1]): None for target in targets if target}

    def follow(self, package: Any) -> None:
        """Take every entry in order, to the last one the package promises."""
        with opened(package, JOURNAL) as file:
            whole = hashlib.sha256()
            for line in file:
                whole.update(line)
                try:
                    self.take(line.decode())
                except Exception as fault:  # whatever stands in the line, the entry is named
                    why = fault if isinstance(fault, Wrong) else f"无法读取 · cannot be read ({fault!r})"
                    raise Wrong(f"凭证 entry {self.number + 1}：{why}") from fault
            must(self.number == self.says["last"], f"凭证 entry {self.number + 1}：缺失 · is missing")
            must(self.digest == self.says["digest"], f"{MANIFEST}：末笔校验码不符 · not the digest of the last entry")
            check_file(JOURNAL, self.says["files"][JOURNAL], whole, file.tell())

    def take(self, line: str) -> None:
        """Check one entry: its number, its link to the entry before, its digest, its time; and book what it says."""
        said = quickly(line, self.name) or in_full(line, self.name)
        number, recorded_us, previous, digest, body, kind, reverses, legs = said
        if number != self.number + 1 or number > self.says["last"]:
            raise Wrong(f"缺失或多余 · missing or too many, here stands {number}")
        if previous != self.digest:
            raise Wrong("与上一凭证不相连 · does not follow the entry before it")
        if digest != leaf(self.name, number, recorded_us, previous, body):
            raise Wrong("校验码不符 · its digest does not fit it")
        if recorded_us < self.recorded_us:
            raise Wrong("记录时间倒退 · was recorded before the entry before it")
        if reverses != "null" or kind == "reversal":
            self.undo(reverses, legs)
        self.move(legs)
        if number in self.mirrors:
            self.mirrors[number] = [(what, source, lot, some, to) for what, to, lot, some, source in reversed(legs)]
        if number in self.digests:
            self.digests[number] = digest
        self.number, self.digest, self.recorded_us = number, digest, recorded_us

    def move(self, legs: list[Any]) -> None:
        """Move the quantities of an entry; only a source may fall below zero."""
        balances = self.balances
        for what, to, lot, some, source in legs:
            quantity = int(some)
            if quantity <= 0 or source == to:
                raise Wrong(f"分录不对 · cannot move {quantity} from {source} to {to}")
            balances[to, what, lot] += quantity
            left = balances[source, what, lot] = balances[source, what, lot] - quantity
            if left < 0 and source.partition(":")[0] not in SOURCES:
                raise Wrong(f"余额低于零 · {source} {what} {lot} falls below zero")

    def undo(self, reverses: str, legs: list[Any]) -> None:
        """Check that a reversal mirrors its entry and is the only one; an entry before the package is out of sight."""
        target = int(reverses) if reverses.isdigit() else 0
        must(target in self.mirrors and target <= self.number, f"不可冲销 · cannot reverse entry {reverses} (again)")
        mirror, self.unseen = self.mirrors.pop(target), self.unseen + (target < self.first)
        must(target < self.first or mirror == legs, f"不是镜像 · is not the mirror image of entry {target}")

    def compare(self, old: Witness) -> None:
        """Compare with what somebody outside has kept: the last entry of a package, the log of a checkpoint."""
        digest = self.digests[old.last] if old.book == self.name else ""
        must(digest in ("", old.digest), f"凭证 entry {old.last}：与旧审计包不同 · is not that of the older package")
        self.found += ["overlap"] * bool(digest)
        if self.seal and old.note and old.note.size:
            good = is_signed(old.note, old.key or self.seal.key)
            must(good or (good is None and not old.key), "旧封账校验签名无效 · the older signature is not good")
            check_beginning(old.note, self.seal)
            another = old.key != self.seal.key if old.key else not good and bool(old.note.signatures)
            self.found += ["witness"] + ["other"] * another
        must(self.found, "没有可对照之处 · there is nothing in it to compare with what was kept")


def quickly(line: str, name: str) -> tuple[Any, ...] | None:
    """Return what an entry says, if its line has the usual shape and is canonical: names in order, each once."""
    known = fits(line)
    if not known:
        return None
    number, recorded_us, previous, digest, body, book, facts, kind, notes, legs, reverses = known.groups()
    if book != name or not in_order(facts) or not (notes == "{}" or in_order(notes)):
        return None
    return int(number), int(recorded_us), previous, digest, body.replace('\\"', '"'), kind, reverses, find_legs(legs)


def in_order(facts: str) -> bool:
    """Tell whether the names in facts of the usual shape are in order, and so within each part of them."""
    inner = find_inner(facts) if facts.count("{") > 1 else []
    for part in inner:
        facts = facts.replace(part, "", 1)
    names = find_names(facts)
    return names == sorted(set(names)) and all(map(in_order, inner))


def in_full(line: str, name: str) -> tuple[Any, ...]:
    """Return the same of any line, however it is written; what is not as it must be is wrong."""
    entry = json.loads(line)
    must(list(entry) == LINE and line == exactly(entry) + "\n", "此行被改动 · its line was changed")
    body = json.loads(entry["body"], parse_float=str, parse_constant=str)  # 1.5 is then not canonical
    must(" ".join(sorted(body)) == BODY and body["v"] == 1, "不规范 · is not of the known form")
    must(canonical(body) == entry["body"], "不规范 · is not canonical")
    must(body["book"] == name, f"属于其他账簿 · belongs to book {body['book']}")
    for leg in body["postings"]:
        must({part: type(value) for part, value in leg.items()} == POSTING, f"分录不全 · a posting is broken: {leg}")
    legs = [tuple(map(str, leg.values())) for leg in body["postings"]]
    return (*entry.values(), body["kind"], canonical(body["reverses"]), legs)


def leaf(book: str, number: int, recorded_us: int, previous: str, body: str) -> str:
    """Return the digest of an entry, which the next entry carries; it is also a leaf of the county's log."""
    name = book.encode("ascii")
    head = b"\0pl1\0" + bytes([len(name)]) + name + pack(">QQ", number, recorded_us)
    return hashlib.sha256(head + bytes.fromhex(previous) + hashlib.sha256(body.encode()).digest()).hexdigest()


# The seal. A checkpoint signs size and root of the county's log: a tree (RFC 6962) over the digests of all entries.


class Note(NamedTuple):
    """A checkpoint (c2sp.org/tlog-checkpoint): whose log, how many entries, their root, and who signed that."""

    origin: str
    size: int
    root: bytes
    signatures: list[tuple[str, bytes]]


class Seal(NamedTuple):
    """What checkpoints.txt says: a public key, an entry at a place of the log, a checkpoint, and older ones' proofs."""

    key: str
    book: str
    number: int
    place: int
    proof: list[bytes]
    note: Note
    older: dict[int, list[bytes]]


class Witness(NamedTuple):
    """What somebody outside has kept: a checkpoint, or a package with its last entry and, maybe, its checkpoint."""

    note: Note | None
    key: str = ""
    book: str = ""
    last: int = 0
    digest: str = ""


def read_note(text: str) -> Note:
    """Read a checkpoint; one that was copied by hand may lack its signatures and empty lines."""
    origin, size, root, *signed = [line.strip() for line in text.splitlines() if line.strip()]
    signatures = [line.split(" ") for line in signed]
    must(all(len(line) == 3 and line[0] == "—" for line in signatures), "不是封账校验 · is no checkpoint")
    return Note(origin, int(size), decoded(root), [(who, decoded(made)) for _, who, made in signatures])


def read_seal(package: Any, name: str = SEAL) -> Seal:
    """Read checkpoints.txt."""
    with opened(package, name) as file:
        about, proof, text, signature, *older = file.read().decode("utf-8-sig").replace("\r\n", "\n").split("\n\n")
        key, book, number = re.findall(r"^key (\S+)\nentry (\S+) (\d+)$", about)[0]
        place, path = re.findall(r"^c2sp\.org/tlog-proof@v1\nindex (\d+)((?:\n\S+)*)$", proof)[0]
        olds = {int(part.split()[1]): list(map(decoded, part.split()[2:])) for part in older}
        path = list(map(decoded, path.split()))
        return Seal(key, book, int(number), int(place), path, read_note(f"{text}\n{signature}"), olds)


def decoded(base64: str) -> bytes:
    """Return what base64 stands for, written in the one right way."""
    made = b64decode(base64, validate=True)
    must(b64encode(made).decode() == base64, f"不规范 · is not canonical: {base64}")
    return made


def read_witness(path: Path) -> Witness:
    """Read what was kept."""
    package: Any = path if path.is_dir() else zipfile.ZipFile(path) if zipfile.is_zipfile(path) else None
    if package is None:
        with opened(path.parent, path.name) as file:
            text = file.read().decode("utf-8-sig")
            seal = read_seal(path.parent, path.name) if text.startswith("key ") else None
            return Witness(seal.note, seal.key) if seal else Witness(read_note(text))
    says = read_manifest(package)
    seal = read_seal(package) if says["signature"] is not None else None
    return Witness(seal and seal.note, seal.key if seal else "", says["book"], says["last"], says["digest"])


def check_seal(seal: Seal, book: Book) -> None:
    """Check that the checkpoint is signed with the key that is named, and that the entry is in the log it signs."""
    must(seal.note.origin == f"aixin-ledger/{book.says['county']}", f"{SEAL}：属于别县 · is of another county")
    must(is_signed(seal.note, seal.key), f"{SEAL}：签名无效 · the signature is not good")
    proof, digest = list(seal.proof), book.digests[seal.number]
    inside = digest and seal.number >= book.first and seal.book == book.name and seal.place < seal.note.size
    root = root_with(bytes.fromhex(digest), seal.place, seal.note.size, proof) if inside else b""
    must(root == seal.note.root and not proof,
         f"凭证 entry {seal.number}：不在签名的总账中 · is not in the log that was signed")


def check_beginning(then: Note, seal: Seal) -> None:
    """Check that the log of an older checkpoint is the beginning of the one that is signed now."""
    must(then.origin == seal.note.origin, f"旧封账校验属于别县 · the older checkpoint is of {then.origin}")
    must(then.size <= seal.note.size, f"留存的封账校验比本包新 · what was kept is newer: {then.size} entries")
    proof = list(seal.older.get(then.size, []))
    roots = roots_of(then.size, seal.note.size, proof, then.root)
    must(roots == (then.root, seal.note.root) and not proof,
         f"历史被改写：旧封账校验中的 {then.size} 张凭证不是现在总账的开头 · history was rewritten: "
         f"the {then.size} entries of the older checkpoint are not the beginning of this log")


def is_signed(note: Note, key: str) -> bool | None:
    """Tell whether a checkpoint is signed with a public key, name+identifier+key; None: by other keys, or by none."""
    name, identifier, encoded = key.split("+", 2)
    public = decoded(encoded)
    right = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]
    must(public[:1] == b"\1" and len(public) == 33 and right.hex() == identifier, f"公钥不全 · a broken key: {key}")
    text = f"{note.origin}\n{note.size}\n{b64encode(note.root).decode()}\n".encode()
    made = [sign[4:] for who, sign in note.signatures if who == name == note.origin and sign[:4] == right]
    return all(ed25519(public[1:], text, sign) for sign in made) if made else None


def root_with(digest: bytes, place: int, size: int, proof: list[bytes]) -> bytes:
    """Return the root of a log of this size with this leaf in this place (RFC 6962, 2.1.1), using the proof up."""
    if size == 1:
        return digest
    middle, beside = half(size), proof.pop() if proof else b""
    if place < middle:
        return parent(root_with(digest, place, middle, proof), beside)
    return parent(beside, root_with(digest, place - middle, size - middle, proof))


def roots_of(old: int, new: int, proof: list[bytes], root: bytes | None) -> tuple[bytes, bytes]:
    """Return the roots of the first `old` and of all `new` leaves (RFC 6962, 2.1.2), using the proof up."""
    if old == new:
        found = root if root is not None else proof.pop() if proof else b""
        return found, found
    middle, beside = half(new), proof.pop() if proof else b""
    if old <= middle:
        before, after = roots_of(old, middle, proof, root)
        return before, parent(after, beside)
    before, after = roots_of(old - middle, new - middle, proof, None)
    return parent(beside, before), parent(beside, after)


def half(size: int) -> int:
    """Return the greatest power of two below a size."""
    return 1 << ((size - 1).bit_length() - 1)


def parent(left: bytes, right: bytes) -> bytes:
    """Return the hash over two neighbours of the tree."""
    return hashlib.sha256(b"\1" + left + right).digest()


# Ed25519 (RFC 8032), for checking alone: slow, short, and it holds no secret.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Point = Any  # x and y, both times z; z; and x·y·z: RFC 8032, 5.1.4


def add(one: Point, other: Point) -> Point:
    """Return the sum of two points."""
    (x1, y1, z1, t1), (x2, y2, z2, t2) = one, other
    a, b, c, d = (y1 - x1) * (y2 - x2), (y1 + x1) * (y2 + x2), 2 * t1 * t2 * D, 2 * z1 * z2
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(factor: int, point: Point) -> Point:
    """Return a point added to itself so many times."""
    total: Point = (0, 1, 1, 0)
    while factor:
        total = add(total, point) if factor & 1 else total
        point, factor = add(point, point), factor >> 1
    return total


def point_of(packed: bytes) -> Point | None:
    """Return the point that 32 bytes stand for, if they stand for one."""
    sign, y = divmod(int.from_bytes(packed, "little"), 1 << 255)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


def ed25519(public: bytes, text: bytes, signature: bytes) -> bool:
    """Tell whether a signature is that of a public key over a text."""
    point, s = point_of(public), int.from_bytes(signature[32:], "little")
    if point is None or len(signature) != 64 or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + text).digest(), "little") % ORDER
    base = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    x, y, z, t = point
    x, y, z, _ = add(times(s, base), times(k, (P - x, y, z, P - t)))
    x, y = x * pow(z, -1, P) % P, y * pow(z, -1, P) % P
    return bool((y | (x & 1) << 255).to_bytes(32, "little") == signature[:32])


def page(book: Book, old: Witness | None) -> str:
    """Return what is said of a book in which all is right."""
    seal, says = book.seal, book.says
    signed = ["later"] * (seal.number < says["last"]) + ["alone"] * (old is None) if seal else ["unsigned"]
    lines = ["right"] + ["sealed"] * bool(seal) + book.found
    lines += ["taken"] * (book.first > 1) + ["demo"] * bool(says["demo"])
    values = {**says, "count": len(says["files"]), "places": len(book.balances), "unseen": book.unseen}
    values.update({"sealed": seal.number, "size": seal.note.size, "key": seal.key} if seal else {})
    values.update({"old_last": old.last, "old_size": old.note.size if old.note else 0} if old else {})
    chinese, english = ("\n".join(PAGE[line][language] for line in lines + signed) for language in (0, 1))
    return f"核验通过 ALL RIGHT\n\n{chinese}\n\n{english}".format(**values)


def main(asked: list[str]) -> int:
    """Check the package asked for, and say in words what was found."""
    at = asked.index("--against") if "--against" in asked else len(asked)
    kept, others = asked[at + 1 : at + 2], asked[:at] + asked[at + 2 :]
    path = Path(others[0]) if others else Path(__file__).resolve().parent
    if len(others) > 1 or not path.exists() or (at < len(asked) and not (kept and Path(kept[0]).exists())):
        print(__doc__)
        return 2
    try:
        old = read_witness(Path(kept[0])) if kept else None
        said, code = page(check_package(path if path.is_dir() else zipfile.ZipFile(path), old), old), 0
    except Exception as fault:
        why = fault if isinstance(fault, Wrong) else f"无法读取 · cannot be read ({fault!r})"
        said, code = f"有错 WRONG  {why}", 1
    print(said)
    return code


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
