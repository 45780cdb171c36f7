"""Read which old addresses lead on to which pages: content/redirects.yaml."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from .content_files import load
from .content_schemas import REDIRECTS
from .errors import Problem, Problems
from .project import DEVICES, RECORDS, Project

MOST = 2000
"""How many redirects hosts take that read ``_redirects``; further ones would be passed over."""

_LONGEST = 900
"""Characters of an old address: hosts pass over a line of more than 1,000."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f\\]")


@dataclass(frozen=True, slots=True)
class Redirect:
    """Hold one old address, the file that stands there, the page that it leads to, and its line.

    *source* begins with a slash, as written. *file* is below the site's folder. *target* is a file
    of the site, perhaps with a fragment after ``#``.
    """

    source: str
    file: str
    target: str
    line: int


def read_redirects(path: Path | None, shown: str) -> tuple[Redirect, ...]:
    """Return the redirects; none where there is no file. Raises `Problems` with every fault."""
    if path is None or not path.is_file():
        return ()
    file, value = load(path, shown, REDIRECTS)
    entries = value.get("redirects") or ()
    found: list[Redirect] = []
    problems: list[Problem] = []
    lines: dict[str, int] = {}
    for number, entry in enumerate(entries):
        line = file.line(("redirects", number))
        one = Redirect(entry["from"], file_of(entry["from"]), target_of(entry["to"]), line)
        fault, remedy = _fault(one), "write it as in /2009/06/rain/"
        if not fault and _is_record(one.file):
            fault, remedy = f"{one.source} is a file that the site itself writes", "leave it out"
        if not fault and one.file.casefold() in lines:
            fault = f"{one.source} stands twice"
            remedy = f"keep one (the other is in line {lines[one.file.casefold()]})"
        if fault:
            problems.append(Problem("redirect", fault, path=shown, line=line, remedy=remedy))
        lines.setdefault(one.file.casefold(), line)
        found.append(one)
    if len(found) > MOST:
        fault = f"{len(found):,} redirects are more than the {MOST:,} that hosts take"
        remedy = "keep those that are still followed"
        problems.append(Problem("redirect", fault, path=shown, line=1, remedy=remedy))
    if problems:
        raise Problems(problems)
    return tuple(found)


def redirects_of(project: Project) -> tuple[tuple[Redirect, ...], Sequence[Problem]]:
    """Return the archive's redirects, and what is wrong with the file that names them."""
    path = project.redirects
    try:
        return read_redirects(path, project.shown(path) if path else ""), ()
    except Problems as found:
        return (), found.problems


def file_of(source: str) -> str:
    """Return the file that a host of files shows at an address.

    >>> file_of("/2009/06/rain/"), file_of("/rain.html"), file_of("/a.php"), file_of("/caf%C3%A9")
    ('2009/06/rain/index.html', 'rain.html', 'a.php/index.html', 'café/index.html')
    """
    path = unquote(source).strip("/")
    if path.lower().endswith((".html", ".htm")) and not source.endswith("/"):
        return path
    return f"{path}/index.html"


def target_of(to: str) -> str:
    """Return the file of the site that an entry means: an item's page for its slug.

    >>> target_of("rain"), target_of("rain#comment-1"), target_of("tag/x.html"), target_of("/")
    ('rain/index.html', 'rain/index.html#comment-1', 'tag/x.html', 'index.html')
    """
    path, mark, fragment = to.partition("#")
    path = path.strip("/")
    if not path.lower().endswith((".html", ".htm", ".xml", ".json", ".jsonld")):
        path = f"{path}/index.html".lstrip("/")
    return f"{path}{mark}{fragment}"


def _is_record(file: str) -> bool:
    """Tell whether a file stands where the build writes one of its own later."""
    return file.partition("/")[0].casefold() in RECORDS


def _is_device(part: str) -> bool:
    """Tell whether part of a path is a device on some system.

    >>> [name for name in ("con", "NUL.html", "Com1.x.y", "console", "icon") if _is_device(name)]
    ['con', 'NUL.html', 'Com1.x.y']
    """
    return part.partition(".")[0].strip().casefold() in DEVICES


def _fault(one: Redirect) -> str:
    """Say why an old address cannot be a file on every host, or return an empty string."""
    parts = Path(one.file).parts
    wrong = (
        one.source == "/"
        or "//" in one.source
        or one.file.startswith("/")
        or any(part.startswith(".") or part.endswith((".", " ")) for part in parts)
        or any(len(part.encode()) > 200 or _is_device(part) for part in parts)
        or len(one.source) > _LONGEST
        or _CONTROL.search(one.file) is not None
    )
    shown = one.source if len(one.source) < 80 else f"{one.source[:79]}…"
    return f"{shown} cannot be the address of a page" if wrong else ""
