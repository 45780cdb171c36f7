"""Give invoke what it lacks: tasks that take any number of words, and errors without a traceback."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

from invoke.exceptions import Exit, ParseError
from invoke.parser.argument import Argument
from invoke.tasks import Task

from .errors import ArchiveError, Problem, printable
from .project import Project

SETTINGS = "pelicanconf.py"
PUBLISH_SETTINGS = "publishconf.py"
SETTINGS_HELP = f"Pelican's settings file; {SETTINGS} unless given."
QUIET_HELP = "Say nothing but errors."
ALLOW_LOST_HELP = "Show annotations whose words are not found as no longer anchored."


JOBS_HELP = "How many processes read items; 0, which holds unless given, is as many as pay."
SCHEDULER_HELP = "The address of a Dask scheduler whose workers read items: docs/scale.md."
_REFRESH = 0.1
"""So many seconds lie at least between two words of what is being read."""


class _Files(Argument):
    """Take one file or more, in any place after the task's name.

    Invoke asks a positional argument's value twice: while it has none, the next word is its own;
    and at the end, where none is an error. So more words are taken only as long as it is asked
    by the reading of words.
    """

    @property
    def value(self) -> Any:
        """Return the files, or None as long as further words may be files."""
        return None if not self._value or _is_reading_words() else self._value

    @value.setter
    def value(self, word: str) -> None:
        self.set_value(word)

    def set_value(self, value: Any, cast: bool = True) -> None:
        """Add one file; what looks like an option is none that the task has."""
        if str(value).startswith("-"):
            raise ParseError(f"No idea what '{value}' is!")
        self._value = [*(self._value or []), value]
        self.raw_value = value


def _is_reading_words() -> bool:
    """Tell whether invoke's parser asks because of a word, not because the words have ended."""
    frame = sys._getframe(2)
    for _ in range(4):
        name = frame.f_code.co_name
        if name in ("handle", "see_positional_arg"):
            return True
        if name == "complete_context" or frame.f_back is None:
            return False
        frame = frame.f_back
    return False


class FilesTask(Task):  # type: ignore[type-arg]
    """Be a task whose argument ``files`` or ``words`` takes any number of words."""

    def get_arguments(self, ignore_unknown_help: bool | None = None) -> list[Argument]:
        """Return the task's arguments, the files first."""
        arguments = super().get_arguments(ignore_unknown_help)
        for index, argument in enumerate(arguments):
            if argument.name in ("files", "words"):
                arguments[index] = _Files(names=argument.names, positional=True, help=argument.help)
        return arguments


class PlaceTask(Task):  # type: ignore[type-arg]
    """Be a task whose argument ``in_`` is given as ``--in``, a word that Python keeps for itself."""

    def get_arguments(self, ignore_unknown_help: bool | None = None) -> list[Argument]:
        """Return the task's arguments."""
        arguments = super().get_arguments(ignore_unknown_help)
        for index, argument in enumerate(arguments):
            if argument.attr_name == "in_":
                arguments[index] = Argument(
                    name="in", attr_name="in_", default="", help=argument.help
                )
        return arguments


def fail(message: str) -> Exit:
    """Return what ends a task with *message* on standard error and exit status 1."""
    return Exit(printable(message), code=1)


def clear_errors(body: Callable[..., None]) -> Callable[..., None]:
    """Report what is wrong on standard error, one line each, and exit with status 1."""

    @wraps(body)
    def task(*args: Any, **kwargs: Any) -> None:
        try:
            body(*args, **kwargs)
        except ArchiveError as error:
            raise fail(str(error)) from None
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            raise fail(f"{place}{error.strerror or error} [archive.system]") from None
        except KeyboardInterrupt:
            raise fail("stopped") from None

    return task


def settings_file(name: str) -> Path:
    """Return the settings file in this folder; raise `Problem` where there is none."""
    path = Path(name)
    if not path.is_file():
        remedy = "run this in your site's folder, or give --settings FILE"
        raise Problem("no-settings", "there is no such settings file", path=path, remedy=remedy)
    return path


def open_archive(name: str) -> Project:
    """Return the project whose settings file is *name*."""
    from .pelican_glue.site_settings import open_project

    return open_project(settings_file(name))


@contextmanager
def show_progress(quiet: bool) -> Iterator[Callable[[str], None]]:
    """Show on a terminal which item is being read; no thread does it, so that work can be shared out."""
    if quiet or not sys.stderr.isatty():
        yield lambda slug: None
        return
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    shown = 0.0

    def tell(slug: str) -> None:
        nonlocal shown
        if time.monotonic() - shown > _REFRESH:
            live.update(Text(f"Reading {slug}"), refresh=True)
            shown = time.monotonic()

    with Live(console=Console(stderr=True), auto_refresh=False, transient=True) as live:
        yield tell


def say(quiet: bool, text: str) -> None:
    """Print *text*, unless it is to be quiet."""
    if not quiet:
        print(printable(text))


def warn(warnings: Iterable[object]) -> None:
    """Print warnings on standard error, one a line."""
    for warning in warnings:
        print(printable(f"warning: {warning}"), file=sys.stderr)


def build_and_tell(
    settings: str,
    quiet: bool,
    allow_lost: bool,
    overrides: Mapping[str, Any] | None = None,
    *,
    jobs: int = 0,
    scheduler: str = "",
) -> Path:
    """Build the site, and say what was built; return its folder."""
    from .build import build
    from .executors import cores, workers_for
    from .wording import plural

    path = settings_file(settings)
    workers = workers_for(jobs, scheduler)
    with show_progress(quiet) as progress:
        built = build(
            path,
            overrides,
            allow_lost=allow_lost,
            progress=progress,
            workers=workers,
            hands=jobs or cores(),
        )
    warn(built.warnings)
    say(quiet, f"Built {plural(built.items, 'article')} with their comments.")
    return built.output


def shown_here(path: Path) -> str:
    """Return *path* from this folder on, if it lies in it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
