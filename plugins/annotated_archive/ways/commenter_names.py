"""Know under which names comments were written, and give each name an address that stays.

A name is not a person: different people may have used the same one, and one person several.
"""

import re
from collections.abc import Sequence
from unicodedata import normalize

from ..fixity import sha256
from ..marks import show_marks
from ..project import RESERVED, make_slug

INITIAL = "initial-"
"""Pages of the index begin so; no commenter's page does."""
_DIGEST = 10
_LONGEST = 200


def shown_name(author: str) -> str:
    r"""Return a name as it is grouped and shown: in NFC, white space trimmed, case as captured.

    >>> shown_name(" Ann\u00a0  Lee ")
    'Ann Lee'
    """
    return show_marks(normalize("NFC", " ".join(author.split())))


def name_slug(name: str, digits: int = _DIGEST) -> str:
    """Return the name of a commenter's page, which no other name has and no other name changes.

    Only the plainest spelling of a name has it bare: any other gets a digest of itself.

    >>> name_slug("Mary Ann"), name_slug("mary ann"), name_slug("★")
    ('mary-ann', 'mary-ann-343b970110', 'name-26c57b0854')
    """
    slug = make_slug(name[:_LONGEST])
    is_plain = slug.replace("-", " ").title() == name
    looks_digested = re.search(rf"-[0-9a-f]{{{_DIGEST},}}$", slug)
    if is_plain and not looks_digested and slug not in RESERVED and not slug.startswith(INITIAL):
        return slug
    digest = sha256(name.encode("utf-8", "surrogatepass"))[:digits]
    slug = f"name-{slug}" if slug.startswith(INITIAL) else slug
    return f"{slug or 'name'}-{digest}"


def slugs_of(names: Sequence[str]) -> dict[str, str]:
    """Return the slug of each name; names made so that their digests begin alike get whole ones."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name_slug(name), []).append(name)
    return {
        name: slug if len(alike) == 1 else name_slug(name, 64)
        for slug, alike in found.items()
        for name in alike
    }


def initial_of(name: str) -> tuple[str, str]:
    """Return under which letter a name stands, in words, and in its page's address.

    >>> initial_of("Ørsted"), initial_of("7 of 9"), initial_of("★")
    (('O', 'o'), ('0–9', 'digits'), ('Other signs', 'signs'))
    """
    first = make_slug(name[:_LONGEST])[:1]
    if not first:
        return "Other signs", "signs"
    return ("0–9", "digits") if first.isdigit() else (first.upper(), first)
