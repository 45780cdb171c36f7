"""Verify a built site before it is shown: every item there, every local link leads somewhere."""

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
    ids: dict[Path, frozenset[str]] = {}
    pages = sorted(folder.rglob("*.html"))
    texts = {page: page.read_text("utf-8") for page in pages}
    for page, text in texts.items():
        for link in dict.fromkeys(_LINK.findall(text)):
            target, fragment = _target(folder, page, unescape(link), site)
            if target is None:
                continue
            shown = page.relative_to(folder).as_posix()
            if not target.is_file():
                yield Problem("broken-link", f"{link} leads nowhere", path=shown)
            elif fragment and target in texts:
                if target not in ids:
                    ids[target] = frozenset(map(unescape, _ID.findall(texts[target])))
                if fragment not in ids[target]:
                    yield Problem("broken-link", f"{link} names no place there", path=shown)


def _target(folder: Path, page: Path, link: str, site: str) -> tuple[Path | None, str]:
    """Return the file that a link leads to and its fragment; None for the world outside."""
    base = page.parent
    inside = bool(site) and (link == site or link.startswith(f"{site}/"))
    if inside:
        link, base = link[len(site) + 1 :], folder
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None, ""
    path = unquote(parts.path)
    if path.startswith("/"):
        base = folder
    target = Path(base, path.lstrip("/")) if path or inside else page
    if target.is_dir() or path.endswith("/"):
        if not site:
            return target / "a folder, not a file", ""
        target = target / "index.html"
    return Path(*_normal(target)), unquote(parts.fragment)


def _normal(path: Path) -> list[str]:
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts:
            parts.pop()
        elif part != ".":
            parts.append(part)
    return parts
