"""Measure how long it takes to guess which comment answers which, and how that grows.

Run it with ``python bench/answers.py``. One item of 10,000 comments, then of 20,000: every third
addresses another by name, every tenth quotes one. And of comments made to be slow: names that are
everywhere, quotations that are all alike, addresses without end. CPU seconds, the least of three runs.
"""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from pelican.plugins.annotated_archive.answers import answers
from pelican.plugins.annotated_archive.model import Block, Comment, Document, Gap, Ledger

WORDS = [f"word{number}" for number in range(3000)] + ["naïve", "“so”", "it’s", "the", "of", "and."]
FIRST = [f"Na{number}me" for number in range(4000)]
Maker = Callable[[random.Random, int, list[str]], tuple[str, str]]


def prose(rng: random.Random, count: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(count))


def usual(rng: random.Random, number: int, texts: list[str]) -> tuple[str, str]:
    text = prose(rng, 70)
    if number % 3 == 0:
        text = f"@{rng.choice(FIRST)} {text}"
    if number % 10 == 0 and texts:
        text = f"“{' '.join(rng.choice(texts).split()[10:20])}”\n\n{text}"
    return f"{rng.choice(FIRST)} {rng.choice(FIRST)}", text


def everywhere(rng: random.Random, number: int, texts: list[str]) -> tuple[str, str]:
    return rng.choice(["the", "a", "of", f"the {number}"]), "the a of " * 150


def alike(rng: random.Random, number: int, texts: list[str]) -> tuple[str, str]:
    return f"n{number}", f"“{'a' * (40 + number % 300)}” " + "a" * 400


def addresses(rng: random.Random, number: int, texts: list[str]) -> tuple[str, str]:
    return f"Ann {number}", "@Ann " * 40 + " ".join(f"@Ann {one}" for one in range(40))


def document(count: int, make: Maker) -> Document:
    rng = random.Random(1)
    texts: list[str] = []
    comments = []
    for number in range(count):
        author, text = make(rng, number, texts)
        texts.append(text)
        when = datetime(2009, 6, 16, tzinfo=UTC) + timedelta(minutes=number)
        comments.append(Comment(f"comment-{number}", author, text, when))
    return Document(
        "item", "t", None, "", (), "", (), (), (Block("p-1", "paragraph", prose(rng, 500)),),
        tuple(comments), Gap(None, count), Ledger(), None, "UTC", (),
    )  # fmt: skip


def measure(count: int, make: Maker) -> tuple[float, int]:
    best = float("inf")
    item = document(count, make)
    for _ in range(3):
        start = time.process_time()
        found = answers(item)
        best = min(best, time.process_time() - start)
    return best, len(found)


def main() -> None:
    for make in (usual, everywhere, alike, addresses):
        half, _ = measure(10_000, make)
        whole, found = measure(20_000, make)
        print(
            f"{make.__name__}: 20,000 comments, {found:,} answers: {whole:.2f} s of CPU time, "
            f"{whole / half:.2f} times that of half as many"
        )


if __name__ == "__main__":
    main()
