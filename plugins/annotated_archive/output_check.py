"""Verify a built site before it is shown: every item there, every local link leads somewhere."""

import os
import posixpath
import re
from collections.abc import Collection, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .errors import Problem
from .pipeline import Archive

_LINK = re.compile(r'<[a-z][^<>]*?\s(?:href|src)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')


def check_output(folder: Path, archive: Archive, site: str) -> tuple[Problem, ...]:
    """Return what is wrong with the site in *folder*; *site* is SITEURL, or empty."""
    return (*_missing_items(folder, archive), *_broken_links(folder, site))


def _missing_items(folder: Path, archive: Archive) -> Iterator[Problem]:
    for edition in archive.editions:
        slug = edition.document.slug
        if not (folder / slug / "index.html").is_file():
            fault = f"the item '{slug}' is not in the built site"
            remedy = "see that the settings leave ARTICLE_SAVE_AS at '{slug}/index.html'"
            yield Problem("missing-item", fault, remedy=remedy)


def _broken_links(folder: Path, site: str) -> Iterator[Problem]:
    """Yield a problem for each link that leads nowhere. Each address is followed once a folder.

    Files and folders are known by their names below *folder*: there are far more links than files.
    """
    files, folders = _names(folder)
    texts = {
        name: (folder / name).read_text("utf-8") for name in sorted(files) if name.endswith(".html")
    }
    ids: dict[str, frozenset[str]] = {}
    targets: dict[tuple[str, str], str | None] = {}

    def has(page: str, fragment: str) -> bool:
        if page not in ids:
            ids[page] = frozenset(map(unescape, _ID.findall(texts[page])))
        return fragment in ids[page]

    for page, text in texts.items():
        base = posixpath.dirname(page)
        for link in dict.fromkeys(_LINK.findall(text)):
            address, _, fragment = unescape(link).partition("#")
            key = (page if address.startswith("?") else base, address)
            if address and key not in targets:
                targets[key] = _target(page, address, site, folders)
            target = targets[key] if address else page
            if target is None:
                continue
            if target not in files:
                fault = f"{link} leads nowhere"
            elif fragment and target in texts and not has(target, unquote(fragment)):
                fault = f"{link} names no place there"
            else:
                continue
            yield Problem("broken-link", fault, path=page)


def _names(folder: Path) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of all files below *folder*, and of all folders, itself as a point."""
    files: list[str] = []
    folders: list[str] = []
    for place, _, found in os.walk(folder):
        name = Path(place).relative_to(folder).as_posix()
        folders.append(name)
        files += found if name == "." else (f"{name}/{one}" for one in found)
    return frozenset(files), frozenset(folders)


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
