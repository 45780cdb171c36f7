"""Name what a page is made from: a digest of each thing that its template read.

What no digest is known for makes a page that is rendered each time.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, tzinfo
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from pelican import signals
from pelican.contents import Content
from pelican.paginator import Page, Paginator
from pelican.urlwrappers import URLWrapper

from ..item_keys import code_digest
from ..model import Edition
from ..note_index import NoteEntry, NoteIndex
from ..views import EditionView
from ..ways.commenters import CommenterIndex, Contribution
from ..ways.dates import DateIndex
from ..ways.sources import SourceIndex

OURS = "pelican.plugins.annotated_archive"
_OWN = ("ANNOTATED_ARCHIVE", "OUTPUT_PATH", "CACHE_PATH", "JINJA_ENVIRONMENT")
"""Settings that this program puts there, and paths that no page may depend on."""
_PLAIN = (str, int, float, bool, type(None), bytes)


class Unknown(Exception):
    """Say that of some value no digest is known."""


def base_digest(settings: Mapping[str, Any]) -> str:
    """Return the digest of what every page is made from: program, theme and settings.

    It is empty where that cannot be told: another plugin, or whoever waits for a page to be written,
    may do anything to it.
    """
    plugins = {getattr(one, "__name__", one) for one in settings.get("PLUGINS") or ()}
    if plugins - {OURS, "annotated_archive"} or signals.content_written.receivers:
        return ""
    digests = Digests()
    said = [code_digest()]
    try:
        for name in sorted(settings):
            if not name.startswith(_OWN):
                said.append(f"{name}={digests.of(settings[name])}")
    except Unknown:
        return ""
    folders = [Path(settings["THEME"]) / "templates"]
    folders += [Path(one) for one in settings["THEME_TEMPLATES_OVERRIDES"]]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                said.append(f"{path.relative_to(folder).as_posix()} {digest}")
    return _sum("\0".join(said))


class Digests:
    """Know the digest of each value that was asked for; a value must not change between."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, str]] = {}

    def of(self, value: Any) -> str:
        """Return the digest of a value, or a short value itself; raise `Unknown` where there is none."""
        if isinstance(value, _PLAIN):
            text = f"{type(value).__name__} {value!r}"
            return text if len(text) < 100 else _sum(text)
        known = self._known.get(id(value))
        if known is None:
            known = value, _sum(f"{type(value).__qualname__}({self._made_of(value)})")
            self._known[id(value)] = known
        return known[1]

    def _made_of(self, value: Any) -> str:
        for kind, parts in _KINDS.items():
            if isinstance(value, kind):
                return self._all(parts(value))
        if is_dataclass(value) and not isinstance(value, type):
            return self._all(getattr(value, one.name) for one in fields(value))
        raise Unknown(type(value).__qualname__)

    def _all(self, parts: Any) -> str:
        return ",".join([self.of(part) for part in parts])


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _of_edition(edition: Edition) -> tuple[Any, ...]:
    if not edition.digest:
        raise Unknown("edition")
    return (edition.digest,)


def _of_content(content: Content) -> tuple[Any, ...]:
    """Return what an article or a page is made of: its edition, or the words of whoever wrote it.

    Of the latter, words with braces may be a link to another page, and tell of that page too.
    """
    where = (content.url, content.save_as, content.status, list(content.translations))
    view = getattr(content, "edition", None)
    if view is not None:
        return (view, *where)
    words = content._content
    if "{" in words or "|" in words:
        raise Unknown("links")
    kept = {
        name: value
        for name, value in content.metadata.items()
        if isinstance(value, (*_PLAIN, URLWrapper, list))
    }
    dates = [str(content.metadata.get(name, "")) for name in ("date", "modified")]
    return (words, kept, dates, *where)


def _of_wrapper(one: URLWrapper) -> tuple[Any, ...]:
    captured, by_editor = getattr(one, "captured", None), getattr(one, "by_editor", None)
    return (one.name, one.slug, str(one.url), str(one.save_as), captured, by_editor)


def _of_function(one: FunctionType) -> tuple[Any, ...]:
    """Return a function's name where it is part of what `code_digest` knows, or its code."""
    if (one.__module__ or "").startswith(OURS):
        return (one.__module__, one.__qualname__)
    if one.__closure__ or one.__defaults__ or one.__kwdefaults__:
        raise Unknown(one.__qualname__)
    code = one.__code__
    constants = [part for part in code.co_consts if isinstance(part, _PLAIN)]
    if len(constants) != len(code.co_consts):
        raise Unknown(one.__qualname__)
    return (one.__module__, one.__qualname__, code.co_code, constants, list(code.co_names))


def _sorted(values: Any) -> tuple[Any, ...]:
    return tuple(sorted(values, key=repr))


_KINDS: Mapping[type | tuple[type, ...], Callable[[Any], Any]] = {
    Edition: _of_edition,
    EditionView: lambda one: (one.edition, one.per_page),
    NoteEntry: lambda one: (one.note.edition, one.note.id, one.title, one.address),
    Contribution: lambda one: (one.edition, one.comment.id, one.item),
    Content: _of_content,
    NoteIndex: lambda one: (one.entries, one.terms, one.editors),
    CommenterIndex: lambda one: (one.commenters, one.nameless, one.withheld, one.pings),
    SourceIndex: lambda one: (one.sources,),
    DateIndex: lambda one: (one.years, one.undated, one.is_split, one.count),
    URLWrapper: _of_wrapper,
    Page: lambda one: (one.object_list, one.number, one.paginator),
    Paginator: lambda one: (one.name, one.url, one.count, one.per_page, one.orphans),
    (list, tuple): lambda one: one,
    (set, frozenset): _sorted,
    dict: lambda one: [part for item in one.items() for part in item],
    MethodType: lambda one: (one.__func__, one.__self__),
    FunctionType: _of_function,
    BuiltinFunctionType: lambda one: (one.__module__, one.__qualname__),
    type: lambda one: (one.__module__, one.__qualname__),
    (date, tzinfo): lambda one: (repr(one),),
    Path: lambda one: (str(one),),
}
