"""Make pages that people write by hand harmless: no script, and no file from outside the pages."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import nh3

_TAGS = nh3.ALLOWED_TAGS | {
    "section",
    "article",
    "aside",
    "figure",
    "figcaption",
    "header",
    "footer",
}
_ATTRIBUTES = {
    **nh3.ALLOWED_ATTRIBUTES,
    "*": {"id", "class", "title", "lang", "dir", "role", "aria-label", "aria-labelledby"},
}
_LINK = re.compile(
    r"""(?:href|src|poster|data|cite|action|content)\s*=\s*["']?\s*[{|](?:static|attach|filename|index)[|}]([^"'\s>]*)""",
    re.IGNORECASE,
)


def harmless_html(html: str) -> str:
    """Return *html* without scripts, event attributes, styles, and addresses of other schemes.

    >>> harmless_html('<p onclick="x()">a<script>b</script> <a href="javascript:c">d</a></p>')
    '<p>a <a rel="noopener noreferrer">d</a></p>'
    """
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        generic_attribute_prefixes={"aria-"},
    )


def outside_links(html: str, source: Path, content: Path) -> Iterator[str]:
    """Yield each of Pelican's own links in *html* that leads to a file outside *content*."""
    root = content.resolve()
    for found in _LINK.finditer(unescape(html)):
        path = unquote(unescape(found[1])).partition("#")[0].partition("?")[0]
        base = root if path.startswith("/") else source.parent
        if not (base / path.lstrip("/")).resolve().is_relative_to(root):
            yield found[1]
