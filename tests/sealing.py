"""The tree of RFC 6962 word for word from section 2.1, and keys to sign with in tests."""

from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.db import Database
from ledger.journal.checkpoint import seal
from ledger.journal.logtables import Checkpoint
from ledger.journal.signing import public_line
from tests.journaltext import at

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
ANOTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes([1] * 32))


def root_by_definition(leaves: list[bytes]) -> bytes:
    """MTH(D[n]), of leaves that are hashed already."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = cut(len(leaves))
    return sha256(b"\x01" + root_by_definition(leaves[:k]) + root_by_definition(leaves[k:])).digest()


def path_by_definition(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH(m, D[n])."""
    n = len(leaves)
    if n == 1:
        return []
    k = cut(n)
    if m < k:
        return [*path_by_definition(m, leaves[:k]), root_by_definition(leaves[k:])]
    return [*path_by_definition(m - k, leaves[k:]), root_by_definition(leaves[:k])]


def proof_by_definition(m: int, leaves: list[bytes]) -> list[bytes]:
    """PROOF(m, D[n])."""
    return subproof_by_definition(m, leaves, True)


def subproof_by_definition(m: int, leaves: list[bytes], b: bool) -> list[bytes]:
    """SUBPROOF(m, D[n], b)."""
    n = len(leaves)
    if m == n:
        return [] if b else [root_by_definition(leaves)]
    k = cut(n)
    if m <= k:
        return [*subproof_by_definition(m, leaves[:k], b), root_by_definition(leaves[k:])]
    return [*subproof_by_definition(m - k, leaves[k:], False), root_by_definition(leaves[:k])]


def cut(n: int) -> int:
    """The largest power of two smaller than n."""
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def some_leaves(count: int) -> list[bytes]:
    """Leaves that are all different."""
    return [sha256(b"\x00" + number.to_bytes(4, "big")).digest() for number in range(count)]


def sign(store: Database, key: Ed25519PrivateKey = KEY, day: str = "2026-03-31") -> Checkpoint:
    """Sign the log as it stands."""
    return seal(store, key=key, now=at(day))


def public(key: Ed25519PrivateKey) -> str:
    """Return the line by which the county of the tests makes a key known."""
    return public_line("aixin-ledger/610727", key)
