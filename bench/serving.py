"""Measure how soon an edited item is shown while a site is served, and how long the build after it takes.

Run it as ``python bench/serving.py [NUMBER OF ITEMS ...]``. An item has 20 comments. The watching of
files and the browser are not in the figures: a save is told within some 50 ms.
"""

import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus import SIZES, write_corpus
from pelican.plugins.annotated_archive.build import build
from pelican.plugins.annotated_archive.item_cache import without_collection
from pelican.plugins.annotated_archive.memory import Memory
from pelican.plugins.annotated_archive.pelican_glue.site_settings import open_project
from pelican.plugins.annotated_archive.preview.first import show_first, slug_of
from sides import edit, middle_item
from sides import slug_of as name_of

EDITS = 5


def measure(folder: Path, items: int) -> tuple[float, list[float], float]:
    """Return the seconds of the first build, of each edit until it is shown, and of the build after."""
    size = replace(SIZES["L"], items=items)
    write_corpus(folder, size)
    settings, memory = folder / "pelicanconf.py", Memory()
    start = time.perf_counter()
    build(settings, memory=memory)
    first = time.perf_counter() - start
    assert memory.gate
    memory.gate.make_ready()  # as `serve` does, once it has told of the build
    project = open_project(settings)
    notes = project.annotations / f"{name_of(middle_item(size))}.yaml"
    shown = []
    for turn in range(EDITS):
        edit(notes, turn)
        start = time.perf_counter()
        with without_collection():
            done = show_first(project, memory, slug_of([notes], project), folder / ".first")
        shown.append(time.perf_counter() - start)
        assert done, "the edit was not shown before the build"
    start = time.perf_counter()
    build(settings, memory=memory)
    return first, shown, time.perf_counter() - start


def main() -> None:
    """Print a line for each number of items."""
    for items in map(int, sys.argv[1:] or ["100", "1000"]):
        with TemporaryDirectory() as folder:
            first, shown, after = measure(Path(folder), items)
            print(
                f"{items:,} items: first build {first:.1f} s; shown after {statistics.median(shown):.3f} s"
                f" (the first edit after {shown[0]:.3f}); the build after it {after:.1f} s",
                flush=True,
            )


if __name__ == "__main__":
    main()
