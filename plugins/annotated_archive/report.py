"""Say in plain text what `check` found: each item's ledger, gaps and notes."""

from collections.abc import Iterator

from .model import Document
from .pipeline import Archive
from .wording import plural


def archive_report(archive: Archive) -> str:
    """Return what is known of each sound item, an empty line between them."""
    return "\n\n".join("\n".join(item_lines(e.document)) for e in archive.editions)


def item_lines(document: Document) -> Iterator[str]:
    """Yield the lines of one item."""
    ledger, gap = document.ledger, document.responses
    yield f"{document.slug}: {document.title}"
    paragraphs = sum(block.kind == "paragraph" for block in document.blocks)
    figures = len(document.blocks) - paragraphs
    pictures = f", {plural(figures, 'picture')} not captured" if figures else ""
    yield f"  article     {plural(paragraphs, 'paragraph')}{pictures}"
    for name, count in (
        ("article", ledger.article),
        ("comment", ledger.comment),
        ("furniture", ledger.furniture),
        ("remainder", ledger.remainder),
        ("total", ledger.total),
    ):
        yield f"  {name:<10} {count:>9,} characters"
    declared = "not declared" if gap.declared is None else f"{gap.declared} declared"
    yield f"  responses   {declared}, {gap.captured} captured, {gap.missing} missing"
    for passage in document.remainder:
        yield f"  not understood: {passage.text!r}"
    for note in document.notes:
        yield f"  note [{note.code}] {note.text}"
