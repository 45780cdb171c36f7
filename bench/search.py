"""Measure the search: how long its index takes to make, how large it is, and how soon it answers.

Run it from the project's folder: ``python bench/search.py``. It makes up comments from a fixed seed,
builds the project's own site for its page, puts the index of the comments there, opens the page from
the disk in headless Chromium and types. The first answer is that of a page which has read no shard;
key by key, each key is answered.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from corpus_words import Language
from pelican.plugins.annotated_archive.search.files import index_files
from pelican.plugins.annotated_archive.search.records import SearchItem, SearchRecord

ROOT = Path(__file__).parents[1]
SEED = 20_260_101
COMMENTS, PER_ITEM, WORDS = 50_000, 100, 70
GOALS = {"words": 60, "beginnings": 150}
"""Milliseconds."""
SETTLING = 500
"""Type so many milliseconds after a page was opened: no person is sooner."""

PROBE = """
window.answer = (typed) => new Promise((done) => {
  const list = document.getElementById("search-results");
  const field = document.getElementById("search-words");
  const before = performance.now();
  const seen = new MutationObserver(() => {
    if (list.dataset.answered !== typed) return;
    seen.disconnect();
    const shown = list.getBoundingClientRect().height;
    done(performance.now() - before + 0 * shown);
  });
  seen.observe(list, { attributes: true });
  field.value = typed;
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
"""
"""Type, and tell after how many milliseconds the results are laid out."""


def items(count: int) -> Iterator[SearchItem]:
    """Yield items of made-up comments, one word in forty of them rare."""
    language, random = Language(SEED), Random(SEED)
    names = language.names
    for number in range(count // PER_ITEM):
        day = f"{2004 + number * 16 * PER_ITEM // count}-{number % 12 + 1:02d}"
        records = tuple(
            _comment(random, language.drawn, random.choice(names), f"{day}-{at % 28 + 1:02d}", at)
            for at in range(PER_ITEM)
        )
        title = " ".join(random.choices(language.words, k=7)).capitalize()
        tags = tuple(random.sample(language.tags, 3))
        yield SearchItem(f"item-{number}/index.html", title, tags, records)


def _comment(random: Random, drawn: Sequence[str], name: str, day: str, at: int) -> SearchRecord:
    start = random.randrange(len(drawn) - WORDS)
    words = list(drawn[start : start + WORDS])
    for place in range(0, WORDS, 40):
        words[place + random.randrange(30)] = _rare(random)
    passage = (f"#comment-{day.replace('-', '')}-{at:04d}", " ".join(words).capitalize())
    return SearchRecord("comment", "", (name,), day, (), "", name, (passage,))


def _rare(random: Random) -> str:
    return "".join(random.choice("bdfgklmnprst") + random.choice("aeiou") for _ in range(4))


def build_index(count: int, folder: Path) -> list[SearchItem]:
    """Write the index below *folder*, and print what it took."""
    made = [*items(count)]
    before = time.process_time()
    files = dict(index_files(made))
    spent = time.process_time() - before
    shutil.rmtree(folder / "search", ignore_errors=True)
    (folder / "search").mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    sizes: Counter[str] = Counter()
    for name, text in files.items():
        sizes[name.split("/")[1].split("-")[0].removesuffix(".js")] += len(text.encode())
    largest = max(len(text.encode()) for text in files.values())
    listed = ", ".join(f"{family} {size / 1e6:.2f}" for family, size in sizes.items())
    print(f"{count:,} comments of {WORDS} words: {spent:.1f} s of CPU time")
    print(f"{sum(sizes.values()) / 1e6:.1f} MB in {len(files):,} files ({listed} MB)")
    print(f"largest file {largest / 1000:.0f} kB")
    return made


def queries(made: Sequence[SearchItem]) -> dict[str, list[str]]:
    """Return what is typed: words, frequent and rare, and beginnings of two letters."""
    random = Random(SEED)
    counts = Counter(
        word
        for item in made[:100]
        for record in item.records
        for word in set(record.passages[0][1].lower().split())
        if word.isalpha() and word.isascii() and len(word) > 2
    )
    ranked = [word for word, _ in counts.most_common()]
    frequent, usual, rare = ranked[3:9], ranked[200:210], ranked[-200::40]
    pairs = [f"{random.choice(usual)} {random.choice(frequent)}" for _ in range(8)]
    names = [random.choice(made).records[0].authors[0] for _ in range(5)]
    words = [*frequent, *usual, *rare, *pairs, *names, "تهران", "東京", "niñez"]
    starts = Counter(word[:2] for word in counts.elements())
    return {"words": words, "beginnings": [start for start, _ in starts.most_common(8)]}


def report(name: str, goal: int, times: Sequence[float]) -> bool:
    """Print the median and the worst of some answers; return whether the worst meets the goal."""
    median, worst = statistics.median(times), max(times)
    print(f"{name}: median {median:.0f} ms, worst {worst:.0f} ms of {len(times)}; goal {goal} ms")
    return worst <= goal


def measure(name: str, asked: dict[str, list[str]], answer: Callable[[str, bool], float]) -> bool:
    """Ask every query, cold and typed; return whether all answers meet their goals."""
    answer(asked["words"][0], True)
    met = True
    for kind, typed in asked.items():
        cold = [answer(one, True) for one in typed]
        met &= report(f"{name}, {kind}, first answer", GOALS[kind], cold)
        keys = [answer(one[:end], False) for one in typed for end in range(2, len(one) + 1)]
        met &= report(f"{name}, {kind}, key by key", GOALS["beginnings"], keys)
    return met


def in_chromium(site: Path, asked: dict[str, list[str]]) -> bool:
    """Measure in Chromium."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, chromium_sandbox=False)
        state: dict[str, Any] = {}

        def answer(typed: str, cold: bool) -> float:
            if cold or "page" not in state:
                if "page" in state:
                    state["page"].context.close()
                page = state["page"] = browser.new_context().new_page()
                page.goto((site / "search.html").as_uri())
                page.evaluate(f"() => {{ {PROBE} }}")
                page.wait_for_timeout(SETTLING)
            return float(state["page"].evaluate("typed => answer(typed)", typed))

        met = measure("Chromium", asked, answer)
        heap = state["page"].evaluate("performance.memory.usedJSHeapSize / 1e6")
        print(f"Chromium's heap after all of them: {heap:.0f} MB")
        browser.close()
    return met


def main() -> int:
    """Print the figures; fail if an answer misses its goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comments", type=int, default=COMMENTS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("content", "theme"):
            shutil.copytree(ROOT / part, folder / part)
        for part in ("pelicanconf.py", "publishconf.py", "tasks.py"):
            shutil.copy(ROOT / part, folder / part)
        subprocess.run([sys.executable, "-m", "invoke", "build"], cwd=folder, check=True)
        site = folder / "output"
        asked = queries(build_index(arguments.comments, site))
        met = in_chromium(site, asked)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
