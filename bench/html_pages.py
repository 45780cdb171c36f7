"""Measure how many pages a second the HTML format reads, beside trafilatura's own extraction.

    python bench/html_pages.py [FOLDER ...]

Both read the same bytes, one after the other, in turn; the medians of all rounds are compared.
"""

import logging
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pelican.plugins.annotated_archive.captures.html import read_html
from trafilatura import extract

FOLDERS = ("tests/captures/html", "tests/captures/platforms")
ROUNDS = 7


def seconds(read: Callable[[bytes], object], pages: list[bytes]) -> list[float]:
    times = []
    for page in pages:
        start = time.process_time()
        read(page)
        times.append(time.process_time() - start)
    return times


def main() -> None:
    logging.disable(logging.CRITICAL)
    folders = [Path(name) for name in sys.argv[1:] or FOLDERS]
    pages = [path.read_bytes() for folder in folders for path in sorted(folder.glob("*.html"))]
    ours: list[list[float]] = []
    theirs: list[list[float]] = []
    for _ in range(ROUNDS + 1):
        ours.append(seconds(read_html, pages))
        theirs.append(seconds(extract, pages))
    # the first round fills caches and loads what is loaded on demand
    for name, rounds in (("annotated_archive", ours[1:]), ("trafilatura", theirs[1:])):
        medians = [statistics.median(times) for times in zip(*rounds, strict=True)]
        print(
            f"{name:18} {len(pages) / sum(medians):7.1f} pages a second, "
            f"median {1000 * statistics.median(medians):.1f} ms, slowest {1000 * max(medians):.0f} ms, "
            f"first round {sum((ours if rounds == ours[1:] else theirs)[0]):.2f} s"
        )


if __name__ == "__main__":
    main()
