"""Compose the Markdown page of an edition, and the HTML that any Markdown parser makes of it.

Each part of a page is written twice, as Markdown and as HTML: captured text is escaped by us, so
what a parser makes of it is known, and a test holds the two equal.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from .cross_references import Destination
from .fixity import sha256
from .hand_pages import render_markdown
from .markdown import LISTS, escape_html, escape_inline, escape_line, to_html, to_markdown
from .marked import Mark, chunks
from .marks import show_marks
from .model import Annotation, Block, Comment, Document, Edition, Page, Style, Variant
from .notes import Notes, block_marks, comment_marks, markdown_link, note_markdown
from .wording import (
    author_words,
    digest_words,
    gap_words,
    kind_words,
    order_words,
    origin_words,
    summary_of,
    time_words,
    variant_words,
    withholding_words,
)

_HARMLESS = str.maketrans({"<": "‹", ">": "›", "&": "＆", '"': "”", "\n": " "})
_DIGEST = "Archive-Digest: "


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


def _text(
    text: str,
    marks: Sequence[Mark] = (),
    notes: Notes = _NO_NOTES,
    styles: Sequence[Style] = (),
) -> Part:
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


def _references(wholes: Sequence[tuple[Annotation, int]], notes: Notes) -> Part:
    """Return a paragraph of references to notes on a whole place."""
    html = " ".join(_reference(one.id, number, notes) for one, number in wholes)
    markdown = " ".join(f"[^{one.id}]" for one, _ in wholes)
    return Part(
        lambda: f"*On the whole:* {markdown}", lambda: f"<p><em>On the whole:</em> {html}</p>"
    )


def _footnotes(notes: Notes, slug: str) -> Iterator[Part]:
    """Yield the annotations as footnotes, each with its kind, its body and its own fields."""

    def markdown() -> str:
        return "\n\n".join(
            f"[^{one.id}]:\n    "
            + note_markdown(one, slug).replace("\n", "\n    ").replace("\n    \n", "\n\n")
            for one in notes.anchored
        )

    def html() -> str:
        items = "\n".join(
            f'<li id="fn:{one.id}">\n{_note_html(one, slug)}<p>{_back(one)}</p>\n</li>'
            for one in notes.anchored
        )
        return f'<div class="footnote">\n<hr />\n<ol>\n{items}\n</ol>\n</div>'

    if notes.anchored:
        yield Part(markdown, html)


def _note_html(one: Annotation, slug: str) -> str:
    """Return an annotation as HTML; Pelican's own links stay what they are."""
    html = render_markdown(note_markdown(one, slug))
    return html.replace('href="%7Bfilename%7D', 'href="{filename}')


def _back(one: Annotation) -> str:
    """Return the ways back from a footnote to each of its references."""
    return " ".join(
        f'<a class="footnote-backref" href="#{_place(one.id, number)}">&#8617;</a>'
        for number in range(1, len(one.targets) + 1)
    )


def _line(text: str) -> Part:
    """Return a paragraph of one line."""
    return Part(lambda: escape_line(text), lambda: f"<p>{escape_html(text)}</p>")


def _stressed(text: str) -> Part:
    """Return a paragraph of one line, stressed."""
    return Part(lambda: f"*{escape_inline(text)}*", lambda: f"<p><em>{escape_html(text)}</em></p>")


def _heading(level: int, text: str, anchor: str) -> Part:
    return Part(
        lambda: f'{"#" * level} <span id="{anchor}">{escape_inline(text)}</span>',
        lambda: f'<h{level}><span id="{anchor}">{escape_html(text)}</span></h{level}>',
    )


def _list(items: Sequence[str]) -> Part:
    return Part(
        lambda: "\n".join(f"- {escape_line(item)}" for item in items),
        lambda: "<ul>\n" + "\n".join(f"<li>{escape_html(i)}</li>" for i in items) + "\n</ul>",
        "list",
        "list",
    )


def _quote(text: str) -> Part:
    """Return captured text as a quotation."""

    def markdown() -> str:
        lines = to_markdown(text).split("\n")
        return "\n".join(f"> {line}" if line else ">" for line in lines)

    def html() -> str:
        return f"<blockquote>\n{to_html(text, _BREAK)}\n</blockquote>"

    return Part(markdown, html, "quote", "quote")


def _apart(parts: Iterator[Part]) -> Iterator[Part]:
    """Keep quotes, and lists, apart that follow each other: Python-Markdown would make one of them."""
    before = ""
    for part in parts:
        if before and part.opens == before:
            yield Part(lambda: "<!-- -->", lambda: "<!-- -->")
        yield part
        before = part.closes


def figure_words(block: Block) -> str:
    """Say that a picture was not captured, where it was, and what stood below it."""
    lines = ["Picture not captured."]
    if block.address:
        lines.append(f"It was at {block.address}")
    if block.caption:
        lines.append(f"Caption: {block.caption}")
    return "\n".join(lines)


def page_parts(edition: Edition) -> Iterator[Part]:
    """Yield the blocks of a page: article, comments, and what is known of the capture."""
    document = edition.document
    notes = Notes(edition.annotations)
    if document.authors:
        yield _stressed(" and ".join(document.authors))
        if document.role:
            yield _line(document.role)
    for block, marks in block_marks(edition, notes):
        if block.kind == "paragraph":
            yield _text(block.text, marks, notes, block.styles)
            yield from _variants(block.variants)
        else:
            yield _quote(figure_words(block))
    whole = notes.wholes("title", "page", "article")
    if whole:
        yield _references(whole, notes)
    if document.filed_under:
        yield _line(f"Filed under: {' • '.join(document.filed_under)}")
    yield _heading(2, "Comments", "comments")
    yield _line(f"{gap_words(document)} {order_words(document)}".strip())
    for comment in document.comments:
        yield from _comment(comment, edition, notes)
    yield _heading(2, "About this capture", "about-this-capture")
    yield _list(provenance_words(document))
    for passage in document.remainder:
        yield _quote(passage.text)
    yield from _lost(notes, document.slug)
    yield from _references_to(edition, "article", *(f"note-{one.id}" for one in notes.annotations))
    yield from _footnotes(notes, document.slug)


def _lost(notes: Notes, slug: str) -> Iterator[Part]:
    """Yield the annotations that are no longer anchored: none is dropped."""
    if notes.lost:
        yield _heading(2, "Notes no longer anchored", "notes-no-longer-anchored")
    for one in notes.lost:
        words = note_markdown(one, slug)
        yield Part(partial(str, words), partial(_note_html, one, slug))


def _references_to(edition: Edition, *places: str) -> Iterator[Part]:
    """Yield the ways back to the cross-references that lead to some places."""
    slug = edition.document.slug
    for one in edition.references:
        if one.place in places:
            link = markdown_link(slug)(Destination(one.slug, f"note-{one.id}"))
            title = f"the note “{one.id}”" if one.slug == slug else one.title
            words, led = escape_inline(title), escape_html(title)
            words = (
                f"*Referred to from* [{words}](<{link}>)" if link else f"*Referred to from* {words}"
            )
            led = f'<a href="{link}">{led}</a>' if link else led
            yield Part(partial(str, words), partial(str, f"<p><em>Referred to from</em> {led}</p>"))


def _comment(comment: Comment, edition: Edition, notes: Notes) -> Iterator[Part]:
    yield _heading(3, author_words(comment), comment.id)
    yield _stressed(_comment_facts(comment, edition.document))
    whole = notes.wholes(comment.id)
    if whole:
        yield _references(whole, notes)
    if comment.text.strip():
        yield _text(comment.text, comment_marks(comment, notes), notes, comment.styles)
    yield from _variants(comment.variants)
    for one in edition.document.withheld:
        if comment.id in one.places:
            yield _stressed(f"Editor’s note: {withholding_words(one)}")
    yield from _references_to(edition, comment.id)


def _comment_facts(comment: Comment, document: Document) -> str:
    """Return one line about a comment: its number, what it is, its time, whom it answers, where it is."""
    number = str(comment.number) if comment.number is not None else ""
    answered = next((c for c in document.comments if c.id == comment.reply_to), None)
    reply = f"in reply to {author_words(answered)}" if answered and comment.reply_to else ""
    printed = comment.printed or "no time captured"
    facts = (number, kind_words(comment), printed, reply, origin_words(comment.origins, document))
    return " · ".join(fact for fact in facts if fact)


def _variants(variants: Sequence[Variant]) -> Iterator[Part]:
    """Yield what other captures have instead of a text."""
    for one in variants:
        yield _stressed(variant_words(one))
        yield _quote(one.text)


def provenance_words(document: Document) -> tuple[str, ...]:
    """Say what was captured, from where and when, and what to know about it."""
    said = [f"Source: {document.source or 'the address was not recorded'}"]
    if document.published:
        said.append(
            f"Published: {document.published_printed} — {time_words(document.published, document.is_day)}"
        )
    else:
        said.append("Published: the page shows no date")
    for file in document.files:
        when = file.captured or "date not recorded"
        said.append(f"Captured file: {file.name}, {file.format}, {when}, {digest_words(file)}")
    ledger = document.ledger
    said.append(
        f"Characters: {ledger.total:,} — article {ledger.article:,}, comments {ledger.comment:,}, "
        f"page furniture {ledger.furniture:,}, not understood {ledger.remainder:,}"
    )
    said.extend(note.text for note in document.notes)
    said.extend(f"Withheld ({one.id}): {withholding_words(one)}" for one in document.withheld)
    return tuple(said)


def harmless(text: str) -> str:
    """Return a captured value as a theme may show it that escapes nothing.

    >>> harmless('a <b> & "c"')
    'a ‹b› ＆ ”c”'
    """
    return show_marks(text).translate(_HARMLESS).strip()


def _field(name: str, values: Sequence[str]) -> Iterator[str]:
    """Yield a line of front matter that Pelican splits into *values* again, at semicolons.

    >>> list(_field("Tags", ["a, b"])), list(_field("Tags", ["c; d", "e"]))
    (['Tags: a, b;'], ['Tags: c； d; e;'])
    """
    shown = [harmless(value).replace(";", "；") for value in values if harmless(value)]
    if shown:
        yield f"{name}: {'; '.join(shown)};"


def front_matter(edition: Edition) -> tuple[str, ...]:
    """Return the lines of front matter, without the digest.

    An article without any date is placed where its first comment or its capture is: Pelican needs
    a date to put it in order. The page itself says that no date was captured.
    """
    document = edition.document
    times = [comment.published for comment in document.comments if comment.published]
    dated = document.published or min(times, default=None)
    fallback = next((file.captured for file in document.files if file.captured), "1970-01-01")
    summary = " ".join(summary_of(edition).split())
    lines = [
        f"Title: {harmless(document.title)}",
        f"Date: {dated.isoformat() if dated else fallback}",
        f"Slug: {document.slug}",
        *_field("Authors", document.authors),
        *([f"Category: {harmless(edition.category)}"] if edition.category else []),
        *_field("Tags", edition.tags),
    ]
    if summary:
        lines.append(f"Summary: {escape_line(summary)}")
    lines.append(f"Archive-Item: {document.slug}")
    lines.append(
        "Archive-Note: written by 'invoke pages'; do not edit here: tags and annotations belong in "
        f"content/annotations/{document.slug}.yaml"
    )
    return tuple(lines)


def compose_page(edition: Edition) -> Page:
    """Return the Markdown page of *edition*; the same edition gives the same bytes."""
    body = "\n\n".join(part.markdown() for part in _apart(page_parts(edition))) + "\n"
    lines = front_matter(edition)
    digest = page_digest("\n".join(lines), body)
    head = "\n".join(["---", *lines, _DIGEST + digest, "---"])
    return Page(edition.document.slug, f"{head}\n\n{body}")


def page_html(edition: Edition) -> str:
    """Return the HTML of a page's body: what Python-Markdown makes of the page."""
    return "\n".join(part.html() for part in _apart(page_parts(edition)))


def page_digest(front: str, body: str) -> str:
    """Return the digest that a page carries of everything else in it."""
    return sha256(f"{front}\n\n{body}".encode())


def is_ours(text: str) -> bool:
    """Tell whether the text of a file is a generated page that nobody has changed since.

    >>> is_ours("Title: by hand")
    False
    """
    if not text.startswith("---\n"):
        return False
    head, found, body = text[4:].partition("\n---\n\n")
    front, digest_found, digest = head.rpartition(f"\n{_DIGEST}")
    return bool(found and digest_found) and page_digest(front, body) == digest


def is_generated(text: str) -> bool:
    """Tell whether a file carries the digest line of a generated page, changed or not."""
    return text.startswith("---\n") and f"\n{_DIGEST}" in text.partition("\n---\n")[0]
