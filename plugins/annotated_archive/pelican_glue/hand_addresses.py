"""Refuse pages by hand that would stand where the archive writes files of its own."""

from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from pelican.generators import Generator

from ..errors import Problem, Problems
from ..project import RECORDS
from .context import editions_of
from .search_page import PAGE

_FOLDERS = frozenset(["search", "commenters", "sources", "notes", "glossary", "feeds"])
"""Folders that hold nothing but what is made of the archive."""


def refuse_taken(generator: Generator) -> None:
    """Raise `Problems` that name each page by hand at an address of the archive's own.

    Pelican itself lets a page by hand take the place of one that a template makes, such as the home
    page. But what the archive writes would stand over it, or be lost below it.
    """
    settings = generator.settings
    slugs = editions_of(settings).keys()
    theme = PurePosixPath(settings["THEME_STATIC_DIR"]).parts[:1]
    folders = frozenset(name.casefold() for name in (*_FOLDERS, *theme, *slugs))
    problems = [
        Problem(
            "taken-address",
            f"save_as: {page.save_as} is a place of the site itself",
            path=_shown(Path(page.source_path)),
            remedy="name another file, such as pages/about.html",
        )
        for page in _by_hand(generator.context)
        if is_taken(str(page.save_as), folders)
    ]
    if problems:
        raise Problems(problems)


def is_taken(file: str, folders: Collection[str]) -> bool:
    """Tell whether the archive writes a file there, or lists what lies in that folder.

    >>> [file for file in ("search.html", "Notes/a.html", "pages/a.html") if is_taken(file, {"notes"})]
    ['search.html', 'Notes/a.html']
    """
    parts = PurePosixPath(file.casefold()).parts
    first = parts[0] if parts else ""
    return first in RECORDS or first == PAGE or first in folders


def _by_hand(context: Any) -> Iterator[Any]:
    """Yield every page and article that a person wrote, drafts too."""
    for name in ("pages", "hidden_pages", "draft_pages", "articles", "hidden_articles", "drafts"):
        for page in context.get(name, ()):
            if getattr(page, "edition", None) is None:
                yield page


def _shown(path: Path) -> str:
    """Return a path from the folder on in which the build was started."""
    root = Path.cwd()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
