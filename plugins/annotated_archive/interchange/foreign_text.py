"""Turn text that other programs wrote into Markdown."""

import re
from html import unescape

import nh3

from ..markdown import to_markdown

_DEFINITION = re.compile(r"^( {0,3})\[(?=[^\]]{1,999}\]:)", re.MULTILINE)
"""The beginning of a definition; its label has at most 999 characters (CommonMark, section 4.7)."""
_TAG = re.compile(r"<(?=[a-zA-Z/!?])(?!https?:|mailto:)")
_PICTURE = re.compile(r"!(?=\[)")
_LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>')
_BREAK = re.compile(r"<br>\s*")
_BLOCK = re.compile(r"\s*</?[a-z0-9]+[^>]*>\s*")
_BLOCKS = {"p", "div", "li", "ul", "ol", "blockquote", "pre", "tr", "h1", "h2", "h3", "h4"}


def foreign_markdown(text: str, form: str) -> str:
    r"""Return text of a media type as Markdown without tags, pictures and definitions.

    Of HTML and of plain text the words stay; of Markdown also its own markup.

    >>> foreign_markdown("<p>a*b <a href='https://c.example'>d</a></p><script>e</script>", "text/html")
    'a\\*b d (https&#58;//c.example)'
    >>> foreign_markdown("*a* <b> ![c](d)", "text/markdown"), foreign_markdown("*a*", "text/plain")
    ('*a* \\<b> \\![c](d)', '\\*a\\*')
    """
    if "markdown" in form:
        return own_markdown(_PICTURE.sub(r"\\!", _TAG.sub(r"\\<", text)))
    return to_markdown(_of_html(text) if "html" in form else text)


def own_markdown(text: str) -> str:
    r"""Return a body that our own export wrote, with nothing defined in it.

    >>> own_markdown("<b>a</b>\n\n[b]: c ")
    '<b>a</b>\n\n\\[b]: c'
    """
    return _DEFINITION.sub(r"\1\\[", text).strip()


def _of_html(html: str) -> str:
    clean = nh3.clean(html, tags={*_BLOCKS, "br", "a"}, attributes={"a": {"href"}}, link_rel=None)
    text = _BREAK.sub("\n", _LINK.sub(r"\2 (\1)", re.sub(r"\s+", " ", clean)))
    return unescape(_BLOCK.sub("\n\n", text)).strip()
