"""Run a program, and say what it took; compare runs that were made in turn."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile

UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes of one unit of ``ru_maxrss``."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Hold what a run took: seconds by the clock, seconds of CPU, bytes of memory at its peak.

    CPU is that of the process and of all that it started and waited for. The peak is that of the
    largest of these processes, not their sum.
    """

    wall: float
    cpu: float
    peak: int


class Failed(Exception):
    """Tell that a program which was to be measured failed."""


def measured(command: Sequence[str], folder: Path) -> Usage:
    """Run a program in *folder*, and return what it took; raise `Failed` with its last words."""
    with TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT
        )
        try:
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            raise
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)  # else Popen would wait once more
        if process.returncode:
            said.seek(0)
            words = said.read().decode("utf-8", "replace")[-2000:]
            raise Failed(f"{command[0]} ended with {process.returncode}:\n{words}")
    return Usage(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * UNIT)


def middle(runs: Sequence[Usage]) -> Usage:
    """Return the median of each figure.

    >>> middle([Usage(3, 1, 30), Usage(1, 2, 10), Usage(2, 9, 20)])
    Usage(wall=2, cpu=2, peak=20)
    """
    return Usage(
        median(run.wall for run in runs),
        median(run.cpu for run in runs),
        int(median(run.peak for run in runs)),
    )


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median of the ratios of runs that were made next to each other.

    It is not the ratio of medians: what slowed a round slowed both of its runs.

    >>> ratio([1, 10, 3], [2, 40, 3])
    0.5
    """
    return median(one / other for one, other in zip(ours, theirs, strict=True))
