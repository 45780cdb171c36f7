"""Compose the Markdown page of an edition, and the HTML that any Markdown parser makes of it.

Each part of a page is written twice, as Markdown and as HTML: captured text is escaped by us, so
what a parser makes of it is known, and a test holds the two equal.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from .answered import answers_of
from .cross_references import Destination
from .fixity import sha256
from .markdown import escape_html, escape_line, escape_link_text
from .marks import show_marks
from .model import Answer, Block, Comment, Document, Edition, Page, Variant
from .notes import Notes, block_marks, comment_marks, markdown_link, note_markdown
from .page_parts import (
    Part,
    apart,
    footnotes,
    heading_part,
    line_part,
    link_part,
    list_part,
    note_html,
    quote_part,
    references_part,
    stressed_part,
    text_part,
)
from .wording import (
    answer_words,
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
        yield stressed_part(" and ".join(document.authors))
        if document.role:
            yield line_part(document.role)
    for block, marks in block_marks(edition, notes):
        if block.kind == "paragraph":
            yield text_part(block.text, marks, notes, block.styles)
            yield from _variants(block.variants)
        else:
            yield quote_part(figure_words(block))
    whole = notes.wholes("title", "page", "article")
    if whole:
        yield references_part(whole, notes)
    if document.filed_under:
        yield line_part(f"Filed under: {' • '.join(document.filed_under)}")
    yield heading_part(2, "Comments", "comments")
    yield line_part(f"{gap_words(document)} {order_words(document)}".strip())
    by_id = {comment.id: comment for comment in document.comments}
    given = answers_of(edition)
    for comment in document.comments:
        yield from _comment(comment, edition, notes, by_id, given.get(comment.id, ()))
    yield heading_part(2, "About this capture", "about-this-capture")
    yield list_part(provenance_words(document))
    for passage in document.remainder:
        yield quote_part(passage.text)
    yield from _lost(notes, document.slug)
    yield from _references_to(edition, "article", *(f"note-{one.id}" for one in notes.annotations))
    yield from footnotes(notes, document.slug)


def _lost(notes: Notes, slug: str) -> Iterator[Part]:
    """Yield the annotations that are no longer anchored: none is dropped."""
    if notes.lost:
        yield heading_part(2, "Notes no longer anchored", "notes-no-longer-anchored")
    for one in notes.lost:
        words = note_markdown(one, slug)
        yield Part(partial(str, words), partial(note_html, one, slug))


def _references_to(edition: Edition, *places: str) -> Iterator[Part]:
    """Yield the ways back to the cross-references that lead to some places."""
    slug = edition.document.slug
    for one in edition.references:
        if one.place in places:
            link = markdown_link(slug)(Destination(one.slug, f"note-{one.id}"))
            title = f"the note “{one.id}”" if one.slug == slug else one.title
            words, led = escape_link_text(title), escape_html(title)
            words = (
                f"*Referred to from* [{words}](<{link}>)" if link else f"*Referred to from* {words}"
            )
            led = f'<a href="{link}">{led}</a>' if link else led
            yield Part(partial(str, words), partial(str, f"<p><em>Referred to from</em> {led}</p>"))


def _comment(
    comment: Comment,
    edition: Edition,
    notes: Notes,
    by_id: Mapping[str, Comment],
    answers: Sequence[Answer],
) -> Iterator[Part]:
    yield heading_part(3, author_words(comment), comment.id)
    yield stressed_part(_comment_facts(comment, edition.document, by_id))
    for answer in answers:
        if answer.by != "page":
            before, after = answer_words(answer)
            yield link_part(before, author_words(by_id[answer.to]), answer.to, after)
    whole = notes.wholes(comment.id)
    if whole:
        yield references_part(whole, notes)
    if comment.text.strip():
        yield text_part(comment.text, comment_marks(comment, notes), notes, comment.styles)
    yield from _variants(comment.variants)
    for one in edition.document.withheld:
        if comment.id in one.places:
            yield stressed_part(f"Editor’s note: {withholding_words(one)}")
    yield from _references_to(edition, comment.id)


def _comment_facts(comment: Comment, document: Document, by_id: Mapping[str, Comment]) -> str:
    """Return one line about a comment: its number, what it is, its time, whom it answers, where it is."""
    number = str(comment.number) if comment.number is not None else ""
    answered = by_id.get(comment.reply_to)
    reply = f"in reply to {author_words(answered)}" if answered else ""
    printed = comment.printed or "no time captured"
    facts = (number, kind_words(comment), printed, reply, origin_words(comment.origins, document))
    return " · ".join(fact for fact in facts if fact)


def _variants(variants: Sequence[Variant]) -> Iterator[Part]:
    """Yield what other captures have instead of a text."""
    for one in variants:
        yield stressed_part(variant_words(one))
        yield quote_part(one.text)


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
    body = "\n\n".join(part.markdown() for part in apart(page_parts(edition))) + "\n"
    lines = front_matter(edition)
    digest = page_digest("\n".join(lines), body)
    head = "\n".join(["---", *lines, _DIGEST + digest, "---"])
    return Page(edition.document.slug, f"{head}\n\n{body}")


def page_html(edition: Edition) -> str:
    """Return the HTML of a page's body: what Python-Markdown makes of the page."""
    return "\n".join(part.html() for part in apart(page_parts(edition)))


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
