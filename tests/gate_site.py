"""Make the site that the gates look at: every kind of page, and an item of 1,200 comments."""

import shutil
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from noted_site import lay_noted_site
from sites import SAMPLE, add_item, run

LONG = "the-long-thread"
COMMENTS = 1200
START = datetime(2011, 3, 14, 9, 26)
NAMES = ("Ana", "Bo Quill", "Čeněk", "D'Arcy <b>", "Eve Hart", "Fatima", "גיל", "Hồ An")
WORDS = (
    *("the", "bridge", "was", "closed", "in", "winter", "when", "ice", "came", "down", "and"),
    *("ferry", "could", "not", "cross", "so", "people", "walked", "over", "by", "lantern"),
)
HEAD = """The long thread

March 14, 2011 9:00 am

By Ann Lee

The bridge over the river was closed for the winter.

The ferry does not cross when there is ice, says the ferryman.

{count} Comments

"""
COMMENT = """  {number}. {name}

    {body}

    {month} {day}, {year} at {clock} |
"""


def long_thread(count: int = COMMENTS) -> str:
    """Return a captured page of so many comments, some of which answer an earlier one."""
    return HEAD.format(count=f"{count:,}") + "".join(map(_comment, range(1, count + 1)))


def _comment(number: int) -> str:
    when = START + timedelta(minutes=37 * number)
    words = [WORDS[(number * 7 + place * (1 + number % 5)) % len(WORDS)] for place in range(18)]
    answered = f"@{NAMES[(number - 1) % len(NAMES)]} " if number % 4 == 0 else ""
    return COMMENT.format(
        number=number,
        name=NAMES[number % len(NAMES)],
        body=answered + " ".join(words).capitalize() + ".",
        month=when.strftime("%B"),
        day=when.day,
        year=when.year,
        clock=when.strftime("%I:%M %p").lstrip("0").lower(),
    )


def lay_gate_site(folder: Path) -> None:
    """Write the content of the site into *folder*."""
    lay_noted_site(folder)
    add_item(folder, LONG, long_thread())


def build_gate_site(folder: Path, task: str = "build", **environment: str) -> Path:
    """Build the site that lies in *folder* by *task*; return its own copy of the output."""
    result = run(folder, task, "--allow-lost", **environment)
    assert 0 == result.returncode, result.stderr
    return Path(shutil.copytree(folder / "output", folder / f"{task}-output"))


@cache
def kinds(site: Path) -> tuple[str, ...]:
    """Return a page of each kind: all at the top of the site; of each folder its index and another.

    Items are alike: three of them stand for all.
    """
    found: dict[tuple[str, ...], str] = {}
    for path in sorted(site.rglob("*.html")):
        page = path.relative_to(site)
        folder, stem = page.parent.as_posix(), page.stem
        if (path.parent / "edition.json").is_file() and folder not in (SAMPLE, "flood", LONG):
            continue
        sort = stem if folder == "." or stem == "index" else stem.partition("-")[0]
        of_kind = sort in ("index", "by", "kind", "comments") or folder == "."
        found.setdefault((folder, sort if of_kind else ""), page.as_posix())
    return tuple(found.values())
