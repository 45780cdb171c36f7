"""Measure how long a browser takes over an item of many comments, opened from a disk.

Usage: python bench/long_thread.py [COMMENTS]

It builds a site with one item of 20,000 comments, unless it is told otherwise, and opens in headless
Chromium: the item's own page, a further page of comments, and the permanent address of the last
comment, which leads from the first to the second. Each is opened five times; medians are printed.
"""

import random
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from sites import add_item, copy_site, run

WORDS = "the of and rain flood cistern harbour town said that night water bridge road wall"
READY = """() => {
  const [one] = performance.getEntriesByType("navigation");
  return [one.domInteractive, one.loadEventEnd];
}"""


def capture(comments: int) -> str:
    """Return a page as copied text, with so many comments of 10 to 120 words."""
    chance = random.Random(7)
    when = datetime(2010, 6, 3, 17, 4)
    lines = ["The flood", "", "June 3, 2010 9:00 am", "", "By Ann Lee", ""]
    for _ in range(6):
        lines += [" ".join(chance.choices(WORDS.split(), k=80)).capitalize() + ".", ""]
    lines += [f"{comments} Comments", ""]
    for number in range(1, comments + 1):
        when += timedelta(minutes=chance.randint(1, 30))
        words = " ".join(chance.choices(WORDS.split(), k=chance.randint(10, 120)))
        stamp = f"{when:%B} {when.day}, {when.year} at {when:%I:%M %p}"
        lines += [f"{number}. Reader {chance.randint(1, 3000)}", "", f"{words}.", "", f"{stamp} |"]
    return "\n".join(lines) + "\n"


def opened(page: Any, address: str, until: str = "") -> tuple[float, float]:
    """Return milliseconds to an interactive page, and until all of it is there."""
    page.goto("about:blank")
    start = time.perf_counter()
    page.goto(address, wait_until="load")
    if until:
        page.wait_for_url(until, wait_until="load")
    wall = (time.perf_counter() - start) * 1000
    interactive, _ = page.evaluate(READY)
    return interactive, wall


def main() -> None:
    """Build, open, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = copy_site(Path(name), empty=True)
        add_item(folder, "flood", capture(count))
        began = time.perf_counter()
        result = run(folder, "build")
        if result.returncode:
            sys.exit(result.stderr)
        print(f"{count:,} comments, built in {time.perf_counter() - began:.1f} s")
        item = folder / "output" / "flood"
        last = max(item.glob("comments-*.html"), key=lambda one: int(one.stem.partition("-")[2]))
        for path in (item / "index.html", last):
            print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", chromium_sandbox=False
        )
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(last.as_uri())
        place = page.evaluate("[...document.querySelectorAll('.comment')].at(-1).id")
        ways = (
            ("the item's page", (item / "index.html").as_uri(), ""),
            ("a further page", last.as_uri(), ""),
            (
                "a permanent address",
                f"{(item / 'index.html').as_uri()}#{place}",
                f"**/{last.name}*",
            ),
        )
        for words, address, until in ways:
            found = [opened(page, address, until) for _ in range(5)]
            interactive, wall = (median(column) for column in zip(*found, strict=True))
            print(f"{words}: interactive after {interactive:.0f} ms, all there after {wall:.0f} ms")
        page.goto((item / "index.html").as_uri())
        for order in ("newest", "author", "captured"):
            start = time.perf_counter()
            page.select_option("#order", order)
            page.evaluate(
                "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
            )
            print(f"order {order}: {(time.perf_counter() - start) * 1000:.0f} ms")
        browser.close()


if __name__ == "__main__":
    main()
