"""Passwords and tokens: what is kept of them, and how they are told right from wrong."""

import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# Source: OWASP Password Storage Cheat Sheet, argon2id with 19 MiB, two passes; about 30 ms on an old server.
HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
NOBODY = HASHER.hash("nobody signs in with this")
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def hashed(password: str) -> str:
    """Return what is kept of a password. Slow on purpose: never call it inside a writer's turn."""
    return HASHER.hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Tell whether a password is the right one; for an unknown person the same time is spent."""
    try:
        return HASHER.verify(kept or NOBODY, password) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def one_time_password() -> str:
    """Return a fresh password that is easy to read out on the phone."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(3))


def new_token() -> str:
    """Return a fresh token for a program."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
