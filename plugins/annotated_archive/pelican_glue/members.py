"""Let Pelican ask quickly whether an article has a tag, a category or an author.

For each of them it looks for every article of the site in a list.
"""

from collections.abc import Iterable
from typing import Any

from pelican.generators import ArticlesGenerator


class Members(list[Any]):
    """List articles, and know at once which are among them."""

    def __init__(self, articles: Iterable[Any]) -> None:
        super().__init__(articles)
        self._ids = {id(one) for one in self}

    def __contains__(self, article: object) -> bool:
        return id(article) in self._ids


def list_members(generator: ArticlesGenerator) -> None:
    """Put such lists in the place of Pelican's own, which are complete now."""
    generator.tags = {tag: Members(listed) for tag, listed in generator.tags.items()}
    generator.categories = [(one, Members(listed)) for one, listed in generator.categories]
    generator.authors = [(one, Members(listed)) for one, listed in generator.authors]
