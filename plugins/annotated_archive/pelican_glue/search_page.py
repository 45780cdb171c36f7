"""Give Pelican the search: its page, and the index that the page's scripts read."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pelican.generators import Generator, PelicanTemplateNotFound

from ..annotations import KINDS
from ..search import search_files
from ..views import EditionView
from .context import HANDS, MEMORY, index_of
from .site_settings import commenters_setting

PAGE = "search.html"


def add_search(generator: Generator) -> None:
    """Tell templates whether the site has a search: a setting and the theme say so."""
    generator.context["HAS_SEARCH"] = _template(generator) is not None


def write_search_page(generator: Generator, writer: Any) -> None:
    """Write the page, if the site has a search."""
    template = _template(generator)
    if template is None:
        return
    context, settings = generator.context, generator.settings
    index = index_of(settings)
    used = {facet.name for facet in index.kinds}
    kinds = [(name, kind.label) for name, kind in KINDS.items() if kind.plural in used]
    relative = settings["RELATIVE_URLS"]
    writer.write_file(PAGE, template, context, relative, url=PAGE, search_kinds=kinds)


def searched(generator: Generator) -> tuple[tuple[EditionView, str], ...]:
    """Return what is found: each edition, with the address of its page."""
    return tuple(
        (article.edition, str(article.url))
        for article in generator.context["articles"]
        if getattr(article, "edition", None)
    )


def write_search_index(generator: Generator, views: Sequence[tuple[EditionView, str]]) -> None:
    """Write what the page's scripts read to find some editions, if the site has a search."""
    if _template(generator) is None:
        return
    settings = generator.settings
    root = Path(generator.output_path)
    (root / "search").mkdir(parents=True, exist_ok=True)
    people = commenters_setting(settings) is not False
    store = settings[MEMORY].store if MEMORY in settings else None
    terms, hands = index_of(settings).terms, settings.get(HANDS, 1)
    files = search_files(views, terms, by_commenter=people, store=store, hands=hands)
    for name, text in files:
        (root / name).write_bytes(text.encode())


def _template(generator: Generator) -> Any:
    """Return the template of the page, or None where the site has no search."""
    if not generator.settings.get("ARCHIVE_SEARCH", True):
        return None
    try:
        return generator.get_template("search")
    except PelicanTemplateNotFound:
        return None
