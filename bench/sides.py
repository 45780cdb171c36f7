"""Say what is measured beside what: a generator, its folder, and what is done to it before a run."""

import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from corpus import SEED, WITHHELD_EVERY, Size, write_item
from corpus_words import Language

OURS = "annotated-archive"
STEPS = ("cold", "nothing changed", "one edited", "one added")
EDIT = re.compile(r"(?: Edited \d+\.)?\n*\Z")


@dataclass(frozen=True, slots=True)
class Side:
    """Hold a generator that is ready to run: *command* in *folder*.

    A cold run begins without the paths in *made*. *edited* is the file that an editor changes, *add*
    what adds one item, where that is measured.
    """

    name: str
    version: str
    command: tuple[str, ...]
    folder: Path
    made: tuple[Path, ...]
    edited: Path
    add: Callable[[], object] | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """Say which generator is not measured, and why."""

    name: str
    reason: str


def middle_item(size: Size) -> int:
    """Return the number of the item that is edited: one of which nothing is withheld.

    >>> middle_item(Size(100, 80)), middle_item(Size(6, 80)), middle_item(Size(1, 20_000))
    (50, 2, 0)
    """
    number = size.items // 2
    return number - 1 if number % WITHHELD_EVERY == 3 else number


def slug_of(number: int) -> str:
    """Return the slug of an item of the corpus."""
    return f"item-{number:05}"


def our_side(folder: Path, size: Size) -> Side:
    """Return this project, on the archive that was laid into *folder*.

    The item that is added is no giant: it has 80 comments at most.
    """
    notes, pages = folder / "content" / "annotations", folder / "content" / "pages" / "articles"
    slug = slug_of(size.items)
    small = replace(size, comments=min(size.comments, 80), annotations=(5, 12))
    added = (
        folder / "content" / "captures" / slug,
        notes / f"{slug}.yaml",
        notes / f"{slug}.lock.yaml",
        pages / f"{slug}.md",
    )
    return Side(
        OURS,
        version("annotated-archive"),
        (sys.executable, "-m", "invoke", "build", "--quiet"),
        folder,
        (folder / ".annotated-archive.cache", folder / "output", *added),
        notes / f"{slug_of(middle_item(size))}.yaml",
        lambda: write_item(folder, Language(SEED), small, size.items),
    )


def make_ready(side: Side, step: str, turn: int) -> bool:
    """Do what comes before a run of a *step*; tell whether it is measured for this side at all."""
    if step == "cold":
        for path in side.made:
            remove(path)
    if step == "one edited":
        edit(side.edited, turn)
    if step == "one added":
        if side.add is None:
            return False
        side.add()
    return True


def edit(path: Path, turn: int) -> None:
    """Put a few words behind the last line of a file, in place of those of an earlier turn.

    That line belongs to an annotation, in the corpus's files as in the pages that are made of them.
    """
    path.write_text(EDIT.sub(f" Edited {turn}.\n", path.read_text("utf-8"), count=1), "utf-8")


def remove(path: Path) -> None:
    """Remove a file or a folder with all that is in it, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
