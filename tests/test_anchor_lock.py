"""Once put, an annotation stays where it was put, or its editor is asked."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pelican.plugins.annotated_archive.anchor_lock import Lock
from pelican.plugins.annotated_archive.anchoring import Anchored, anchor
from pelican.plugins.annotated_archive.leaks import Gate
from pelican.plugins.annotated_archive.model import (
    Annotation,
    Block,
    Comment,
    Document,
    Gap,
    Ledger,
)
from pelican.plugins.annotated_archive.pipeline import read_archive, write_pages
from pelican.plugins.annotated_archive.places import Request
from pelican.plugins.annotated_archive.selectors import Selector

from sites import SAMPLE, add_item, copy_site, project_in, run

TEXT = "A title\n\nJune 3, 2010\n\nBy Ann Lee\n\n{}\n\n2 Comments\n\n{}"
FIRST = "  1. Bo Quill\n\n    The cistern leaks.\n\n    June 3, 2010 at 5:04 pm |\n\n"
SECOND = "  2. Cy Dunn\n\n    It rains at last.\n\n    June 3, 2010 at 5:04 pm |\n"
STORY = "The harbour master said that the rain came at last, in one night."


def document(*blocks: str) -> Document:
    """Return a document of paragraphs and one comment."""
    paragraphs = tuple(Block(f"p-{n}", "paragraph", text) for n, text in enumerate(blocks, 1))
    comments = (Comment("comment-1", "Bo", "The cistern leaks, said Bo."),)
    return Document(
        "item", "A title", None, "", (), "", (), (), paragraphs, comments,
        Gap(None, 1), Ledger(), None, "UTC", (),
    )  # fmt: skip


def put(text: Document, lock: Lock | None = None, **selector: object) -> Anchored:
    """Anchor one annotation in the article."""
    annotation = Annotation("a-1", "gloss", "article", "b")
    request = Request(annotation, Selector(**selector), "a.yaml", 2)  # type: ignore[arg-type]
    return anchor(text, [request], lock=lock)


def locked(text: Document, **selector: object) -> Lock:
    """Return the lock after an annotation was put."""
    anchored = put(text, **selector)
    assert () == anchored.problems
    return Lock((), {"a-1": anchored.held})


def told(anchored: Anchored) -> list[str]:
    """Return the codes of what is wrong or warned of."""
    return [problem.code for problem in (*anchored.problems, *anchored.warnings)]


def test_words_in_another_paragraph_are_not_those_that_were_meant() -> None:
    """A quote that now matches in a different paragraph is a problem until its editor accepts it."""
    lock = locked(
        document("Anna Smith said that it rained.", "Then all went home."), quote="Anna Smith"
    )
    changed = document("Ann Smith said that it rained.", "Then Anna Smith went home.")
    anchored = put(changed, lock, quote="Anna Smith")
    assert ["moved"] == told(anchored)
    assert () == anchored.annotations
    assert "p-2" in str(anchored.problems[0])
    assert "invoke annotations accept a-1" in str(anchored.problems[0])


def test_a_paragraph_that_is_only_numbered_anew_is_the_same() -> None:
    """A paragraph put in before moves nothing."""
    lock = locked(document("One.", "Anna Smith said so."), quote="Anna Smith")
    anchored = put(document("Zero.", "One.", "Anna Smith said so."), lock, quote="Anna Smith")
    assert [] == told(anchored)


def test_the_same_number_of_another_occurrence_is_noticed() -> None:
    """With occurrence: 1, an occurrence that comes in before does not take the annotation over."""
    lock = locked(document("The rain came. The rain went away."), quote="rain", occurrence=2)
    changed = document("No rain yet, they said. The rain came. The rain went away.")
    assert ["moved"] == told(put(changed, lock, quote="rain", occurrence=2))


@pytest.mark.parametrize(
    ("before", "after", "selector"),
    [
        (
            ["He said that the cistern leaks since the war."],
            ["He said that the cistern is dry.", "He said that the cistern leaks since the war."],
            {"quote": "cistern", "occurrence": 1},
        ),
        (
            ["They all sang the old song.", "Ah.", "They all sang the old song."],
            ["They all sang the old song."] * 2 + ["Ah.", "They all sang the old song."],
            {"quote": "old song", "occurrence": 2},
        ),
        (
            ["In all, gamma delta epsilon zeta was the name of it in those days."],
            [
                "In all, gamma is good, they said, " + "and so on " * 9,
                "and the zeta of those days.",
            ],
            {"quote": "gamma … zeta"},
        ),
    ],
)
def test_what_looks_alike_does_not_take_a_note_over(
    before: list[str], after: list[str], selector: dict[str, object]
) -> None:
    """The same words in the same company, an equal paragraph, or a passage that grew: its editor is asked."""
    lock = locked(document(*before), **selector)
    assert ["moved"] == told(put(document(*after), lock, **selector))


def test_a_passage_that_changed_within_is_told() -> None:
    """Between ends that stayed, other words are a warning."""
    selector = {"quote": "gamma … zeta"}
    lock = locked(document("In all, gamma delta epsilon zeta was the name."), **selector)
    after = document("In all, gamma or epsilon zeta was the name.")
    assert ["migrated"] == told(put(after, lock, **selector))


def test_a_quote_that_its_editor_changed_is_put_anew() -> None:
    """Who edits the quote means what it says now."""
    lock = locked(document("The rain came. The snow went."), quote="rain")
    assert [] == told(put(document("The rain came. The snow went."), lock, quote="snow"))


def test_changed_words_between_unchanged_text_keep_their_note() -> None:
    """Where both ends lie in unchanged text the note stays, and its editor is told."""
    before = "In the morning the harbour master said that the rain came at last."
    after = "In the morning the harbor master said that the rain came at last."
    lock = locked(document(before), quote="the harbour master")
    anchored = put(document(after), lock, quote="the harbour master")
    assert ["migrated"] == told(anchored)
    (target,) = anchored.annotations[0].targets
    assert target.span is not None
    assert "the harbor master" == after[slice(*target.span)]


def test_changed_text_at_an_end_loses_the_note() -> None:
    """Where the text around the words changed too, nothing is guessed."""
    lock = locked(document("In the morning the harbour master said so."), quote="harbour master")
    anchored = put(
        document("At nine o'clock our port captain said so."), lock, quote="harbour master"
    )
    assert ["anchor"] == told(anchored)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_an_edit_never_moves_a_note_in_silence(data: st.DataObject) -> None:
    """Whatever is edited, the note stands on its own words, or its editor is told."""
    words = st.lists(
        st.sampled_from(["rain", "Rain", "snow", "the", "a", "port", "leaks"]),
        min_size=3,
        max_size=30,
    )
    before = data.draw(words)
    start = data.draw(st.integers(0, len(before) - 1))
    end = data.draw(st.integers(start + 1, min(start + 4, len(before))))
    text = " ".join(before)
    first = len(" ".join(before[:start])) + (start > 0)
    span = (first, first + len(" ".join(before[start:end])))
    marked = f"{text[: span[0]]}[[{text[slice(*span)]}]]{text[span[1] :]}"
    lock = locked(document(text), quote=marked)
    at = data.draw(st.integers(0, len(before)))
    edited = [*before[:at], *data.draw(words), *before[data.draw(st.integers(at, len(before))) :]]
    anchored = put(document(" ".join(edited)), lock, quote=marked)
    if told(anchored) == []:
        (target,) = anchored.annotations[0].targets
        shown = " ".join(edited)[slice(*(target.span or (0, 0)))]
        assert shown.casefold() == text[slice(*span)].casefold()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site with one item of two comments in the same minute."""
    site = copy_site(tmp_path, empty=True)
    add_item(site, "item", TEXT.format(STORY, FIRST + SECOND))
    return site


def test_ids_of_comments_are_pinned(site: Path) -> None:
    """A comment keeps its id when a capture that is listed before brings others of its minute."""
    project = project_in(site)
    write_pages(project, read_archive(project))
    lock = site / "content/annotations/item.lock.yaml"
    assert "comment-20100603-1704-2 2 2010-06-03T17:04 capture.txt" in lock.read_text()
    (before,) = read_archive(project).editions
    record = site / "content/captures/item/capture.yaml"
    other = TEXT.format(STORY, FIRST.replace("cistern leaks", "roof leaks") + FIRST + SECOND)
    (site / "content/captures/item/earlier.txt").write_text(other)
    digest = hashlib.sha256(other.encode()).hexdigest()
    entry = (
        f"files:\n  - name: earlier.txt\n    format: text\n    captured: null\n    sha256: {digest}"
    )
    record.write_text(record.read_text().replace("files:", entry))
    (after,) = read_archive(project).editions
    ids = {comment.text: comment.id for comment in after.document.comments}
    for comment in before.document.comments:
        assert comment.id == ids[comment.text]
    assert len(ids) == len(set(ids.values())) == 3


def forget(lock: Path, name: str) -> None:
    """Put digests into a lock file as if the words had stood elsewhere."""
    nothing = " ".join(["0" * 16] * 4)
    lines = [
        " ".join([*line.split(" ")[:-5], nothing, line.split(" ")[-1]])
        if line.startswith(f"  {name} ")
        else line
        for line in lock.read_text().splitlines()
    ]
    lock.write_text("\n".join(lines) + "\n")


def test_a_moved_note_is_accepted(site: Path) -> None:
    """The build stops where a note would move, and goes on once its editor accepts it."""
    editor = site / "content/annotations/item.yaml"
    entry = "annotations:\n- {id: a-1, kind: gloss, in: comment-20100603-1704, quote: the, occurrence: 1, body: b}\n"
    editor.write_text(entry.replace("the,", "leaks,").replace(", occurrence: 1", ""))
    assert 0 == run(site, "pages").returncode
    lock = site / "content/annotations/item.lock.yaml"
    forget(lock, "a-1")
    moved = run(site, "build")
    assert (1, True) == (moved.returncode, "[archive.moved]" in moved.stderr)
    assert "moved" in run(site, "annotations", "list").stdout
    assert 1 == run(site, "annotations", "check").returncode
    assert 0 == run(site, "annotations", "accept", "a-1").returncode
    assert 0 == run(site, "build").returncode
    again = run(site, "annotations", "accept", "a-1")
    assert (1, True) == (again.returncode, "has moved" in again.stderr)


def test_a_lost_note_is_shown_as_such_where_that_is_allowed(site: Path) -> None:
    """Lost notes are an error; with --allow-lost they stand in the item's list, and none is dropped."""
    editor = site / "content/annotations/item.yaml"
    editor.write_text(
        "annotations:\n- {id: a-1, kind: gloss, quote: no such words, body: Zanzibar}\n"
    )
    assert 1 == run(site, "build").returncode
    built = run(site, "build", "--allow-lost")
    assert (0, True) == (built.returncode, "warning: " in built.stderr)
    for name in ("output/item/index.html", "content/pages/articles/item.md"):
        text = (site / name).read_text()
        assert "Zanzibar" in text
        assert "o longer anchored" in text
    listed = run(site, "annotations", "list").stdout
    assert "lost" in listed


def test_a_damaged_lock_file_is_told(site: Path) -> None:
    """A lock file that cannot be read stops the item, and says what to do."""
    project = project_in(site)
    write_pages(project, read_archive(project))
    lock = site / "content/annotations/item.lock.yaml"
    for text in ("version: 1\ncomments: |\n  nonsense\n", "<<<<<<< ours\n", "version: 2\n"):
        lock.write_text(text)
        problems = read_archive(project).problems
        assert ["content/annotations/item.lock.yaml"] == [problem.path for problem in problems]


def test_the_lock_file_tells_nothing_of_what_is_withheld() -> None:
    """Its digests are of the published text alone."""
    project = project_in(Path(__file__).parents[1])
    archive = read_archive(project)
    text = (project.annotations / f"{SAMPLE}.lock.yaml").read_bytes()
    assert () == tuple(Gate(archive.secrets, archive.digests).search(text, "lock"))
    for secret in archive.secrets:
        for form in (secret.words, secret.words.lower()):
            assert hashlib.sha256(form.encode()).hexdigest()[:16].encode() not in text
