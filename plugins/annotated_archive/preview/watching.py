"""Tell which files of an archive change, however an editor saves them."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue

from watchfiles import Change, DefaultFilter, watch

STEP = 30
"""For how many milliseconds nothing more may change before a change is told: a save is several."""

LONGEST = 300
"""After how many milliseconds a change is told although there are more."""

Changes = SimpleQueue[frozenset[Path]]


class _Rooms(DefaultFilter):
    """Leave out hidden files, and what editors write beside a file while they save it."""

    def __init__(self, rooms: Sequence[Path]) -> None:
        super().__init__()
        self.rooms = rooms

    def __call__(self, change: Change, path: str) -> bool:
        """Tell whether a change calls for a new build."""
        here = Path(path)
        for room in self.rooms:
            if here.is_relative_to(room):
                shown = not any(part.startswith(".") for part in here.relative_to(room).parts)
                return shown and super().__call__(change, path)
        return False


class _Settings(DefaultFilter):
    """Leave out all but the Python files of one folder.

    The folder is watched, not the file: an editor that saves by renaming puts a new file there.
    """

    def __call__(self, change: Change, path: str) -> bool:
        """Tell whether a change calls for a new build."""
        return path.endswith(".py") and super().__call__(change, path)


def outermost(folders: Sequence[Path]) -> tuple[Path, ...]:
    """Return the folders that lie in no other of them.

    >>> [str(path) for path in outermost([Path("a/b"), Path("a"), Path("c")])]
    ['a', 'c']
    """
    there = sorted(set(folders))
    return tuple(
        one
        for one in there
        if not any(one != other and one.is_relative_to(other) for other in there)
    )


@contextmanager
def watching(rooms: Sequence[Path], root: Path) -> Iterator[Changes]:
    """Give a queue of the changes in *rooms*, at any depth, and of the settings files in *root*."""
    changes: Changes = SimpleQueue()
    stop = threading.Event()
    threads = [
        threading.Thread(
            target=_watch, args=(rooms, _Rooms(rooms), True, stop, changes), daemon=True
        ),
        threading.Thread(
            target=_watch, args=((root,), _Settings(), False, stop, changes), daemon=True
        ),
    ]
    for thread in threads:
        thread.start()
    try:
        yield changes
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=5)


def _watch(
    folders: Sequence[Path],
    wanted: DefaultFilter,
    recursive: bool,
    stop: threading.Event,
    changes: Changes,
) -> None:
    for found in watch(
        *folders,
        watch_filter=wanted,
        debounce=LONGEST,
        step=STEP,
        stop_event=stop,
        raise_interrupt=False,
        recursive=recursive,
    ):
        changes.put(frozenset(Path(path) for _, path in found))


def next_changes(changes: Changes, seconds: float) -> frozenset[Path]:
    """Return all that changed since the last call; nothing where nothing does for *seconds*."""
    found: frozenset[Path] = frozenset()
    try:
        found = changes.get(timeout=seconds)
        while True:
            found |= changes.get_nowait()
    except Empty:
        return found
