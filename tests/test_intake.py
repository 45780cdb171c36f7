"""Captures are taken in unchanged, once, or not at all."""

from pathlib import Path

import pytest
from pelican.plugins.annotated_archive.errors import ArchiveError, Problems
from pelican.plugins.annotated_archive.fixity import sha256
from pelican.plugins.annotated_archive.intake import take_in
from pelican.plugins.annotated_archive.pipeline import read_archive

from sites import CAPTURE, SAMPLE, add_item, copy_site, project_in, run


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site(tmp_path, empty=True)


def test_a_capture_is_kept_byte_for_byte(site: Path) -> None:
    """The file in the archive has the bytes that were given, and their digest."""
    take_in(project_in(site), [CAPTURE], slug="item", source="https://a.example/b?c=1&d=2")
    folder = site / "content/captures/item"
    assert CAPTURE.read_bytes() == (folder / "capture.txt").read_bytes()
    assert sha256(CAPTURE.read_bytes()) in (folder / "capture.yaml").read_text()
    (edition,) = read_archive(project_in(site)).editions
    assert ("https://a.example/b?c=1&d=2", "America/New_York") == (
        edition.document.source,
        edition.document.time_zone,
    )


def test_the_slug_comes_from_the_file_or_the_title(site: Path) -> None:
    """A telling file name makes the slug, else the title does."""
    generic = site / "page.txt"
    generic.write_bytes(CAPTURE.read_bytes())
    taken = take_in(project_in(site), [generic])
    assert "state-department-to-twitter-keep-iranian-tweets-coming" == taken.slug


def test_an_item_is_never_overwritten(site: Path) -> None:
    """A slug that exists is refused, and nothing is written."""
    add_item(site, "item", "A title\n\nText.\n")
    before = (site / "content/captures/item/capture.txt").read_bytes()
    with pytest.raises(Problems, match="exists"):
        take_in(project_in(site), [CAPTURE], slug="item")
    assert before == (site / "content/captures/item/capture.txt").read_bytes()


@pytest.mark.parametrize("slug", ["CON", "con", "tag", "a/b", "..", "A-b", "ä", "a" * 101, "a--b"])
def test_slugs_that_do_not_carry_are_refused(site: Path, slug: str) -> None:
    """A slug that some file system or the site itself cannot have is refused."""
    with pytest.raises(ArchiveError):
        take_in(project_in(site), [CAPTURE], slug=slug)
    assert not (site / "content/captures").exists()


def test_every_fault_is_told_at_once(site: Path) -> None:
    """Bad files and bad options are reported together, and nothing is written."""
    empty, mixed = site / "e.txt", site / "m.txt"
    empty.write_bytes(b"")
    mixed.write_bytes(b"caf\xc3\xa9 \xff")
    result = run(
        site,
        "capture",
        "e.txt",
        "m.txt",
        "nofile",
        "--time-zone",
        "Mars",
        "--slug",
        "con",
        "--source",
        "ftp://x",
        "--captured",
        "yesterday",
    )
    codes = ("empty", "undecodable", "unreadable", "time-zone", "slug", "option")
    assert [1, *[True] * 6] == [
        result.returncode,
        *(f"archive.{c}]" in result.stderr for c in codes),
    ]
    assert "Traceback" not in result.stderr
    assert not (site / "content/captures").exists()


def test_several_files_make_one_item(site: Path) -> None:
    """Pages of one thread are joined: each comment once, in the order met."""
    head = "A title\n\nText.\n\n3 Comments\n"
    one = head + "  1. Ann\n\n    First.\n\n    June 3, 2010 at 5:04 pm |\n"
    two = (
        head
        + "  1. Ann\n\n    First.\n\n    June 3, 2010 at 5:04 pm |\n  2. Bo\n\n    Second.\n\n    June 3, 2010 at 5:04 pm |\n"
    )
    (site / "1.txt").write_text(one)
    (site / "2.txt").write_text(two)
    result = run(site, "capture", "1.txt", "2.txt", "--slug", "thread", "--time-zone", "UTC")
    assert 0 == result.returncode, result.stderr
    (edition,) = read_archive(project_in(site)).editions
    ids = [(c.id, c.author) for c in edition.document.comments]
    assert [("comment-20100603-1704", "Ann"), ("comment-20100603-1704-2", "Bo")] == ids
    assert 1 == edition.document.responses.missing


def test_a_changed_capture_is_noticed(site: Path) -> None:
    """A digest that does not match stops the item, by name."""
    add_item(site, "item", "A title\n\nText.\n")
    (site / "content/captures/item/capture.txt").write_bytes(b"A title\n\nOther.\n")
    archive = read_archive(project_in(site))
    assert [("fixity", ())] == [(p.code, archive.editions) for p in archive.problems]


def test_no_file_goes_missing_unsaid(site: Path) -> None:
    """A file that belongs to no item, or that no record lists, is a problem."""
    add_item(site, "item", "A title\n\nText.\n")
    (site / "content/captures/loose.txt").write_text("x")
    (site / "content/captures/item/more.txt").write_text("x")
    (site / "content/annotations/other.yaml").write_text("tags: []")
    (site / "content/captures/bare").mkdir()
    codes = {problem.code for problem in read_archive(project_in(site)).problems}
    assert {"stray-capture", "unlisted", "stray-annotations", "no-provenance"} == codes


def test_the_sample_is_the_capture_it_says(tmp_path: Path) -> None:
    """The sample in the project is the capture of record."""
    digest = "9b2f914e72e20981c4d79ef8823e7a6123aa4be6203076669114ff66e81350e7"
    assert digest == sha256(CAPTURE.read_bytes())
    assert SAMPLE in {
        e.document.slug for e in read_archive(project_in(CAPTURE.parents[3])).editions
    }
