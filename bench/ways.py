"""Measure how long the ways into a large archive take to compute: 5,000 items, 100,000 comments.

Run it from the project's folder: ``python bench/ways.py [ITEMS [COMMENTS]]``. The editions are made up
in memory from a fixed seed; reading them from files and writing the pages are not in the figures.
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from pelican.plugins.annotated_archive.model import Comment, Document, Edition, Gap, Ledger
from pelican.plugins.annotated_archive.views import EditionView
from pelican.plugins.annotated_archive.ways.archive_timeline import archive_timeline
from pelican.plugins.annotated_archive.ways.commenters import CommenterIndex
from pelican.plugins.annotated_archive.ways.dates import Dated, DateIndex
from pelican.plugins.annotated_archive.ways.holdings import holdings_of
from pelican.plugins.annotated_archive.ways.item_timeline import item_timeline
from pelican.plugins.annotated_archive.ways.sources import SourceIndex

SEED = 20_260_101
NAMES, SITES = 20_000, 300


def edition(random: Random, number: int, count: int) -> EditionView:
    """Return an item with *count* comments; a third of the names came once."""
    published = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=random.randint(0, 9_000_000))
    comments = tuple(
        Comment(
            f"comment-{place}",
            f"Name {min(int(random.paretovariate(0.4)), NAMES) if place % 3 else number * count + place}",
            f"Words of comment {place}. " * 12,
            published + timedelta(minutes=place * random.randint(1, 60)),
        )
        for place in range(count)
    )
    return EditionView(
        Edition(
            Document(
                slug=f"item-{number}",
                title=f"Item {number}",
                published=published,
                published_printed="",
                authors=(),
                role="",
                filed_under=(),
                tags=(),
                blocks=(),
                comments=comments,
                responses=Gap(count, count),
                ledger=Ledger(),
                source=f"https://site-{number % SITES}.example/{number}",
                time_zone="America/New_York",
                files=(),
            )
        )
    )


def timed(name: str, work: Callable[[], Any]) -> Any:
    """Do the work, print how long it took, and return what it gave."""
    start = time.perf_counter()
    result = work()
    print(f"{name:<34}{time.perf_counter() - start:8.2f} s")
    return result


def main(items: int = 5_000, comments: int = 100_000) -> None:
    """Make the archive, and time each way."""
    random = Random(SEED)
    views = [edition(random, number, comments // items) for number in range(items)]
    print(f"{items:,} items, {comments:,} comments")
    timed("comments as themes show them", lambda: [view.comments for view in views])
    names = timed("names", lambda: CommenterIndex(views))
    timed("names by initial", lambda: names.initials)
    timed("excerpts", lambda: [c.excerpt for one in names.commenters for c in one.comments])
    sources = timed("sources", lambda: SourceIndex(views))
    dated = [Dated(view, view.document.published, 0) for view in views]
    dates = timed("dates", lambda: DateIndex(dated))
    timed("drawing of the archive", lambda: archive_timeline(views, dates.address_of))
    timed("drawings of all items", lambda: [item_timeline(view) for view in views])
    timed("figures", lambda: holdings_of(views, sources.hosts, len(names.commenters)))
    print(f"{len(names.commenters):,} names, {len(names.with_pages):,} with a page")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
