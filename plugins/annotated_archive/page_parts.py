"""Write the blocks of a page, each as Markdown and as the HTML that it stands for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .hand_pages import render_markdown
from .markdown import (
    LISTS,
    escape_html,
    escape_inline,
    escape_line,
    escape_link_text,
    to_html,
    to_markdown,
)
from .marked import Mark, chunks
from .model import Annotation, Style
from .notes import Notes, note_markdown

_BREAK = "<br />\n"
_NO_NOTES = Notes()


@dataclass(frozen=True, slots=True)
class Part:
    """Hold what writes one block of a page: as Markdown, and as the HTML that it stands for.

    *opens* and *closes* say with what it begins and ends: a quote, a list, or neither.
    """

    markdown: Callable[[], str]
    html: Callable[[], str]
    opens: str = ""
    closes: str = ""


def text_part(
    text: str,
    marks: Sequence[Mark] = (),
    notes: Notes = _NO_NOTES,
    styles: Sequence[Style] = (),
) -> Part:
    """Return captured text as paragraphs, quotes and lists, with its marks."""

    def reference(mark: Mark) -> str:
        return _reference(mark.id, mark.number, notes)

    return Part(
        lambda: to_markdown(text, marks, styles),
        lambda: to_html(text, _BREAK, marks, reference, styles=styles),
        *_edges(text, styles),
    )


def _edges(text: str, styles: Sequence[Style]) -> tuple[str, str]:
    """Return with what a text begins and ends, where its styles make quotes or lists of it."""
    kinds = [one.kind for one in chunks(text, (), styles)] if styles else []
    edges = ["list" if kind in LISTS else kind for kind in kinds[:1] + kinds[-1:]]
    return (edges[0], edges[1]) if edges else ("", "")


def _place(one: str, number: int) -> str:
    """Return the id of the *number*th reference to a footnote, as Python-Markdown names it."""
    return f"fnref{number if number > 1 else ''}:{one}"


def _reference(one: str, number: int, notes: Notes) -> str:
    """Return the reference to a footnote, as Python-Markdown writes it."""
    link = f'<a class="footnote-ref" href="#fn:{one}">{notes.numbers[one]}</a>'
    return f'<sup id="{_place(one, number)}">{link}</sup>'


def references_part(wholes: Sequence[tuple[Annotation, int]], notes: Notes) -> Part:
    """Return a paragraph of references to notes on a whole place."""
    html = " ".join(_reference(one.id, number, notes) for one, number in wholes)
    markdown = " ".join(f"[^{one.id}]" for one, _ in wholes)
    return Part(
        lambda: f"*On the whole:* {markdown}", lambda: f"<p><em>On the whole:</em> {html}</p>"
    )


def footnotes(notes: Notes, slug: str) -> Iterator[Part]:
    """Yield the annotations as footnotes, each with its kind, its body and its own fields."""

    def markdown() -> str:
        return "\n\n".join(
            f"[^{one.id}]:\n    "
            + note_markdown(one, slug).replace("\n", "\n    ").replace("\n    \n", "\n\n")
            for one in notes.anchored
        )

    def html() -> str:
        items = "\n".join(
            f'<li id="fn:{one.id}">\n{note_html(one, slug)}<p>{_back(one)}</p>\n</li>'
            for one in notes.anchored
        )
        return f'<div class="footnote">\n<hr />\n<ol>\n{items}\n</ol>\n</div>'

    if notes.anchored:
        yield Part(markdown, html)


def note_html(one: Annotation, slug: str) -> str:
    """Return an annotation as HTML; Pelican's own links stay what they are."""
    html = render_markdown(note_markdown(one, slug))
    return html.replace('href="%7Bfilename%7D', 'href="{filename}')


def _back(one: Annotation) -> str:
    """Return the ways back from a footnote to each of its references."""
    return " ".join(
        f'<a class="footnote-backref" href="#{_place(one.id, number)}">&#8617;</a>'
        for number in range(1, len(one.targets) + 1)
    )


def line_part(text: str) -> Part:
    """Return a paragraph of one line."""
    return Part(lambda: escape_line(text), lambda: f"<p>{escape_html(text)}</p>")


def stressed_part(text: str) -> Part:
    """Return a paragraph of one line, stressed."""
    return Part(lambda: f"*{escape_inline(text)}*", lambda: f"<p><em>{escape_html(text)}</em></p>")


def link_part(before: str, text: str, place: str, after: str) -> Part:
    """Return a paragraph that leads to a *place* of the same page, with stressed words around the link."""
    return Part(
        lambda: (
            f"*{escape_inline(before)}* [{escape_link_text(text)}](<#{place}>) *{escape_inline(after)}*"
        ),
        lambda: (
            f"<p><em>{escape_html(before)}</em> "
            f'<a href="#{place}">{escape_html(text)}</a> <em>{escape_html(after)}</em></p>'
        ),
    )


def heading_part(level: int, text: str, anchor: str) -> Part:
    """Return a heading with an id."""
    return Part(
        lambda: f'{"#" * level} <span id="{anchor}">{escape_inline(text)}</span>',
        lambda: f'<h{level}><span id="{anchor}">{escape_html(text)}</span></h{level}>',
    )


def list_part(items: Sequence[str]) -> Part:
    """Return a list of lines."""
    return Part(
        lambda: "\n".join(f"- {escape_line(item)}" for item in items),
        lambda: "<ul>\n" + "\n".join(f"<li>{escape_html(i)}</li>" for i in items) + "\n</ul>",
        "list",
        "list",
    )


def quote_part(text: str) -> Part:
    """Return captured text as a quotation."""

    def markdown() -> str:
        lines = to_markdown(text).split("\n")
        return "\n".join(f"> {line}" if line else ">" for line in lines)

    def html() -> str:
        return f"<blockquote>\n{to_html(text, _BREAK)}\n</blockquote>"

    return Part(markdown, html, "quote", "quote")


def apart(parts: Iterator[Part]) -> Iterator[Part]:
    """Keep quotes, and lists, apart that follow each other: Python-Markdown would make one of them."""
    before = ""
    for part in parts:
        if before and part.opens == before:
            yield Part(lambda: "<!-- -->", lambda: "<!-- -->")
        yield part
        before = part.closes
