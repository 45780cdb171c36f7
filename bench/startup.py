"""Measure how long small tasks take, on an archive of one item: nearly all of it is starting.

Run it with ``python bench/startup.py``. CPU seconds, the least of seven rounds, and how many of them
lie above those of ``import pelican``, without which nothing here can start.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus import Size, write_corpus
from measure import measured
from sides import slug_of

ROUNDS = 7
SLUG = slug_of(0)
FLOOR = "python -c 'import pelican'"
INVOKE = (sys.executable, "-m", "invoke")
ANNOTATE = (*INVOKE, "annotate", SLUG, "--in", "article", "--quiet")
COMMANDS = {
    "python -c pass": (sys.executable, "-c", "pass"),
    FLOOR: (sys.executable, "-c", "import pelican"),
    "invoke --list": (*INVOKE, "--list"),
    "invoke check": (*INVOKE, "check", "--quiet"),
    "invoke annotate": ANNOTATE,
    "invoke annotate, once more": ANNOTATE,
    "invoke check of an item that changed": (*INVOKE, "check", "--quiet"),
    "invoke build of an item that changed": (*INVOKE, "build", "--quiet"),
}
"""In this order: a draft changes the item, which then is read anew, and not its page."""


def least(folder: Path) -> dict[str, float]:
    """Return the CPU seconds of each command; the archive is the same at the start of each round."""
    notes = folder / "content" / "annotations" / f"{SLUG}.yaml"
    before = notes.read_bytes()
    found: dict[str, float] = {}
    for _ in range(ROUNDS):
        notes.write_bytes(before)
        measured((*INVOKE, "build", "--quiet"), folder)
        for name, command in COMMANDS.items():
            seconds = measured(command, folder).cpu
            found[name] = min(seconds, found.get(name, seconds))
    return found


def main() -> None:
    with TemporaryDirectory(prefix="bench-") as room:
        folder = Path(room) / "archive"
        write_corpus(folder, Size(1, 80))
        found = least(folder)
    for name, seconds in found.items():
        print(f"{name:<40}{seconds:6.3f} s{seconds - found[FLOOR]:+8.3f} s")


if __name__ == "__main__":
    main()
