"""Measure how fast the leak gate searches clean pages, and that it finds nothing in them.

Run it from the project's folder: ``python bench/gate.py``. The pages and the withheld terms are made
up from a fixed seed, so every run searches the same bytes.
"""

import random
import sys
import time
from collections.abc import Iterator

from pelican.plugins.annotated_archive.leaks import Gate
from pelican.plugins.annotated_archive.resolution import Secret

PAGES = 3_000
PAGE_BYTES = 8_000
TERMS = 50
SEED = 20_260_101

STARTS = ("b", "br", "c", "d", "f", "g", "gr", "h", "l", "m", "n", "p", "pr", "r", "s", "st", "t")
MIDDLES = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
ENDS = ("", "l", "m", "n", "nd", "r", "rs", "s", "st", "t")
NAME_STARTS = ("Zw", "Qu", "Xyl", "Vj", "Kz", "Wh", "Zh", "Jq")
"""No word of a page begins so: a term that is found is a false hit."""


def word(random_: random.Random) -> str:
    """Return a made-up word of one to three syllables."""
    count = random_.choice((1, 1, 2, 2, 3))
    return "".join(
        random_.choice(STARTS) + random_.choice(MIDDLES) + random_.choice(ENDS)
        for _ in range(count)
    )


def name(random_: random.Random) -> str:
    """Return a made-up name of two words, neither of which a page can hold."""
    return " ".join(random_.choice(NAME_STARTS) + word(random_) for _ in range(2))


def sentence(random_: random.Random, words: list[str]) -> str:
    """Return a sentence; some hold accents, quotation marks and references."""
    chosen = random_.choices(words, k=random_.randint(6, 18))
    if random_.random() < 0.1:
        chosen.append(random_.choice(("café", "“naïve”", "it&#39;s", "&amp;", "résumé", "—")))
    return f"{' '.join(chosen).capitalize()}."


def page(random_: random.Random, words: list[str], number: int) -> bytes:
    """Return a page of HTML that is mostly text."""
    parts = [f'<!DOCTYPE html>\n<html lang="en"><head><title>Page {number}</title></head><body>\n']
    size = len(parts[0])
    while size < PAGE_BYTES:
        text = " ".join(sentence(random_, words) for _ in range(random_.randint(2, 6)))
        parts.append(
            f'<p id="p-{len(parts)}">{text} <a href="#p-1">{random_.choice(words)}</a></p>\n'
        )
        size += len(parts[-1])
    parts.append("</body></html>\n")
    return "".join(parts).encode()


def pages(random_: random.Random) -> Iterator[bytes]:
    """Yield the pages."""
    words = [word(random_) for _ in range(8_000)]
    yield from (page(random_, words, number) for number in range(PAGES))


def main() -> int:
    """Print the bytes searched in a second of CPU time, and the false hits; fail if there is one."""
    random_ = random.Random(SEED)
    gate = Gate([Secret(f"r-{number}", name(random_)) for number in range(TERMS)])
    gate.search(b"<p>warm</p>", "warm.html")
    size, spent, hits = 0, 0.0, 0
    for number, data in enumerate(pages(random_)):
        before = time.process_time()
        found = gate.search(data, f"page-{number}/index.html")
        spent += time.process_time() - before
        size += len(data)
        hits += len(found)
    megabytes = size / 1_000_000
    print(f"{PAGES:,} pages, {megabytes:.1f} MB, {TERMS} withheld terms")
    print(f"{megabytes / spent:.1f} MB/s of CPU time")
    print(f"{hits} false hits")
    return 1 if hits else 0


if __name__ == "__main__":
    sys.exit(main())
