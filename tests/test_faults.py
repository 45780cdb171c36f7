"""A person's mistake is told clearly, by file and line, and loses nothing."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from pelican.plugins.annotated_archive.build import build
from pelican.plugins.annotated_archive.errors import ArchiveError, Problem, Problems
from pelican.plugins.annotated_archive.pipeline import read_archive, write_pages

from sites import SAMPLE, add_item, copy_site, files_of, project_in, run

Fault = Callable[[Path], object]
CAPTURE = f"content/captures/{SAMPLE}"
YAML = f"{CAPTURE}/capture.yaml"
EDITOR = f"content/annotations/{SAMPLE}.yaml"
REDACTION = "redactions:\n- id: r-1\n  withhold: term\n  term: Kaelinda\n"


def write(name: str, text: str | bytes) -> Fault:
    data = text.encode() if isinstance(text, str) else text
    return lambda site: (site / name).write_bytes(data)


def change(name: str, old: str, new: str) -> Fault:
    def fault(site: Path) -> None:
        text = (site / name).read_text()
        assert old in text
        (site / name).write_text(text.replace(old, new))

    return fault


FAULTS: dict[str, tuple[str, str, Fault]] = {
    "a capture changed": ("fixity", "capture.txt", change(f"{CAPTURE}/capture.txt", "Iran", "Iraq")),
    "a capture removed": ("unreadable", "capture.txt", lambda s: (s / CAPTURE / "capture.txt").unlink()),
    "a record removed": ("no-provenance", SAMPLE, lambda s: (s / YAML).unlink()),
    "a record that is not YAML": ("yaml", "capture.yaml:1", write(YAML, "a: b: c\n")),
    "a record that is empty": ("schema", "capture.yaml:1", write(YAML, "")),
    "a record that is a list": ("schema", "capture.yaml:1", write(YAML, "- a\n")),
    "a record in another encoding": ("yaml", "capture.yaml:1", write(YAML, "source: é\n".encode("cp1252"))),
    "an unknown zone": ("time-zone", "capture.yaml:3", change(YAML, "America/New_York", "America/Old_York")),
    "an unknown format": ("unknown-format", "capture.txt", change(YAML, "format: text", "format: tekst")),
    "a digest cut short": ("schema", "capture.yaml:", change(YAML, "sha256: 9b2f", "sha256: 9b2")),
    "a key mistyped": ("schema", "capture.yaml:2", change(YAML, "source:", "sorce:")),
    "a key twice": ("yaml", "capture.yaml:3", change(YAML, "source: null", "source: null\nsource: null")),
    "a file twice": ("capture-name", "capture.yaml:", change(YAML, "files:", "files:\n  - {name: capture.txt, format: text, sha256: " + "9" * 64 + "}")),
    "a path in a name": ("schema", "capture.yaml:", change(YAML, "name: capture.txt", "name: ../capture.txt")),
    "a file that no record lists": ("unlisted", "more.txt", write(f"{CAPTURE}/more.txt", "x")),
    "a file beside the items": ("stray-capture", "loose.txt", write("content/captures/loose.txt", "x")),
    "annotations of no item": ("stray-annotations", "other.yaml", write("content/annotations/other.yaml", "tags: []")),
    "annotations that are not YAML": ("yaml", f"{SAMPLE}.yaml:1", write(EDITOR, "tags: [a\n")),
    "a tag that is true": ("schema", f"{SAMPLE}.yaml:1", write(EDITOR, "tags: [true]\n")),
    "tags that are text": ("schema", f"{SAMPLE}.yaml:1", write(EDITOR, "tags: Iran\n")),
    "an anchor": ("yaml", f"{SAMPLE}.yaml:1", write(EDITOR, "tags: &t [a]\n")),
    "two documents": ("yaml", f"{SAMPLE}.yaml:2", write(EDITOR, "tags: []\n---\ntags: []\n")),
    "a tab": ("yaml", f"{SAMPLE}.yaml:", write(EDITOR, "tags:\n\t- a\n")),
    "a redaction of nothing": ("redaction", f"{SAMPLE}.yaml:2", write(EDITOR, "redactions:\n- id: r-1\n  withhold: quote\n  in: article\n  quote: not there\n")),
    "a redaction without words": ("redaction", f"{SAMPLE}.yaml:2", write(EDITOR, "redactions:\n- id: r-1\n  withhold: term\n")),
    "a redaction twice": ("redaction", f"{SAMPLE}.yaml:", write(EDITOR, REDACTION + REDACTION.partition("\n")[2])),
    "a redaction of no comment": ("redaction", f"{SAMPLE}.yaml:2", write(EDITOR, "redactions:\n- id: r-1\n  withhold: author\n  in: comment-1\n")),
    "a redaction that tells": ("telltale", f"{SAMPLE}.yaml:2", write(EDITOR, REDACTION.replace("r-1", "kaelinda"))),
    "a kind of redaction mistyped": ("schema", f"{SAMPLE}.yaml:3", write(EDITOR, "redactions:\n- id: r-1\n  withhold: autor\n")),
    "a slug that does not carry": ("slug", "Upper Case", lambda s: (s / CAPTURE).rename(s / "content/captures/Upper Case")),
    "a reserved slug": ("slug", "tag", lambda s: (s / CAPTURE).rename(s / "content/captures/tag")),
    "archive-wide redactions that are not YAML": ("yaml", "redactions.yaml:1", write("content/redactions.yaml", "[")),
}  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = copy_site(tmp_path)
    add_item(folder, "sound", "A sound item\n\nJune 3, 2010\n\nText.\n")
    project = project_in(folder)
    write_pages(project, read_archive(project))
    return folder


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_and_loses_nothing(site: Path, name: str) -> None:
    """Each mistake is one clear problem with its place, and no page of any item is lost."""
    code, place, fault = FAULTS[name]
    project = project_in(site)
    from dataclasses import replace

    project = replace(project, redactions=site / "content/redactions.yaml")
    fault(site)
    archive = read_archive(project)
    found = [problem for problem in archive.problems if problem.code == code]
    assert found, [str(problem) for problem in archive.problems]
    assert any(place in str(problem) for problem in found), [str(problem) for problem in found]
    assert all(problem.fault for problem in archive.problems)
    sound = "sound" in {edition.document.slug for edition in archive.editions}
    # Nothing is sound while nobody knows what the archive withholds.
    assert sound is not place.startswith("redactions.yaml")
    if "slug" not in name:
        write_pages(project, archive)
        assert (project.pages / f"{SAMPLE}.md").exists()


def test_every_fault_is_told_in_one_run(site: Path) -> None:
    """Three mistakes in three files are told by one run of the task, without a traceback."""
    for name in ("a tag that is true", "an unknown zone", "a file beside the items"):
        FAULTS[name][2](site)
    result = run(site, "build")
    assert 1 == result.returncode
    for code in ("schema", "time-zone", "stray-capture"):
        assert f"[archive.{code}]" in result.stderr
    assert "Traceback" not in result.stderr


def test_two_builds_at_once_are_refused(site: Path) -> None:
    """The second of two builds says that another is running."""
    with FileLock(site / ".annotated-archive.lock"):
        result = run(site, "build")
    assert (1, True) == (result.returncode, "archive.locked]" in result.stderr)
    assert 0 == run(site, "build").returncode


def test_settings_that_do_not_run_are_told(site: Path) -> None:
    """A mistake in pelicanconf.py is a clear error too."""
    (site / "pelicanconf.py").write_text("PATH = (\n")
    result = run(site, "build")
    assert (1, True) == (result.returncode, "archive.settings]" in result.stderr)
    assert "Traceback" not in result.stderr


def test_captures_within_pelicans_path_are_refused(site: Path) -> None:
    """Where Pelican publishes what it finds, captures must not lie."""
    with (site / "pelicanconf.py").open("a") as settings:
        settings.write('\nARCHIVE_CAPTURES = "content/pages/captures"\n')
    with pytest.raises(Problem, match="ARCHIVE_CAPTURES"):
        build(site / "pelicanconf.py")


def test_an_output_folder_with_other_things_is_kept(site: Path) -> None:
    """A build refuses to replace a repository, or a folder that holds the project."""
    (site / "output/.git").mkdir(parents=True)
    with pytest.raises(ArchiveError, match="git repository"):
        build(site / "pelicanconf.py")
    with pytest.raises(ArchiveError, match="holds the project"):
        build(site / "pelicanconf.py", {"OUTPUT_PATH": str(site)})


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user who is not root")
def test_a_read_only_folder_is_told(site: Path) -> None:
    """A page that cannot be written is an error with its file's name."""
    (site / "content/pages/articles").chmod(0o500)
    (site / EDITOR).write_text("tags: [new]\n")
    result = run(site, "pages")
    (site / "content/pages/articles").chmod(0o700)
    assert (1, True) == (result.returncode, "Permission denied" in result.stderr)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_leaves_the_old_page(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that fails leaves the file as it was, and nothing beside it."""
    project = project_in(site)
    before = files_of(project.pages)
    (site / EDITOR).write_text("tags: [new]\n")

    def full(handle: int) -> None:
        os.close(os.dup(handle))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_pages(project, read_archive(project))
    assert before == files_of(project.pages)


def test_a_build_that_was_killed_between_two_renames_recovers(site: Path) -> None:
    """Where the old site was moved aside and the new one not yet put there, it comes back."""
    assert 0 == run(site, "build").returncode
    before = files_of(site / "output")
    shutil.move(site / "output", site / ".output.old")
    (site / EDITOR).write_text("tagz: []\n")
    assert 1 == run(site, "build").returncode
    assert before == files_of(site / "output")
    (site / EDITOR).write_text("tags: []\nredactions: []\n")
    assert 0 == run(site, "build").returncode
    assert not (site / ".output.old").exists()
    assert set(before) <= set(files_of(site / "output")) | {
        path for path in before if path.startswith(("tag/", "notes/"))
    }


def test_problems_are_collected_once() -> None:
    """Many problems raise one error that holds them all."""
    problems = [Problem("a", "first"), Problem("b", "second", path="x", line=3, remedy="mend it")]
    text = str(Problems(problems))
    assert "first [archive.a]\nx:3: second; mend it [archive.b]" == text
