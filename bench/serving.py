"""Measure how soon an edited item is shown while a site is served, and how long the build after it takes.

Run it as ``python bench/serving.py [NUMBER OF ITEMS, OR giant ...]``. An item has 20 comments, the giant
20,000. The watching of files and the browser are not in the figures: a save is told within some 50 ms.
"""

import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus import SIZES, Size, write_corpus
from pelican.plugins.annotated_archive.build import build
from pelican.plugins.annotated_archive.item_cache import without_collection
from pelican.plugins.annotated_archive.memory import Memory
from pelican.plugins.annotated_archive.pelican_glue.site_settings import open_project
from pelican.plugins.annotated_archive.preview.first import show_first, slug_of
from sides import edit, middle_item
from sides import slug_of as name_of

EDITS = 5


def measure(folder: Path, size: Size) -> tuple[float, list[float], float]:
    """Return the seconds of the first build, of each edit until it is shown, and of the build after."""
    write_corpus(folder, size)
    settings, memory = folder / "pelicanconf.py", Memory()
    start = time.perf_counter()
    build(settings, memory=memory)
    first = time.perf_counter() - start
    if memory.gate:
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
    for name in sys.argv[1:] or ["100", "1000", "giant"]:
        size = SIZES.get(name) or replace(SIZES["L"], items=int(name))
        with TemporaryDirectory() as folder:
            first, shown, after = measure(Path(folder), size)
            print(
                f"{name}: first build {first:.1f} s; shown after {statistics.median(shown):.3f} s"
                f" (the first edit after {shown[0]:.3f}); the build after it {after:.1f} s",
                flush=True,
            )


if __name__ == "__main__":
    main()
