"""Markdown pages are deterministic, owned by the tool, and hold captured text as text."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pelican.plugins.annotated_archive.document import identify
from pelican.plugins.annotated_archive.errors import Problems
from pelican.plugins.annotated_archive.merge import MergedComment
from pelican.plugins.annotated_archive.model import CapturedComment, Stamp
from pelican.plugins.annotated_archive.pages import harmless, is_ours
from pelican.plugins.annotated_archive.pipeline import read_archive, write_pages

from capture_fixtures import golden, varied
from sites import SAMPLE, add_item, copy_site, project_in, run

HOSTILE = """<script>alert(1)</script> {static}x | "q" & ---

Status: draft

save_as: ../x

2 Comments

  1. </span><b>Ann{% raw %}

    [x]: http://evil.example
    *[word]: abbreviation

    [^1]: note

    June 3, 2010 at 5:04 pm |
  2. Bo\x07\u202e

    <!-- open

    June 3, 2010 at 5:05 pm |
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site(tmp_path, empty=True)


def page(site: Path, slug: str) -> Path:
    return site / "content/pages/articles" / f"{slug}.md"


def test_pages_writes_only_what_changed(site: Path) -> None:
    """A second run writes nothing, and leaves the file's time of change."""
    add_item(site, "item", "A title\n\nText.\n")
    project = project_in(site)
    assert ("item",) == write_pages(project, read_archive(project)).written
    before = page(site, "item").stat().st_mtime_ns
    assert () == write_pages(project, read_archive(project)).written
    assert before == page(site, "item").stat().st_mtime_ns


def test_a_page_without_source_is_deleted(site: Path) -> None:
    """What lost its source goes, and what was written by hand stays."""
    add_item(site, "item", "A title\n\nText.\n")
    project = project_in(site)
    write_pages(project, read_archive(project))
    page(site, "mine").write_text("---\nTitle: mine\nDate: 2020-01-01\n---\n\nBy hand.\n")
    for path in (site / "content/captures/item").iterdir():
        path.unlink()
    (site / "content/captures/item").rmdir()
    (site / "content/annotations/item.yaml").unlink()
    assert ("item",) == write_pages(project, read_archive(project)).deleted
    assert (False, True) == (page(site, "item").exists(), page(site, "mine").exists())


@pytest.mark.parametrize("change", ["\nmore\n", None])
def test_an_edited_page_is_kept_and_reported(site: Path, change: str | None) -> None:
    """A page that a person changed, body or front matter, is neither overwritten nor deleted."""
    add_item(site, "item", "A title\n\nText.\n")
    project = project_in(site)
    write_pages(project, read_archive(project))
    text = page(site, "item").read_text()
    edited = text + change if change else text.replace("Title: A title", "Title: Mine")
    page(site, "item").write_text(edited)
    with pytest.raises(Problems, match=r"content/annotations/item\.yaml"):
        write_pages(project, read_archive(project))
    assert edited == page(site, "item").read_text()


def test_an_item_in_trouble_keeps_its_page(site: Path) -> None:
    """An item that cannot be read is reported, and its page is not deleted."""
    add_item(site, "item", "A title\n\nText.\n")
    project = project_in(site)
    write_pages(project, read_archive(project))
    (site / "content/captures/item/capture.txt").write_bytes(b"changed")
    archive = read_archive(project)
    assert () == write_pages(project, archive).deleted
    assert page(site, "item").exists()


def test_pages_check_says_what_is_stale(site: Path) -> None:
    """`pages --check` writes nothing and fails where a page is not current."""
    add_item(site, "item", "A title\n\nText.\n")
    result = run(site, "pages", "--check")
    assert (1, False) == (result.returncode, page(site, "item").exists())
    assert 0 == run(site, "pages").returncode
    assert 0 == run(site, "pages", "--check").returncode


def test_captured_text_never_becomes_front_matter(site: Path) -> None:
    """Titles and first lines that look like settings stay words."""
    add_item(site, "item", HOSTILE)
    project = project_in(site)
    write_pages(project, read_archive(project))
    front = page(site, "item").read_text().split("---\n")[1].splitlines()
    keys = [line.partition(":")[0] for line in front if not line.startswith(" ")]
    known = "Title Date Slug Authors Category Tags Summary Archive-Item Archive-Note Archive-Digest"
    assert set(keys) <= set(known.split())
    assert not set('<>&"') & set(front[0])


def test_the_committed_pages_are_current() -> None:
    """What is kept in git is what the captures and annotations give."""
    root = Path(__file__).parents[1]
    archive = read_archive(project_in(root))
    assert () == archive.problems
    changes = write_pages(project_in(root), archive, check=True)
    assert ((), ()) == (changes.written, changes.deleted)
    assert is_ours(page(root, SAMPLE).read_text("utf-8"))


def test_fixtures_give_the_same_page_twice(site: Path) -> None:
    """The same capture gives the same bytes, and nothing of the machine is in them."""
    for fixture in [*golden(), *varied()][::5]:
        add_item(site, f"item-{fixture.name}".lower(), fixture.data, fixture.time_zone)
    project = project_in(site)
    write_pages(project, read_archive(project))
    first = {path.name: path.read_bytes() for path in project.pages.glob("*.md")}
    for path in project.pages.glob("*.md"):
        path.unlink()
    write_pages(project, read_archive(project))
    assert first == {path.name: path.read_bytes() for path in project.pages.glob("*.md")}


@settings(max_examples=200)
@given(st.lists(st.sampled_from([None, "2009-06-17 07:49", "2009-06-17 07:50"]), max_size=12))
def test_comment_ids_are_unique(times: list[str | None]) -> None:
    """However many comments share a minute, or have none, no two share an id."""
    comments = [
        CapturedComment("a", "t", Stamp(t, datetime.fromisoformat(t)) if t else None) for t in times
    ]
    ids = [
        comment.id
        for comment in identify([MergedComment(c, ()) for c in comments], ZoneInfo("UTC"))
    ]
    assert len(ids) == len(set(ids))


@given(st.text())
def test_harmless_values_hold_no_sign_that_a_theme_acts_on(text: str) -> None:
    """A value in front matter has no angle bracket, ampersand, quote or line end."""
    assert not set('<>&"\n') & set(harmless(text))


def test_pages_stay_where_all_captures_are_away(site: Path) -> None:
    """A private folder of captures that is not there deletes no page."""
    add_item(site, "item", "A title\n\nText.\n")
    project = project_in(site)
    write_pages(project, read_archive(project))
    (site / "content/annotations/item.yaml").unlink()
    (site / "content/captures").rename(site / "away")
    with pytest.raises(Problems, match="no-captures"):
        write_pages(project, read_archive(project))
    assert page(site, "item").exists()


def test_captures_may_lie_outside_the_project(site: Path, tmp_path: Path) -> None:
    """A private folder serves as well, and an item in trouble there keeps its page."""
    add_item(site, "item", "A title\n\nText.\n")
    private = tmp_path.parent / f"{tmp_path.name}-private"
    (site / "content/captures").rename(private)
    with (site / "pelicanconf.py").open("a") as settings_file:
        settings_file.write(f"\nARCHIVE_CAPTURES = {str(private)!r}\n")
    assert 0 == run(site, "build").returncode
    (private / "item/capture.txt").write_bytes(b"changed")
    (site / "content/annotations/item.yaml").unlink()
    assert 1 == run(site, "pages").returncode
    assert page(site, "item").exists()
