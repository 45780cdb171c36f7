"""Serve the site on this machine, and build it again when its content changes.

`preview.watching` tells of changes, `Preview` builds, `preview.board` tells the pages that ask, and
`preview.server` serves them.
"""

import sys
import threading
import time
import traceback
import webbrowser
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from .build import Built, build
from .errors import ArchiveError, Problem, Problems, printable
from .item_cache import without_collection
from .lock import hold
from .manifest import read_manifest
from .memory import Interrupted, Memory
from .pelican_glue.site_settings import load_settings, open_project
from .preview.board import Board
from .preview.first import show_first, slug_of
from .preview.server import open_server
from .preview.watching import Changes, next_changes, outermost, watching
from .project import Project
from .wording import plural

PREVIEW = ".preview"
"""The folder of the site that is served; ``output/`` is left to `build` and `publish`."""

WAIT = 10.0
"""For how many seconds a build waits for another run that writes into the archive."""


class Preview:
    """Build what is sound into the preview's folder, and tell the board what came of it."""

    def __init__(self, settings: Path, folder: Path, board: Board) -> None:
        self.settings = settings
        self.folder = folder
        self.board = board
        self.span = (0.0, 0.0)
        self.memory = Memory()

    def show_first(self, changed: Iterable[Path], project: Project) -> bool:
        """Show an edited item at once, if its own pages are what changes first; tell whether it is."""
        project = replace(project, output=self.folder)
        slug = slug_of((path for path in changed if not self.is_own(path, project)), project)
        staging = self.folder.with_name(f".{self.folder.name}.first")
        try:
            with hold(project), without_collection():
                shown = bool(slug) and show_first(project, self.memory, slug, staging)
        except Exception:  # the build tells what is wrong
            return False
        if shown:
            self.board.renew()
        return shown

    def rebuild(self) -> tuple[str, ...]:
        """Build once; return every problem in words, and print them.

        Nothing is raised but `Interrupted`, where the memory's pause raises it.
        """
        before, start = read_manifest(self.folder), time.time()
        self.span = (start, float("inf"))
        try:
            problems, failed = self._build()
        finally:
            self.span = (start, time.time())
        changed = _differences(before, read_manifest(self.folder))
        sheets = all(name.endswith(".css") for name in changed)
        self.board.put(problems, failed=failed, changed=bool(changed), sheets=sheets)
        if self.memory.gate:
            self.memory.gate.make_ready()
        for problem in problems:
            print(problem, file=sys.stderr)
        return problems

    def _build(self) -> tuple[tuple[str, ...], bool]:
        """Return the problems of a build, and whether there is no new site."""
        try:
            built = self._wait_and_build()
        except Problems as error:
            return tuple(map(str, error.problems)), True
        except ArchiveError as error:
            return (str(error),), True
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            return (printable(f"{place}{error.strerror or error} [archive.system]"),), True
        except (Exception, SystemExit) as error:  # whatever fails, the next save gets its build
            traceback.print_exc()
            return (str(_internal(error)),), True
        return tuple(map(str, built.problems)), False

    def _wait_and_build(self) -> Built:
        """Build, once no other run writes into the archive."""
        _forget_settings(self.settings.resolve().parent)
        end = time.monotonic() + WAIT
        while True:
            try:
                return build(
                    self.settings,
                    {"OUTPUT_PATH": str(self.folder)},
                    tolerant=True,
                    memory=self.memory,
                )
            except Problem as problem:
                if problem.code != "locked" or time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def is_own(self, path: Path, project: Project) -> bool:
        """Tell whether the last build itself wrote *path*: a generated page or a lock file."""
        if path.parent != project.pages and not path.name.endswith(".lock.yaml"):
            return False
        try:
            written = path.stat().st_mtime
        except OSError:
            return False
        return self.span[0] - 0.05 <= written <= self.span[1]


def _internal(error: BaseException) -> Problem:
    fault = f"the build broke off: {type(error).__name__}: {error}"
    return Problem("internal", fault, remedy="the terminal has more; please report it")


def _differences(old: Mapping[str, str], new: Mapping[str, str]) -> set[str]:
    """Return the names of files that are not the same in both manifests.

    >>> sorted(_differences({"a": "1", "b": "2"}, {"b": "3", "c": "4"}))
    ['a', 'b', 'c']
    """
    return {name for name, _ in old.items() ^ new.items()}


def _forget_settings(root: Path) -> None:
    """Forget modules of the settings' folder: what a settings file imports is read afresh."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and Path(file).parent == root and name not in ("__main__", "tasks"):
            del sys.modules[name]


def watched(settings: Path, project: Project) -> tuple[Path, ...]:
    """Return the folders whose change makes a new build."""
    content = project.pages.parent
    folders = [project.captures, project.annotations, content]
    for file in (project.redactions, project.editors, project.glossary):
        folders += [file.parent] if file else []
    with suppress(ArchiveError):
        folders.append(Path(load_settings(settings, {})["THEME"]))
    wide = (project.root, *project.root.parents)
    return outermost([one.resolve() for one in folders if one.is_dir() and one not in wide])


def serve_site(
    settings: Path,
    port: int,
    stop: threading.Event | None = None,
    *,
    show: bool = False,
) -> None:
    """Serve on the loopback address until *stop* is set or the person stops it.

    Where *show* is true, a browser is opened. Raises `Problem` where the port is taken.
    """
    stop = stop or threading.Event()
    project = open_project(settings)
    board = Board()
    preview = Preview(settings, project.root / PREVIEW, board)
    server = open_server(preview.folder, port, board)
    try:
        rooms = watched(settings, project)
        with watching(rooms, project.root) as changes:
            preview.rebuild()
            threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
            address = f"http://127.0.0.1:{server.server_port}/"
            print(f"Serving {address} (stop with Ctrl-C)", flush=True)
            if show:
                webbrowser.open(address)
            rooms, project = _follow(preview, project, rooms, changes, stop)
        while not stop.is_set():  # the settings name other folders now
            with watching(rooms, project.root) as changes:
                rooms, project = _follow(preview, project, rooms, changes, stop)
    finally:
        server.shutdown()
        server.server_close()


def _follow(
    preview: Preview,
    project: Project,
    rooms: tuple[Path, ...],
    changes: Changes,
    stop: threading.Event,
) -> tuple[tuple[Path, ...], Project]:
    """Build on each change until *stop*, or until settings name other folders; return those."""
    waiting: set[Path] = set()
    is_behind = False

    def news() -> bool:
        waiting.update(next_changes(changes, 0))
        return _calls_for_build(waiting, preview, project)

    def pause() -> None:
        if not changes.empty() and news():
            raise Interrupted

    preview.memory.pause = pause
    while not stop.is_set():
        if not waiting and not is_behind:
            waiting.update(next_changes(changes, 0.25))
        found, start = frozenset(waiting), time.monotonic()
        waiting.clear()
        if not is_behind and not _calls_for_build(found, preview, project):
            continue
        if preview.show_first(found, project):
            print(f"shown ({time.monotonic() - start:.2f} s)", flush=True)
        is_behind = True
        try:
            problems = preview.rebuild()
        except Interrupted:
            continue
        is_behind = False
        said = plural(len(problems), "problem") if problems else "built"
        print(f"{said} ({time.monotonic() - start:.1f} s)", flush=True)
        if any(path.suffix == ".py" for path in found):
            with suppress(ArchiveError):
                project = open_project(preview.settings)
                if watched(preview.settings, project) != rooms:
                    break
    with suppress(ArchiveError):
        rooms = watched(preview.settings, project)
    return rooms, project


def _calls_for_build(found: Iterable[Path], preview: Preview, project: Project) -> bool:
    return any(not preview.is_own(path, project) for path in found)
