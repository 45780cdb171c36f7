"""Offer the task that takes captures into the archive: files, or items of a container of many."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from invoke.context import Context
from invoke.tasks import task

from .cli import QUIET_HELP, SETTINGS, SETTINGS_HELP, FilesTask, clear_errors, open_archive, say
from .errors import Problem, Problems
from .project import Project


@task(
    klass=FilesTask,
    positional=["files"],
    help={
        "files": "One or more captured files of one item; or one container, such as a WARC.",
        "slug": "The item's name in addresses; made of the file's name or title unless given.",
        "item": "An item that is there already, to which the files are added as further captures.",
        "source": "Address of the original page.",
        "time-zone": "What the page's own clock means, as in America/New_York.",
        "captured": "When the page was captured, as in 2026-11-23.",
        "list": "Only list what a container holds.",
        "select": "Which items of a container: words or a pattern for address, slug or title.",
        "everything": "Of a container, also drafts and whatever else would be left out.",
        "settings": SETTINGS_HELP,
        "quiet": QUIET_HELP,
    },
)
@clear_errors
def capture(
    _: Context,
    files: list[str],
    slug: str = "",
    item: str = "",
    source: str = "",
    time_zone: str = "",
    captured: str = "",
    list: bool = False,
    select: str = "",
    everything: bool = False,
    settings: str = SETTINGS,
    quiet: bool = False,
) -> None:
    """Take captured files into the archive unchanged, as one item."""
    from .lock import hold

    project = open_archive(settings)
    paths = [Path(name) for name in files]
    if list:
        _list(project, paths, select, quiet)
        return
    with hold(project):
        if select or everything or _is_container(paths):
            _refuse(slug=slug, source=source, captured=captured)
            _take_from(project, paths, select, item, time_zone, everything, quiet)
        elif item:
            _refuse(slug=slug, source=source, time_zone=time_zone)
            _add(project, item, paths, captured, quiet)
        else:
            _take_in(project, paths, slug, source, time_zone, captured, quiet)


def _refuse(**options: str) -> None:
    """Refuse options that mean nothing here."""
    for name, value in options.items():
        if value:
            remedy = "leave it out: each capture says so itself, or capture.yaml does"
            option = f"--{name.replace('_', '-')}"
            raise Problem("option", f"{option} has no meaning here", remedy=remedy)


def _is_container(paths: Sequence[Path]) -> bool:
    """Tell whether the one file given holds captures as records, which no format reads itself."""
    from .containers import recognise_container

    if len(paths) != 1 or not paths[0].is_file():
        return False
    found = recognise_container(paths[0])
    return found is not None and found.name in ("warc", "wacz")


def _take_in(
    project: Project,
    paths: Sequence[Path],
    slug: str,
    source: str,
    time_zone: str,
    captured: str,
    quiet: bool,
) -> None:
    from .intake import take_in

    taken = take_in(
        project, paths, slug=slug, source=source, time_zone=time_zone, captured=captured
    )
    say(quiet, f"{taken.slug}: {taken.title or 'no title found'}, {taken.comments} comments")
    for path in taken.written:
        say(quiet, f"  wrote {project.shown(path)}")


def _add(project: Project, item: str, paths: Sequence[Path], captured: str, quiet: bool) -> None:
    from .intake import add_to

    taken = add_to(project, item, paths, captured=captured)
    say(quiet, f"{taken.slug}: {taken.comments} comments in what was added")
    for path in taken.written:
        say(quiet, f"  wrote {project.shown(path)}")


def _one(paths: Sequence[Path]) -> Path:
    if len(paths) != 1:
        raise Problem("option", "give one container at a time", remedy="run it for each")
    return paths[0]


def _list(project: Project, paths: Sequence[Path], select: str, quiet: bool) -> None:
    from .container_intake import list_container

    with _progress(quiet) as progress:
        listing = list_container(project, _one(paths), select, progress)
    for one in listing.items:
        size = f"{one.size:,} bytes" if one.size else ""
        facts = (one.slug, one.captured, one.title, one.address, size, one.state)
        say(False, "  ".join(fact for fact in facts if fact))
    say(quiet, f"{len(listing.items):,} items in this container ({listing.container})")
    if listing.problems:
        raise Problems(listing.problems)


def _take_from(
    project: Project,
    paths: Sequence[Path],
    select: str,
    item: str,
    time_zone: str,
    everything: bool,
    quiet: bool,
) -> None:
    from .container_intake import states, take_from

    with _progress(quiet) as progress:
        result = take_from(
            project,
            _one(paths),
            select,
            item=item,
            time_zone=time_zone,
            everything=everything,
            progress=progress,
        )
    for taken in result.taken:
        title = taken.title or "no title found"
        say(quiet, f"{taken.slug}: {title}, {taken.comments} comments")
    for why, count in sorted(states(result.skipped).items()):
        say(quiet, f"left out: {count:,} ({why})")
    if result.problems:
        raise Problems(result.problems)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int, int, str], None]]:
    """Show on a terminal how much of a file is done."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total, words: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        number = bar.add_task("reading")
        yield lambda done, total, words: bar.update(
            number, completed=done, total=total, description=words
        )
