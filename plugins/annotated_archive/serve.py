"""Serve the site on this machine, and build it again when its content changes."""

import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from watchfiles import DefaultFilter, watch

from .build import build, open_project
from .errors import ArchiveError, Problem, printable
from .pelican_glue import load_settings
from .project import Project
from .wording import plural

PREVIEW = ".preview"
"""The folder of the site that is served; ``output/`` is left to `build` and `publish`."""


class _Handler(SimpleHTTPRequestHandler):
    """Serve files fresh each time, and say nothing of requests that succeed."""

    def end_headers(self) -> None:
        """Forbid caching: the next request must see the next build."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        """Say nothing."""

    def log_message(self, format: str, *args: Any) -> None:
        """Print an error without what a terminal would act on."""
        print(printable(format % args), file=sys.stderr)


def watched(project: Project, theme: Path) -> tuple[Path, ...]:
    """Return the files and folders whose change makes a new build."""
    content = project.pages.parent
    folders = [project.captures, project.annotations, content, theme, project.settings]
    if project.redactions:
        folders.append(project.redactions.parent)
    return tuple(folder for folder in folders if folder.exists())


def rebuild(settings: Path, preview: Path) -> tuple[str, ...]:
    """Build what is sound into *preview*; return every problem in words, and print them."""
    try:
        built = build(settings, {"OUTPUT_PATH": str(preview)}, tolerant=True)
        problems = tuple(str(problem) for problem in built.archive.problems)
    except ArchiveError as error:
        problems = tuple(str(error).splitlines())
    except OSError as error:
        problems = (f"{error.filename}: {error.strerror} [archive.system]",)
    for problem in problems:
        print(problem, file=sys.stderr)
    return problems


def serve_site(settings: Path, port: int, stop: threading.Event | None = None) -> None:
    """Serve on the loopback address until *stop* is set or the person stops it.

    Raises `Problem` where the port is taken.
    """
    project = open_project(settings)
    theme = Path(load_settings(settings, {})["THEME"])
    preview = project.root / PREVIEW
    rebuild(settings, preview)
    handler = partial(_Handler, directory=str(preview))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        remedy = "give another with --port"
        raise Problem("port", f"port {port}: {error.strerror}", remedy=remedy) from None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"Serving http://127.0.0.1:{server.server_port}/ (stop with Ctrl-C)", flush=True)
    try:
        for _ in watch(*watched(project, theme), stop_event=stop, watch_filter=_Filter(project)):
            problems = rebuild(settings, preview)
            print(plural(len(problems), "problem") if problems else "built", flush=True)
    finally:
        server.shutdown()
        server.server_close()


class _Filter(DefaultFilter):
    """Leave out what the build itself writes."""

    def __init__(self, project: Project) -> None:
        super().__init__()
        self.project = project

    def __call__(self, change: Any, path: str) -> bool:
        """Tell whether a change calls for a new build."""
        return super().__call__(change, path) and not Path(path).name.startswith(".")
