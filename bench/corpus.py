"""Make an archive of made-up items, to measure with: captures, annotations, redactions, settings.

Run it from the project's folder: ``python bench/corpus.py S ../corpus``. The sizes are S, 100
items of 80 comments; M, 1,000 of 80; L, 5,000 of 20; giant, one of 20,000. The same size and seed
give the same bytes; an item depends on its number and the seed alone, so that a larger archive of
as many comments begins with the items of a smaller one.

The captures are pages copied as text, laid out as the sample is, of made-up words: `corpus_words`.
"""

import argparse
import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from corpus_words import NAMES, Language, Writer, withheld_words

ROOT = Path(__file__).parents[1]
SEED = 20_260_101
COPIED = ("pelicanconf.py", "publishconf.py", "tasks.py")

ARTICLE_WORDS, COMMENT_WORDS = 500, 70
WITHHELD_EVERY = 10
"""One item in so many withholds an author's name, and words of another comment."""

ZONES = ("America/New_York", "UTC", "Europe/Berlin")
KINDS = [
    "gloss",
    "context",
    "fact-check",
    "correction",
    "cross-reference",
    "translation",
    "question",
    "content-warning",
]


@dataclass(frozen=True, slots=True)
class Size:
    """Say how many items there are, with how many comments and annotations each."""

    items: int
    comments: int
    annotations: tuple[int, int] = (5, 12)


SIZES = {
    "S": Size(100, 80),
    "M": Size(1_000, 80),
    "L": Size(5_000, 20),
    "giant": Size(1, 20_000, (500, 500)),
}


@dataclass(frozen=True, slots=True)
class Said:
    """Hold one comment."""

    id: str
    name: str
    time: datetime
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """Hold one item: what its page says, and what its editor does with it."""

    slug: str
    title: str
    published: datetime
    author: str
    zone: str
    paragraphs: tuple[str, ...]
    filed: tuple[str, ...]
    tags: tuple[str, ...]
    comments: tuple[Said, ...]
    withheld: str = ""


def make_item(language: Language, size: Size, number: int) -> Made:
    """Return the item of a *number*."""
    random = Random(f"{language.seed} item {number}")
    writer = Writer(language, random)
    published = datetime(2005, 1, 3, 9, 0) + timedelta(
        days=number * 7 % 4_000, minutes=random.randrange(600)
    )
    said = [*_comments(language, writer, published, size.comments)]
    hidden = ""
    if number % WITHHELD_EVERY == 3 and len(said) > 2:
        said[1] = replace(said[1], name=withheld_words(random, 2))
        hidden = withheld_words(random, 3)
        told = f"My address is {hidden}, come and see."
        said[2] = replace(said[2], paragraphs=(*said[2].paragraphs, told))
    filed = random.sample(language.tags[:12], 1) + random.sample(language.tags[12:60], 2)
    title = writer.sentence().rstrip(".!")
    return Made(
        f"item-{number:05}",
        title,
        published,
        random.choice(language.names[:40]),
        ZONES[number % len(ZONES)],
        tuple(writer.text(ARTICLE_WORDS, 60)),
        tuple(filed),
        tuple(random.sample(language.tags, random.randint(2, 4))),
        tuple(said),
        hidden,
    )


def _comments(
    language: Language, writer: Writer, published: datetime, count: int
) -> Iterator[Said]:
    """Yield comments, the first first; no two of a minute, and none while clocks are changed."""
    random, time = writer.random, published
    for _ in range(count):
        time += timedelta(minutes=1 + int(random.random() ** 3 * 60))
        time = time.replace(hour=4) if time.hour < 4 else time
        words = int(COMMENT_WORDS * (0.2 + 1.6 * random.random()))
        paragraphs = tuple(writer.text(words, 60))
        name = language.names[int(random.random() ** 2 * NAMES)]
        yield Said(f"comment-{time:%Y%m%d-%H%M}", name, time, paragraphs)


def page(made: Made) -> str:
    """Return the page of an item as it was copied."""
    head = [
        f"{made.published:%B} {made.published.day}, {made.published:%Y}",
        f"{_clock(made.published).upper()} ET",
        "",
        made.title,
        "",
        made.author,
        "Producer of the made-up news",
        "",
    ]
    body = [line for text in made.paragraphs for line in (text, "")]
    filed = f"Filed under: {' • '.join(made.filed)}"
    lines = [*head, *body, filed, f"soundoff ({len(made.comments)} Responses)"]
    for number, one in enumerate(made.comments, 1):
        lines += (f"  {number}. {one.name}", "")
        lines += (line for text in one.paragraphs for line in (f"    {text}", ""))
        when = f"{one.time:%B} {one.time.day}, {one.time:%Y} at {_clock(one.time)}"
        lines.append(f"    {when} |")
    return "\n".join(lines) + "\n"


def _clock(time: datetime) -> str:
    return f"{time.hour % 12 or 12}:{time.minute:02} {'am' if time.hour < 12 else 'pm'}"


def capture_yaml(made: Made, data: bytes) -> str:
    """Return the provenance of an item."""
    return f"""source: https://news.example/{made.slug}
time-zone: {made.zone}
original-is-public: true
original-is-public-because: It is made up.
files:
  - name: capture.txt
    format: text
    captured: null
    sha256: {hashlib.sha256(data).hexdigest()}
"""


def annotations_yaml(language: Language, size: Size, number: int, made: Made) -> str:
    """Return what an item's editor wrote: tags, redactions, annotations."""
    random = Random(f"{language.seed} notes {number}")
    writer = Writer(language, random)
    lines = [f"tags: [{', '.join(made.tags)}]", "by: The editors", "date: 2026-01-15"]
    lines += _redactions(made) if made.withheld else ()
    lines.append("annotations:")
    count = random.randint(*size.annotations)
    comments = random.sample(made.comments[3:], min(len(made.comments) - 3, count))
    for at in range(count):
        kind = KINDS[(number + at) % len(KINDS)]
        if at % 2 and at < len(comments):
            place, paragraphs = comments[at].id, comments[at].paragraphs
        else:
            place, paragraphs = "article", made.paragraphs
        lines += _annotation(random, writer, kind, at, place, paragraphs, made)
    return "\n".join(lines) + "\n"


def _redactions(made: Made) -> Iterator[str]:
    hidden, told = made.comments[1], made.comments[2]
    yield "redactions:"
    yield f"  - {{id: name-1, in: {hidden.id}, withhold: author, date: 2026-01-15, public-note: The commenter asked.}}"
    yield f"  - {{id: words-1, in: {told.id}, withhold: quote, quote: {made.withheld}, public-note: An address.}}"


def _annotation(
    random: Random,
    writer: Writer,
    kind: str,
    at: int,
    place: str,
    paragraphs: Sequence[str],
    made: Made,
) -> Iterator[str]:
    """Yield the lines of one annotation; its quote stands once in its place."""
    yield f"  - id: note-{at + 1}"
    yield f"    kind: {kind}"
    yield f"    in: {place}"
    quote = _quote(random, paragraphs)
    if quote and kind != "content-warning":
        yield f"    quote: {json.dumps(quote, ensure_ascii=False)}"
    if kind == "cross-reference":
        yield f"    to: {random.choice(made.comments).id}"
    if kind == "translation":
        yield "    language: Persian"
    if kind == "correction":
        yield f"    now: {json.dumps(writer.sentence(), ensure_ascii=False)}"
    if kind == "fact-check":
        yield "    verdict: Unverified."
        yield f"    claim: {json.dumps(writer.sentence(), ensure_ascii=False)}"
    if at % 3 == 0:
        yield f"    tags: [{random.choice(('people', 'places', 'words'))}]"
    body = " ".join(writer.text(30, 60))
    yield "    body: >-"
    yield f"      {_plain(body)} See *{_plain(writer.drawn[at])}*."


def _plain(text: str) -> str:
    """Return text without what Markdown or the checks of an annotation would read."""
    return " ".join("".join(c if c.isalnum() or c in ".,!' " else " " for c in text).split())


def _quote(random: Random, paragraphs: Sequence[str]) -> str:
    """Return a few words of a text that stand in it once, or nothing."""
    whole = "\n".join(paragraphs).casefold()
    for _ in range(20):
        words = random.choice(paragraphs).split()
        length = random.randint(2, 6)
        at = random.randrange(max(1, len(words) - length))
        quote = " ".join(words[at : at + length])
        first = whole.find(quote.casefold())
        once = whole.find(quote.casefold(), first + 1) < 0  # "de de de" has "de de" twice
        if once and not any(sign in quote for sign in "[]…"):
            return quote
    return ""


def write_item(folder: Path, language: Language, size: Size, number: int) -> str:
    """Write one item below *folder*, and return its slug."""
    made = make_item(language, size, number)
    data = page(made).encode()
    room = folder / "content" / "captures" / made.slug
    room.mkdir(parents=True, exist_ok=True)
    (room / "capture.txt").write_bytes(data)
    (room / "capture.yaml").write_text(capture_yaml(made, data), "utf-8")
    notes = folder / "content" / "annotations" / f"{made.slug}.yaml"
    notes.write_text(annotations_yaml(language, size, number, made), "utf-8")
    return made.slug


def write_corpus(folder: Path, size: Size, seed: int = SEED) -> None:
    """Write an archive into *folder*, with this project's theme and settings."""
    content = folder / "content"
    for room in (content / "annotations", content / "pages" / "articles", folder / "output"):
        room.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "theme", folder / "theme", dirs_exist_ok=True)
    shutil.copy(ROOT / "content" / "pages" / "about.md", content / "pages" / "about.md")
    (content / "editors.yaml").write_text("editors:\n  - name: The editors\n", "utf-8")
    language = Language(seed)
    (content / "glossary.yaml").write_text(glossary_yaml(language), "utf-8")
    for number in range(size.items):
        write_item(folder, language, size, number)


def glossary_yaml(language: Language) -> str:
    """Return a glossary of words that are neither frequent nor rare."""
    terms = [word for word in language.words[600:900] if len(word) > 5][:20]
    lines = ["by: The editors", "date: 2026-01-15", "entries:"]
    for term in terms:
        lines.append(f"  - {{id: {term}, term: {term}, body: A made-up word.}}")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the archive that the command line asks for."""
    parser = argparse.ArgumentParser(description="Make an archive of made-up items.")
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("folder", type=Path, help="where to write it; what is there is kept")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--items", type=int, help="so many items, instead of the size's own")
    asked = parser.parse_args()
    size = SIZES[asked.size]
    size = replace(size, items=asked.items) if asked.items else size
    write_corpus(asked.folder, size, asked.seed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
