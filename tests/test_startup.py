"""A task imports what it needs and no more: most of what a small task takes is imports."""

import subprocess
import sys
from pathlib import Path

import pytest

from sites import add_item, copy_site, run

NAME = "pelican.plugins.annotated_archive."
LIBRARIES = {
    *("babel", "brotli", "charset_normalizer", "distributed", "ghp_import", "jsonschema", "lxml"),
    *("markdown_it", "mdit_py_plugins", "rapidfuzz", "trafilatura"),
}
"""What Pelican does not import itself, and a check of sound items does without."""
SITE = {
    *(
        "build",
        "comment_views",
        "exports",
        "near_misses",
        "note_index",
        "note_views",
        "output_check",
    ),
    *("preview", "publishing", "search", "serve", "text_views", "views", "ways"),
    *("pelican_glue.context", "pelican_glue.generator", "pelican_glue.readers"),
    *("pelican_glue.running", "pelican_glue.writer"),
}
"""What makes the site."""
FORMATS = {"containers", "exported", "html.read"}
READING = {"anchoring", "captures", "editing", "furniture", "plain_text.moments"}
"""What reads captures, and finds the words of annotations."""
PAGES = {"leaks", "page_parts", "pages", "pipeline"}
RUNNER = """
import sys
from invoke.main import program
program.run(["invoke", *sys.argv[1:]], exit=False)
print("\\nmodules", *sys.modules)
"""
PAGE = """Rain at last

June 3, 2010

The harbour master said that the rain came at last, and that it filled the old cistern in one night.

1 Comment

  1. Bo Quill

    The cistern was dug in 1890.

    June 3, 2010 at 5:04 pm |
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Make a site of one item, whose page is current."""
    copy_site(tmp_path, empty=True)
    add_item(tmp_path, "rain", PAGE)
    assert 0 == run(tmp_path, "pages").returncode
    return tmp_path


def imported(site: Path, *words: str) -> set[str]:
    """Return the modules that a task imports: this program's by their names, and libraries."""
    done = subprocess.run(
        [sys.executable, "-c", RUNNER, *words],
        cwd=site,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    modules = done.stdout.rpartition("\nmodules ")[2].split()
    own = {name.removeprefix(NAME) for name in modules if name.startswith(NAME)}
    return own | {name for name in modules if "." not in name}


def test_the_list_of_tasks_imports_no_task(site: Path) -> None:
    """`invoke --list` imports nothing of what the tasks do."""
    found = imported(site, "--list")
    assert {"cli", "tasks"} <= found
    assert set() == found & {*LIBRARIES, *SITE, *FORMATS, *READING, *PAGES, "items", "model"}


def test_a_check_imports_what_a_check_needs(site: Path) -> None:
    """Where nothing has changed, no capture is read, and what reads captures is not imported."""
    found = imported(site, "check", "--quiet")
    assert PAGES <= found
    assert set() == found & (LIBRARIES | SITE | FORMATS | READING)


def test_an_item_that_changed_is_read_by_its_format_alone(site: Path) -> None:
    """What is not kept is read, and other formats than its own are not imported."""
    with (site / "content/annotations/rain.yaml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    found = imported(site, "check", "--quiet")
    assert READING <= found
    assert set() == found & (LIBRARIES | SITE | FORMATS)


def test_annotating_imports_what_an_entry_needs(site: Path) -> None:
    """The first entry since the last build needs no capture; no entry needs pages."""
    words = ("annotate", "rain", "--quote", "old cistern", "--body", "It leaks.", "--quiet")
    first, second = imported(site, *words), imported(site, *words, "--id", "another")
    assert set() == first & (LIBRARIES | SITE | FORMATS | READING | PAGES)
    assert READING <= second
    assert set() == second & (LIBRARIES | SITE | FORMATS | PAGES)
