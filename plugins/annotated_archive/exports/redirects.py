"""Write redirects: a small page at each old address, and ``_redirects`` for hosts that read it."""

import re
from collections.abc import Sequence
from html import escape, unescape
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from ..errors import Problem
from ..new_site import NewSite
from ..redirects import Redirect

_ID = re.compile(r'\sid="([^"]*)"')
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="0; url={address}">
{canonical}<title>This page has moved</title>
</head>
<body>
<main>
<h1>This page has moved</h1>
<p>It is now at <a href="{address}">{shown}</a>.</p>
</main>
</body>
</html>
"""


def add_redirects(
    site: NewSite, redirects: Sequence[Redirect], path: str, address: str
) -> tuple[Problem, ...]:
    """Add the redirects to a built *site*; return what is wrong with those not written.

    *address* is SITEURL, or empty for a site on a disk, which has no ``_redirects``. *path* is the
    file that names the redirects, as messages show it. A redirect leads to a page that the build
    wrote, so there is neither a chain nor a loop of them.
    """
    sources = {one.file: one.source for one in redirects}
    there = {name.casefold() for name in site} if redirects else set()
    ids: dict[str, frozenset[str]] = {}
    sound: list[Redirect] = []
    problems: list[Problem] = []
    for one in redirects:
        fault, remedy = _place_fault(one, there, sources) or _target_fault(site, one, sources, ids)
        if fault:
            problems.append(Problem("redirect", fault, path=path, line=one.line, remedy=remedy))
        else:
            sound.append(one)
    for one in sound:
        site.add(one.file, redirect_page(one, address).encode())
    if address and sound:
        site.add("_redirects", redirect_rules(sound, address).encode())
    return tuple(problems)


def redirect_page(one: Redirect, site: str) -> str:
    """Return the page that stands at an old address: it leads on, with or without its reader's help."""
    path, mark, fragment = one.target.partition("#")
    if site:
        address = f"{site}/{_hosted(one.target)}"
        canonical = f'<link rel="canonical" href="{escape(site)}/{escape(_hosted(path))}">\n'
    else:
        up = "../" * (len(PurePosixPath(one.file).parts) - 1)
        address, canonical = f"{up}{quote(path)}{mark}{quote(fragment)}", ""
    shown = escape(address)
    return _PAGE.format(address=shown, canonical=canonical, shown=shown)


def redirect_rules(redirects: Sequence[Redirect], site: str) -> str:
    """Return the text of ``_redirects``: an old address, its new one, and that it moved for good.

    >>> one = Redirect("/old/", "old/index.html", "rain/index.html#p-1", 1)
    >>> print(redirect_rules([one], "https://a.example/b"), end="")
    /b/old/ /b/rain/#p-1 301
    """
    root = urlsplit(site).path.rstrip("/")
    return "".join(
        f"{root}{quote(one.source, safe='/%')} {root}/{_hosted(one.target)} 301\n"
        for one in redirects
    )


def _hosted(target: str) -> str:
    """Return the address of a file below the site's own, as a host shows it."""
    path, mark, fragment = target.partition("#")
    if path == "index.html" or path.endswith("/index.html"):
        path = path.removesuffix("index.html")
    return f"{quote(path)}{mark}{quote(fragment)}"


def _place_fault(one: Redirect, there: set[str], sources: dict[str, str]) -> tuple[str, str] | None:
    """Say what already stands where a redirect is to be, or above it, with the remedy."""
    above = [str(parent) for parent in PurePosixPath(one.file).parents][:-1]
    if any(place.casefold() in there for place in (one.file, *above)):
        return f"{one.source} is an address of the site itself", "leave it out"
    for place in above:
        if place in sources:
            return f"{one.source} lies below {sources[place]}, which is a page", "leave one out"
    return None


def _target_fault(
    site: NewSite, one: Redirect, sources: dict[str, str], ids: dict[str, frozenset[str]]
) -> tuple[str, str]:
    """Say why a redirect leads nowhere, with the remedy; empty where it leads somewhere."""
    path, _, fragment = one.target.partition("#")
    if path in sources:
        return f"{one.source} leads to another redirect", "name the page that it leads to"
    if path not in site:
        remedy = "name an item's slug, or a page of the site, as in tag/rain.html"
        return f"{one.source} leads to {path}, which is not there", remedy
    if path not in ids:
        ids[path] = frozenset(
            map(unescape, _ID.findall(site.path(path).read_text("utf-8", "replace")))
        )
    if fragment and fragment not in ids[path]:
        return (
            f"{one.source} leads to #{fragment}, which is not in {path}",
            "see the ids in the page",
        )
    return "", ""
