"""Say what is wrong, where, and what to write instead.

The tree of errors::

    ArchiveError             what the tool reports and exits 1 for
    ├── Problem              one fault: code, place, what is wrong, remedy
    │   └── Unreadable       one fault that ends the reading of a capture
    └── Problems             every fault of one run, raised once

A code is a short slug, shown as ``[archive.slug]``, the same wherever the fault is met.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path


class ArchiveError(Exception):
    """Be the root of what a person's mistake can raise."""


class Problem(ArchiveError):
    """Hold one fault with its place and its remedy; *subject* is the id of what it is about.

    >>> print(Problem("no-title", "no title was found", path=Path("capture.txt"), line=3))
    capture.txt:3: no title was found [archive.no-title]
    """

    def __init__(
        self,
        code: str,
        fault: str,
        *,
        path: Path | str | None = None,
        line: int | None = None,
        remedy: str = "",
        subject: str = "",
    ) -> None:
        super().__init__(code, fault)
        self.code = code
        self.fault = fault
        self.path = path
        self.line = line
        self.remedy = remedy
        self.subject = subject

    def __str__(self) -> str:
        place = "" if self.path is None else f"{self.path}:"
        place += "" if self.line is None else f"{self.line}:"
        remedy = f"; {self.remedy}" if self.remedy else ""
        text = f"{place} {self.fault}{remedy} [archive.{self.code}]".lstrip()
        return printable(text)

    def at(self, path: Path | str) -> "Problem":
        """Return the same problem, placed in *path* unless it has a place already.

        >>> print(Problem("empty", "the file is empty").at("a.txt"))
        a.txt: the file is empty [archive.empty]
        """
        return Problem(
            self.code,
            self.fault,
            path=self.path or path,
            line=self.line,
            remedy=self.remedy,
            subject=self.subject,
        )


class Unreadable(Problem):
    """Say that a capture cannot be read at all."""


class Problems(ArchiveError):
    """Raise all problems of one run at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = tuple(problems)
        super().__init__(*self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def printable(text: str) -> str:
    r"""Replace what a terminal would act on by visible escapes.

    >>> printable("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    return "".join(
        char if char.isprintable() or char in "\n\t" else char.encode("unicode_escape").decode()
        for char in text
    )
