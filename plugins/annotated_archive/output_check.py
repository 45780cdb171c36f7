"""Verify a built site before it is shown: every item there, every local link leads somewhere."""

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

from .errors import Problem
from .hands import share
from .manifest import INFO
from .manifest import NAME as MANIFEST
from .new_site import NewSite
from .pipeline import Archive

_LINK = re.compile(r'<[a-z][^<>]*?\s(?:href|src)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')


def check_output(
    site: NewSite, archive: Archive, address: str, hands: int = 1
) -> tuple[Problem, ...]:
    """Return what is wrong with a *site*; *address* is SITEURL, or empty. So many *hands* look."""
    return (*_missing_items(site, archive), *_broken_links(site, address, hands))


def _missing_items(site: NewSite, archive: Archive) -> Iterator[Problem]:
    for edition in archive.editions:
        slug = edition.document.slug
        if f"{slug}/index.html" not in site:
            fault = f"the item '{slug}' is not in the built site"
            remedy = "see that the settings leave ARTICLE_SAVE_AS at '{slug}/index.html'"
            yield Problem("missing-item", fault, remedy=remedy)


def _broken_links(site: NewSite, address: str, hands: int) -> Iterator[Problem]:
    """Yield a problem for each link that leads nowhere, page by page.

    Files and folders are known by their names: there are far more links than files. The links of a
    page that is kept were followed before; they are followed again where what they may lead to is
    no longer there.
    """
    ids = _Ids(site)
    pages = [*_to_follow(site, ids)]
    way = _Way(site, address, frozenset(site), _folders(site), ids)
    found = [one for part in share(pages, way.follow, hands) for one in part]
    place = {page: number for number, page in enumerate(pages)}
    yield from sorted(found, key=lambda one: place[str(one.path)])


class _Ids(dict[str, frozenset[str]]):
    """Know the ids of each page, read when they are first asked for."""

    def __init__(self, site: NewSite) -> None:
        self.site = site

    def __missing__(self, name: str) -> frozenset[str]:
        text = self.site.path(name).read_text("utf-8")
        ids = self[name] = frozenset(map(unescape, _ID.findall(text)))
        return ids


@dataclass(frozen=True, slots=True)
class _Way:
    """Follow links of a *site* at an *address*, whose *files* and *folders* are known by their names."""

    site: NewSite
    address: str
    files: Collection[str]
    folders: Collection[str]
    ids: _Ids

    def follow(self, pages: Sequence[str]) -> list[Problem]:
        """Return what is wrong with the links of some pages. Each address is followed once a folder."""
        targets: dict[tuple[str, str], str | None] = {}
        return [
            Problem("broken-link", fault, path=page)
            for page in pages
            for fault in self._faults(page, targets)
        ]

    def _faults(self, page: str, targets: dict[tuple[str, str], str | None]) -> Iterator[str]:
        base = posixpath.dirname(page)
        for link in dict.fromkeys(_LINK.findall(self.site.path(page).read_text("utf-8"))):
            place, _, fragment = unescape(link).partition("#")
            key = (page if place.startswith("?") else base, place)
            if place and key not in targets:
                targets[key] = _target(page, place, self.address, self.folders)
            target = targets[key] if place else page
            if target is None:
                continue
            if target not in self.files:
                yield f"{link} leads nowhere"
            elif (
                fragment and target.endswith(".html") and unquote(fragment) not in self.ids[target]
            ):
                yield f"{link} names no place there"


def _to_follow(site: NewSite, ids: _Ids) -> Iterator[str]:
    """Yield each page whose links are not known to lead somewhere."""
    is_known = bool(site.base) and site.base == site.former.base
    yield from (
        name for name in site if name.endswith(".html") and not (is_known and name in site.kept)
    )
    if is_known:
        yield from _concerned(site, ids)


def _concerned(site: NewSite, ids: _Ids) -> Iterator[str]:
    """Yield each kept page that may link to a file or a place that the former site had, and this has not."""
    lost = set()
    for name in site.replaced:
        if name in (MANIFEST, INFO):
            continue
        if name not in site:
            lost |= {posixpath.basename(name), quote(posixpath.basename(name))}
            if posixpath.basename(name) == "index.html":
                lost.add(posixpath.basename(posixpath.dirname(name)))
        elif name.endswith(".html"):
            before = (site.former.folder / name).read_text("utf-8", "replace")
            gone = set(map(unescape, _ID.findall(before))) - ids[name]
            lost |= {quote(one) for one in gone} | {escape(one) for one in gone}
    if not lost:
        return
    pattern = re.compile("|".join(map(re.escape, sorted(lost, key=len, reverse=True))).encode())
    for name in sorted(site.kept):
        if not name.endswith(".html"):
            continue
        data = site.path(name).read_bytes()
        if pattern.search(data) or (b"%" in data and pattern.search(unquote_to_bytes(data))):
            yield name


def _folders(files: Iterable[str]) -> frozenset[str]:
    """Return the folders that the names of some files tell of, the site's own as a point."""
    found = {"."}
    for folder in {posixpath.dirname(name) for name in files}:
        while folder and folder not in found:
            found.add(folder)
            folder = posixpath.dirname(folder)
    return frozenset(found)


def _target(page: str, link: str, site: str, folders: Collection[str]) -> str | None:
    """Return the name of the file that a link without its fragment leads to; None for the world outside.

    >>> _target("a/index.html", "../b/c.html?d", "", ()), _target("a/index.html", "../..", "", ())
    ('b/c.html', '..')
    >>> _target("a/index.html", "https://x.example/b/", "https://x.example", ["b"])
    'b/index.html'
    """
    base = posixpath.dirname(page)
    inside = bool(site) and (link == site or link.startswith(f"{site}/"))
    if inside:
        link, base = link[len(site) + 1 :], ""
    try:
        parts = urlsplit(link)
    except ValueError:  # a host in brackets that is none: no file of ours
        return None
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    if path.startswith("/"):
        base = ""
    target = posixpath.normpath(posixpath.join(base, path.lstrip("/"))) if path or inside else page
    if target in folders or path.endswith("/"):
        if not site:
            return f"{target}/a folder, not a file"
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    return target
