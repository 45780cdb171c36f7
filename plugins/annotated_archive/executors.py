"""Offer crews that read items: processes of this machine, or a Dask cluster."""

import logging
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Thread

from .errors import Problem
from .hands import can_share, end_with
from .item_reading import Crew, Workers, in_this_process

PAYS = 6_000_000
"""From so many bytes on, reading takes longer than starting processes does: docs/scale.md."""
PAYS_COPIED = 500_000
"""The same for processes that are copies of this one, which start at once."""
_LEAST = 4
_NEEDED = ("item_reading", "captures.html", "captures.text", "document", "redaction", "editing")
"""What reading items takes, and each process would import for itself."""
_WAIT = 10
"""For how many seconds a scheduler may keep silent when it is first asked."""


def workers_for(jobs: int = 0, scheduler: str = "") -> Workers:
    """Return who reads items: a cluster's *scheduler*, or so many processes; 0 is what pays.

    Raises `Problem` for a number that is none.
    """
    if jobs < 0:
        raise Problem("option", f"--jobs is {jobs}", remedy="give 0, for what pays, or a number")
    if scheduler:
        return lambda sizes: cluster(scheduler, sizes)
    return in_this_process if jobs == 1 else lambda sizes: processes(jobs, sizes)


def cores() -> int:
    """Return how many processes can run at once here."""
    with suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def processes(jobs: int, sizes: Sequence[int]) -> Iterator[Crew | None]:
    """Yield a crew of so many processes; with 0 as many as there are cores, or none if none pay.

    They are copies of this one where it can be copied; else they are forked from a fresh one.
    """
    hands = min(jobs or cores(), len(sizes), 61)
    least = PAYS_COPIED if can_share() else PAYS
    pays = bool(jobs) or (sum(sizes) >= least and len(sizes) >= _LEAST)
    if hands < 2 or not pays:
        yield None
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    methods = multiprocessing.get_all_start_methods()
    fresh = "forkserver" if "forkserver" in methods else "spawn"
    are_copies = can_share()
    context = multiprocessing.get_context("fork" if are_copies else fresh)
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload([f"{__package__}.{name}" for name in _NEEDED])
    parent = os.getpid() if are_copies else 0
    executor = ProcessPoolExecutor(hands, context, _leave_stopping_to_the_parent, (parent,))
    try:
        yield Crew(executor, hands)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _leave_stopping_to_the_parent(parent: int) -> None:
    """Ignore Ctrl-C, which a terminal sends to every process of a group; end with the *parent*."""
    if parent:
        end_with(parent)
    else:
        Thread(target=_end_with_the_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _end_with_the_parent() -> None:
    """End as soon as the process has ended that this one, which is no copy, reads for."""
    from multiprocessing import connection, parent_process

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


@contextmanager
def cluster(address: str, sizes: Sequence[int]) -> Iterator[Crew | None]:
    """Yield the crew of the Dask scheduler at an *address*; none where there is nothing to read.

    Raises `Problem` where Dask is not installed, the scheduler does not answer, or has no workers.
    """
    if not sizes:
        yield None
        return
    try:
        from distributed import Client
    except ImportError:
        remedy = "install it: python -m pip install 'annotated-archive[dask]'"
        raise Problem(
            "scheduler", "--scheduler needs Dask, which is not installed", remedy=remedy
        ) from None
    for name in ("distributed", "distributed.client", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters of it, we say ourselves
    try:
        client = Client(address, timeout=_WAIT, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        fault = f"no scheduler answers at {address}: {type(error).__name__}"
        remedy = "start one with: dask scheduler; give its address, as in tcp://127.0.0.1:8786"
        raise Problem("scheduler", fault, remedy=remedy) from None
    try:
        hands = sum(client.nthreads().values())
        if not hands:
            remedy = f"start some with: dask worker {address}"
            raise Problem("scheduler", f"the scheduler at {address} has no workers", remedy=remedy)
        yield Crew(client.get_executor(pure=False), hands, False, lambda: bool(client.nthreads()))
    finally:
        with suppress(Exception):  # a scheduler that is gone can be told nothing
            client.close()
