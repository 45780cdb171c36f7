"""List for the editor what looks like withheld words, and is not withheld: only a person can judge.

Parts of a name, initials, handles, decorated and misspelt forms. What is confirmed goes under the
redaction's ``also:``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .folding import words_of
from .model import Edition
from .resolution import Secret, texts_of

_WORD = re.compile(r"[@#]?[\w.’'-]+")
_SIMILAR = 0.84


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Name one place that an editor should look at."""

    slug: str
    place: str
    redaction: str
    kind: str
    words: str


def near_misses(edition: Edition, secrets: Sequence[Secret]) -> Iterator[NearMiss]:
    """Yield each word of *edition* that looks like a part or a form of a short secret."""
    for place, text in texts_of(edition.document):
        for found in _WORD.finditer(text):
            word = found.group().strip(".’'-")
            for secret in secrets:
                parts = words_of(secret.words)
                if len(parts) > 4 or not word:
                    continue
                kind = _kind(word, parts)
                if kind:
                    yield NearMiss(edition.document.slug, place, secret.redaction, kind, word)


def _kind(word: str, parts: tuple[str, ...]) -> str:
    """Say how *word* resembles the words of a name, or return an empty string.

    >>> _kind("Hollowell’s", ("lenore", "hollowell")), _kind("L.H.", ("lenore", "hollowell"))
    ('a decorated form', 'initials')
    >>> _kind("Holowell", ("lenore", "hollowell")), _kind("hollow", ("lenore", "hollowell"))
    ('a similar spelling', '')
    """
    plain = "".join(words_of(word))
    for part in parts:
        if len(part) < 3:
            continue
        if plain == part:
            return "a part of the name" if len(parts) > 1 else "the name"
        if word[0] in "@#" and part in plain:
            return "a handle"
        if len(part) > 3 and part in plain and len(plain) <= len(part) + 6:
            return "a decorated form"
        if len(part) > 5 and SequenceMatcher(None, plain, part).ratio() >= _SIMILAR:
            return "a similar spelling"
    initials = "".join(part[0] for part in parts)
    if len(initials) > 1 and plain == initials and (word.isupper() or "." in word):
        return "initials"
    return ""
