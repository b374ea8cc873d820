"""Secrets that are given out once and kept only as hashes."""

import hashlib
import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()
# Each takes 64 MB while it lasts: a crowd of guesses must not take the memory.
_TURNS = BoundedSemaphore(2)
_NOBODYS = _HASHER.hash(secrets.token_hex())


def new_token() -> str:
    """256 random bits, as a text for a cookie or an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token: SHA-256 is enough for random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_id() -> str:
    """The id of a person, which says nothing about them."""
    return f"u-{secrets.token_hex(6)}"


def hash_password(password: str) -> str:
    """The Argon2id hash of a password, with its parameters."""
    with _TURNS:
        return _HASHER.hash(password)


def is_password(hashed: str, password: str) -> bool:
    """Whether it is the password. Takes as long where there is no hash to compare with."""
    with _TURNS:
        try:
            return _HASHER.verify(hashed or _NOBODYS, password) and bool(hashed)
        except (VerificationError, InvalidHashError):
            return False
