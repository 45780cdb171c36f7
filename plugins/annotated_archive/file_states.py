"""Know how files stand, so that one that stands as it stood is not read again."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

RACY = 2_000_000_000
"""Within so many nanoseconds of its last change a file may change again and keep its time: some
file systems count seconds, and one counts every other."""


@dataclass(frozen=True, slots=True)
class State:
    """Hold how a file stood: size, times of change of its bytes and of its entry, and its number."""

    size: int
    changed: int
    entered: int
    number: int

    def is_settled(self, at: int) -> bool:
        """Tell whether nothing done to the file after the moment *at* can have left it so."""
        return max(self.changed, self.entered) + RACY <= at


def states_in(folder: Path) -> Iterator[tuple[str, State]]:
    """Yield each file below a folder, by its name from there on, and how it stands."""
    waiting = [""]
    while waiting:
        place = waiting.pop()
        try:
            entries = list(os.scandir(folder / place))
        except OSError:
            continue
        for entry in entries:
            name = f"{place}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{name}/")
                continue
            one = entry.stat(follow_symlinks=False)
            yield name, State(one.st_size, one.st_mtime_ns, one.st_ctime_ns, one.st_ino)
