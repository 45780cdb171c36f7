"""Make one stylesheet of the many that a theme is written in: a page then asks for one file.

A theme that has ``css/site.css`` names its sheets there, one ``@import url("name.css");`` each. It works
as it is; the build puts the sheets themselves in the place of their names.
"""

import re
from pathlib import Path

from .errors import Problem
from .files import write_atomically

ENTRY = "css/site.css"
"""The sheet that names the others, below a theme's static files."""

_IMPORT = re.compile(r'^@import (?:url\()?"([\w-]+\.css)"\)?;\n?', re.MULTILINE)
_COMMENT = re.compile(r'("(?:\\.|[^"\\\n])*")|/\*.*?\*/', re.DOTALL)


def slim(css: str) -> str:
    r"""Return a sheet without its comments, indentation and empty lines; strings stay as they are.

    >>> slim('a {\n  /* why */\n  content: "/* kept */";\n}\n')
    'a {\ncontent: "/* kept */";\n}\n'
    """
    bare = _COMMENT.sub(lambda found: found[1] or "", css)
    lines = (line.strip() for line in bare.splitlines())
    return "".join(f"{line}\n" for line in lines if line)


def one_sheet(static: Path) -> str:
    """Return the sheets that ``css/site.css`` below *static* names, in its order; empty without one."""
    entry = static / ENTRY
    if not entry.is_file():
        return ""
    return slim(
        _IMPORT.sub(lambda found: _sheet(entry.parent / found[1]), entry.read_text("utf-8"))
    )


def _sheet(path: Path) -> str:
    fault, remedy = f"names {path.name}, which is not there", "write it, or remove its name"
    try:
        return path.read_text("utf-8")
    except FileNotFoundError as error:
        raise Problem("theme", fault, path=path.parent / "site.css", remedy=remedy) from error


def write_one_sheet(static: Path) -> None:
    """Put the sheets that ``css/site.css`` names in its place."""
    if css := one_sheet(static):
        write_atomically(static / ENTRY, css.encode())
