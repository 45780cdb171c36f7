"""Measure how long annotations take to find their words, and how that grows.

Run it with ``python bench/anchoring.py``. One article with 2,000 comments and 1,000 annotations, a
third of them in the article; then twice of everything, and twice the annotations alone. CPU seconds,
the least of five runs.
"""

import random
import time

from pelican.plugins.annotated_archive.anchoring import anchor
from pelican.plugins.annotated_archive.model import (
    Annotation,
    Block,
    Comment,
    Document,
    Gap,
    Ledger,
)
from pelican.plugins.annotated_archive.places import Request
from pelican.plugins.annotated_archive.selectors import Selector

WORDS = [f"word{number}" for number in range(3000)] + ["naïve", "“quoted”", "it’s", "the", "of"]


def text(rng: random.Random, count: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(count))


def document(rng: random.Random, comments: int) -> Document:
    blocks = tuple(Block(f"p-{n}", "paragraph", text(rng, 80)) for n in range(1, 41))
    said = tuple(Comment(f"comment-{n}", "a", text(rng, 70)) for n in range(comments))
    return Document(
        "item", "t", None, "", (), "", (), (), blocks, said,
        Gap(None, comments), Ledger(), None, "UTC", (),
    )  # fmt: skip


def requests(rng: random.Random, item: Document, count: int) -> list[Request]:
    made = []
    for number in range(count):
        if number % 3:
            comment = rng.choice(item.comments)
            place, words = comment.id, comment.text.split()
        else:
            place, words = "article", rng.choice(item.blocks).text.split()
        start = rng.randrange(len(words) - 6)
        quote = " ".join(words[start : start + 6])
        annotation = Annotation(f"a-{number}", "gloss", place, "b")
        made.append(Request(annotation, Selector(quote, occurrence=1), "a.yaml", number))
    return made


def measure(comments: int, count: int) -> float:
    best = float("inf")
    for run in range(5):
        rng = random.Random(run)
        item = document(rng, comments)
        asked = requests(rng, item, count)
        start = time.process_time()
        found = anchor(item, asked)
        best = min(best, time.process_time() - start)
        assert not found.problems
        assert len(found.annotations) == count
    return best


def main() -> None:
    base = measure(2000, 1000)
    print(f"2,000 comments, 1,000 annotations: {base:.3f} s of CPU time")
    print(f"4,000 comments, 2,000 annotations: {measure(4000, 2000) / base:.2f} times that")
    print(f"2,000 comments, 2,000 annotations: {measure(2000, 2000) / base:.2f} times that")


if __name__ == "__main__":
    main()
