"""Say what a withheld term becomes in other spellings, and in encodings that hide its letters."""

import base64
import hashlib
from collections.abc import Iterator

from .folding import fold, squeeze

_GERMAN = str.maketrans(
    dict(zip("äöüÄÖÜß", ("ae", "oe", "ue", "Ae", "Oe", "Ue", "ss"), strict=True))
)


def spellings(words: str) -> tuple[str, ...]:
    """Return how a term may be spelled by those who write without its letters.

    >>> spellings("Jürgen Groß")
    ('Jürgen Groß', 'Jurgen Gross', 'Juergen Gross')
    """
    from unidecode import unidecode

    german = words.translate(_GERMAN)
    plain = unidecode(words)
    return tuple(dict.fromkeys(one for one in (words, plain, unidecode(german)) if one.strip()))


def encodings(words: str) -> Iterator[tuple[str, bytes]]:
    """Yield what a term becomes in encodings that hide its letters, with the channel's name."""
    if len(squeeze(fold(words))) < 4 or len(words) > 200:
        return
    forms = dict.fromkeys(
        form
        for spelling in spellings(words)
        for form in (spelling, spelling.lower(), spelling.upper(), spelling.title())
    )
    for form in forms:
        plain = form.encode()
        for codec in ("utf-16-le", "utf-16-be"):
            yield "UTF-16", form.encode(codec)
        yield "hexadecimal", plain.hex().encode()
        yield "hexadecimal", plain.hex().upper().encode()
        if len(plain) >= 5:
            for body in (plain, form.encode("utf-16-le")):
                yield from (("base64", run) for run in _base64_runs(body))
        for name in ("md5", "sha1", "sha256"):
            digest = hashlib.new(name, plain, usedforsecurity=False)
            yield f"{name} digest", digest.hexdigest().encode()
            yield f"{name} digest", digest.hexdigest().upper().encode()
            yield f"{name} digest", base64.b64encode(digest.digest()).rstrip(b"=")


def _base64_runs(body: bytes) -> Iterator[bytes]:
    """Yield the part of base64 text that *body* alone decides, at each of three alignments."""
    for skip in range(3):
        encoded = base64.b64encode(b"\0" * skip + body).rstrip(b"=")
        first = (0, 2, 3)[skip]
        last = (skip + len(body)) * 8 // 6
        run = encoded[first:last]
        if len(run) >= 6:
            yield run
            safe = run.translate(bytes.maketrans(b"+/", b"-_"))
            if safe != run:
                yield safe
