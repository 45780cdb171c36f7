"""Make a site of forty items over twelve years: six hundred comments, many sites, names of many scripts.

Run it to look at such a site: ``python tests/rich_archive.py FOLDER``.
"""

import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from pelican.plugins.annotated_archive.intake import take_in

from sites import copy_site, project_in, run

ITEMS, SEED = 40, 20_260_101
SOURCES = (
    "http://www.harbour-gazette.example/2009/{slug}/",
    "https://harbour-gazette.example/{slug}.html",
    "http://blog.lighthouse.example/?p={slug}",
    "https://bücher.example/{slug}",
    "http://con.example/{slug}",
    "",
    "http://Dispatches.Example:8080/{slug}",
)
AUTHORS = ("Ann Lee", "Elise Labott", "Ömer Şahin")
OFTEN = (
    "Cindy", "cindy", "Dave in Ohio", "J.V.Hodgson", "Ann Lee", "María-José Núñez",
    "محمد رضا", "נועה לוי", "田中太郎", "Иван Петров", "Anonymous", "O’Brien & <Sons>",
)  # fmt: skip
HOSTILE = (
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "{{ SITEURL }}",
    "Con",
    "initial-a",
    "7 of 9",
    "Bo\u202e\u200f",
)
TEXT = """
the harbour ferry bridge council flood report says nobody asked again morning storm paper
wrong right never always street light pump keeper letter editor please read before you answer
"""
WORDS = TEXT.split()
TITLES = (
    "The flood",
    "A bridge too late",
    "What the keeper saw",
    "Ferry timetable, again",
    "Storm",
)
WITHHELD = """
redactions:
  - id: name-1
    in: {comment}
    withhold: author
    replacement: A reader
    date: 2026-11-23
    public-note: Withheld at their request.
"""
SECRET = "Wilhelmina Quarrington"


def sentence(random: Random, least: int = 6) -> str:
    """Return a sentence of made-up words."""
    words = [random.choice(WORDS) for _ in range(random.randint(least, least + 14))]
    return f"{' '.join(words).capitalize()}."


def stamp(when: datetime) -> str:
    """Return a time as a page prints it."""
    hour = when.hour % 12 or 12
    half = "am" if when.hour < 12 else "pm"
    return f"{when:%B} {when.day}, {when.year} at {hour}:{when:%M} {half}"


def names(random: Random, number: int) -> str:
    """Return a commenter's name: one of those who come often, or one who came once."""
    if random.random() < 0.55:
        return random.choice(OFTEN)
    return f"{random.choice(('Mary', 'Tom', 'Zoë', 'Åsa', 'Li', 'Q'))} {random.choice('ABCDEFGH')}{number}"


def capture(random: Random, number: int, comments: Sequence[int]) -> str:
    """Return a page as text, with as many comments as its place in *comments* says."""
    when = datetime(2006, 1, 10, 9) + timedelta(days=random.randint(0, 4_380), hours=number % 12)
    count = comments[number % len(comments)]
    dated = "" if number == 7 else f"{when:%B} {when.day}, {when.year} {when:%H}:00\n\n"
    page = [f"{random.choice(TITLES)}, part {number}\n\n{dated}By {AUTHORS[number % 3]}\n\n"]
    page += [f"{' '.join(sentence(random) for _ in range(4))}\n\n" for _ in range(3)]
    page.append(
        f"Filed under: {('Floods', 'C++', 'C#')[number % 3]} • Town\n\n{count} Comments\n\n"
    )
    later = when + timedelta(hours=-2 if number % 4 == 0 else 1)
    for place in range(1, count + 1):
        later += timedelta(minutes=random.choice((3, 8, 20, 45, 90, 400)))
        later += timedelta(days=200) if place == count and count > 20 else timedelta()
        name = names(random, number * 100 + place)
        name = HOSTILE[place - 1] if number == 2 and place <= len(HOSTILE) else name
        name = SECRET if number in (0, 6) and place == 2 else name
        text = "\n\n    ".join(sentence(random, 20) for _ in range(random.choice((1, 1, 2, 4))))
        page.append(f"  {place}. {name}\n\n    {text}\n\n    {stamp(later)} |\n")
    return "".join(page)


def add_rich_items(
    folder: Path, items: int = ITEMS, comments: Sequence[int] = (55, 3, 12, 0, 21, 9)
) -> None:
    """Take the items into a site; two of them withhold a name."""
    random, project = Random(SEED), project_in(folder)
    for number in range(items):
        slug = f"item-{number:03}"
        path = folder / "capture.txt"
        path.write_text(capture(random, number, comments), "utf-8")
        source = SOURCES[number % len(SOURCES)].format(slug=slug)
        take_in(project, [path], slug=slug, source=source, time_zone="America/New_York")
        path.unlink()
        if number in (0, 6):
            withhold = WITHHELD.format(comment=f"'commenter: {SECRET}'")
            notes = folder / "content" / "annotations" / f"{slug}.yaml"
            text = notes.read_text("utf-8") if notes.exists() else ""
            kept = [line for line in text.splitlines() if not line.startswith("redactions:")]
            notes.write_text("\n".join(kept) + withhold, "utf-8")
            record = folder / "content" / "captures" / slug / "capture.yaml"
            record.write_text(
                record.read_text("utf-8")
                + "original-is-public: true\noriginal-is-public-because: Made up.\n",
                "utf-8",
            )


def build_rich_site(folder: Path, task: str = "build", **environment: str) -> Path:
    """Build the site with the sample and the items, and return its output folder."""
    copy_site(folder)
    add_rich_items(folder)
    result = run(folder, task, **environment)
    assert 0 == result.returncode, result.stderr
    return folder / "output"


if __name__ == "__main__":
    print(build_rich_site(Path(sys.argv[1])))
