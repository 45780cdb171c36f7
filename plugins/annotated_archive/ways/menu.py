"""Say which of the site's indexes have something in them, for the menu of every page."""

from collections.abc import Iterator, Mapping
from typing import Any

PAGES = (
    ("archives", "By date", "articles"),
    ("categories", "Categories", "categories"),
    ("tags", "Tags", "tags"),
    ("authors", "Authors", "authors"),
)


def menu_of(context: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """Return each entry of the menu: its address below the site, its title, and its file.

    A page is then made from these words, and not from all that the indexes hold.
    """
    return tuple(_entries(context))


def _entries(context: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name, title, listed in PAGES:
        if context.get(listed) and name in context["DIRECT_TEMPLATES"]:
            yield f"{name}.html", title, f"{name}.html"
    sources, commenters = context["SOURCES"], context["COMMENTERS"]
    notes = context["NOTE_INDEX"]
    for folder, title, found in (
        ("sources", "Sources", sources.sources if sources else ()),
        ("commenters", "Commenters", commenters.commenters if commenters else ()),
        ("notes", "Notes", notes.entries),
        ("glossary", "Glossary", notes.terms),
    ):
        if found:
            yield f"{folder}/index.html", title, f"{folder}/index.html"
    if context["DISPLAY_PAGES_ON_MENU"]:
        for page in context["pages"]:
            yield str(page.url), str(page.title), str(page.save_as)
