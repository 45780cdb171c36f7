"""Run Pelican, and hear everything that it says."""

import logging
from typing import Any

from pelican import Pelican
from pelican.log import console

from ..errors import Problem, Problems
from ..pipeline import Archive
from .context import ARCHIVE

_LOG = logging.getLogger(__name__)


class _Faults(logging.Handler):
    """Collect what Pelican says at level warning and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.errors: list[str] = []
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        kept = self.errors if record.levelno >= logging.ERROR else self.warnings
        kept.append(" ".join(record.getMessage().split()))


def run_pelican(settings: dict[str, Any], archive: Archive) -> tuple[str, ...]:
    """Run Pelican once; return its warnings, raise `Problems` with all of its errors.

    This is as strict as ``--fatal errors``, and tells of every error instead of the first.
    """
    faults = _Faults()
    root = logging.getLogger()
    before, quiet = root.handlers[:], console.quiet
    root.handlers[:] = [faults]
    console.quiet = True
    settings[ARCHIVE] = archive
    try:
        Pelican(settings).run()
    except Exception as error:
        _LOG.debug("Pelican stopped", exc_info=True)
        faults.errors.append(f"{type(error).__name__}: {error}")
    finally:
        root.handlers[:] = before
        console.quiet = quiet
    if faults.errors:
        raise Problems(Problem("pelican", text) for text in dict.fromkeys(faults.errors))
    return tuple(dict.fromkeys(faults.warnings))
