"""Make throw-away sites out of this project, and run its tasks in them as a person would."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pelican.plugins.annotated_archive.intake import take_in
from pelican.plugins.annotated_archive.project import Project

ROOT = Path(__file__).parents[1]
SAMPLE = "state-department-to-twitter"
CAPTURE = ROOT / "content" / "captures" / SAMPLE / "capture.txt"


def copy_site(folder: Path, *, empty: bool = False) -> Path:
    """Copy content, theme and settings into *folder*; without any item if *empty*."""
    for name in ("pelicanconf.py", "publishconf.py", "tasks.py"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "theme", folder / "theme")
    shutil.copytree(ROOT / "content", folder / "content")
    if empty:
        for name in ("captures", "annotations", "pages/articles"):
            shutil.rmtree(folder / "content" / name)
        for name in ("editors.yaml", "glossary.yaml"):
            (folder / "content" / name).unlink(missing_ok=True)
    return folder


def project_in(folder: Path) -> Project:
    """Return the project of a copied site."""
    content = folder / "content"
    return Project(
        folder,
        folder / "pelicanconf.py",
        content / "captures",
        content / "annotations",
        content / "pages" / "articles",
        folder / "output",
        editors=content / "editors.yaml",
        glossary=content / "glossary.yaml",
    )


def add_item(folder: Path, slug: str, text: str | bytes, time_zone: str = "UTC") -> None:
    """Take a captured text into the site as the item *slug*."""
    path = folder / f"{slug}.txt"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    take_in(project_in(folder), [path], slug=slug, time_zone=time_zone)
    path.unlink()


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run an invoke task in *folder*."""
    return subprocess.run(
        [sys.executable, "-m", "invoke", *words],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def unavailable(reason: str) -> None:
    """Skip for *reason*; where a browser is required, fail for it."""
    if os.environ.get("ARCHIVE_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file below *folder* with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
