"""Let one run at a time write into an archive."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from .errors import Problem
from .project import Project

NAME = ".annotated-archive.lock"


@contextmanager
def hold(project: Project) -> Iterator[None]:
    """Hold the archive's lock; raise `Problem` where another run has it."""
    try:
        with FileLock(project.root / NAME).acquire(timeout=0):
            yield
    except Timeout:
        raise Problem(
            "locked",
            "another run is writing into this archive",
            remedy="wait until it has ended, or stop it",
        ) from None
