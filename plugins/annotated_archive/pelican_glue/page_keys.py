"""Name what a page is made from: a digest of each thing that its template read.

What no digest is known for makes a page that is rendered each time.
"""

import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, tzinfo
from importlib.metadata import version
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
from ..ways.narrow import KnownCommenter
from ..ways.sources import SourceIndex

OURS = "pelican.plugins.annotated_archive"
_OWN = ("ANNOTATED_ARCHIVE", "OUTPUT_PATH", "CACHE_PATH")
"""Settings that this program puts there, and paths that no page may depend on."""
_PLAIN = (str, int, float, bool, type(None), bytes)
_SHORT = 100


class Unknown(Exception):
    """Say that of some value no digest is known."""


def base_digest(settings: Mapping[str, Any]) -> str:
    """Return the digest of what every page is made from: program, theme and settings.

    It is empty where that cannot be told: another plugin, or whoever waits for a page to be written,
    may do anything to it.
    """
    named = settings.get("PLUGINS")  # without a list Pelican loads every plugin that is installed
    plugins = {getattr(one, "__name__", one) for one in named or ()}
    others = named is None or plugins - {OURS, "annotated_archive"}
    if others or signals.content_written.receivers:
        return ""
    digests = Digests()
    said = [code_digest(), *(version(one) for one in ("jinja2", "markupsafe"))]
    try:
        for name in sorted(settings):
            if not name.startswith(_OWN):
                said.append(f"{name}={digests.of(settings[name])}")
    except Unknown:
        return ""
    said += (
        f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for name, path in _templates(settings)
    )
    return _sum("\0".join(said))


def _templates(settings: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    """Yield each template by its name: those of the theme, and those among the pages."""
    folders = [Path(settings["THEME"]) / "templates"]
    folders += [Path(one) for one in settings["THEME_TEMPLATES_OVERRIDES"]]
    for folder in folders:
        for place, names, files in os.walk(folder, followlinks=True):
            names.sort()
            paths = (Path(place, file) for file in sorted(files))
            yield from ((one.relative_to(folder).as_posix(), one) for one in paths if one.is_file())
    pages = ((name, Path(settings["PATH"], name)) for name in sorted(settings["TEMPLATE_PAGES"]))
    yield from ((name, path) for name, path in pages if path.is_file())


class Digests:
    """Know the digest of each value that was asked for; a value must not change between."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, str]] = {}

    def of(self, value: Any) -> str:
        """Return the digest of a value, or what it is made of where that is short.

        Raises `Unknown` where there is none.
        """
        kind = type(value)
        if kind in _PLAIN:
            return _short(f"{kind.__name__} {value!r}")
        if kind in _TEXTS:
            return _TEXTS[kind](value)
        known = self._known.get(id(value))
        if known is None:
            try:
                text = f"{kind.__qualname__}({','.join([self.of(one) for one in _parts(value)])})"
            except RecursionError:  # it holds itself
                raise Unknown(kind.__qualname__) from None
            known = self._known[id(value)] = value, _short(text)
        return known[1]


def _parts(value: Any) -> Iterable[Any]:
    """Return what a value is made of."""
    for kind, parts in _KINDS.items():
        if isinstance(value, kind):
            return parts(value)
    if is_dataclass(value) and type(value).__module__.startswith(OURS):
        return [getattr(value, one.name) for one in fields(value)]
    raise Unknown(type(value).__qualname__)


def _short(text: str) -> str:
    return text if len(text) < _SHORT else _sum(text)


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _of_edition(edition: Edition) -> str:
    if not edition.digest:
        raise Unknown("edition")
    return edition.digest


def _of_note(one: NoteEntry) -> str:
    return f"{_of_edition(one.note.edition)} {one.note.id!r} {one.title!r} {one.address!r}"


def _of_contribution(one: Contribution) -> str:
    return f"{_of_edition(one.edition.edition)} {one.comment.id} {one.item!r}"


def _of_content(content: Content) -> tuple[Any, ...]:
    """Return what an article or a page is made of, and its translations, each of which names it too."""
    return (_alone(content), *map(_alone, content.translations))


def _alone(content: Content) -> list[Any]:
    """Return what one article or page is made of: its edition, or the words of whoever wrote it.

    Of the latter, words with braces may be a link to another page, and tell of that page too.
    """
    dates = [str(content.metadata.get(name, "")) for name in ("date", "modified")]
    where = [content.url, content.save_as, content.status, content.relative_source_path, dates]
    view = getattr(content, "edition", None)
    if view is not None:
        return [view, where]
    words = content._content or ""
    if "{" in words or "|" in words:
        raise Unknown("links")
    kept = {
        name: value
        for name, value in content.metadata.items()
        if isinstance(value, (*_PLAIN, URLWrapper, list))
    }
    return [words, kept, where]


def _of_wrapper(one: URLWrapper) -> tuple[Any, ...]:
    captured, by_editor = getattr(one, "captured", None), getattr(one, "by_editor", None)
    return (one.name, one.slug, str(one.url), str(one.save_as), captured, by_editor)


def _of_function(one: FunctionType) -> tuple[Any, ...]:
    """Return a function's name where it is part of what `code_digest` knows, or its code and what that names."""
    if (one.__module__ or "").startswith(OURS):
        return (one.__module__, one.__qualname__)
    if one.__closure__ or one.__defaults__ or one.__kwdefaults__:
        raise Unknown(one.__qualname__)
    code = one.__code__
    constants = [part for part in code.co_consts if isinstance(part, _PLAIN)]
    if len(constants) != len(code.co_consts):
        raise Unknown(one.__qualname__)
    known = one.__globals__
    named = [(name, known[name]) for name in code.co_names if known.get(name, one) is not one]
    return (one.__module__, one.__qualname__, code.co_code, constants, list(code.co_names), named)


def _of_class(one: type) -> tuple[Any, ...]:
    """Return a class's name, which says enough where it is this program's, Pelican's or Python's own."""
    root = one.__module__.partition(".")[0]
    if root != "pelican" and root not in sys.stdlib_module_names:
        raise Unknown(one.__qualname__)
    return (one.__module__, one.__qualname__)


def _sorted(values: Any) -> tuple[Any, ...]:
    return tuple(sorted(values, key=repr))


_TEXTS: Mapping[type, Callable[[Any], str]] = {
    Edition: _of_edition,
    EditionView: lambda one: f"{_of_edition(one.edition)} {one.per_page}",
    NoteEntry: _of_note,
    Contribution: _of_contribution,
    KnownCommenter: lambda one: f"{one.address!r} {one.count} {one.short!r}",
}
"""What there are very many of."""

_KINDS: Mapping[type | tuple[type, ...], Callable[[Any], Iterable[Any]]] = {
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
    type: _of_class,
    (date, tzinfo): lambda one: (repr(one),),
    Path: lambda one: (str(one),),
}
