"""Write the pages that Pelican makes, and keep those that would come out the same.

While a template is rendered, the names that it reads are noted. What they stood for is the page's
key: where all of it is as it was, the page is kept without rendering it.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar

from jinja2.runtime import Context
from pelican import Pelican
from pelican.utils import sanitised_join
from pelican.writers import Writer

from ..hands import share
from ..new_site import NewSite
from ..ways.narrow import narrowed
from .context import HANDS, MEMORY, SITE, WRITER
from .page_keys import Digests, Unknown

_ABSENT = "absent"
MANY = 500
"""So many pages wait at most: each holds a copy of Pelican's context."""


class _Reads(Context):
    """Note each name that a template reads, in *names*."""

    names: ClassVar[set[str]] = set()

    def resolve_or_missing(self, key: str) -> Any:
        """Return what a name stands for."""
        self.names.add(key)
        return super().resolve_or_missing(key)


class _Template:
    """Stand for a template before Pelican: what is kept renders to nothing."""

    def __init__(self, template: Any, render: Callable[[Any, dict[str, Any]], str]) -> None:
        self._template, self._render = template, render

    def render(self, context: dict[str, Any]) -> str:
        """Return the page, or nothing where the writer keeps it."""
        return self._render(self._template, context)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Hold a page that is to be rendered: with what, as what file, and at which address Pelican's contents are."""

    template: Any
    local: dict[str, Any]
    shared: dict[str, Any]
    path: str


class ArchiveWriter(Writer):  # type: ignore[misc]
    """Write pages as Pelican's own writer does, and keep those that are made from the same as before.

    Pages wait until there are many, or until `flush`, and are then rendered by all hands.
    """

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        super().__init__(output_path, settings)
        self._site: NewSite | None = settings.get(SITE)
        self._digests = Digests()
        self._keeps = False
        self._next: Waiting | None = None
        self._waiting: list[Waiting] = []
        settings[WRITER] = self

    def write_file(self, name: str, template: Any, context: Any, *rest: Any, **more: Any) -> None:
        """Render a template and write the file, or each page of a paginated one."""
        if MEMORY in self.settings:
            self.settings[MEMORY].pause()
        if self._site is not None and self._site.base:
            template.environment.context_class = _Reads
            template = _Template(template, partial(self._taken, context))
        super().write_file(name, template, context, *rest, **more)

    def flush(self) -> None:
        """Render and write what waits."""
        waiting, self._waiting = self._waiting, []
        for made in share(waiting, self._make, self.settings.get(HANDS, 1)):
            for name, key, names in made:
                assert self._site is not None
                self._site.remember(name, key, names)

    def _taken(self, shared: dict[str, Any], template: Any, local: dict[str, Any]) -> str:
        """Keep a page, or let it wait; Pelican opens its file next, and writes nothing into it."""
        assert self._site is not None
        local.update(narrowed(local))
        name = local["output_file"]
        path = sanitised_join(self.output_path, name)
        # A page by hand may have been written there: it stands in the place of an index.
        self._keeps = path not in self._written_files and self._site.keeps(
            name, lambda names: self._key(names, template, local)
        )
        if not self._keeps:
            self._next = Waiting(template, local, shared, "")
        return ""

    def _make(self, waiting: Sequence[Waiting]) -> list[tuple[str, str, tuple[str, ...]]]:
        """Write some pages; return of each its name, its key, and what its template read."""
        made = []
        for one in waiting:
            if one.local["localsiteurl"]:
                one.shared["localsiteurl"] = one.local["localsiteurl"]
            _Reads.names = set()
            text = one.template.render(one.local)
            names = tuple(sorted(_Reads.names))
            made.append(
                (one.local["output_file"], self._key(names, one.template, one.local), names)
            )
            with open(one.path, "w", encoding="utf-8") as file:
                file.write(text)
        return made

    def _key(self, names: tuple[str, ...], template: Any, context: Mapping[str, Any]) -> str:
        """Return the key of a page; empty where something that it is made from has no digest."""
        try:
            values = [
                self._digests.of(context[name]) if name in context else _ABSENT for name in names
            ]
        except Unknown:
            return ""
        assert self._site is not None
        return self._site.key(template.name, *values)

    def _open_w(self, filename: str, encoding: str, override: bool = False) -> Any:
        """Open a file to write a page into; what is kept, or waits, is written into none."""
        waiting, self._next = self._next, None
        if self._keeps:
            self._keeps = False
            self._written_files.add(filename)
            if override:
                self._overridden_files.add(filename)
            return io.StringIO()
        file = super()._open_w(filename, encoding, override)
        if waiting is None or isinstance(file, io.StringIO):
            return file
        file.close()
        self._waiting.append(replace(waiting, path=filename))
        if len(self._waiting) >= MANY:
            self.flush()
        return io.StringIO()


def add_writer(_: Pelican) -> type[Writer]:
    """Return the writer of pages."""
    return ArchiveWriter
