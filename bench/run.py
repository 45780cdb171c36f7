"""Measure this project beside other generators, on made-up archives; ``invoke bench`` runs this file.

A round does each step once with each program, one after the other, and begins with another program
than the round before. See docs/speed.md.
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus import SIZES, Size
from measure import Failed, Usage, measured
from peers import PEERS, make_peer
from plot import drawing
from report import Result, Runs, as_markdown, as_text, write_between
from sides import STEPS, Missing, Side, make_ready, middle_item, our_side, remove, slug_of

ROOT = Path(__file__).parents[1]
DOCUMENT, PICTURE = ROOT / "docs" / "speed.md", ROOT / "docs" / "images" / "speed.svg"
SHOWN = "![Seconds by the clock for each program, size and step](images/speed.svg)"
SETTLING = 2.1
"""A file that was changed just now may be read again: docs/scale.md. Nobody is so quick."""


def lay_out(folder: Path, name: str, size: Size) -> None:
    """Write the archive, in a process of its own, and build it once: the peers need its pages.

    A program counts as large at least as the one that starts it, so this one must stay small.
    """
    tell(f"{name}: writing {size.items} items")
    command = [sys.executable, str(ROOT / "bench" / "corpus.py"), name, str(folder)]
    subprocess.run([*command, "--items", str(size.items)], check=True)
    tell(f"{name}: building it once")
    measured((sys.executable, "-m", "invoke", "build", "--quiet"), folder)


def measure_size(
    room: Path, name: str, size: Size, rounds: int, wanted: Sequence[str]
) -> tuple[Result, tuple[Side, ...]]:
    """Return what was measured at one size, and the programs that were there."""
    site = room / "archive"
    lay_out(site, name, size)
    pages = site / "content" / "pages" / "articles"
    edited = f"{slug_of(middle_item(size))}.md"
    found = [make_peer(peer, room / peer, pages, edited) for peer in wanted]
    missing = tuple(one for one in found if isinstance(one, Missing))
    sides = (our_side(site, size), *(one for one in found if isinstance(one, Side)))
    time.sleep(SETTLING)
    runs: Runs = {}
    for turn in range(rounds):
        one_round(name, sides, turn, runs)
        floors(room, site / "output", runs)
    described = f"{name}: {size.items:,} {'item' if size.items == 1 else 'items'} of {size.comments:,} comments"
    return Result(name, described, runs, stages(sides[0], rounds), missing), sides


def one_round(name: str, sides: Sequence[Side], turn: int, runs: Runs) -> None:
    """Do each step once with each program; the first to go changes from round to round."""
    first = turn % len(sides)
    for step in STEPS:
        used: dict[str, Usage] = {}
        for side in (*sides[first:], *sides[:first]):
            if make_ready(side, step, turn):
                used[side.name] = measured(side.command, side.folder)
                tell(f"{name}, round {turn + 1}: {side.name}, {step}: {used[side.name].wall:.2f} s")
        for side in sides:
            if side.name in used:
                runs.setdefault((side.name, step), []).append(used[side.name])


def floors(room: Path, output: Path, runs: Runs) -> None:
    """Measure what no program can do without: to start, and to write so many files."""
    copy = room / "copy"
    commands = {
        "cp -r of our output": ("cp", "-r", str(output), str(copy)),
        "python -c 'import pelican'": (sys.executable, "-c", "import pelican"),
        "python -c pass": (sys.executable, "-c", "pass"),
    }
    for name, command in commands.items():
        remove(copy)
        runs.setdefault((name, "floor"), []).append(measured(command, room))


def stages(side: Side, turn: int) -> dict[str, dict[str, float]]:
    """Return the seconds of each stage, of one run for each step."""
    found = {}
    for step in STEPS:
        make_ready(side, step, turn)
        command = [sys.executable, str(ROOT / "bench" / "stages.py")]
        done = subprocess.run(command, cwd=side.folder, capture_output=True, text=True, check=True)
        found[step] = json.loads(done.stdout)
    return found


def machine_of(sides: Sequence[Side], rounds: int, load: float) -> str:
    """Say when, on what kind of machine and with which versions; nothing that names the machine."""
    versions = ", ".join(f"{side.name} {side.version}" for side in sides)
    return (
        f"Measured {date.today().isoformat()}: {os.cpu_count()} cores, {processor()}, "
        f"{platform.system()}, Python {platform.python_version()}; {versions}; "
        f"Python-Markdown {version('markdown')}. "
        f"{f'Medians of {rounds} rounds' if rounds > 1 else 'One round'}. "
        f"The load was {load:.1f} before the first."
    )


def processor() -> str:
    """Return the name of the processor's kind."""
    try:
        named = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.M)
    except OSError:
        named = None
    return named[1] if named else platform.processor() or platform.machine()


def tell(text: str) -> None:
    """Say on standard error what is being done."""
    print(text, file=sys.stderr, flush=True)


def listed(words: str, known: Sequence[str]) -> list[str]:
    """Return the words between commas; raise `argparse.ArgumentTypeError` for one not known."""
    found = [word.strip() for word in words.split(",") if word.strip()]
    for word in found:
        if word not in known:
            raise argparse.ArgumentTypeError(f"'{word}' is none of {', '.join(known)}")
    return found


def positive(word: str) -> int:
    """Return a whole number of 1 at least."""
    if not word.isdecimal() or not int(word):
        raise argparse.ArgumentTypeError(f"'{word}' is no whole number above 0")
    return int(word)


def asked_for(words: Sequence[str] | None = None) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure this project beside other generators.")
    sizes, peers = list(SIZES), list(PEERS)
    parser.add_argument("--sizes", type=lambda text: listed(text, sizes), default=["S"])
    parser.add_argument("--peers", type=lambda text: listed(text, peers), default=peers[:2])
    parser.add_argument("--rounds", type=positive, default=3)
    parser.add_argument("--write", action="store_true", help="put it into docs/speed.md")
    parser.add_argument("--items", type=positive, help="so many items, instead of the size's own")
    return parser.parse_args(words)


def main() -> int:
    """Measure, print, and write where that is asked; what was measured before a fault is printed."""
    asked = asked_for()
    if not hasattr(os, "wait4"):
        return _fail("this system does not say what a process took; run it on Linux or macOS")
    load, results = os.getloadavg()[0], []
    present: dict[str, Side] = {}
    fault = ""
    for name in asked.sizes:
        size = SIZES[name]
        size = replace(size, items=asked.items) if asked.items else size
        try:
            with TemporaryDirectory(prefix="bench-") as room:
                result, sides = measure_size(Path(room), name, size, asked.rounds, asked.peers)
        except (Failed, subprocess.CalledProcessError) as error:
            fault = f"{error}\n{getattr(error, 'stderr', '') or ''}"
            break
        results.append(result)
        present |= {side.name: side for side in sides}
    machine = machine_of([*present.values()], asked.rounds, load)
    print(as_text(machine, results), end="")
    if fault:
        return _fail(fault)
    if asked.write:
        write_between(DOCUMENT, as_markdown(machine, results, SHOWN))
        PICTURE.write_text(drawing(results), "utf-8")
    return 0


def _fail(text: str) -> int:
    tell(f"bench: {text.strip()}")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
