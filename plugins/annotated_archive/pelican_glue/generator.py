"""Write what goes out beside the pages that Pelican writes by itself."""

import re
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from pelican.generators import ArticlesGenerator, Generator, PelicanTemplateNotFound
from pelican.urlwrappers import Tag

from .. import __version__
from ..citation_formats import FORMATS
from ..exports.annotation_feed import annotation_feed
from ..exports.annotations_jsonld import annotations_jsonld
from ..exports.comment_feed import comment_feed
from ..exports.edition_json import NAME, edition_json
from ..exports.sitemap import sitemap
from ..hands import Beside, share
from ..item_metadata import ItemMetadata
from ..new_site import NewSite, plain_site
from ..note_index import Listing
from ..pages import harmless
from ..pipeline import Archive
from ..views import EditionView
from ..ways.menu import menu_of
from .context import ARCHIVE, BESIDE, HANDS, MEMORY, PAGES, SITE, index_of
from .hand_addresses import refuse_taken
from .one_item import ItemPages
from .readers import named
from .search_page import add_search, searched, write_search_index, write_search_page
from .site_settings import canonical_of, item_type_of
from .ways import add_ways, folders, long_tags, write_ways

_COMMENTS = re.compile(r"[^/]+/comments-[^/]*\.html")
PER_PAGE = 100
"""How many annotations a page of an index lists."""


def add_annotation_tags(generator: ArticlesGenerator) -> None:
    """Give each tag that only annotations bear a page of its own."""
    for name in index_of(generator.settings).tags:
        if harmless(name):
            tag = named(Tag(harmless(name), generator.settings), name)
            tag.by_editor = True
            generator.tags.setdefault(tag, [])


@dataclass(frozen=True, slots=True)
class _Record:
    """Hold a file that is to be written, and what makes its text."""

    name: str
    make: Callable[[], str]


class ExportGenerator(Generator):  # type: ignore[misc]
    """Write each item's records and feeds, the pages made of annotations, and the site's map."""

    def generate_context(self) -> None:
        """Give templates what they show of the archive."""
        refuse_taken(self)
        self.settings["PAGINATED_TEMPLATES"].setdefault("notes", PER_PAGE)
        self.context["ARCHIVE_VERSION"] = __version__
        self.context["NOTE_INDEX"] = index_of(self.settings)
        add_ways(self)
        add_search(self)
        self.context["ITEM_METADATA"] = self._metadata
        self.context["HAS_NOTE_FEED"] = index_of(self.settings).has_feed
        self.context["NOTE_WAYS"] = index_of(self.settings).ways
        self.context["MENU"] = menu_of(self.context)
        hands = self.settings.get(HANDS, 1)
        views = searched(self)  # as they are now, whoever writes the index, and when
        self.settings[BESIDE] = Beside(partial(write_search_index, self, views), hands)

    @cached_property
    def _site(self) -> NewSite:
        found: NewSite | None = self.settings.get(SITE)
        return found or plain_site(Path(self.output_path))

    @cached_property
    def _metadata(self) -> ItemMetadata:
        settings = self.settings
        home = "" if settings["RELATIVE_URLS"] else settings["SITEURL"]
        choices = canonical_of(settings), item_type_of(settings)
        return ItemMetadata(settings["SITENAME"], home, *choices)

    def generate_output(self, writer: Any) -> None:
        """Write the files."""
        if MEMORY in self.settings:
            self.settings[PAGES] = ItemPages(self)
        self._write_not_found(writer)
        archive: Archive = self.settings[ARCHIVE]
        site = self.settings["SITEURL"]
        absolute = bool(site) and not self.settings["RELATIVE_URLS"]
        waiting: list[_Record] = []
        for article in self.context["articles"]:
            view = getattr(article, "edition", None)
            if view is None:
                continue
            address = f"{site}/{article.url}" if absolute else ""
            if view.page_count > 1:
                self.write_comment_pages(writer, article, view)
            waiting += self._changed_records(article, view, address)
            for image in archive.images.get(view.slug, ()):
                folder = Path(self.output_path) / Path(article.save_as).parent
                shutil.copyfile(image, folder / image.name)
        writer.flush()
        share(waiting, self._write_records, self.settings.get(HANDS, 1))
        self._write_listings(writer)
        write_ways(self, writer)
        write_search_page(self, writer)
        if absolute:
            self._write_annotation_feed(site)
            writer.flush()
            places = self._addresses() + self._listed()
            self._write(Path(self.output_path) / "sitemap.xml", sitemap(site, places))
        self.settings[BESIDE].result()

    def _changed_records(
        self, article: Any, view: EditionView, address: str
    ) -> Iterator["_Record"]:
        """Yield what an item's page leads programs to, each file that would not be the same."""
        folder = Path(article.save_as).parent.as_posix()
        edition, name = view.edition, self.settings["SITENAME"]
        makers: dict[str, Callable[[], str]] = {
            NAME: partial(edition_json, edition),
            "annotations.jsonld": partial(annotations_jsonld, edition, address),
        }
        for form, (_, file) in FORMATS.items():
            makers[file] = partial(self._metadata.citation_file, article, form)
        if address:
            makers["comments.atom.xml"] = partial(comment_feed, view, address, name)
        known = (edition.digest, str(article.url), repr(self._metadata)) if edition.digest else ()
        for file, make in makers.items():
            key = self._site.key(file, *known) if known else ""
            if not self._site.keeps(f"{folder}/{file}", lambda _, key=key: key):  # type: ignore[misc]
                self._site.remember(f"{folder}/{file}", key)
                yield _Record(f"{folder}/{file}", make)

    def _write_records(self, records: Sequence["_Record"]) -> None:
        for one in records:
            self._write(Path(self.output_path) / one.name, one.make())

    def write_comment_pages(
        self, writer: Any, article: Any, view: EditionView, only: Collection[str] | None = None
    ) -> tuple[str, ...]:
        """Write the further pages of an item's comments, if it has any and the theme has them.

        Where the theme has none, the item's own page has every comment in its content. With *only*,
        no others are written. Return the names of all pages that the item has.
        """
        own, *further = view.pages
        try:
            template = self.get_template("comments")
        except PelicanTemplateNotFound:
            return (own.name,)
        for page in further:
            if only is not None and page.name not in only:
                continue
            name = Path(article.save_as).with_name(page.name).as_posix()
            writer.write_file(
                name,
                template,
                self.context,
                self.settings["RELATIVE_URLS"],
                template_name="comments",
                url=name,
                article=article,
                discussed=page,
                discussed_url=name,
            )
        return tuple(page.name for page in view.pages)

    def _write_listings(self, writer: Any) -> None:
        """Write the indexes of annotations and the glossary, if the theme has them."""
        for listing in (*index_of(self.settings).listings(), *long_tags(self)):
            self._write_page(writer, listing)

    def _listed(self) -> list[str]:
        """Return the address of each page of the indexes and of comments, further ones included."""
        starts = tuple(f"{name}/" for name in ("notes", "glossary", *folders(self)))
        return sorted(
            name
            for name in self._site.written()
            if name.endswith(".html") and (name.startswith(starts) or _COMMENTS.fullmatch(name))
        )

    def _write_page(self, writer: Any, listing: Listing) -> None:
        try:
            template = self.get_template(listing.template)
        except PelicanTemplateNotFound:
            return
        is_list = listing.template == "notes"
        writer.write_file(
            listing.address,
            template,
            self.context,
            self.settings["RELATIVE_URLS"],
            paginated={"notes": list(listing.notes)} if is_list else None,
            template_name=listing.template,
            url=listing.address,
            listing=listing.head if is_list else listing,
        )

    def _write_annotation_feed(self, site: str) -> None:
        limit = self.settings.get("FEED_MAX_ITEMS") or None
        name = self.settings["SITENAME"]
        feed = annotation_feed(index_of(self.settings).entries, site, name, limit)
        self._write(Path(self.output_path) / "feeds" / "annotations.atom.xml", feed)

    def _write_not_found(self, writer: Any) -> None:
        """Write what hosts show for an address that is not there, if the theme has it."""
        try:
            template = self.get_template("404")
        except PelicanTemplateNotFound:
            return
        relative = self.settings["RELATIVE_URLS"]
        writer.write_file("404.html", template, self.context, relative, url="404.html")

    def _write(self, path: Path, text: str) -> None:
        """Write a file; nothing where there is no text."""
        if not text:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

    def _addresses(self) -> list[str]:
        """Return the address of each page below SITEURL, the home page first."""
        context = self.context
        pages = [*context["articles"], *context["pages"]]
        wrappers = [w for name in ("categories", "authors") for w, _ in context[name]]
        tags = [tag for tag, _ in context["tags"]]
        direct = [
            self.settings.get(f"{name.upper()}_URL", f"{name}.html")
            for name in self.settings["DIRECT_TEMPLATES"]
            if name != "index"
        ]
        return ["", *sorted({str(page.url) for page in (*pages, *wrappers, *tags)} | set(direct))]
