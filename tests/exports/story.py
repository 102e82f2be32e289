"""One walk through the shop, from gift to reversal, packed for an auditor; and the hands that spoil a package.

Wei takes in rice from the grain firm and soap from a person who wants no name, and sends both to Liuhe; two bags of
rice are short. Mei draws up two sheets, both hang a week and are credited. The Wangs redeem rice; soap that a niece
collects for them is paid from both purses, and that slip is reversed the next day.
"""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from ledger.exports import verify
from ledger.exports.audit import write_package
from ledger.registers.households import Household
from tests.county import County, Desk
from tests.replay import leaf_by_definition

SECRETS = [
    "王秀兰", "李长贵", "张玉芳", "马老四", "卡-8842", "901X", "123X",  # households, a card, ID tails
    "孙小妹", "侄女", "雨水泡坏", "村口老槐树", "兑错了人", "评议纪要",  # proxy, reason, notice place, minutes
    "汉中粮油公司", "爱心人士", "刘经理", "13812345678", "林玉芳", "高志强",  # donors, staff
]
"""What must not be in a package: whatever the office knows about people beyond codes."""

VERIFY = Path(verify.__file__)


def tell(county: County) -> Desk:
    """Let the story happen; return the desk of Liuhe, whose book then has the entries 1 to 12."""
    store, liuhe = county.book("COUNTY"), county.book("LY01")
    county.edit(Household, ("LY01", "H001"), card="卡-8842", id_tail="901X")
    store.give(rice=20)
    store.give(donor="D8", soap=30)
    note = store.send("LY01", rice=10, soap=20)
    rice, soap = note["lines"]
    short = {**rice, "quantity": 8, "short": 2, "reason": "雨水泡坏，王秀兰在场"}
    liuhe.confirm(liuhe.arrive(note, lines=[short, soap])["request"])  # entries 1 and 2
    merit = liuhe.on_notice(("H001", "WORK", 100), ("H006", "CLEAN"), minutes="评议纪要：王秀兰打扫三天")  # 3 and 4
    support = liuhe.draw(("H001", "BASE", 400), purse="support")["n"]  # 5
    liuhe.hang(support, place="村口老槐树")  # 6
    county.wait(8)
    liuhe.credit(support)  # 7
    liuhe.credit(merit, by="luo")  # 8 and 9
    liuhe.redeem("H001", rice=1)  # 10
    wrong = liuhe.redeem("H001", soap=1, proxy={"name": "孙小妹", "relation": "侄女"})  # 11
    county.wait(1)
    liuhe.reverse(wrong, reason="兑错了人，是李长贵家的")  # 12
    return liuhe


def pack(county: County, book: str = "LY01", **run: Any) -> bytes:
    """Return the audit package of a book, made from one moment of it."""
    file = BytesIO()
    with county.store.reading() as session:
        write_package(session, **{"book": book, "file": file, "now": county.now, "language": "en", **run})
    return file.getvalue()


def unpacked(package: bytes) -> dict[str, bytes]:
    """Return the files of a package."""
    with zipfile.ZipFile(BytesIO(package)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def lines_of(files: dict[str, bytes]) -> list[dict[str, Any]]:
    """Return the lines of a package's journal."""
    return [json.loads(line) for line in files["journal.jsonl"].splitlines()]


def manifest_of(files: dict[str, bytes]) -> dict[str, Any]:
    """Return what a package says of itself."""
    said: dict[str, Any] = json.loads(files["manifest.json"])
    return said


def laid_out(files: dict[str, bytes], folder: Path) -> Path:
    """Write the files of a package into a folder."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def run_verify(
    program: Path, *arguments: Path | str, options: tuple[str, ...] = ("-I", "-S"), **more: Any
) -> tuple[int, str]:
    """Run a verify.py as a stranger does, with nothing but Python itself; return its exit code and all it said."""
    command = [sys.executable, *options, str(program), *map(str, arguments)]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", **more)
    return ran.returncode, ran.stdout + ran.stderr


# The hands that spoil a package, and those that hide what they did.


def vouched(files: dict[str, bytes], **said: Any) -> dict[str, bytes]:
    """Write the manifest anew, so that every file is as it says."""
    hashes = {
        name: {"sha256": sha256(content).hexdigest(), "size": len(content)}
        for name, content in files.items() if name != "manifest.json"
    }
    return {**files, "manifest.json": json.dumps({**manifest_of(files), **said, "files": hashes}).encode()}


def rechained(files: dict[str, bytes], change: Callable[[list[Any], list[Any]], object]) -> dict[str, bytes]:
    """Rewrite history: change lines and bodies, then give every entry a digest that fits, and the manifest too."""
    lines = lines_of(files)
    bodies = [json.loads(line["body"]) for line in lines]
    change(lines, bodies)
    previous = bytes.fromhex(lines[0]["previous"])
    for line, body in zip(lines, bodies, strict=True):
        line["body"] = body if isinstance(body, str) else canonical(body)
        line["previous"] = previous.hex()
        previous = leaf_by_definition("LY01", line["number"], line["recorded_us"], previous, line["body"].encode())
        line["digest"] = previous.hex()
    return vouched({**files, "journal.jsonl": written(lines)}, last=lines[-1]["number"], digest=previous.hex())


def canonical(body: dict[str, Any]) -> str:
    """Return a body as it is hashed."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def written(lines: list[dict[str, Any]]) -> bytes:
    """Return lines as they stand in a package."""
    return "".join(json.dumps(line, separators=(",", ":"), ensure_ascii=False) + "\n" for line in lines).encode()
