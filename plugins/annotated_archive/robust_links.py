"""Mark links to the live web, and say of them what helps when it has changed: Robust Links 1.0.

`data-originalurl` is the address as given, `data-versiondate` the day on which somebody linked to
it or captured it, `data-versionurl` a copy that an editor names. ``rel="external"`` is what the
theme's sign for the live web hangs on: no character is added to a text.
"""

import re
from collections.abc import Callable, Sequence

from .model import Document, Origin

_LINK = re.compile(
    r'<a((?: [\w-]+="[^"]*")*?) href="(https?://[^"]*)"((?: [\w-]+="[^"]*")*)>', re.IGNORECASE
)
_REL = re.compile(r' rel="([^"]*)"')
_COPY = re.compile(
    r'(<a href=")(https?://[^"]*)("[^<>]*>(?:(?!</?a[ >]).)*</a> \(<a href=")(https?://[^"]*)'
    r'("[^<>]*>archived copy</a>\))',
    re.DOTALL,
)


def robust(html: str, day: str = "", own: str = "") -> str:
    """Return our own HTML with its links to other sites made robust.

    *day* is when they were set or captured, if known; addresses below *own* are the archive's.

    >>> robust('<a href="https://a.example" rel="nofollow">a</a>', "2009-06-16")
    '<a href="https://a.example" data-originalurl="https://a.example" data-versiondate="2009-06-16" rel="nofollow external">a</a>'
    """
    return _LINK.sub(_marking(day, own), html) if 'href="http' in html else html


def robust_sources(html: str, day: str = "") -> str:
    """Return the HTML of an annotation's field, each source with the copy that is named after it.

    >>> html = '<a href="https://a.example">A</a> (<a href="https://b.example/a">archived copy</a>)'
    >>> robust_sources(html).count('data-versionurl="https://b.example/a"')
    2
    """
    if "archived copy" in html:
        html = _COPY.sub(_with_copy, html)
    return robust(html, day)


def _marking(day: str, own: str) -> Callable[[re.Match[str]], str]:
    dated = f' data-versiondate="{day}"' if day else ""

    def mark(found: re.Match[str]) -> str:
        before, address, after = found.groups()
        if own and (address == own or address.startswith(f"{own}/")):
            return found[0]
        given = _REL.search(before + after)
        words = [*(given[1].split() if given else ()), "external"]
        rel = f' rel="{" ".join(dict.fromkeys(words))}"'
        original = "" if " data-originalurl=" in after else f' data-originalurl="{address}"'
        first, last = _REL.sub("", before), _REL.sub("", after)
        return f'<a{first} href="{address}"{last}{original}{dated}{rel}>'

    return mark


def _with_copy(found: re.Match[str]) -> str:
    """Give the link to a source and the link to its copy the addresses of both."""
    source, copy = found[2], found[4]
    both = f'" data-originalurl="{source}" data-versionurl="{copy}'
    return f"{found[1]}{source}{both}{found[3]}{copy}{both}{found[5]}"


def captured_on(document: Document, origins: Sequence[Origin] = ()) -> str:
    """Return the day of an item's first capture whose day is known, of these *origins* if given."""
    names = {one.file for one in origins}
    files = (one for one in document.files if not names or one.name in names)
    days = (one.captured[:10] for one in files if one.captured)
    return min(days, default="")
