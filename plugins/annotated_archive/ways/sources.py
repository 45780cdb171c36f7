"""List the items of the archive by the site that they come from."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from unicodedata import name as character_name
from urllib.parse import urlsplit

from ..fixity import sha256
from ..marks import show_marks
from ..project import RESERVED
from ..views import EditionView

NOT_RECORDED, NO_SITE = "not-recorded", "no-site"
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{1,63}")


@dataclass(frozen=True)
class SourceHead:
    """Show what each page of a site's items says of all of them: as `Source`, without the items."""

    host: str
    name: str
    address: str
    comments: int
    years: str


@dataclass(frozen=True)
class Source:
    """Show one site: its *host* as DNS has it, its *name* for readers, and its items.

    *host* is empty for items without one. *address* is its page's below the site's root.
    """

    host: str
    name: str
    address: str
    editions: tuple[EditionView, ...]

    @property
    def head(self) -> SourceHead:
        """Return what is said of all of its items."""
        return SourceHead(self.host, self.name, self.address, self.comments, self.years)

    @property
    def comments(self) -> int:
        """Count the comments of its items."""
        return sum(len(edition.document.comments) for edition in self.editions)

    @property
    def years(self) -> str:
        """Return the years of its items, or an empty string."""
        found = [one.document.published.year for one in self.editions if one.document.published]
        if not found:
            return ""
        first, last = min(found), max(found)
        return f"{first}" if first == last else f"{first}–{last}"


class SourceIndex:
    """Know which site each item comes from."""

    def __init__(self, editions: Sequence[EditionView]) -> None:
        found: dict[str, list[EditionView]] = {}
        for edition in editions:
            found.setdefault(_place_of(edition), []).append(edition)
        self.sources = tuple(
            _source(place, tuple(listed)) for place, listed in sorted(found.items(), key=_order)
        )
        self._addresses = {
            edition.slug: source.address for source in self.sources for edition in source.editions
        }

    @property
    def hosts(self) -> int:
        """Count the sites that are known by a name."""
        return sum(1 for source in self.sources if source.host)

    def address_of(self, slug: str) -> str:
        """Return the address of the page that lists an item by its source."""
        return self._addresses.get(slug, "")


def host_of(source: str) -> str:
    """Return the host of an address as DNS has it, without "www.", or an empty string.

    >>> host_of("HTTP://WWW.Example.com:80/a"), host_of("https://bücher.example/"), host_of("a b")
    ('example.com', 'xn--bcher-kva.example', '')
    """
    try:
        parts = urlsplit(source.strip())
        host = (parts.hostname or "").rstrip(".").lower()
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https"):
        return ""
    with suppress(UnicodeError):
        host = host.encode("idna").decode("ascii").lower()
    bare = host.removeprefix("www.")
    return bare if "." in bare else host


def host_name(host: str) -> str:
    """Return a host as readers know it: in its own script, where no label of it mixes scripts.

    >>> host_name("xn--bcher-kva.example"), host_name("xn--pypal-4ve.example")
    ('bücher.example', 'xn--pypal-4ve.example')
    """
    if "xn--" not in host:
        return show_marks(host)
    try:
        shown = host.encode("ascii").decode("idna")
        if shown.encode("idna").decode("ascii") != host:
            return host
    except UnicodeError:
        return show_marks(host)
    return show_marks(shown) if all(map(_is_of_one_script, shown.split("."))) else host


def _is_of_one_script(label: str) -> bool:
    letters = (char for char in label if char.isalpha())
    scripts = {character_name(char, "?").split()[0] for char in letters}
    return len(scripts) < 2 or scripts <= {"CJK", "HIRAGANA", "KATAKANA"}


def _place_of(edition: EditionView) -> str:
    """Return the host, or the name of the group of those without one; neither has what the other has."""
    source = edition.document.source
    if not source:
        return f"/{NOT_RECORDED}"
    return host_of(source) or f"/{NO_SITE}"


def _order(entry: tuple[str, list[EditionView]]) -> tuple[bool, str]:
    return entry[0].startswith("/"), host_name(entry[0])


def _source(place: str, editions: tuple[EditionView, ...]) -> Source:
    if place.startswith("/"):
        words = "Source not recorded" if place[1:] == NOT_RECORDED else "Source without a site"
        return Source("", words, f"sources/{place[1:]}.html", editions)
    return Source(place, host_name(place), f"sources/{_file_name(place)}.html", editions)


def _file_name(host: str) -> str:
    """Return a name that every file system takes: of an odd host, its digest.

    >>> _file_name("example.com"), _file_name("con.example")
    ('example.com', 'host-f184a16e54')
    """
    plain = _HOST.fullmatch(host) and len(host) <= 100 and host.split(".")[0] not in RESERVED
    return host if plain else f"host-{sha256(host.encode('utf-8', 'surrogatepass'))[:10]}"
