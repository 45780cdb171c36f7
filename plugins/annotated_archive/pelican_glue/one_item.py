"""Make the pages of one item again, as the last build made them, and nothing else."""

from collections.abc import Collection, Iterator
from copy import copy
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from pelican.contents import Article

from ..comment_views import differing
from ..memory import Memory
from ..model import Edition
from ..pages import page_html
from ..views import EditionView
from .context import MEMORY, SITE
from .site_settings import comments_per_page
from .writer import ArchiveWriter


class ItemPages:
    """Know how Pelican made the pages of items: *generator* wrote what stands beside them."""

    def __init__(self, generator: Any) -> None:
        self._generator = generator
        self._articles: dict[str, Article] = {
            one.edition.slug: one
            for one in generator.context["articles"]
            if getattr(one, "edition", None)
        }

    def write(self, edition: Edition, folder: Path, again: Collection[str] = ()) -> tuple[str, ...]:
        """Write the item's own page into a folder, and further ones that are no longer as they were.

        Those named *again* are written too. A page on which nothing but the numbers of its notes
        changed counts as it was. Return the names of all pages of the item.
        """
        generator = self._generator
        settings = {**generator.settings, SITE: None, MEMORY: Memory()}  # nothing interrupts this
        view = EditionView(edition, comments_per_page(settings))
        former = self._articles[view.slug].edition
        article = copy(self._articles[view.slug])
        article.edition, article._get_content = view, partial(page_html, edition)
        writer = ArchiveWriter(str(folder), settings)
        writer.write_file(
            article.save_as,
            generator.get_template(article.template),
            generator.context,
            settings["RELATIVE_URLS"],
            article=article,
            category=article.category,
            override_output=hasattr(article, "override_save_as"),
            url=article.url,
            blog=True,
        )
        names: tuple[str, ...] = generator.write_comment_pages(
            writer, article, view, {*again, *_changed(view, former)}
        )
        writer.flush()
        return names


def _changed(view: EditionView, former: EditionView) -> Iterator[str]:
    """Yield the names of the pages of comments that show something else than the *former* ones."""
    pages = view.pages
    is_framed = _frame(view) == _frame(former)
    yield from (one.name for one in (differing(pages, former.pages) if is_framed else pages))


def _frame(view: EditionView) -> tuple[object, ...]:
    """Return what every page of an item shows of it."""
    document = replace(view.document, comments=())
    bare = replace(view.edition, document=document, annotations=(), references=(), answers=())
    return bare, [page.span for page in view.pages]
