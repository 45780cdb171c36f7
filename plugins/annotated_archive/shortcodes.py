"""Read WordPress shortcodes that stood for a picture."""

import re

SHORTCODE = re.compile(
    r"\[(?P<name>[a-z][a-z0-9_-]*)(?P<attributes>(?:\s[^\[\]]*)?)\](?:(?P<inner>[^\[\]]*)\[/(?P=name)\])?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:image|src|url|href|file)\s*=\s*[\"'“”‘’]?(?P<address>[^\s\"'“”‘’\]]+)",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"caption\s*=\s*(?:\"(?P<a>[^\"]{0,2000})\"|“(?P<b>[^“”]*)”|'(?P<c>[^']*)')", re.IGNORECASE
)

_KNOWN = frozenset(
    [
        "audio",
        "caption",
        "embed",
        "gallery",
        "playlist",
        "slideshow",
        "video",
        "wp_caption",
        "youtube",
    ]
)


def read_figure(text: str) -> tuple[str, str] | None:
    """Return the address and the caption of a shortcode that stood for a picture, else None.

    >>> read_figure("[caption image=http://x.example/a.jpg caption=“A boat”]")
    ('http://x.example/a.jpg', 'A boat')
    """
    found = SHORTCODE.fullmatch(text.strip())
    if not found or not _is_shortcode(found):
        return None
    address = _ADDRESS.search(found["attributes"])
    caption = _CAPTION.search(found["attributes"])
    words = next((group for group in caption.groups() if group), "") if caption else ""
    return (
        address["address"] if address else "",
        words or (found["inner"] or "").strip(),
    )


def _is_shortcode(found: re.Match[str]) -> bool:
    """Tell a shortcode from words in brackets: it has attributes, or is one that WordPress knows."""
    return "=" in found["attributes"] or found["name"].lower() in _KNOWN


def split_shortcode(text: str) -> tuple[str, str]:
    """Part a shortcode with attributes from the text that it is glued to.

    >>> split_shortcode("[caption image=http://x.example/a.jpg]The text.")
    ('[caption image=http://x.example/a.jpg]', 'The text.')
    >>> split_shortcode("[sic] the text")
    ('[sic] the text', '')
    """
    found = SHORTCODE.match(text)
    if not found or not _is_shortcode(found):
        return text, ""
    return found.group(), text[found.end() :].strip()
