"""Compute and verify the digests that say whether a capture is still what was captured."""

import hashlib
import hmac
from typing import Literal

Fixity = Literal["passed", "failed", "nothing to check"]


def sha256(data: bytes) -> str:
    """Return the SHA-256 digest of *data* in 64 lower-case hexadecimal digits.

    >>> sha256(b"")[:12]
    'e3b0c44298fc'
    """
    return hashlib.sha256(data).hexdigest()


def verify(data: bytes, expected: str | None) -> Fixity:
    """Hold *data* against the digest *expected*, with one of three answers.

    >>> verify(b"", None)
    'nothing to check'
    >>> verify(b"", sha256(b""))
    'passed'
    """
    if not expected:
        return "nothing to check"
    return "passed" if sha256(data) == expected.lower() else "failed"


def keyed_sha256(key: bytes, data: bytes) -> str:
    """Return the HMAC-SHA256 of *data* (RFC 2104), which says nothing without *key*."""
    return hmac.new(key, data, hashlib.sha256).hexdigest()
