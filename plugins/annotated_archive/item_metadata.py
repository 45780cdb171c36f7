"""Give templates what a page says of its item to programs, and how the item is cited."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from .citation_formats import FORMATS, citation
from .citations import Cited, Record, cited, item_record
from .comment_views import CommentPage
from .exports.data_block import data_block
from .exports.meta_tags import Tag, meta_tags
from .exports.structured_data import Described, further_data, structured_data


@dataclass(frozen=True)
class ItemMetadata:
    """Know of the site what an item's page says; a theme finds it as ``ITEM_METADATA``.

    *home* is the site's own address, or empty where its links are relative. Where *canonical_is* is
    ``original`` the original's address goes before the archive's. *item_type* is what items are
    unless their editors say otherwise. An *article* is as a theme has it: with ``url`` and
    ``edition``, the view.
    """

    site: str
    home: str = ""
    canonical_is: str = "self"
    item_type: str = "blogPosting"

    def address(self, article: Any) -> str:
        """Return the permanent address of an item's page, or an empty string."""
        return f"{self.home}/{article.url}" if self.home else ""

    def _described(self, article: Any) -> Described:
        item_type = article.edition.edition.item_type or self.item_type
        return Described(self.site, self.home, self.address(article), item_type)

    def tags(self, article: Any) -> tuple[Tag, ...]:
        """Return the meta elements of an item's page: ``name`` or ``property``, name, content."""
        return meta_tags(article.edition.edition, self._described(article))

    def canonical(self, article: Any) -> str:
        """Return the original's address where it is to stand before the archive's own, if known."""
        source = str(article.edition.source)
        is_web = source.startswith(("http://", "https://"))
        return source if is_web and self.canonical_is == "original" else ""

    def structured_data(self, article: Any, page: CommentPage) -> Markup:
        """Return the JSON-LD of one page of an item, with the comments that are on it."""
        write = structured_data if page.number == 1 else further_data
        comments = (one.comment for one in page.comments)
        found = write(article.edition.edition, self._described(article), comments)
        return data_block(found, "application/ld+json")

    def _cited(self, article: Any) -> Cited:
        document = article.edition.document
        return cited(document, self.site, self.address(article))

    def _record(self, article: Any) -> Record:
        item_type = self._described(article).item_type
        return item_record(article.edition.edition, self._cited(article), item_type)

    def citations(self, article: Any) -> tuple[tuple[str, str, str, str], ...]:
        """Return each format of an item's citation: its key, its name, its file, and the text."""
        record = self._record(article)
        return tuple(
            (form, name, file, citation(record, form)) for form, (name, file) in FORMATS.items()
        )

    def citation_data(self, article: Any) -> Markup:
        """Return what a page's script needs to cite the item, its comments and its notes."""
        one = self._cited(article)
        shared = {
            "title": one.title,
            "archive": one.archive,
            "location": one.location,
            "address": one.address,
            "source": one.source,
            "captured": one.captured,
        }
        value = {"cited": shared, "item": self._record(article)}
        return data_block(value, "application/json", " data-citation")

    def citation_file(self, article: Any, form: str) -> str:
        """Return the text of the file that cites an item in one of `FORMATS`."""
        text = citation(self._record(article), form)
        return text if text.endswith("\n") else f"{text}\n"
