"""Verify a built site before it is shown: every item there, every local link leads somewhere."""

import posixpath
import re
from collections.abc import Collection, Iterator
from html import escape, unescape
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

from .errors import Problem
from .manifest import INFO
from .manifest import NAME as MANIFEST
from .new_site import NewSite
from .pipeline import Archive

_LINK = re.compile(r'<[a-z][^<>]*?\s(?:href|src)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')


def check_output(site: NewSite, archive: Archive, address: str) -> tuple[Problem, ...]:
    """Return what is wrong with a *site*; *address* is SITEURL, or empty."""
    return (*_missing_items(site, archive), *_broken_links(site, address))


def _missing_items(site: NewSite, archive: Archive) -> Iterator[Problem]:
    for edition in archive.editions:
        slug = edition.document.slug
        if f"{slug}/index.html" not in site:
            fault = f"the item '{slug}' is not in the built site"
            remedy = "see that the settings leave ARTICLE_SAVE_AS at '{slug}/index.html'"
            yield Problem("missing-item", fault, remedy=remedy)


def _broken_links(site: NewSite, address: str) -> Iterator[Problem]:
    """Yield a problem for each link that leads nowhere. Each address is followed once a folder.

    Files and folders are known by their names: there are far more links than files. The links of a
    page that is kept were followed before; they are followed again where what they may lead to is
    no longer there.
    """
    files = frozenset(site)
    folders = _folders(files)
    texts = _Texts(site)
    targets: dict[tuple[str, str], str | None] = {}
    for page in _to_follow(site, texts):
        base = posixpath.dirname(page)
        for link in dict.fromkeys(_LINK.findall(texts[page])):
            place, _, fragment = unescape(link).partition("#")
            key = (page if place.startswith("?") else base, place)
            if place and key not in targets:
                targets[key] = _target(page, place, address, folders)
            target = targets[key] if place else page
            if target is None:
                continue
            if target not in files:
                fault = f"{link} leads nowhere"
            elif (
                fragment and target.endswith(".html") and unquote(fragment) not in texts.ids(target)
            ):
                fault = f"{link} names no place there"
            else:
                continue
            yield Problem("broken-link", fault, path=page)


class _Texts(dict[str, str]):
    """Read each page once, when it is first asked for."""

    def __init__(self, site: NewSite) -> None:
        self.site = site
        self._ids: dict[str, frozenset[str]] = {}

    def __missing__(self, name: str) -> str:
        text = self.site.path(name).read_text("utf-8")
        self[name] = text
        return text

    def ids(self, name: str) -> frozenset[str]:
        """Return the ids of a page."""
        if name not in self._ids:
            self._ids[name] = frozenset(map(unescape, _ID.findall(self[name])))
        return self._ids[name]


def _to_follow(site: NewSite, texts: _Texts) -> Iterator[str]:
    """Yield each page whose links are not known to lead somewhere."""
    is_known = bool(site.base) and site.base == site.former.base
    yield from (
        name for name in site if name.endswith(".html") and not (is_known and name in site.kept)
    )
    if is_known:
        yield from _concerned(site, texts)


def _concerned(site: NewSite, texts: _Texts) -> Iterator[str]:
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
            ids = set(map(unescape, _ID.findall(before))) - texts.ids(name)
            lost |= {quote(one) for one in ids} | {escape(one) for one in ids}
    if not lost:
        return
    pattern = re.compile("|".join(map(re.escape, sorted(lost, key=len, reverse=True))).encode())
    for name in sorted(site.kept):
        if not name.endswith(".html"):
            continue
        data = site.path(name).read_bytes()
        if pattern.search(data) or (b"%" in data and pattern.search(unquote_to_bytes(data))):
            yield name


def _folders(files: Collection[str]) -> frozenset[str]:
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
