"""Write the pages that Pelican makes, and keep those that would come out the same.

While a template is rendered, the names that it reads are noted. What they stood for is the page's
key: where all of it is as it was, the page is kept without rendering it.
"""

import io
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from jinja2.runtime import Context
from pelican import Pelican
from pelican.writers import Writer

from ..new_site import NewSite
from ..ways.narrow import narrowed
from .context import SITE
from .page_keys import Digests, Unknown

_ABSENT = "absent"


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


class ArchiveWriter(Writer):  # type: ignore[misc]
    """Write pages as Pelican's own writer does, and keep those that are made from the same as before."""

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        super().__init__(output_path, settings)
        self._site: NewSite | None = settings.get(SITE)
        self._digests = Digests()
        self._keeps = False

    def write_file(self, name: str, template: Any, context: Any, *rest: Any, **more: Any) -> None:
        """Render a template and write the file, or each page of a paginated one."""
        if self._site is not None and self._site.base:
            template.environment.context_class = _Reads
            template = _Template(template, self._rendered)
        super().write_file(name, template, context, *rest, **more)

    def _rendered(self, template: Any, context: dict[str, Any]) -> str:
        site, name = self._site, context["output_file"]
        assert site is not None
        context.update(narrowed(context))
        self._keeps = site.keeps(name, lambda names: self._key(names, template, context))
        if self._keeps:
            return ""
        _Reads.names = set()
        text: str = template.render(context)
        names = tuple(sorted(_Reads.names))
        site.remember(name, self._key(names, template, context), names)
        return text

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
        """Open a file to write a page into; what is kept is written nowhere."""
        taken = filename in self._written_files or filename in self._overridden_files
        if self._keeps and not taken:
            self._keeps = False
            self._written_files.add(filename)
            return io.StringIO()
        return super()._open_w(filename, encoding, override)


def add_writer(_: Pelican) -> type[Writer]:
    """Return the writer of pages."""
    return ArchiveWriter
