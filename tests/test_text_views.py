"""Whether a paragraph's notes have room beside it is reckoned once, in one pass."""

from types import SimpleNamespace
from typing import Any

from pelican.plugins.annotated_archive.model import Block, Style
from pelican.plugins.annotated_archive.text_views import BlockView, with_room


def block(text: str, *bodies: str, styles: tuple[Style, ...] = ()) -> BlockView:
    notes: Any = tuple(
        SimpleNamespace(annotation=SimpleNamespace(body=body), fields=(), tags=(), references=())
        for body in bodies
    )
    return BlockView(Block("p-1", "paragraph", text, styles=styles), notes=notes)


def crowded(*blocks: BlockView) -> list[bool]:
    return [one.is_crowded for one in with_room(blocks)]


def test_a_few_short_notes_have_room() -> None:
    """Two brief notes stand beside a short paragraph."""
    assert [False] == crowded(block("A line.", "Brief.", "Brief too."))


def test_many_notes_have_none() -> None:
    """Ten notes beside one line stand below it."""
    assert [True] == crowded(block("A line.", *["Brief."] * 10))


def test_what_follows_without_notes_gives_room() -> None:
    """Notes may reach down beside the paragraphs after theirs, up to the next that has notes."""
    long = block("word " * 400)
    noted = block("A line.", *["Brief."] * 6)
    assert [True, True] == crowded(noted, noted)
    assert [False, False] == crowded(noted, long)
    assert [True, False, False] == crowded(noted, noted, long)


def test_a_heading_is_known_and_shortened() -> None:
    """Only a block that is a heading as a whole is one; its words in the contents are one short line."""
    words = "Of rain\nand of what came of it, " * 4
    whole = block(words, styles=(Style(0, len(words), "heading"),))
    assert whole.is_heading
    assert "\n" not in whole.heading
    assert len(whole.heading) <= 60
    assert not block(words, styles=(Style(0, 7, "heading"),)).is_heading
