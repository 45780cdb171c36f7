"""Several captures of one page make one edition: nothing is lost, and nothing is chosen in silence."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pelican.plugins.annotated_archive.merge import merge_blocks, merge_comments
from pelican.plugins.annotated_archive.model import Block, Capture, CapturedComment, Stamp
from pelican.plugins.annotated_archive.pipeline import read_archive, write_pages

from sites import copy_site, project_in, run
from test_archive_files import PAGE


def said(author: str, text: str, minute: int | None = 0, **more: str) -> CapturedComment:
    """Return a captured comment of one minute."""
    stamp = None
    if minute is not None:
        stamp = Stamp(f"at {minute}", datetime(2010, 6, 3, 17, minute))
    return CapturedComment(author, text, stamp, **more)  # type: ignore[arg-type]


def merged(*captures: list[CapturedComment]) -> list[tuple[str, str, list[str]]]:
    """Return author, leading text, and files of each merged comment, in order."""
    names = [f"c{number}" for number, _ in enumerate(captures, 1)]
    found = merge_comments(names, [Capture(0, comments=tuple(c)) for c in captures])
    return [(m.comment.author, m.comment.text, [o.file for o in m.origins]) for m in found]


def test_the_same_comment_is_one() -> None:
    """Equal author, minute and text are one comment, in both captures."""
    assert [("a", "x", ["c1", "c2"])] == merged([said("a", "x")], [said("a", "x")])


def test_the_same_comment_twice_in_one_capture_stays_two() -> None:
    """What one capture has twice, the edition has twice."""
    twice = [said("a", "x"), said("a", "x")]
    assert [["c1", "c2"], ["c1", "c2"]] == [files for _, _, files in merged(twice, twice)]


def test_an_edited_comment_is_one_with_a_variant() -> None:
    """By its own id, or by author and minute with a text that is alike; the first text leads."""
    before = "The cistern of the port leaks again, said the harbour master."
    after = "The cistern of the port leaks again, says the harbour master. Edit: mended."
    for one, other in (
        (said("a", before), said("a", after)),
        (said("a", before, None, source_id="7"), said("b", "other words", None, source_id="7")),
    ):
        (found,) = merge_comments(
            ["c1", "c2"], [Capture(0, comments=(one,)), Capture(0, comments=(other,))]
        )
        assert (before, [other.text]) == (found.comment.text, [v.text for v in found.variants])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (said("a", "x"), said("b", "x")),
        (said("a", "x"), said("a", "x", 1)),
        (said("a", "the rain came at last"), said("a", "who wants to buy a boat?")),
        (said("a", "x", None, source_id="1"), said("a", "x", None, source_id="2")),
    ],
)
def test_comments_that_only_resemble_each_other_stay_two(
    one: CapturedComment, other: CapturedComment
) -> None:
    """Another author, minute, id, or text is another comment."""
    assert 2 == len(merged([one], [other]))


def test_a_removed_comment_stays_where_it_was() -> None:
    """A comment that one snapshot lacks stands between those that both have."""
    a, b, c = said("a", "1"), said("b", "2", 1), said("c", "3", 2)
    assert ["a", "b", "c"] == [author for author, _, _ in merged([a, b, c], [a, c])]
    assert ["a", "b", "c"] == [author for author, _, _ in merged([a, c], [a, b, c])]


def test_a_further_page_follows() -> None:
    """Captures without common comments stand one after the other."""
    assert ["a", "b"] == [author for author, _, _ in merged([said("a", "1")], [said("b", "2", 1)])]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), max_size=8, unique=True), min_size=1, max_size=4))
def test_the_union_loses_and_invents_nothing(captures: list[list[int]]) -> None:
    """Each comment of each capture is there once, with just the files that have it."""
    made = [[said(f"a{n}", f"text {n}", n) for n in numbers] for numbers in captures]
    found = {author: files for author, _, files in merged(*made)}
    wanted: dict[str, list[str]] = {}
    for place, numbers in enumerate(captures, 1):
        for number in numbers:
            wanted.setdefault(f"a{number}", []).append(f"c{place}")
    assert wanted == found


def test_article_texts_that_differ_stand_beside_each_other() -> None:
    """A paragraph that another capture has otherwise is a variant; one that is like none is kept."""
    first = (Block("p-1", "paragraph", "The rain came at last."), Block("p-2", "paragraph", "Ah."))
    second = (
        Block("p-1", "paragraph", "The rain came at long last."),
        Block("p-2", "paragraph", "Ah."),
        Block("p-3", "paragraph", "A correction was made on Tuesday by the editors."),
    )
    blocks, left = merge_blocks(["c1", "c2"], [Capture(0, blocks=first), Capture(0, blocks=second)])
    assert [["The rain came at long last."], []] == [[v.text for v in b.variants] for b in blocks]
    assert ["A correction was made on Tuesday by the editors."] == [p.text for p in left]


def test_two_snapshots_make_one_page(tmp_path: Path) -> None:
    """The page says which capture has what, in Markdown, in HTML and in the record."""
    site = copy_site(tmp_path, empty=True)
    words = {"title": "Rain", "story": "It rained at last.", "second": "Rain!"}
    one, two = (
        PAGE.format(first=text, **words)
        for text in (
            "The cistern leaks badly today.",
            "The cistern leaks badly today, Edit: mended.",
        )
    )
    for name, text in (("one.txt", one), ("two.txt", two.replace("Cy Dunn", "Di Eve"))):
        (site / name).write_text(text)
    captured = run(site, "capture", "one.txt", "two.txt", "--slug", "rain")
    assert 0 == captured.returncode, captured.stderr
    archive = read_archive(project_in(site))
    assert () == archive.problems
    (edition,) = archive.editions
    codes = {note.code for note in edition.document.notes}
    assert {"comment-differs", "comment-not-in-all"} <= codes
    write_pages(project_in(site), archive)
    assert 0 == run(site, "build").returncode
    for name in (
        "content/pages/articles/rain.md",
        "output/rain/index.html",
        "output/rain/edition.json",
    ):
        text = (site / name).read_text()
        assert "Edit: mended." in re.sub("<.*?>", "", text)
        assert "capture-2.txt" in text
