"""Make the pages of one item again, as the last build made them, and nothing else."""

from copy import copy
from functools import partial
from pathlib import Path
from typing import Any

from pelican.contents import Article

from ..model import Edition
from ..pages import page_html
from ..views import EditionView
from .context import SITE
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

    def write(self, edition: Edition, folder: Path) -> None:
        """Write the pages of an edition into a folder, as they stand in the site."""
        generator = self._generator
        settings = {**generator.settings, SITE: None}
        view = EditionView(edition, comments_per_page(settings))
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
        generator.write_comment_pages(writer, article, view)
        writer.flush()
