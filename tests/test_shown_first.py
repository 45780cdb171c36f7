"""While a site is served, an edited item is shown at once as the build will show it, or not at all."""

import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pelican.plugins.annotated_archive import file_states
from pelican.plugins.annotated_archive.anchor_lock import Pin
from pelican.plugins.annotated_archive.build import build
from pelican.plugins.annotated_archive.errors import Problem, Problems
from pelican.plugins.annotated_archive.items import read_document
from pelican.plugins.annotated_archive.leaks import Gate, Leak
from pelican.plugins.annotated_archive.memory import Interrupted, Memory
from pelican.plugins.annotated_archive.model import Document
from pelican.plugins.annotated_archive.pelican_glue.site_settings import open_project
from pelican.plugins.annotated_archive.preview.first import show_first, slug_of
from pelican.plugins.annotated_archive.project import Project

from edited_site import HIDDEN, NOTES, PAGED, Tree, differing, fresh, make_site, stood, tree
from site_edits import EDITS, Edit, added, item, notes, written

SETTINGS = "pelicanconf.py"
SHOWN: dict[str, Edit] = {
    "a note's body": EDITS["a note's body"],
    "a note more": added(
        "content/annotations/rain.yaml",
        "  - {id: more, kind: question, quote: night, body: Why?}\n",
    ),
    "other words": notes("rain", "quote: cistern", "quote: The cistern"),
    "a long note": written(
        "content/annotations/rain/long.md", "---\nkind: context\nquote: one night\n---\nLong.\n"
    ),
}
NOT_SHOWN: dict[str, Edit] = {
    "a note less": notes("rain", NOTES["rain"][NOTES["rain"].index("  - {id: slept") :], ""),
    "tags": notes("rain", "[weather]", "[weather, wet]"),
    "a redaction": EDITS["a redaction of an item"],
    "what is withheld elsewhere": notes("rain", "A tank", "Old Tom made it"),
    "a note on a commenter": added(
        "content/annotations/wind.yaml",
        "  - {id: z, kind: context, in: 'commenter: Agatha', body: B.}\n",
    ),
    "words that are not there": notes("rain", "quote: cistern", "quote: castle"),
    "a page of comments more": item("snow", "A", "B", "C", "D"),
    "a glossary": written("content/glossary.yaml", "entries: []\n"),
    "two items": lambda site: [EDITS["a note's body"](site), EDITS["a note more"](site)],
}  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site that was built once."""
    return make_site(tmp_path_factory.mktemp("first"))


@pytest.fixture
def site(kept: Path, tmp_path: Path) -> Path:
    """Return a copy of the site, to be edited."""
    return Path(shutil.copytree(kept, tmp_path / "site"))


def run(site: Path, memory: Memory) -> None:
    """Build the site as `serve` does, with what it remembers."""
    build(site / SETTINGS, PAGED, memory=memory)


def first(site: Path, memory: Memory, before: dict[str, tuple[int, int]]) -> bool:
    """Show what changed in the content since it stood so."""
    project = open_project(site / SETTINGS)
    now = stood(site / "content")
    changed = {name for name, _ in before.items() ^ now.items()}
    paths: Iterable[Path] = [site / "content" / name for name in changed]
    slug = slug_of(paths, project)
    project = replace(project, output=site / "output")
    return bool(slug) and show_first(project, memory, slug, site / ".first")


@pytest.mark.parametrize("name", SHOWN)
def test_it_is_shown_as_the_build_shows_it(
    site: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The item's pages are in place before the build, which leaves them, and searches no other item's."""
    memory = Memory()
    run(site, memory)
    before, old = stood(site / "content"), tree(site / "output")
    SHOWN[name](site)
    assert first(site, memory, before)
    shown = tree(site / "output")
    changed = differing(old, shown)
    assert changed
    assert all(one.startswith("rain/") and one.endswith(".html") for one in changed)
    searched: list[str] = []
    search = Gate.search

    def noted(gate: Gate, data: bytes, path: str) -> list[Leak]:
        searched.append(path)
        return search(gate, data, path)

    monkeypatch.setattr(Gate, "search", noted)
    run(site, memory)
    assert searched
    assert "snow/index.html" not in searched
    monkeypatch.undo()
    expected = fresh(site)
    assert [] == differing(expected, tree(site / "output"))
    assert all(shown[one] == expected[one] for one in changed)
    assert not (site / ".first").exists()


def test_of_many_pages_those_are_made_that_change(site: Path) -> None:
    """An edited note is shown on its page, and as it was when that is undone."""
    item("snow", *"ABCDEFGH")(site)
    memory = Memory()
    run(site, memory)
    text = (site / "output/snow/comments-2.html").read_text("utf-8")
    place = re.findall(r'id="(comment-[^"]*)"', text)[0]
    path = site / "content/annotations/snow.yaml"
    text = path.read_text("utf-8") + f"  - {{id: on, kind: question, in: {place}, body: Why?}}\n"
    path.write_text(text, "utf-8")
    run(site, memory)
    old = tree(site / "output")
    own, second = "snow/index.html", "snow/comments-2.html"
    assert "snow/comments-3.html" in old
    for said, now, page in (
        ("Why?", "Why not?", second),
        ("Where ships lie.", "A haven.", own),
        ("body: Why?", "body: How?", second),
    ):
        before = stood(site / "content")
        path.write_text(text.replace(said, now), "utf-8")
        assert first(site, memory, before)
        assert [page] == differing(old, tree(site / "output"))
    run(site, memory)
    assert [] == differing(fresh(site), tree(site / "output"))


def test_what_every_page_shows_is_shown_on_every_page(site: Path) -> None:
    """Where what an item is said to be changes, no page of it is left as it was."""
    item("snow", *"ABCDEFGH")(site)
    memory = Memory()
    run(site, memory)
    before, old = stood(site / "content"), tree(site / "output")
    added("content/annotations/snow.yaml", "item-type: newsArticle\n")(site)
    assert first(site, memory, before)
    names = ["snow/comments-2.html", "snow/comments-3.html", "snow/index.html"]
    assert names == differing(old, tree(site / "output"))
    run(site, memory)
    assert [] == differing(fresh(site), tree(site / "output"))


def test_a_newer_save_does_not_hinder_what_is_shown(site: Path) -> None:
    """What is shown first is short: only the build after it is left off for a newer edit."""
    memory = Memory()
    run(site, memory)
    before = stood(site / "content")
    EDITS["a note's body"](site)

    def pause() -> None:
        raise Interrupted

    memory.pause = pause
    assert first(site, memory, before)


def test_pages_are_held_against_those_that_were_built(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that fails changes nothing of what an edit is held against."""
    memory = Memory()
    run(site, memory)
    pages = memory.pages
    EDITS["a note's body"](site)
    wrong = "pelican.plugins.annotated_archive.build.check_output"
    monkeypatch.setattr(wrong, lambda *_: (Problem("link", "leads nowhere"),))
    with pytest.raises(Problems):
        run(site, memory)
    assert pages is memory.pages


def test_captures_are_read_again_only_when_they_change(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an item's captures say is remembered while it is edited; another capture is read."""
    monkeypatch.setattr(file_states, "TICK", 0)
    memory = Memory()
    run(site, memory)
    read: list[str] = []

    def noted(project: Project, slug: str, pins: Sequence[Pin]) -> Document:
        read.append(slug)
        return read_document(project, slug, pins)

    monkeypatch.setattr("pelican.plugins.annotated_archive.memory.read_document", noted)
    for turn in range(3):
        before = stood(site / "content")
        notes("rain", "body: A", f"body: A{turn}")(site)
        assert first(site, memory, before)
    assert ["rain"] == read
    before = stood(site / "content")
    item("rain", HIDDEN, "Beate", "Cy")(site)
    first(site, memory, before)
    assert ["rain", "rain"] == read


@pytest.mark.parametrize("name", NOT_SHOWN)
def test_what_needs_the_whole_build_waits_for_it(site: Path, name: str) -> None:
    """Where other pages, or what is withheld, may be concerned, nothing is shown before the build."""
    memory = Memory()
    run(site, memory)
    before, old = stood(site / "content"), tree(site / "output")
    NOT_SHOWN[name](site)
    assert not first(site, memory, before)
    assert [] == differing(old, tree(site / "output"))
    assert not (site / ".first").exists()


def test_nothing_is_shown_before_the_first_build(site: Path) -> None:
    """Without a build before, there is nothing to show it with."""
    before = stood(site / "content")
    EDITS["a note's body"](site)
    assert not first(site, Memory(), before)


def test_what_is_remembered_changes_no_byte(site: Path) -> None:
    """One edit after the other, built with one memory, comes to the same as a site built anew."""
    memory = Memory()
    run(site, memory)
    for name, edit in EDITS.items():
        try:
            edit(site)
        except (AssertionError, OSError):
            continue  # an earlier edit took away what this one changes
        expected, found = outcome(lambda: fresh(site)), outcome(lambda: run(site, memory))
        if isinstance(expected, str):
            assert expected == found, name
            return
        assert [] == differing(expected, tree(site / "output")), name


def outcome(make: Callable[[], Tree | None]) -> Tree | str | None:
    """Return what is made, or the problems that hinder it."""
    try:
        return make()
    except Problems as found:
        return str(found)


@pytest.mark.parametrize("page", [1, 5, 20])
def test_a_build_that_is_left_off_leaves_the_site(site: Path, page: int) -> None:
    """A newer edit ends a build between two pages; the next build shows both."""
    memory = Memory()
    run(site, memory)
    old = tree(site / "output")
    EDITS["a note's body"](site)
    count = 0

    def pause() -> None:
        nonlocal count
        count += 1
        if count == page:
            raise Interrupted

    memory.pause = pause
    with pytest.raises(Interrupted):
        run(site, memory)
    assert [] == differing(old, tree(site / "output"))
    EDITS["a note more"](site)
    run(site, memory)
    assert [] == differing(fresh(site), tree(site / "output"))
