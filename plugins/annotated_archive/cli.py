"""Give invoke what it lacks: a task that takes any number of files, and errors without a traceback."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

from invoke.exceptions import Exit, ParseError
from invoke.parser.argument import Argument
from invoke.tasks import Task

from .errors import ArchiveError, printable


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
    """Be a task whose argument ``files`` takes any number of words."""

    def get_arguments(self, ignore_unknown_help: bool | None = None) -> list[Argument]:
        """Return the task's arguments, the files first."""
        arguments = super().get_arguments(ignore_unknown_help)
        for index, argument in enumerate(arguments):
            if argument.name == "files":
                arguments[index] = _Files(names=argument.names, positional=True, help=argument.help)
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
