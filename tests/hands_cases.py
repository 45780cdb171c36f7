"""Work that is shared out among processes comes to the same, whatever becomes of them.

`test_hands.py` runs these in a process without other threads, the only one that is ever copied.
"""

import _thread
import io
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pelican.plugins.annotated_archive import executors
from pelican.plugins.annotated_archive.cli import show_progress
from pelican.plugins.annotated_archive.executors import processes
from pelican.plugins.annotated_archive.hands import LEAST, Beside, can_share, share

PIECES = list(range(4 * LEAST))
HOME = os.getpid()


def doubled(part: Sequence[int]) -> list[tuple[int, int]]:
    """Return each piece and its double."""
    return [(one, 2 * one) for one in part]


def dies(part: Sequence[int]) -> list[tuple[int, int]]:
    """Do the work here; be killed elsewhere."""
    if os.getpid() != HOME:
        os.kill(os.getpid(), signal.SIGKILL)
    return doubled(part)


def stops(part: Sequence[int]) -> list[tuple[int, int]]:
    """Do the work here; fail elsewhere."""
    if os.getpid() != HOME:
        raise SystemExit("no more")
    return doubled(part)


def cannot_be_sent(part: Sequence[int]) -> list[object]:
    """Return what no process can send to another."""
    return [threading.Lock() for _ in part] if os.getpid() != HOME else [*doubled(part)]


@pytest.mark.parametrize("work", [doubled, dies, stops, cannot_be_sent])
@pytest.mark.parametrize("count", [1, 2, 3, 4, 60])
def test_all_pieces_come_back(work: Callable[[Sequence[int]], list[object]], count: int) -> None:
    """Each piece is worked on and comes back once, also where a copy dies."""
    found = [one for part in share(PIECES, work, count) for one in part]
    assert sorted(doubled(PIECES)) == sorted(found)  # type: ignore[type-var]


def test_a_copy_does_a_part() -> None:
    """Two hands are two processes, and one hand is this one."""
    numbers = share(PIECES, lambda part: os.getpid(), 2)
    assert HOME == numbers[0] != numbers[1]
    assert [HOME] == share(PIECES, lambda part: os.getpid(), 1)


def test_little_work_is_done_here() -> None:
    """Few pieces are worth no copy, and none no call."""
    assert [HOME] == share(PIECES[: 2 * LEAST - 1], lambda part: os.getpid(), 2)
    assert [] == share([], lambda part: os.getpid(), 2)


@pytest.mark.parametrize("bad", [0, 1])
def test_an_error_is_raised_here(bad: int) -> None:
    """What is wrong with a piece is raised, in whichever part it is."""

    def work(part: Sequence[int]) -> None:
        if bad in part:
            raise ValueError(f"{bad} is bad")

    with pytest.raises(ValueError, match=f"{bad} is bad"):
        share(PIECES, work, 2)


def test_a_terminal_hinders_no_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where what is read is told on a terminal, work is shared out all the same."""
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", terminal)
    with show_progress(quiet=False) as tell:
        tell("item-1")
        assert can_share()
    assert "Reading item-1" in terminal.getvalue()


def test_no_copy_is_left() -> None:
    """Also where the work fails here, every copy has ended."""

    def work(part: Sequence[int]) -> None:
        if os.getpid() == HOME:
            raise ValueError("bad")

    with pytest.raises(ValueError, match="bad"):
        share(PIECES, work, 4)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_what_a_copy_says_is_heard(caplog: pytest.LogCaptureFixture) -> None:
    """Warnings of every part are told here."""

    def work(part: Sequence[int]) -> None:
        logging.getLogger("a").warning("from %d", part[0])

    share(PIECES, work, 2)
    assert ["from 0", "from 1"] == [record.getMessage() for record in caplog.records]


def test_a_process_with_threads_makes_no_copy() -> None:
    """A copy of a process with threads might wait for a lock for ever, also one unknown to Python."""
    stop, ended = _thread.allocate_lock(), _thread.allocate_lock()
    stop.acquire()
    ended.acquire()

    def wait() -> None:
        stop.acquire()
        ended.release()

    assert can_share()
    _thread.start_new_thread(wait, ())
    try:
        assert 1 == threading.active_count()
        assert not can_share()
        assert [HOME] == share(PIECES, lambda part: os.getpid(), 2)
    finally:
        stop.release()
        ended.acquire()


@pytest.mark.parametrize("hands", [1, 2])
def test_work_beside_comes_back(hands: int) -> None:
    """What a copy does while this process goes on is had when it is asked for, and what it says heard."""
    beside = Beside(lambda: os.getpid(), hands)
    assert (HOME == beside.result()) is (hands == 1)
    beside.end()


def test_work_beside_that_dies_is_done_here() -> None:
    """A copy that is killed costs time alone."""
    beside = Beside(lambda: dies([1]), 2)
    assert [(1, 2)] == beside.result()
    beside.end()


def test_work_beside_may_be_left_off(tmp_path: Path) -> None:
    """What nobody asks for any more ends with its copy."""

    def work() -> None:
        time.sleep(60)
        (tmp_path / "done").touch()

    beside = Beside(work, 2)
    start = time.monotonic()
    beside.end()
    beside.end()
    assert time.monotonic() - start < 30
    assert not (tmp_path / "done").exists()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_an_error_beside_is_raised_here() -> None:
    """What is wrong is raised when the result is asked for."""

    def work() -> None:
        raise ValueError("bad")

    beside = Beside(work, 2)
    with pytest.raises(ValueError, match="bad"):
        beside.result()
    beside.end()


def test_a_copy_ends_with_its_process(tmp_path: Path) -> None:
    """Nothing goes on writing for a process that was killed."""
    file = tmp_path / "numbers"

    def work() -> None:
        file.write_text(str(os.getpid()))
        time.sleep(60)

    number = os.fork()
    if not number:
        Beside(work, 2)
        while not file.exists() or not file.read_text():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(number, 0)
    copy, end = int(file.read_text()), time.monotonic() + 30
    while is_running(copy) and time.monotonic() < end:
        time.sleep(0.01)
    assert not is_running(copy)


@pytest.mark.parametrize("are_copies", [True, False])
def test_a_crew_ends_with_its_process(tmp_path: Path, are_copies: bool) -> None:
    """Processes that read items end with the one that they read for, whose lock they may have."""
    file = tmp_path / "numbers"
    number = os.fork()
    if not number:
        executors.can_share = lambda: are_copies
        with processes(2, [1] * 9) as crew:
            assert crew is not None
            read = {crew.executor.submit(_slow).result() for _ in range(2)}
            file.write_text(" ".join(map(str, read)))
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(number, 0)
    copies, end = list(map(int, file.read_text().split())), time.monotonic() + 30
    assert copies
    while any(map(is_running, copies)) and time.monotonic() < end:
        time.sleep(0.01)
    assert not any(map(is_running, copies))


def _slow() -> int:
    time.sleep(0.05)
    return os.getpid()


def is_running(number: int) -> bool:
    """Tell whether a process runs; one that nobody waited for does not."""
    try:
        return ") Z " not in Path(f"/proc/{number}/stat").read_text()
    except OSError:
        return False
