"""Seals of packages, made by the definitions of RFC 6962 and C2SP: what an honest county writes, and a forger too.

A forger who owns database and key can write any history and sign it; these hands do so in a package.
"""

import base64
from collections.abc import Collection
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.db import Database
from ledger.journal.log import digests, logged
from ledger.journal.signing import public_line, signed
from tests.exports.story import lines_of, vouched
from tests.sealing import KEY, path_by_definition, proof_by_definition, root_by_definition

ORIGIN = "aixin-ledger/610727"
SEAL = "checkpoints.txt"


def log_of(store: Database) -> tuple[list[str], list[bytes]]:
    """Return the county log: which entry stands in each place, as LY01-12, and their digests."""
    with store.reading() as session:
        rows = session.execute(logged.select().order_by(logged.c.position)).all()
        return [f"{row.book}-{row.number}" for row in rows], list(digests(session, 0, len(rows)))


def note_of(leaves: list[bytes], key: Ed25519PrivateKey = KEY, origin: str = ORIGIN) -> str:
    """Return the checkpoint of a log."""
    root = base64.b64encode(root_by_definition(leaves)).decode()
    return signed(f"{origin}\n{len(leaves)}\n{root}\n", origin, key)


def seal_of(
    leaves: list[bytes], book: str, number: int, place: int, *, older: list[int], held: dict[int, int] | None = None,
    key: Ed25519PrivateKey = KEY,
) -> bytes:
    """Return checkpoints.txt for a log: an entry in its place, the sizes that were signed before, and the places of the
    book's last entries then.
    """
    parts = [
        f"key {public_line(ORIGIN, key)}\nentry {book} {number}\n",
        f"c2sp.org/tlog-proof@v1\nindex {place}\n" + lines(path_by_definition(place, leaves)),
        note_of(leaves, key),
        *(f"old {size}\n" + lines(proof_by_definition(size, leaves)) for size in older),
        *(f"held {n} {there}\n" + lines(path_by_definition(there, leaves)) for n, there in (held or {}).items()),
    ]
    return "\n".join(parts).encode()


def lines(proof: list[bytes]) -> str:
    """Return a proof as it stands in the file."""
    return "".join(base64.b64encode(digest).decode() + "\n" for digest in proof)


def signed_anew(
    files: dict[str, bytes], log: tuple[list[str], list[bytes]], *, older: list[int],
    held: Collection[int] = (), in_log: Collection[int] | None = None, key: Ed25519PrivateKey = KEY,
) -> dict[str, bytes]:
    """Sign a package of Liuhe whose history was rewritten: its entries take their places in the log, like it or not.

    With `in_log` only these entries do; for all others the log keeps the digests it has always had.
    """
    places, leaves = log
    entries: list[dict[str, Any]] = lines_of(files)
    now = {f"LY01-{one['number']}": bytes.fromhex(one["digest"]) for one in entries
           if in_log is None or one["number"] in in_log}
    forged = [now.get(place, leaf) for place, leaf in zip(places, leaves, strict=True)]
    number = entries[-1]["number"]
    there = {n: places.index(f"LY01-{n}") for n in held}
    written = seal_of(forged, "LY01", number, places.index(f"LY01-{number}"), older=older, held=there, key=key)
    return vouched({**files, SEAL: written}, signature=SEAL)
