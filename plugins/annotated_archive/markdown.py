r"""Write captured text as Markdown, and as HTML, that both show exactly that text.

The Markdown is read alike by Python-Markdown (with the extensions that Pelican turns on) and by a
CommonMark parser. Only what one of them, or a code host, would act on is escaped: by a backslash
where both know that escape, else by a character reference.

White space as the format means it: a blank line parts paragraphs, a newline is a line break, and
every other character stands for itself.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from urllib.parse import quote

from .marked import Chunk, Line, Mark, chunks
from .marks import show_marks
from .model import Style

_LINE_END = re.compile(r"\r\n|\r")
_BLANK = re.compile(r"\n(?:[^\S\n]*\n)+")

_ENTITIES = {"<": "&lt;", "|": "&#124;", "{": "&#123;", "^": "&#94;"}
_ACTS = re.compile(
    r"""
      (?P<backslash>\\(?![^\W_]))           # before a letter or digit it stands for itself
    | (?P<escape>[`*\[]|(?<![^\W_])_|_(?![0-9A-Za-z]))
    | (?P<entity>[<|{^])
    | (?P<reference>&(?=\#?[0-9A-Za-z]+;))
    | (?P<tilde>~(?=~)|(?<=~)~|(?<=\S)~)
    | (?P<scheme>:(?=//))
    | (?P<host>(?<=www)\.)
    | (?P<address>(?<=[0-9A-Za-z_.+-])@(?=[0-9A-Za-z]))
    """,
    re.VERBOSE | re.IGNORECASE,
)
_START = re.compile(r"([+\-#>])|([=:~])|(\d{1,9})([.)])(?=\s|$)")
_PLAIN = re.compile(
    r"[A-Za-z0-9,;.?!'\"()%$/#+=>}-](?:[A-Za-z0-9 ,;.?!'\"()%$/#+=>}-]*[A-Za-z0-9,;.?!'\"()%$/#+=>}-])?"
)
"""Text in which no parser acts, within a line."""
_END_EDGE = re.compile(r"\s$")
_WHITE = re.compile(r"[^\S \n]")


_MAY_ACT = re.compile(r"[\\`*\[_<|{^&~:@]")
"""Every character that `_ACTS` escapes, but for a full stop after www."""


def _reference(char: str) -> str:
    return f"&#{ord(char)};"


def _names_host(text: str) -> bool:
    return ("w." in text or "W." in text) and "www." in text.lower()


def _escape_acting(text: str) -> str:
    """Escape the characters that act, looking closer only at those that may.

    >>> _escape_acting("a: b://c, www.d.example")
    'a: b&#58;//c, www&#46;d.example'
    """
    if _names_host(text):
        return _ACTS.sub(_escaped, text)
    return _MAY_ACT.sub(_escaped_there, text)


def _escaped_there(found: re.Match[str]) -> str:
    acting = _ACTS.match(found.string, found.start())
    return _escaped(acting) if acting else found[0]


def _escaped(found: re.Match[str]) -> str:
    kind, char = found.lastgroup, found.group()
    if kind in ("backslash", "escape"):
        return "\\" + char
    if kind == "entity":
        return _ENTITIES[char]
    return "&amp;" if kind == "reference" else _reference(char)


def escape_inline(text: str, starts: bool = True, ends: bool = True) -> str:
    r"""Escape one line of captured text where it stands within a line of Markdown.

    White space at its start and its end is kept by a reference, unless other text stands there.

    >>> escape_inline("*a* [b](c) <d> {e} f_g &amp; h & i")
    '\\*a\\* \\[b](c) &lt;d> &#123;e} f_g &amp;amp; h & i'
    """
    if _PLAIN.fullmatch(text) and not _names_host(text):
        return text
    shown = show_marks(text)
    escaped = _escape_acting(shown)
    if not shown.isprintable():
        escaped = _WHITE.sub(lambda found: _reference(found.group()), escaped)
    if starts and escaped[:1].isspace():
        escaped = _reference(escaped[0]) + escaped[1:]
    if ends and escaped[-1:].isspace():
        escaped = _END_EDGE.sub(lambda found: _reference(found.group()), escaped)
    return escaped


def escape_link_text(text: str) -> str:
    r"""Escape one line of captured text where it is the text of a link: no bracket ends it early.

    >>> escape_link_text("a](javascript:1)")
    'a\\](javascript:1)'
    """
    return escape_inline(text).replace("]", r"\]")


def escape_line(text: str, ends: bool = True) -> str:
    r"""Escape one line of captured text that begins a line of Markdown.

    >>> escape_line("1. one"), escape_line("- two"), escape_line("=== three")
    ('1\\. one', '\\- two', '&#61;== three')
    """
    escaped = escape_inline(text, ends=ends)
    found = _START.match(escaped)
    if not found:
        return escaped
    rest = escaped[found.end() :]
    if found[1]:
        return f"\\{found[1]}{rest}"
    if found[2]:
        return _reference(found[2]) + rest
    return f"{found[3]}\\{found[4]}{rest}"


def split_paragraphs(text: str) -> tuple[tuple[str, ...], ...]:
    r"""Split captured text into paragraphs of lines.

    >>> split_paragraphs("a\nb\n\n \nc\n")
    (('a', 'b'), ('c',))
    """
    if "\n" not in text and "\r" not in text:
        return ((text,),) if text.strip() else ()
    text = _LINE_END.sub("\n", text)
    parts = (part.strip("\n") for part in _BLANK.split(f"\n{text}\n"))
    return tuple(
        tuple(line for line in part.split("\n") if line.strip()) for part in parts if part.strip()
    )


def to_markdown(text: str, marks: Sequence[Mark] = (), styles: Sequence[Style] = ()) -> str:
    r"""Return captured text as blocks of Markdown, without a newline at the end.

    >>> to_markdown("one\ntwo\n\n# three")
    'one  \ntwo\n\n\\# three'
    >>> to_markdown("one two", [Mark(4, 7, "a")])
    'one <mark>two</mark>[^a]'
    >>> to_markdown("one\ntwo", (), [Style(0, 3, "quote"), Style(4, 7, "emphasis")])
    '> one\n\n<em>two</em>'
    """
    if not marks and not styles:
        return "\n\n".join(
            "  \n".join(escape_line(line) for line in lines) for lines in split_paragraphs(text)
        )
    parts: list[str] = []
    before = ""
    for chunk in chunks(text, marks, styles):
        if before in LISTS and chunk.kind in LISTS:
            parts.append("<!-- -->")  # or the second list would go on with the first
        parts.append(_markdown_chunk(chunk))
        before = chunk.kind
    return "\n\n".join(parts)


def _markdown_chunk(chunk: Chunk) -> str:
    if chunk.kind in LISTS:
        signs = (f"{n}. " if chunk.kind == "numbered-item" else "- " for n in count(1))
        lines = zip(signs, chunk.paragraphs[0], strict=False)
        return "\n".join(sign + _markdown_line(line) for sign, line in lines)
    paragraphs = ["  \n".join(map(_markdown_line, lines)) for lines in chunk.paragraphs]
    if chunk.kind == "quote":
        return "\n>\n".join("> " + one.replace("\n", "\n> ") for one in paragraphs)
    return paragraphs[0]


def _markdown_line(runs: Line) -> str:
    parts: list[str] = []
    for place, run in enumerate(runs):
        ends = place == len(runs) - 1
        escape = escape_line if place == 0 else partial(escape_inline, starts=False)
        words = escape(run.text, ends=ends)
        if place and runs[place - 1].refs and words[:1] in "(:":
            words = _reference(words[0]) + words[1:]
        words = f"<mark>{words}</mark>" if run.ids else words
        parts.append(_styled(words, run.styles))
        parts.extend(f"[^{mark.id}]" for mark in run.refs)
    return "".join(parts)


_TAGS = {
    "emphasis": "em",
    "strong": "strong",
    "heading": "strong",
    "code": "code",
    "preformatted": "code",
    "deleted": "del",
    "inserted": "ins",
}
LISTS = ("item", "numbered-item")


def _styled(words: str, styles: Sequence[Style]) -> str:
    """Return words, in Markdown or in HTML, within the tags of their styles."""
    for one in reversed(styles):
        if one.kind == "link":
            address = safe_address(one.address)
            words = f'<a href="{address}" rel="nofollow">{words}</a>' if address else words
        else:
            words = f"<{_TAGS[one.kind]}>{words}</{_TAGS[one.kind]}>"
    return words


def safe_address(address: str) -> str:
    """Return a captured address as an attribute may hold it; empty where it is none of the web.

    >>> safe_address("https://a.example/?b=1&c=[2]"), safe_address("javascript:alert(1)")
    ('https://a.example/?b=1&amp;c=%5B2%5D', '')
    """
    if not address.lower().startswith(("http://", "https://")):
        return ""
    return quote(address, safe="-._:/?#@!$&'()+,;=%").replace("&", "&amp;").replace("'", "%27")


_HTML = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
    "{": "&#123;",
    "|": "&#124;",
}


def escape_html(text: str) -> str:
    """Escape captured text for HTML, in text and in quoted attributes.

    An opening brace and a bar are references too: Pelican rewrites links that hold them.

    >>> escape_html('<a href="{static}x">')
    '&lt;a href=&quot;&#123;static}x&quot;&gt;'
    """
    text = show_marks(text)
    for sign, reference in _HTML.items():
        if sign in text:
            text = text.replace(sign, reference)
    return text


def to_html(
    text: str,
    line_break: str = "<br>\n",
    marks: Sequence[Mark] = (),
    reference: Callable[[Mark], str] = lambda mark: "",
    noted: bool = False,
    styles: Sequence[Style] = (),
) -> str:
    r"""Return captured text as blocks of HTML: what Markdown makes of `to_markdown`.

    *reference* gives the HTML of the reference to an annotation. Where *noted* is true, a mark says
    which notes are about it.

    >>> to_html("one\ntwo\n\n<b>")
    '<p>one<br>\ntwo</p>\n<p>&lt;b&gt;</p>'
    """
    if not marks and not styles:
        return "\n".join(
            f"<p>{line_break.join(escape_html(line) for line in lines)}</p>"
            for lines in split_paragraphs(text)
        )
    line = partial(_html_line, reference=reference, noted=noted)
    return "\n".join(_html_chunk(chunk, line, line_break) for chunk in chunks(text, marks, styles))


def _html_chunk(chunk: Chunk, line: Callable[[Line], str], line_break: str) -> str:
    if chunk.kind in LISTS:
        tag = "ol" if chunk.kind == "numbered-item" else "ul"
        items = "\n".join(f"<li>{line(one)}</li>" for one in chunk.paragraphs[0])
        return f"<{tag}>\n{items}\n</{tag}>"
    paragraphs = (f"<p>{line_break.join(map(line, lines))}</p>" for lines in chunk.paragraphs)
    html = "\n".join(paragraphs)
    return f"<blockquote>\n{html}\n</blockquote>" if chunk.kind == "quote" else html


def _html_line(runs: Line, reference: Callable[[Mark], str], noted: bool) -> str:
    parts: list[str] = []
    for run in runs:
        words = escape_html(run.text)
        opening = [f'<mark aria-details="note-{one}">' for one in run.ids]
        opening = opening if noted else ["<mark>"] * bool(run.ids)
        words = f"{''.join(opening)}{words}{'</mark>' * len(opening)}"
        parts.append(_styled(words, run.styles))
        parts.extend(reference(mark) for mark in run.refs)
    return "".join(parts)
