"""Run Pelican, and hear everything that it says."""

import logging
import traceback
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError
from pelican import Pelican
from pelican.log import console

from ..errors import Problem, Problems
from ..new_site import NewSite
from ..pipeline import Archive
from .compiled import Templates
from .context import ARCHIVE, BESIDE, SITE, WRITER

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


_TEMPLATES: dict[tuple[Path | None, str], Templates] = {}
"""One store for each cache, and each way of compiling."""


def run_pelican(
    settings: dict[str, Any], archive: Archive, site: NewSite, cache: Path | None = None
) -> tuple[str, ...]:
    """Run Pelican once to make a *site*; return its warnings, raise `Problems` with all of its errors.

    This is as strict as ``--fatal errors``, and tells of every error instead of the first.
    """
    faults = _Faults()
    root = logging.getLogger()
    before, quiet = root.handlers[:], console.quiet
    root.handlers[:] = [faults]
    console.quiet = True
    settings[ARCHIVE], settings[SITE] = archive, site
    templates = _share_templates(settings, cache)
    broken: list[Problem] = []
    try:
        Pelican(settings).run()
        settings[WRITER].flush()
        templates.save()
    except Problems as found:
        broken += found.problems
    except Exception as error:
        _LOG.debug("Pelican stopped", exc_info=True)
        broken.append(_problem_of(error, settings))
    finally:
        if BESIDE in settings:
            settings.pop(BESIDE).end()
        root.handlers[:] = before
        console.quiet = quiet
    if faults.errors or broken:
        said = [Problem("pelican", text) for text in dict.fromkeys(faults.errors)]
        raise Problems([*said, *broken])
    return tuple(dict.fromkeys(faults.warnings))


def _share_templates(settings: dict[str, Any], cache: Path | None) -> Templates:
    """Let this run use what earlier ones compiled, unless settings name a cache of their own.

    Each run makes environments of its own, so none need ask for each part of each page whether a
    template's file has changed.
    """
    options = settings["JINJA_ENVIRONMENT"]
    way = repr(sorted(options.items()))
    templates = _TEMPLATES.get((cache, way)) or Templates(cache, way)
    _TEMPLATES[cache, way] = templates
    settings["JINJA_ENVIRONMENT"] = {
        "bytecode_cache": templates,
        "auto_reload": False,
        **options,
    }
    return templates


def _problem_of(error: Exception, settings: dict[str, Any]) -> Problem:
    """Return what stopped Pelican; where it was a template, with its file and line."""
    fault = f"{type(error).__name__}: {error}"
    place = _place_in_template(error)
    if place is None:
        return Problem("pelican", fault)
    path, line = place
    theme = Path(settings["THEME"]).resolve()
    if path.is_relative_to(theme):
        path = path.relative_to(theme.parent)
    return Problem("template", fault, path=path, line=line, remedy="correct the template")


def _place_in_template(error: Exception) -> tuple[Path, int] | None:
    """Return the innermost template that an error came from, and the line of it."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return Path(error.filename).resolve(), error.lineno
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        if "__jinja_exception__" in frame.f_globals:  # Jinja's own sign of a rewritten frame
            return Path(frame.f_code.co_filename).resolve(), line
    return None
