#!/usr/bin/env python3
"""核验爱心账本的审计包 · Check an audit package of the Aixin Ledger. It needs Python 3.8 or later and nothing else.

    python3 -I verify.py              核验本文件所在的文件夹 · check the folder this file lies in
    python3 -I verify.py PACKAGE.zip  核验压缩包或另一文件夹 · check a package, packed or unpacked
    … --against OLD                   再与留存的旧封账校验或旧审计包对照 · compare with an older checkpoint or package
-I 使同一文件夹里的其他程序不被运行 · with -I no other program that lies in the folder is run
Exit code: 0 all is right; 1 something is wrong, and the first thing wrong is named; 2 called in a wrong way.

CLAIMS is what is said when all is right. check_package checks it, and what it calls follows in the same order.
"""

import sys

# A csv.py planted in this folder would speak in the name of Python's own; even without -I it is not asked.
if __name__ == "__main__" and not (sys.flags.isolated or getattr(sys.flags, "safe_path", False)):
    del sys.path[0]

import csv
import hashlib
import io
import json
import re
import zipfile
from base64 import b64decode, b64encode
from collections import defaultdict, namedtuple
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from struct import pack
from time import gmtime, strftime
from typing import Any, Iterator  # noqa: UP035

MANIFEST, JOURNAL, BALANCES, TAKEN_OVER = "manifest.json", "journal.jsonl", "balances.csv", "taken-over.csv"
SEAL, PLAIN_TEXT = "checkpoints.txt", "journal.body"
CLAIMS = {
    "shorter": "★★ 注意：本包只到 {last} 号，留存的到 {old.last} 号；其后的凭证未作对照，请索取整本账的包。\n"
               "★★ NOTE: this package ends at entry {last}; the one you kept goes on to {old.last}.\n"
               "   What follows was not compared; ask for a package of the whole book.",
    "right": "账簿 {book}，{run[0]}，导出时刻 {made_at}（世界时）。以下各项均已核实：\n"
             "Book {book}, {run[1]}, made at {made_at}. This was checked:\n"
             "· 余额表 {places} 行与凭证相符；{count} 个文件与 manifest.json 所列逐字节相同\n"
             "  {places} balances agree with the entries; {count} files are byte for byte those manifest.json lists\n"
             "· 编号连续；每张凭证与其校验码相符，又记有上一张的校验码，改动任何一张都会断开\n"
             "  no number is missing; each entry fits its digest and carries that of the one before\n"
             "· 数量均大于零，按编号顺序余额从未低于零；冲销与原凭证互为镜像且只一次\n"
             "  quantities are above zero, no balance ever falls below zero; a reversal mirrors its entry, once\n"
             "· 最后凭证的校验码 · digest of the last entry: {digest}",
    "sealed": "· 签名有效：{seal.number} 号凭证在县总账中，以前各张由它逐笔相连；签名时总账共 {seal.note.size} 张\n"
              "  the signature is good: entry {seal.number} is in the county's log, {seal.note.size} entries when\n"
              "  it was signed, and the chain leads from it to all before\n"
              "  公钥是否为县里公布的？ · Is this the public key the county has made known? {seal.key}",
    "held": "· 历次封账时本账簿的末号（{held} 张）都还在总账原位\n"
            "  the entries that were the book's last at former checkpoints ({held}) are still in their places",
    "overlap": "· 与留存的旧审计包或其封账校验相符：{old.last} 号及以前的凭证完全相同\n"
               "  it agrees with the older package, or its seal: entries up to {old.last} are the very same",
    "witness": "· 与旧封账校验相符：县总账当时的 {old.note.size} 张凭证，此后只增未改\n"
               "  it agrees with the older checkpoint: to the county's {old.note.size} entries others were only added",
    "empty": "· 旧封账校验时总账尚无凭证 · the log had no entry when the older checkpoint was signed",
    "then": "★ 那时总账中有本账簿至 {then} 号（{day} 记）的凭证，其后各张是那以后才进总账的。日期对吗？\n"
            "★ Of this book the log then held entries up to {then}, recorded {day}; all others came later.\n"
            "  Does that fit the day you got it? If weeks are missing, the book was rewritten since.",
    "all": "· 那时总账中已有本包的全部凭证 · the log then held all entries of this package",
    "none": "★ 本包未证明那时总账中有本账簿的凭证 · it does not show that the log then held any entry of this book",
    "other": "注意：旧封账校验出自另一把密钥，请向县里核实何时、为何换钥。\n"
             "NOTE: the older checkpoint was signed with another key; ask the county when and why it was changed.",
    "taken": "注意：第 {first} 号之前的余额与校验码系承接，未作核验；{unseen} 笔冲销的原凭证不在包内。\n"
             "NOTE: what stood before {first} is taken over, not checked; {unseen} reversals are of entries before.",
    "part": "注意：本包只到 {last} 号，账簿已到 {head} 号。\n"
            "NOTE: this package ends at {last}, the book goes on to {head}.",
    "others": "注意：校验码和签名担保的只是 journal.jsonl 及由它算出的 balances.csv；journal.body 只核对了金额。\n"
              "其他文件（登记册 registers/ 等）没有包外的凭据：谁改了它们并重写 manifest.json，这里查不出。\n"
              "NOTE: digests and signature vouch for journal.jsonl, and balances.csv that follows from it; of\n"
              "journal.body the amounts were compared. Nothing outside vouches for other files, such as registers/:\n"
              "who changes them and writes manifest.json anew is not found here.",
    "demo": "注意：演示县的账，不是真账。 · NOTE: the book of a demo county, not a real one.",
    "later": "★ 注意：签名只到 {seal.number} 号，其后的凭证做包的人可以改写。请索取下次封账后的包。\n"
             "★ NOTE: the signature goes up to entry {seal.number}; those after it may be written by whoever made\n"
             "  this package. Ask for one that is made after the next checkpoint.",
    "alone": "注意：未与旧封账校验对照。持有数据库和密钥的人可以另写一本账再签名，只有在外留存的旧校验能揭穿。\n"
             "NOTE: who holds database and key could write another history and sign it;\n"
             "only a checkpoint that somebody outside has kept shows it. None was compared.",
    "unsigned": "注意：本包没有签名，只能说明包内前后一致；请将上面的校验码与兑换凭单等留存在外的对照。\n"
                "NOTE: this package carries no signature, it agrees with itself; compare the digest with one outside.",
}
BY_HAND = "\n若系手抄，请先逐字核对三行：总账名、张数（无逗号）、根\n" \
          "If it was copied by hand, compare the copy first: whose log, how many entries (no comma), their root."
# Goods, money and points come out of these accounts, so they stand below zero: donor:D7, fund:merit, opening …
SOURCES = ["donor", "supplier", "received", "fund", "moved", "opening", "over-issued", "difference"]


class Wrong(Exception):
    """What is wrong, in Chinese and English."""


def must(holds: Any, else_wrong: str) -> None:
    """Go on only if this holds."""
    if not holds:
        raise Wrong(else_wrong)


def reason(fault: Exception) -> str:
    """Return what is wrong; any other fault than our own means that something could not be read."""
    why = fault if isinstance(fault, zipfile.BadZipFile) else getattr(fault, "strerror", "")
    return str(fault) if isinstance(fault, Wrong) else "无法读取 · cannot be read" + f" ({why})" * bool(why)


@contextmanager
def opened(package: Any, name: str) -> Iterator[Any]:
    """Open one file of the zip or folder; whatever keeps it from being read, the file is named."""
    try:
        with package.open(name) if isinstance(package, zipfile.ZipFile) else (package / name).open("rb") as file:
            yield io.BufferedReader(file, 1 << 20)
    except Exception as fault:
        raise fault if isinstance(fault, Wrong) else Wrong(f"{name}：{reason(fault)}") from fault


def check_package(package: Any, old: "Witness | None" = None) -> "Book":
    """Check everything; return the book as it stands after its last entry."""
    says = read_manifest(package)
    check_files(package, says["files"])
    book = Book(package, says, old)
    book.follow(package)
    written = read_balances(package, BALANCES)
    for place in sorted({*book.balances, *written}):
        right, found = book.balances.get(place, 0), written.get(place, 0)
        must(right == found, f"{BALANCES}：{' '.join(place)} 应为 {right} · should be {right}, says {found}")
    if PLAIN_TEXT in says["files"]:
        check_sums(package, book)
    if book.seal:
        check_seal(book.seal, book)
    book.found = compare(book, old) if old else []
    return book


def read_manifest(package: Any) -> "dict[str, Any]":
    """Return what a package says of itself."""
    with opened(package, MANIFEST) as file:
        says: dict[str, Any] = json.loads(file.read().decode("utf-8"))
        must(says["v"] == 1 and 1 <= says["first"] <= says["last"] + 1, f"{MANIFEST}：不识 · unknown form")
        return says


def check_files(package: Any, listed: "dict[str, Any]") -> None:
    """Refuse files that are missing, added, there twice, or not byte for byte those that were packed."""
    found = package.namelist() if isinstance(package, zipfile.ZipFile) else [
        part.relative_to(package).as_posix() for part in package.rglob("*") if not part.is_dir()]
    for name in sorted({name for name in found if not name.endswith("/")} | {*listed, BALANCES, JOURNAL}):
        must(name in found, f"{name}：缺失 · is missing")
        must(name in {*listed, MANIFEST}, f"{name}：多出的文件 · has been added, {MANIFEST} does not list it")
        must(found.count(name) == 1, f"{name}：出现两次 · is there twice")
    for name in sorted(listed.keys() - {JOURNAL}):  # the journal is looked at in the end, its entries first
        with opened(package, name) as file:
            whole = hashlib.sha256()
            for part in iter(lambda: file.read(1 << 20), b""):
                whole.update(part)
            said = {"sha256": whole.hexdigest(), "size": file.tell()}
            must(said == listed[name], f"{name}：已被改动 · has been changed")


def read_balances(package: Any, name: str) -> "dict[tuple[str, ...], int]":
    """Return what each account holds of each commodity and lot, as a file of the package says."""
    with opened(package, name) as file:
        lines = list(csv.reader(file.read().decode("utf-8-sig").splitlines()))[1:]
        held: dict[tuple[str, ...], int] = {(account, what, lot): int(number) for account, what, lot, number in lines}
        must(len(held) == len(lines), f"{name}：有重复行 · a line is there twice")
        return held


def check_sums(package: Any, book: "Book") -> None:
    """Check that the book in plain text comes to the same: entries by their count, points with their sign turned."""
    sums: dict[tuple[bytes, bytes], int] = defaultdict(int)
    with opened(package, PLAIN_TEXT) as file:
        for line in file:  # account, change, "commodity", =, what is held then
            said = line.split(None, 5) if line.startswith(b"    ") else []
            if said[3:4] == [b"="]:
                place = said[0], said[2]
                sums[place] += int(said[1].replace(b".", b""))
                if sums[place] != int(said[4].replace(b".", b"")):
                    raise Wrong(f"{PLAIN_TEXT}：此行余额不符 · this balance is wrong: {line.decode().strip()}")
    sums[b"(entries)", b'"ENTRY"'] -= book.last
    for (account, what, lot), held in book.balances.items():
        place = (f"{account}:{lot}" if lot else account).encode(), f'"{what}"'.encode()
        sums[place] += held if what == "POINT" else -held
    for place, over in sums.items():
        where = b" ".join(place).decode().replace('"', "")
        must(not over, f"{PLAIN_TEXT}：{where} 与余额相差 {over} · is {over} off the balance")


class Book:
    """A book that is followed from entry to entry: its last number and digest, and what every account holds."""

    def __init__(self, package: Any, says: "dict[str, Any]", old: "Witness | None") -> None:
        self.says, self.name, self.first, self.last = says, says["book"], says["first"], says["last"]
        self.number, self.recorded_us, self.unseen = self.first - 1, 0, 0
        self.digest = says["previous"] if self.first > 1 else "0" * 64
        self.balances = defaultdict(int, read_balances(package, TAKEN_OVER) if self.first > 1 else {})
        self.seal = read_seal(package) if says["signature"] is not None else None
        self.found: list[str] = []
        # Digests and days of these entries are compared with something in the end.
        wanted = [*([self.seal.number, *self.seal.held] if self.seal else []), old.last if old else 0]
        self.digests, self.days = {**dict.fromkeys(wanted, ""), self.number: self.digest}, {0: 0}
        # Of the entries that are reversed later, and of no others, the mirror image is kept in memory until then.
        with opened(package, JOURNAL) as file:
            some = (line for line in file if line.find(rb'\"reverses\":null', -160) < 0)
            self.mirrors: Any = {int(n): None for line in some for n in re.findall(rb'\\"reverses\\":(\d+)', line)}

    def follow(self, package: Any) -> None:
        """Take every entry in order, to the last one the package promises."""
        with opened(package, JOURNAL) as file:
            whole = hashlib.sha256()
            for line in file:
                whole.update(line)
                try:
                    self.take(line.decode())
                except Exception as fault:  # whatever stands in the line, the entry is named
                    raise Wrong(f"凭证 entry {self.number + 1}：{reason(fault)}") from fault
            must(self.number == self.last, f"凭证 entry {self.number + 1}：缺失 · is missing")
            must(self.digest == self.says["digest"], f"{MANIFEST}：末笔校验码不符 · not the digest of the last entry")
            said = {"sha256": whole.hexdigest(), "size": file.tell()}
            must(said == self.says["files"][JOURNAL], f"{JOURNAL}：已被改动 · has been changed")

    def take(self, line: str) -> None:
        """Check one entry: its number, its link to the entry before, its digest, its time; and carry it out."""
        said = quickly(line, self.name) or in_full(line, self.name)
        number, recorded_us, previous, digest, body, kind, reverses, legs = said
        if number != self.number + 1:
            raise Wrong(f"缺失或多余 · missing or too many, here stands {number}")
        must(number <= self.last, f"{MANIFEST} 所列只到 {self.last} 号 · lists entries up to {self.last} only")
        must(previous == self.digest, "与上一凭证不相连 · does not follow the entry before it")
        must(digest == leaf(self.name, number, recorded_us, previous, body), "校验码不符 · its digest does not fit it")
        must(recorded_us >= self.recorded_us, "记录时间倒退 · was recorded before the entry before it")
        if reverses != "null" or kind == "reversal":
            self.undo(reverses, legs)
        balances = self.balances
        for what, to, lot, some, source in legs:
            quantity = int(some)
            if quantity <= 0 or source == to:
                raise Wrong(f"分录不对 · cannot move {quantity} from {source} to {to}")
            balances[to, what, lot] += quantity
            left = balances[source, what, lot] = balances[source, what, lot] - quantity
            if left < 0 and source.partition(":")[0] not in SOURCES:
                raise Wrong(f"余额低于零 · {source} {what} {lot} falls below zero")
        if number in self.mirrors:
            self.mirrors[number] = [(what, source, lot, some, to) for what, to, lot, some, source in reversed(legs)]
        if number in self.digests:
            self.digests[number], self.days[number] = digest, recorded_us
        self.number, self.digest, self.recorded_us = number, digest, recorded_us

    def undo(self, reverses: str, legs: "list[Any]") -> None:
        """Check that a reversal mirrors its entry and is the only one; an entry before the package is out of sight."""
        target = int(reverses) if reverses.isdigit() else 0
        must(target in self.mirrors and target <= self.number, f"不可冲销 · cannot reverse entry {reverses} (again)")
        mirror, self.unseen = self.mirrors.pop(target), self.unseen + (target < self.first)
        must(target < self.first or mirror == legs, f"不是镜像 · is not the mirror image of entry {target}")


def leaf(book: str, number: int, recorded_us: int, previous: str, body: bytes) -> str:
    """Return the digest of an entry, which the next entry carries; it is also a leaf of the county's log."""
    head = pack(f">5sB{len(book)}sQQ", b"\0pl1\0", len(book), book.encode("ascii"), number, recorded_us)
    return hashlib.sha256(head + bytes.fromhex(previous) + hashlib.sha256(body).digest()).hexdigest()


LINE = ["number", "recorded_us", "previous", "digest", "body"]
BODY = "book booked_on by facts kind late notes occurred_on postings reverses submission v"
LEG = {"commodity": str, "destination": str, "lot": str, "quantity": int, "source": str}
exactly = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode  # equals RFC 8785 here


def in_full(line: str, name: str) -> "tuple[Any, ...]":
    """Return what the line of an entry says; it and the body in it must be whole and written in the one right way."""
    entry = json.loads(line)
    must([*entry] == LINE and line == exactly(entry) + "\n", "此行被改动 · its line was changed")
    number, recorded_us, previous, digest, text = entry.values()
    must(type(number) is type(recorded_us) is int, "此行被改动 · its line was changed")
    body = json.loads(text, parse_float=str, parse_constant=str)  # 1.5 is then not canonical
    must(" ".join(body) == BODY and text.endswith(',"v":1}') and canonical(body) == text, "不规范 · is not canonical")
    must(body["book"] == name, f"属于其他账簿 · belongs to book {body['book']}")
    for leg in body["postings"]:
        must({part: type(value) for part, value in leg.items()} == LEG, f"分录不全 · a posting is broken: {leg}")
    legs = [tuple(map(str, leg.values())) for leg in body["postings"]]
    return number, recorded_us, previous, digest, text.encode(), body["kind"], canonical(body["reverses"]), legs


# Nearly all lines look alike: a pattern tells so and takes them apart, three times as fast as json. Any other line is
# read in full, and only then found wrong. Of facts and notes the names are looked at, with 0 put for each value.
HASH, COUNT, TEXT = "([0-9a-f]{64})", "(?:0|[1-9][0-9]{0,15})", r'[^"\\\x00-\x1f]*'
PART = f'{{"commodity":"({TEXT})","destination":"({TEXT})","lot":"({TEXT})","quantity":({COUNT}),"source":"({TEXT})"}}'
PARTS = "(?:PART(?:,(?={)|(?=])))*".replace("PART", re.sub(r"\((?!\?)", "(?:", PART))
START = f'{{"number":({COUNT}),"recorded_us":({COUNT}),"previous":"{HASH}","digest":"{HASH}","body":"'
WHOLE = f'({{"book":"({TEXT})","booked_on":"{TEXT}","by":"{TEXT}","facts":({{[^[]*}}),"kind":"({TEXT})",' \
        f'"late":(?:true|false),"notes":({{[^[]*}}),"occurred_on":"{TEXT}","postings":\\[({PARTS})\\],' \
        f'"reverses":(null|{COUNT}),"submission":"{TEXT}","v":1}})'
FLAT = '{(?:"[a-zA-Z0-9_-]+":0(?:,(?=")|(?=})))*}'
PLAIN = rf"\[{FLAT},{FLAT}\]".replace(":0", f":(?:0|{FLAT})", 1)
one_leg, whole, plain = (re.compile(shape.replace('"', r'\\"')) for shape in (PART, WHOLE, PLAIN))
fits = re.compile(START + whole.pattern + '"}\n').fullmatch
put_for_values = re.compile(rf'":(?:\\"{TEXT}\\"|{COUNT}|true|false|null)').sub


def quickly(line: str, name: str) -> "tuple[Any, ...] | None":
    """Return the same as in_full, or nothing if the line does not look like most."""
    known = fits(line)
    if not known:
        return None
    number, recorded_us, previous, digest, body, book, facts, kind, notes, legs, reverses = known.groups()
    if book != name or not (facts == notes == "{}" or in_order(put_for_values('":0', f"[{facts},{notes}]"))):
        return None
    text = body.encode().translate(None, b"\\")
    return int(number), int(recorded_us), previous, digest, text, kind, reverses, one_leg.findall(legs)


@lru_cache(maxsize=4096)
def in_order(names: str) -> bool:
    """Tell whether facts and notes, with 0 put for each value, are canonical; entries often have the same names."""
    text = names.replace("\\", "")
    return bool(plain.fullmatch(names)) and canonical(json.loads(text)) == text


# The seal. A checkpoint signs size and root of the county's log: a tree (RFC 6962) over the digests of all entries.
Note = namedtuple("Note", "origin size root signatures")  # a checkpoint: c2sp.org/tlog-checkpoint
Seal = namedtuple("Seal", "key book number place proof note older held")  # a key, places, proofs
Witness = namedtuple("Witness", "note key book last digest seal", defaults=("", "", 0, "", None))  # what was kept


def read_note(text: str) -> Note:
    """Read a checkpoint; one that was copied by hand may lack its signatures and empty lines."""
    origin, size, root, *signed = [line.strip() for line in text.splitlines() if line.strip()]
    must(size.isdigit(), f"张数不对 · is no number of entries: {size}")
    signatures = [line.split(" ") for line in signed]
    must(all(len(line) == 3 and line[0] == "—" for line in signatures), "不是封账校验 · is no checkpoint")
    return Note(origin, int(size), decoded(root), [(who, decoded(made)) for _, who, made in signatures])


def read_seal(package: Any, name: str = SEAL) -> Seal:
    """Read checkpoints.txt."""
    with opened(package, name) as file:
        about, proof, text, signature, *more = file.read().decode("utf-8-sig").replace("\r\n", "\n").split("\n\n")
        key, book, number = re.findall(r"^key (\S+)\nentry (\S+) (\d+)$", about)[0]
        place, path = re.findall(r"^c2sp\.org/tlog-proof@v1\nindex (\d+)((?:\n\S+)*)$", proof)[0]
        parts = [part.split() for part in more]
        must(all(part[0] in ("old", "held") for part in parts), f"{name}：不识 · unknown form")
        olds = {int(size): list(map(decoded, path)) for word, size, *path in parts if word == "old"}
        held = {int(entry): (int(there), list(map(decoded, up)))
                for entry, there, *up in (part[1:] for part in parts if part[0] == "held")}
        path = list(map(decoded, path.split()))
        return Seal(key, book, int(number), int(place), path, read_note(f"{text}\n{signature}"), olds, held)


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
            return Witness(seal.note, seal.key, seal.book, seal.number, "", seal) if seal else Witness(read_note(text))
    says = read_manifest(package)
    seal = read_seal(package) if says["signature"] is not None else None
    return Witness(seal and seal.note, seal.key if seal else "", says["book"], says["last"], says["digest"])


def check_seal(seal: Seal, book: Book) -> None:
    """Check that the checkpoint is signed with the key that is named, and that the entry is in the log it signs."""
    must(seal.note.origin == f"aixin-ledger/{book.says['county']}", f"{SEAL}：属于别县 · is of another county")
    must(is_signed(seal.note, seal.key), f"{SEAL}：签名无效 · the signature is not good")
    must(seal.book == book.name, f"{SEAL}：属于其他账簿 · belongs to book {seal.book}")
    for number, (place, proof) in sorted([*seal.held.items(), (seal.number, (seal.place, seal.proof))]):
        stands = number >= book.first and is_in(seal.note, book.digests[number], place, proof)
        must(stands, f"凭证 entry {number}：不在签名的总账中 · is not in the log that was signed")


def is_in(note: Note, digest: str, place: int, proof: "list[bytes]") -> bool:
    """Tell whether a digest is proved to stand in this place of the log that was signed."""
    left = list(proof)
    root = roots_of(place + 1, note.size, left, bytes.fromhex(digest), leaf=True)[1] if place < note.size else b""
    return bool(digest and root == note.root and not left)


def compare(book: Book, old: Witness) -> "list[str]":
    """Compare with what somebody outside has kept: its last entry is the same, its log the beginning of this one."""
    mine = old.book == book.name
    digest = book.digests[old.last] if mine else ""
    same = is_in(old.note, digest, old.seal.place, old.seal.proof) if old.seal else digest == old.digest
    must(not digest or same, f"凭证 entry {old.last}：与旧审计包不同 · is not that of the older package")
    found, seal, then, shorter = ["overlap"] * bool(digest), book.seal, old.note, mine and book.last < old.last
    if shorter:  # on purpose, as `head` says, or somebody cut the end of the book off
        must(book.says.get("head", book.last) >= old.last, f"凭证 entry {book.last + 1}：缺失，留存的旧审计包到 "
             f"{old.last} 号 · is missing, the older package goes on to entry {old.last}")
    if then and not then.size:
        must(then.root == hashlib.sha256().digest(), "空总账的根不对 · not the root of a log without entries" + BY_HAND)
        found.append("empty")
    elif seal and then:
        good = is_signed(then, old.key or seal.key)
        must(good or (good is None and not old.key), "旧封账校验签名无效 · the older signature is not good")
        must(then.origin == seal.note.origin, f"旧封账校验属于别县 · the older checkpoint is of {then.origin}")
        must(then.size <= seal.note.size, f"留存的封账校验比本包新 · what was kept is newer: {then.size} entries")
        proof = list(seal.older.get(then.size, []))
        roots = roots_of(then.size, seal.note.size, proof, then.root)
        must(roots == (then.root, seal.note.root) and not proof,
             f"历史被改写：旧封账校验中的 {then.size} 张凭证不是现在总账的开头 · history was rewritten: "
             f"the {then.size} entries of the older checkpoint are not the beginning of this log{BY_HAND * (not good)}")
        another = old.key != seal.key if old.key else not good and then.signatures
        found += ["shorter" if shorter else "witness"] + ["other"] * bool(another)
        stood = stood_then(seal, then)
        found += [] if shorter or digest else ["all" if stood == book.last else "then" if stood else "none"]
    must(found, "没有可对照之处 · there is nothing in it to compare with what was kept")
    return found


def stood_then(seal: Seal, then: Note) -> int:
    """Return the last entry of the book that is shown to stand in an older log, 0 if none is."""
    places = {seal.number: seal.place, **{number: place for number, (place, _) in seal.held.items()}}
    return max((number for number, place in places.items() if place < then.size), default=0)


def is_signed(note: Note, key: str) -> "bool | None":
    """Tell whether a checkpoint is signed with a public key, name+identifier+key; None: by other keys, or by none."""
    name, identifier, encoded = key.split("+", 2)
    public = decoded(encoded)
    right = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]
    must(public[:1] == b"\1" and len(public) == 33 and right.hex() == identifier, f"公钥不全 · a broken key: {key}")
    text = f"{note.origin}\n{note.size}\n{b64encode(note.root).decode()}\n".encode()
    made = [sign[4:] for who, sign in note.signatures if who == name == note.origin and sign[:4] == right]
    return all(ed25519(public[1:], text, sign) for sign in made) if made else None


def roots_of(old: int, new: int, proof: "list[bytes]", known: Any, leaf: bool = False) -> "tuple[bytes, bytes]":
    """Return the roots of the first `old` and of all `new` leaves (RFC 6962, 2.1.2), using the proof up.

    The root of the first is known; or, to prove the place of an entry (2.1.1), only the last leaf of them is.
    """
    if old == new and (new == 1 or not leaf):
        known = known if known is not None else proof.pop() if proof else b""
        return known, known
    middle, beside = 1 << ((new - 1).bit_length() - 1), proof.pop() if proof else b""
    if old <= middle:
        before, after = roots_of(old, middle, proof, known, leaf)
        return before, parent(after, beside)
    before, after = roots_of(old - middle, new - middle, proof, known if leaf else None, leaf)
    return parent(beside, before), parent(beside, after)


def parent(left: bytes, right: bytes) -> bytes:
    """Return the hash over two neighbours of the tree."""
    return hashlib.sha256(b"\1" + left + right).digest()


# Ed25519 (RFC 8032), for checking alone: slow, short, and it holds no secret. A point is its x and y.
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def ed25519(public: bytes, text: bytes, signature: bytes) -> bool:
    """Tell whether a signature is that of a public key A over a text: whether s·B - k·A is the point it begins with."""
    key, s = point_of(public), int.from_bytes(signature[32:], "little")
    if key is None or len(signature) != 64 or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + text).digest(), "little") % ORDER
    base, total = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little")), (0, 1)
    for bit in reversed(range(253)):
        total = add(total, total)
        for factor, point in ((s, base), (k, (P - key[0], key[1]))):
            total = add(total, point) if factor >> bit & 1 else total
    return bool((total[1] | (total[0] & 1) << 255).to_bytes(32, "little") == signature[:32])


def point_of(packed: bytes) -> Any:
    """Return the point that 32 bytes stand for; None if they stand for none."""
    sign, y = divmod(int.from_bytes(packed, "little"), 1 << 255)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    root = pow(square, (P + 3) // 8, P)
    roots = [x for half in (root, root * pow(2, (P - 1) // 4, P) % P) for x in (half, P - half)]
    return next(((x, y) for x in roots if x * x % P == square and x & 1 == sign and x < P and y < P), None)


def add(one: Any, other: Any) -> Any:
    """Return the sum of two points (5.1), with one division for both quotients."""
    (a, b), (c, d), both = one, other, D * one[0] * one[1] * other[0] * other[1] % P
    divided = pow(1 - both * both, -1, P)
    return (a * d + b * c) * (1 - both) * divided % P, (b * d + a * c) * (1 + both) * divided % P


def page(book: Book, old: "Witness | None") -> str:
    """Return what is said of a book in which all is right."""
    says, seal = book.says, book.seal
    holds = {"right": True, "others": True, "taken": book.first > 1, "demo": says["demo"]}
    holds.update(dict.fromkeys(book.found, True), part=says.get("head", book.last) > book.last, held=seal and seal.held)
    holds.update(sealed=seal, later=seal and seal.number < book.last, unsigned=not seal)
    holds.update(alone=seal and (not old or "empty" in book.found))
    run = "凭证 {first}–{last} 号/entries {first}–{last}" if book.last else "还没有凭证/no entry yet"
    then = stood_then(seal, old.note) if seal and old and old.note else 0
    day = strftime("%Y-%m-%d %H:%M UTC", gmtime(book.days.get(then, 0) // 10**6))
    values = {**says, "count": len(says["files"]), "places": len(book.balances), "unseen": book.unseen,
              "then": then, "day": day, "held": len(seal.held) if seal else 0}
    claims = "\n".join(text for claim, text in CLAIMS.items() if holds.get(claim))
    return f"核验通过 ALL RIGHT\n\n{claims}".format(**values, seal=seal, old=old, run=run.format(**says).split("/"))


def main(asked: "list[str]") -> int:
    """Check the package asked for, and say in words what was found."""
    at = asked.index("--against") if "--against" in asked else len(asked)
    kept, others = asked[at + 1 : at + 2], asked[:at] + asked[at + 2 :]
    path = Path(others[0]) if others else Path(__file__).resolve().parent
    if len(others) > 1 or not path.exists() or (at < len(asked) and not (kept and Path(kept[0]).exists())):
        print(__doc__)
        return 2
    try:
        try:
            old = read_witness(Path(kept[0])) if kept else None
        except Exception as fault:
            raise Wrong(f"留存的旧校验 · what was kept: {reason(fault)}{BY_HAND}") from fault
        print(page(check_package(path if path.is_dir() else zipfile.ZipFile(path), old), old))
    except Exception as fault:
        print(f"有错 WRONG  {reason(fault)}")
        return 1
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
