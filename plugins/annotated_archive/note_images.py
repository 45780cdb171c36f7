"""Know the pictures in the bodies of annotations: files beside long annotations, none from elsewhere."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from .errors import Problem
from .hand_pages import MAX_DEPTH, parse_body, render_markdown
from .marks import deceiving
from .model import Annotation

SUFFIXES: Mapping[str, tuple[bytes, ...]] = {
    ".png": (b"\x89PNG",),
    ".jpg": (b"\xff\xd8",),
    ".jpeg": (b"\xff\xd8",),
    ".gif": (b"GIF8",),
    ".webp": (b"RIFF",),
    ".avif": (b"\x00\x00\x00",),
}
"""Which files are pictures, and how such a file begins."""
_SHORT = MAX_DEPTH // 2
"""A body of so many characters cannot nest elements too deeply: each takes one at least."""
_IMAGE = re.compile(r'(<img\b[^>]*?\ssrc=")([^"]*)"')


def images_in(body: str) -> tuple[str, ...]:
    """Return the addresses of the pictures in a body in Markdown.

    >>> images_in("A ![map](map.png).")
    ('map.png',)
    """
    return _names(render_markdown(body)) if "![" in body else ()


def _names(html: str) -> tuple[str, ...]:
    refused = [""] * (html.count("<img") - len(_IMAGE.findall(html)))
    return (*refused, *(unquote(unescape(one[2])) for one in _IMAGE.finditer(html)))


def body_faults(
    written: Sequence[tuple[Annotation, str, int]], folder: Path | None, shown: str
) -> Iterator[Problem]:
    """Yield what is wrong with annotations' words and pictures, each given with its file and line.

    *folder* is where pictures must be; None where there can be none.
    """
    for one, path, line in written:
        for code, fault, remedy in _faults(one, folder, shown):
            fault = f"annotation '{one.id}': {fault}"
            yield Problem(code, fault, path=path, line=line, remedy=remedy, subject=one.id)


def _faults(one: Annotation, folder: Path | None, shown: str) -> Iterator[tuple[str, str, str]]:
    fields = (value for _, values in one.fields for value in values)
    told = deceiving("".join((one.body, one.by, *one.tags, *fields)))
    if told:
        yield _told("body", f"it holds characters that no page can show: {told}", "take them out")
        return
    try:
        parsed = parse_body(one.body)
        needed = "![" in one.body or len(one.body) > _SHORT
        html = render_markdown(one.body) if needed else ""
    except ValueError as error:
        yield _told("body", f"it cannot be shown: {error}", "write it more simply")
        return
    if parsed.has_html:
        yield _told("body", "it holds tags of HTML", "write it in Markdown; put signs in `code`")
    if parsed.has_references:
        yield _told(
            "body", "it refers to a footnote, which is another annotation's", "write it otherwise"
        )
    for address in parsed.addresses:
        yield from _link_fault(address)
    for name in _names(html):
        fault, remedy = _fault(name, folder, shown)
        if fault:
            yield _told("image", fault, remedy)


def _told(code: str, fault: str, remedy: str) -> tuple[str, str, str]:
    return code, fault, remedy


def _link_fault(address: str) -> Iterator[tuple[str, str, str]]:
    """Yield a fault for a link that leads neither to the web nor to a place of the item's page."""
    if (
        address.startswith(("http://", "https://", "mailto:", "#", "../"))
        and ".." not in address[3:]
    ):
        return
    remedy = "begin it with https://; to lead within the archive write a cross-reference"
    yield _told("body", f"the link '{address[:80]}' leads to no page", remedy)


def _fault(name: str, folder: Path | None, shown: str) -> tuple[str, str]:
    if folder is None:
        return f"the picture {name} cannot stand in the glossary", "leave it out"
    if "//" in name or name.startswith("data:"):
        remedy = f"put its file into {shown}, if you may, and write the name"
        return (
            f"the picture {name[:80]} is not in the archive: readers would need the network",
            remedy,
        )
    if not name:
        return "a picture has an address that no page may hold", "write the name of its file"
    if "/" in name or Path(name).suffix.lower() not in SUFFIXES:
        return f"'{name}' names no picture", f"write the name of one of: {', '.join(SUFFIXES)}"
    path = folder / name
    if not path.is_file():
        return f"there is no picture '{name}' in {shown}", "put it there"
    if not path.read_bytes()[:4].startswith(SUFFIXES[path.suffix.lower()]):
        return f"'{name}' is not a picture of its kind", "convert it"
    return "", ""


def image_files(bodies: Sequence[str], folder: Path) -> tuple[Path, ...]:
    """Return the files of the pictures of bodies, each once."""
    return tuple(dict.fromkeys(folder / name for body in bodies for name in images_in(body)))


def with_images_from(html: str, root: str) -> str:
    """Return *html* with its pictures sought in the folder *root*.

    >>> with_images_from('<img src="map.png" alt="">', "../rain")
    '<img src="../rain/map.png" alt="">'
    """
    if "<img" not in html:
        return html
    return _IMAGE.sub(lambda found: f'{found[1]}{root}/{found[2]}"', html)
