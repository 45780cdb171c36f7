"""Read pages: generated ones without parsing what we wrote, others without what could do harm."""

import logging
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any
from unicodedata import name as character_name
from unicodedata import normalize

from pelican.readers import HTMLReader, MarkdownReader, RstReader
from pelican.urlwrappers import URLWrapper
from pelican.utils import slugify

from ..fixity import sha256
from ..hand_pages import harmless_html, outside_links, render_markdown, split_front
from ..marks import show_marks
from ..model import Edition
from ..page_parts import line_part
from ..pages import harmless, is_ours, page_html
from ..project import RESERVED
from ..robust_links import robust
from ..wording import summary_of
from .context import editions_of

_SIGNS = frozenset("#$%*+<=>@^|~‹›")
"""What a slug drops and a name means; `harmless` spells < and > so."""
_LOG = logging.getLogger(__name__)


def add_reader(readers: Any) -> None:
    """Put the reader of generated pages in the place of the Markdown reader."""
    for extension in MarkdownReader.file_extensions:
        readers.reader_classes[extension] = PageReader
    for reader in (HtmlPageReader, RstPageReader):
        for extension in reader.file_extensions:
            if extension in readers.reader_classes:
                readers.reader_classes[extension] = reader


class PageReader(MarkdownReader):  # type: ignore[misc]
    """Read generated pages without parsing what we wrote, and render those written by hand."""

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the content and metadata of one page."""
        text = Path(source_path).read_text("utf-8")
        edition = None
        if is_ours(text):
            slug = Path(source_path).stem
            edition = editions_of(self.settings).get(slug)
        if edition is None:
            return self._read_by_hand(source_path)
        metadata = self._written(split_front(text)[0], edition.edition)
        for name, values in (("tags", edition.edition.tags), ("authors", edition.document.authors)):
            shown = {harmless(value): value for value in values if harmless(value)}
            if shown:
                wrappers = self.process_metadata(name, list(shown))
                metadata[name] = [named(one, shown[one.name]) for one in wrappers]
        if "category" in metadata:
            named(metadata["category"], edition.edition.category)
        printed = {*edition.document.filed_under, *edition.document.tags}
        for tag in metadata.get("tags", ()):
            tag.by_editor = tag.captured not in printed
        metadata["edition"] = edition
        metadata["_get_content"] = partial(page_html, edition.edition)  # few pages ask for it
        return "", metadata

    def _read_by_hand(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return a page that a person wrote: its markup is trusted, its scripts and paths are not."""
        front, body = split_front(Path(source_path).read_text("utf-8"))
        content = render_markdown(body)
        metadata = _inside(self._metadata(front), source_path)
        for link in outside_links(content, Path(source_path), Path(self.settings["PATH"])):
            _LOG.error("%s: the link %s leads out of %s", source_path, link, self.settings["PATH"])
        return _robust(content, metadata, self.settings), metadata

    def _written(self, front: str, edition: Edition) -> dict[str, Any]:
        """Return what the front matter of a generated page says, as Pelican reads it.

        The HTML of its summary is known, so no Markdown is parsed.
        """
        if set(self.settings["FORMATTED_FIELDS"]) - {"summary"}:
            return self._metadata(front)
        said = dict(line.split(": ", 1) for line in front.splitlines() if ": " in line)
        said = {name.lower(): value.strip() for name, value in said.items()}
        if "summary" in said and self.settings["FORMATTED_FIELDS"]:
            said["summary"] = line_part(" ".join(summary_of(edition).split())).html()
        return {name: self.process_metadata(name, value) for name, value in said.items()}

    def _metadata(self, front: str) -> dict[str, Any]:
        """Return what the front matter of a page says, as Pelican reads it."""
        from markdown import Markdown

        self._md = Markdown(**self.settings["MARKDOWN"])
        self._md.convert(front)
        metadata: dict[str, Any] = self._parse_metadata(vars(self._md).get("Meta", {}))
        return metadata


class HtmlPageReader(HTMLReader):  # type: ignore[misc]
    """Read pages of HTML without their scripts."""

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the content and metadata of one page."""
        content, metadata = super().read(source_path)
        content = _robust(harmless_html(content), metadata, self.settings)
        return content, _inside(metadata, source_path)


class RstPageReader(RstReader):  # type: ignore[misc]
    """Read pages of reStructuredText without raw markup, and without other files."""

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the content and metadata of one page."""
        options = self.settings.get("DOCUTILS_SETTINGS") or {}
        options |= {"file_insertion_enabled": False, "raw_enabled": False}
        self.settings["DOCUTILS_SETTINGS"] = options
        content, metadata = super().read(source_path)
        content = _robust(harmless_html(content), metadata, self.settings)
        return content, _inside(metadata, source_path)


def _robust(html: str, metadata: Mapping[str, Any], settings: Mapping[str, Any]) -> str:
    """Return a page by hand whose links to other sites bear the day of the page, if it has one."""
    when = metadata.get("modified") or metadata.get("date")
    return robust(html, f"{when:%Y-%m-%d}" if when else "", settings["SITEURL"])


def _inside(metadata: dict[str, Any], source_path: str) -> dict[str, Any]:
    """Refuse metadata that would write a page outside the site, or into its own folders."""
    for name in ("save_as", "url", "slug"):
        value = str(metadata.get(name, ""))
        parts = Path(value).parts
        if ".." in parts or Path(value).is_absolute():
            raise ValueError(f"{name}: {value} leads out of the site")
        if name == "slug" and "articles" in Path(source_path).parts and value in RESERVED:
            raise ValueError(f"slug: {value} is a name that the site needs")
    return metadata


def named(wrapper: URLWrapper, captured: str) -> URLWrapper:
    """Keep a tag's, author's or category's name as captured, for themes that escape it.

    One of signs alone gets an address: their code points. One that others may share, because a slug
    drops what tells them apart, gets a digest of the name: "C++" and "C#" are not "C".
    """
    wrapper.captured = show_marks(captured)
    slug = slugify(wrapper.name, wrapper.settings["SLUG_REGEX_SUBSTITUTIONS"])
    if not slug:
        wrapper.slug = "-".join(["u", *(f"{ord(char):x}" for char in wrapper.name[:20])])
    elif _loses_signs(wrapper.name):
        name = normalize("NFC", wrapper.name).casefold()
        wrapper.slug = f"{slug[:60].rstrip('-')}-{sha256(name.encode())[:8]}"
    elif len(slug) > 80:
        wrapper.slug = f"{slug[:60].rstrip('-')}-{sha256(slug.encode())[:12]}"
    return wrapper


def _loses_signs(name: str) -> bool:
    """Tell whether a slug of *name* is without a sign that matters, or spells letters of another script.

    Punctuation between words does not matter; the rule asks nothing of other names.

    >>> [name for name in ("C", "C++", "C#", "U.S. politics", "naïve", "北京", "AT&T") if _loses_signs(name)]
    ['C++', 'C#', '北京']
    """
    signs = (char for char in normalize("NFKD", name) if not char.isascii() or char in _SIGNS)
    return any(
        char in _SIGNS or (char.isalnum() and "LATIN" not in character_name(char, ""))
        for char in signs
    )
