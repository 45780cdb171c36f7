"""Know how files stand, so that one that stands as it stood is not read again."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR

RACY = 2_000_000_000
"""Within so many nanoseconds of its last change a file may change again and keep its time where the
file system counts seconds; one counts every other."""
TICK = 50_000_000
"""The same where it counts parts of a second: the clock of the system ticks every 10 milliseconds, or sooner."""


@dataclass(frozen=True, slots=True)
class State:
    """Hold how a file stood: size, times of change of its bytes and of its entry, and its number."""

    size: int
    changed: int
    entered: int
    number: int

    def is_settled(self, at: int) -> bool:
        """Tell whether nothing done to the file after the moment *at* can have left it so."""
        return all(
            time + (TICK if time % 1_000_000_000 else RACY) <= at
            for time in (self.changed, self.entered)
        )


def state_of(path: Path) -> State | None:
    """Return how a file stands, or None where there is none."""
    try:
        one = path.stat()
    except OSError:
        return None
    return State(one.st_size, one.st_mtime_ns, one.st_ctime_ns, one.st_ino)


def states_in(folder: Path, through_links: bool = False) -> Iterator[tuple[str, State]]:
    """Yield each file below a folder, by its name from there on, and how it stands.

    A link is a file of its own, or, *through_links*, what it leads to; no folder is entered twice.
    """
    waiting = [""]
    entered = set()
    while waiting:
        place = waiting.pop()
        if through_links:
            if (real := os.path.realpath(folder / place)) in entered:
                continue
            entered.add(real)
        try:
            entries = list(os.scandir(folder / place))
        except OSError:
            continue
        for entry in entries:
            name = f"{place}{entry.name}"
            if entry.is_dir(follow_symlinks=through_links):
                waiting.append(f"{name}/")
                continue
            try:
                one = entry.stat(follow_symlinks=through_links)
            except OSError:  # a link that leads nowhere
                one = entry.stat(follow_symlinks=False)
            yield name, State(one.st_size, one.st_mtime_ns, one.st_ctime_ns, one.st_ino)


def is_private(folder: Path) -> bool:
    """Tell whether a folder is this user's, and nobody else may write into it."""
    one = folder.lstat()
    if not S_ISDIR(one.st_mode):
        return False
    return os.name != "posix" or (one.st_uid == os.geteuid() and not one.st_mode & 0o022)
