"""Hold a record's bytes against the digests that its container gives: passed, failed, or none."""

import base64
import binascii
import hashlib
from typing import Literal

Verdict = Literal["passed", "failed", "none"]
_KNOWN = {"sha1": 20, "sha256": 32, "sha512": 64, "md5": 16, "sha-1": 20, "sha-256": 32}


def check_digest(given: str, *candidates: bytes) -> Verdict:
    """Return whether a digest such as ``sha1:MFRGG…`` is that of one of *candidates*.

    The value is base 32, as most tools write it, or hexadecimal. A digest by an algorithm that is
    not known is none.

    >>> check_digest("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", b"")
    'passed'
    >>> check_digest("sha256:" + "0" * 64, b""), check_digest("", b"")
    ('failed', 'none')
    """
    name, _, value = given.strip().partition(":")
    name = name.lower().replace("sha-", "sha")
    wanted = _value(value.strip(), _KNOWN.get(name, 0))
    if name not in _KNOWN or wanted is None:
        return "none"
    digests = (hashlib.new(name, data, usedforsecurity=False).digest() for data in candidates)
    return "passed" if wanted in digests else "failed"


def _value(text: str, length: int) -> bytes | None:
    try:
        if len(text) == 2 * length:
            return bytes.fromhex(text)
        return base64.b32decode(text.upper() + "=" * (-len(text) % 8))
    except (ValueError, binascii.Error):
        return None
