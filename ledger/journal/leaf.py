"""The digest of an entry: the link of its book's chain, and later a leaf of the county's log."""

import hashlib
import json
import secrets
from typing import Any

FORMAT = b"pl1\0"
NOTHING_BEFORE = bytes(32)

BIGGEST = 2**53 - 1
"""RFC 8785 refuses whole numbers above this: readers that know only floating point would round them."""


ENCODE = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def canonical(body: dict[str, Any]) -> bytes:
    """Return the bytes of a body that are hashed: RFC 8785, which for whole numbers, text and ASCII keys is this."""
    check_plain(body)
    return ENCODE(body).encode()


def check_plain(body: dict[str, Any] | list[Any] | tuple[Any, ...]) -> None:
    """Refuse what RFC 8785 would write in another way than we do; it comes from a fault of ours, never from a form."""
    # What is no text cannot be joined: a TypeError too.
    if isinstance(body, dict) and not "".join(body).isascii():
        raise TypeError(f"Names in an entry are ASCII text: {list(body)}")
    for value in body.values() if isinstance(body, dict) else body:
        if isinstance(value, str):
            continue
        if isinstance(value, (dict, list, tuple)):
            check_plain(value)
        elif value is not None and not (isinstance(value, int) and abs(value) <= BIGGEST):
            raise TypeError(f"An entry holds whole numbers and text: {value!r}")


def leaf(book: str, number: int, recorded_us: int, previous: bytes, body: bytes) -> bytes:
    """Return the digest of one entry. `previous` is the leaf before it, 32 zeros before entry 1."""
    name = book.encode("ascii")
    head = b"\0" + FORMAT + bytes([len(name)]) + name + number.to_bytes(8, "big") + recorded_us.to_bytes(8, "big")
    return hashlib.sha256(head + previous + hashlib.sha256(body).digest()).digest()


def salted(text: str, salt: str) -> str:
    """Return the digest that stands in an entry for a text kept elsewhere. `salt` is hexadecimal."""
    return hashlib.sha256(bytes.fromhex(salt) + text.encode()).hexdigest()


def new_salt() -> str:
    """Return a fresh salt, so that a short text cannot be guessed from its digest."""
    return secrets.token_hex(16)
