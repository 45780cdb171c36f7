"""While something is wrong, nothing that is or was withheld is written or shown."""

from pathlib import Path

import pytest
from pelican.plugins.annotated_archive.build import build

from sites import add_item, copy_site, run

NAME = "Wilhelmina Quarrington"
RAIN = f"""Rain

June 3, 2010 9:00 am

It rained.

1 Comment

  1. {NAME}

    It did.

    June 3, 2010 at 5:04 pm |
"""
SNOW = f"""Snow

June 4, 2010 9:00 am

It snowed, says {NAME}.
"""
WITHHELD = """
redactions:
  - {id: r-1, in: comment-20100603-1704, withhold: author, replacement: Name withheld, public-note: Withheld.}
"""
FAULTS = (
    "entries:\n  - {id: x, withold: term}\n",
    "redactions:\n  - {id: w-1, withhold: term, term: Wilhelmina Quarrington, replacement: N, public-note: W.}\n  - {id: w-2, withold: term}\n",
    "redactions:\n  - {id: w-1, withhold: term, term: Wilhelmina Quarrington\n",
)


def holders(folder: Path) -> list[str]:
    """Return the files of pages and previews that hold the name."""
    rooms = (folder / "content" / "pages", folder / "output", folder / ".preview")
    files = (path for room in rooms if room.exists() for path in room.rglob("*") if path.is_file())
    return [str(path) for path in files if b"Quarrington" in path.read_bytes()]


@pytest.mark.slow
@pytest.mark.parametrize("text", FAULTS)
@pytest.mark.parametrize("task", ["pages", "build"])
def test_a_fault_among_the_archives_redactions_writes_nothing(
    tmp_path: Path, text: str, task: str
) -> None:
    """A half-written redactions.yaml switches no redaction off: no page is written or shown."""
    folder = copy_site(tmp_path, empty=True)
    add_item(folder, "rain", RAIN)
    (folder / "content/redactions.yaml").write_text(text, "utf-8")
    result = run(folder, task)
    assert 1 == result.returncode
    assert "content/redactions.yaml" in result.stderr
    assert [] == holders(folder)
    build(folder / "pelicanconf.py", {"OUTPUT_PATH": str(folder / ".preview")}, tolerant=True)
    assert [] == holders(folder)


@pytest.mark.slow
@pytest.mark.parametrize(
    "more",
    [
        "annotations:\n  - {id: a-1, kind: gloss, quote: not there, body: b}\n",
        "annotations:\n  - {id: a-1, kind: gloss, qoute: It}\n",
        "annotations: [\n",
    ],
)
def test_what_an_unsound_item_withholds_is_sought_in_the_others(tmp_path: Path, more: str) -> None:
    """A mistake in one item does not let another's page out that says what the first withholds."""
    folder = copy_site(tmp_path, empty=True)
    add_item(folder, "rain", RAIN)
    path = folder / "content/annotations/rain.yaml"
    path.write_text(WITHHELD, "utf-8")
    assert 0 == run(folder, "pages").returncode
    add_item(folder, "snow", SNOW)
    path.write_text(WITHHELD + more, "utf-8")
    result = run(folder, "pages")
    assert 1 == result.returncode
    assert [] == holders(folder)
    assert not (folder / "content/pages/articles/snow.md").exists()
    assert NAME not in result.stderr
    build(folder / "pelicanconf.py", {"OUTPUT_PATH": str(folder / ".preview")}, tolerant=True)
    assert [] == holders(folder)
