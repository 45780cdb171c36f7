"""Share work out among processes of this machine that are copies of this one.

A copy made by ``fork`` has everything that this process has in memory, so nothing need be sent to it,
and what it returns alone comes back. Where the system has no such call, where this process has
threads, or where a copy fails, the work is done here: what comes of it is the same.
"""

import ctypes
import gc
import logging
import os
import pickle
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")
_PR_SET_PDEATHSIG = 1
LEAST = 16
"""Fewer pieces of work than these for each process are not worth a copy."""


def share(pieces: Sequence[T], work: Callable[[Sequence[T]], R], hands: int = 1) -> list[R]:
    """Return what *work* returns of each part of some *pieces*.

    A part has every second piece, or every third. There are as many parts as *hands*, or one where it is not worth more. What *work* raises is
    raised here.
    """
    count = min(hands, len(pieces) // LEAST) if can_share() else 1
    if count < 2:
        return [work(pieces)] if pieces else []
    parts = [pieces[number::count] for number in range(count)]
    with TemporaryDirectory() as folder:
        files = [Path(folder, str(number)) for number in range(1, count)]
        copies = [_copy(part, work, file) for part, file in zip(parts[1:], files, strict=True)]
        try:
            results = [work(parts[0])]
        finally:
            for number in copies:
                with suppress(ChildProcessError):
                    os.waitpid(number, 0)
        for part, file in zip(parts[1:], files, strict=True):
            results.append(_result(file) if file.exists() else work(part))
    return results


class Beside(Generic[R]):
    """Let a copy of this process do some work while this one goes on, where *hands* are two or more."""

    def __init__(self, work: Callable[[], R], hands: int = 1) -> None:
        self._work, self._number = work, 0
        may = hands > 1 and can_share()
        self._folder = TemporaryDirectory(ignore_cleanup_errors=True) if may else None
        if self._folder:
            self._number = _copy((), lambda _: work(), self._file)

    @property
    def _file(self) -> Path:
        assert self._folder
        return Path(self._folder.name, "0")

    def result(self) -> R:
        """Return what the work returns, once it is done; where no copy did it, it is done here."""
        self._wait()
        if self._folder and self._file.exists():
            found: R = _result(self._file)
            return found
        return self._work()

    def end(self) -> None:
        """Leave off what is not done, and what came of it."""
        if self._number:
            with suppress(ProcessLookupError):
                os.kill(self._number, signal.SIGKILL)
            self._wait()
        if self._folder:
            self._folder.cleanup()
            self._folder = None

    def _wait(self) -> None:
        if self._number:
            with suppress(ChildProcessError):
                os.waitpid(self._number, 0)
        self._number = 0


def can_share() -> bool:
    """Tell whether this process can be copied: on Linux, and while it has no other thread.

    A copy has one thread: what another held at that moment is locked in it for ever. The system
    counts threads that Python does not know of.
    """
    try:
        return sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


def _copy(part: Sequence[T], work: Callable[[Sequence[T]], R], file: Path) -> int:
    """Let a copy of this process do a part, and put what comes of it into a file; return its number.

    A copy that fails leaves no file.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    number = os.fork()
    if number:
        return number
    code = 1
    gc.disable()  # to look for garbage would touch, and so copy, all that this process has
    try:
        end_with(parent)
        tempfile.tempdir = str(file.parent)  # what it leaves there goes with the rest
        new = file.with_suffix(".new")
        said = _Said()
        logging.getLogger().handlers[:] = [said]
        new.write_bytes(pickle.dumps((work(part), said.records)))
        os.replace(new, file)
        code = 0
    finally:
        os._exit(code)


def end_with(parent: int) -> None:
    """Let this process be killed as soon as its *parent* ends, by Linux's prctl: it has the parent's lock."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


class _Said(logging.Handler):
    """Collect what a copy says at level warning and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.records.append((record.name, record.levelno, record.getMessage()))


def _result(file: Path) -> Any:
    """Return what came of a part, and say what was said of it."""
    result, records = pickle.loads(file.read_bytes())
    for name, level, words in records:
        logging.getLogger(name).log(level, "%s", words)
    return result
