"""Verify a built site before it is shown: every item there, every local link leads somewhere."""

import os
import re
from collections.abc import Iterator
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
    """Yield a problem for each link that leads nowhere. Each address is followed once a folder."""
    texts = {page: page.read_text("utf-8") for page in sorted(folder.rglob("*.html"))}
    ids: dict[Path, frozenset[str]] = {}
    targets: dict[tuple[Path, str], Path | None] = {}

    def has(page: Path, fragment: str) -> bool:
        if page not in ids:
            ids[page] = frozenset(map(unescape, _ID.findall(texts[page])))
        return fragment in ids[page]

    def target_of(page: Path, address: str) -> Path | None:
        key = (page if address.startswith("?") else page.parent, address)
        if key not in targets:
            targets[key] = _target(folder, page, address, site)
        return targets[key]

    for page, text in texts.items():
        for link in dict.fromkeys(_LINK.findall(text)):
            address, _, fragment = unescape(link).partition("#")
            target = target_of(page, address) if address else page
            if target is None:
                continue
            is_file = target.is_relative_to(folder) and os.path.isfile(target)
            if target not in texts and not is_file:
                fault = f"{link} leads nowhere"
            elif fragment and target in texts and not has(target, unquote(fragment)):
                fault = f"{link} names no place there"
            else:
                continue
            yield Problem("broken-link", fault, path=page.relative_to(folder).as_posix())


def _target(folder: Path, page: Path, link: str, site: str) -> Path | None:
    """Return the file that a link without its fragment leads to; None for the world outside."""
    base = page.parent
    inside = bool(site) and (link == site or link.startswith(f"{site}/"))
    if inside:
        link, base = link[len(site) + 1 :], folder
    try:
        parts = urlsplit(link)
    except ValueError:  # a host in brackets that is none: no file of ours
        return None
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    if path.startswith("/"):
        base = folder
    target = Path(base, path.lstrip("/")) if path or inside else page
    if os.path.isdir(target) or path.endswith("/"):
        if not site:
            return target / "a folder, not a file"
        target = target / "index.html"
    return Path(os.path.normpath(target))
