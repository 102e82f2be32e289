"""Signed notes with Ed25519, as c2sp.org/signed-note describes them, and the file that holds the key."""

import base64
import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from ledger.errors import LedgerError
from ledger.terms import N_

ED25519 = b"\1"
"""What c2sp.org/signed-note calls this kind of signature."""


class KeyFileStands(LedgerError):
    """A key is never written over: what it signed could not be continued."""

    message = N_("%(path)s is there already; a key is never written over.")


class KeyGone(LedgerError):
    """A key that is only out of reach must not be replaced by another in haste."""

    message = N_(
        "There is no file %(path)s. If the key lies on a stick or another disk, bring it back (mount it); only if it "
        "is lost: aixin checkpoint --new-key %(path)s"
    )


class NoKey(LedgerError):
    """A key file must be readable, and hold a key of the kind that signs checkpoints."""

    message = N_("%(path)s holds no Ed25519 key that could be read (%(why)s).")


class KeyNotPrivate(LedgerError):
    """Who can read the key can sign another history."""

    message = N_("Others may read %(path)s, so the key in it is not used. Run: chmod 600 %(path)s")


def new_key(path: Path) -> Ed25519PrivateKey:
    """Make a key in a new file that its owner alone can read, and return it. Raises KeyFileStands."""
    key = Ed25519PrivateKey.generate()
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyFileStands(path=path) from None
    with os.fdopen(file, "wb") as made:
        made.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        made.flush()
        os.fsync(made.fileno())
    return key


def read_key(path: Path) -> Ed25519PrivateKey:
    """Return the key in a file. Raises KeyGone, NoKey, and KeyNotPrivate when others than the owner may open it."""
    try:
        if path.stat().st_mode & 0o077:
            raise KeyNotPrivate(path=path)
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (FileNotFoundError, NotADirectoryError):
        raise KeyGone(path=path) from None
    except (OSError, ValueError, TypeError) as fault:
        raise NoKey(path=path, why=fault) from fault
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKey(path=path, why=f"it is a {type(key).__name__}")
    return key


def public_line(name: str, key: Ed25519PrivateKey) -> str:
    """Return the public key as it is made known, in one line: name+identifier+key."""
    public = ED25519 + public_bytes(key)
    return f"{name}+{key_id(name, key).hex()}+{base64.b64encode(public).decode()}"


def signed(text: str, name: str, key: Ed25519PrivateKey) -> str:
    """Return a note: the text, which ends with a line end, an empty line, and the signature under the key's name."""
    signature = base64.b64encode(key_id(name, key) + key.sign(text.encode())).decode()
    return f"{text}\n— {name} {signature}\n"


def is_signed(note: str, text: str, key: str) -> bool:
    """Tell whether a note is this text and no more, signed with a key, which is given as it is made known."""
    try:
        name, identifier, encoded = key.split("+", 2)
        public = base64.b64decode(encoded, validate=True)
        opening = f"{text}\n— {name} "
        signature = base64.b64decode(note.removeprefix(opening).removesuffix("\n"), validate=True)
        Ed25519PublicKey.from_public_bytes(public[1:]).verify(signature[4:], text.encode())
    except (ValueError, InvalidSignature):
        return False
    fits = hashlib.sha256(f"{name}\n".encode() + public).hexdigest()[:8] == identifier == signature[:4].hex()
    return fits and note == f"{opening}{base64.b64encode(signature).decode()}\n"


def key_id(name: str, key: Ed25519PrivateKey) -> bytes:
    """Return the four bytes by which a signature says which key made it."""
    return hashlib.sha256(f"{name}\n".encode() + ED25519 + public_bytes(key)).digest()[:4]


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """Return the public half of a key."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
