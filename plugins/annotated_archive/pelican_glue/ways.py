"""Give Pelican the ways into the archive: what templates show of them, and their pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pelican.generators import Generator, PelicanTemplateNotFound
from pelican.paginator import Paginator
from pelican.urlwrappers import Tag

from ..note_index import Listing
from ..pages import harmless
from ..ways.archive_timeline import archive_timeline
from ..ways.commenter_names import shown_name
from ..ways.commenters import SPLIT_AT, CommenterIndex
from ..ways.dates import UNDATED, Dated, DateIndex
from ..ways.holdings import holdings_of
from ..ways.item_timeline import item_timeline
from ..ways.sources import SourceIndex
from .context import editions_of, index_of
from .readers import named
from .site_settings import commenters_setting

PAGINATED = {"year": 200, "source": None, "sources": 500, "commenter": 100, "commenters": 300}
"""How many rows a page of each template lists; None is the site's own number."""
TAG_NOTES = 100
"""A tag's page shows so many of its notes; where there are more, they have pages of their own."""


@dataclass(frozen=True)
class Way:
    """Hold one page to be written: its *template* and *address*, what is cut into pages, what it shows."""

    template: str
    address: str
    paginated: Mapping[str, Any] = field(default_factory=dict)
    shown: Mapping[str, Any] = field(default_factory=dict)


def add_ways(generator: Generator) -> None:
    """Compute once what templates show of the whole archive."""
    settings, context = generator.settings, generator.context
    for template, rows in PAGINATED.items():
        settings["PAGINATED_TEMPLATES"].setdefault(template, rows)
    editions = tuple(editions_of(settings).values())
    address = settings["ARTICLE_URL"]
    commenters, sources = CommenterIndex(editions, address), SourceIndex(editions)
    dates = _dates(settings, context)
    tags = {names[0]: (str(tag.url), names) for tag, names in _names_of_tags(generator)}
    context.update(
        HOLDINGS=holdings_of(editions, sources.hosts, len(commenters.commenters)),
        TIMELINE_OF=item_timeline,
        ARCHIVE_TIMELINE=archive_timeline(editions, dates.address_of),
        DATES=dates,
        SOURCES=sources,
        COMMENTERS=commenters if commenters_setting(settings) else None,
        COMMENTERS_ARE_INDEXED=commenters_setting(settings) is True,
        AUTHOR_PLACES={
            shown_name(getattr(one, "captured", one.name)): str(one.url)
            for one, _ in context["authors"]
        },
        TAG_PLACES={name: place for place, names in tags.values() for name in names},
        TAG_NAMES={name: names for name, (_, names) in tags.items()},
        TAG_NOTES=TAG_NOTES,
    )


def write_ways(generator: Generator, writer: Any) -> None:
    """Write the pages, each if the theme has its template."""
    for way in _ways(generator):
        try:
            template = generator.get_template(way.template)
        except PelicanTemplateNotFound:
            continue
        writer.write_file(
            way.address,
            template,
            generator.context,
            generator.settings["RELATIVE_URLS"],
            paginated={name: list(rows) for name, rows in way.paginated.items()} or None,
            template_name=way.template if way.paginated else "",
            url=way.address,
            **way.shown,
        )


def long_tags(generator: Generator) -> Iterator[Listing]:
    """Yield a list of the notes of each tag that has more than its page shows."""
    notes = index_of(generator.settings).tags
    for tag, names in _names_of_tags(generator):
        listed = tuple(note for one in names for note in notes.get(one, ()))
        if len(listed) > TAG_NOTES:
            yield Listing("notes", f"notes/tag-{tag.slug}.html", names[0], "tag", listed)


def folders(generator: Generator) -> tuple[str, ...]:
    """Return the folders whose pages the site's map lists: none that asks not to be indexed."""
    shown = ("commenters",) if generator.context["COMMENTERS_ARE_INDEXED"] else ()
    return ("archives", "sources", *shown)


def _ways(generator: Generator) -> Iterator[Way]:
    context = generator.context
    yield from _date_ways(context["DATES"], bool(generator.settings["YEAR_ARCHIVE_SAVE_AS"]))
    yield from _source_ways(context)
    if context["COMMENTERS"]:
        yield from _commenter_ways(context["COMMENTERS"])


def _date_ways(dates: DateIndex, has_year_pages: bool) -> Iterator[Way]:
    if not dates.is_split:
        return
    for year in () if has_year_pages else dates.years:
        yield Way("year", year.address, {"rows": year.rows}, {"year": year})
    if dates.undated:
        rows = [(None, item) for item in dates.undated]
        yield Way("year", UNDATED, {"rows": rows}, {"year": None})


def _source_ways(context: Mapping[str, Any]) -> Iterator[Way]:
    index = context["SOURCES"]
    if not index.sources:
        return
    yield Way("sources", "sources/index.html", {"sources": index.sources})
    listed: dict[str, list[Any]] = {source.address: [] for source in index.sources}
    for article in context["articles"]:
        edition = getattr(article, "edition", None)
        if edition:
            listed[index.address_of(edition.slug)].append(article)
    for source in index.sources:
        rows = {"articles": listed[source.address]}
        yield Way("source", source.address, rows, {"source": source.head})


def _commenter_ways(index: CommenterIndex) -> Iterator[Way]:
    if not index.commenters:
        return
    often = index.with_pages
    few = often if len(often) <= SPLIT_AT else ()
    yield Way("commenters", "commenters/index.html", {}, {"initial": None, "often": few})
    for one in index.initials if index.is_split else ():
        yield Way("commenters", one.address, {"rows": one.commenters}, {"initial": one})
    for commenter in often:
        yield Way(
            "commenter", commenter.address, {"rows": commenter.comments}, {"commenter": commenter}
        )


def _dates(settings: Any, context: Mapping[str, Any]) -> DateIndex:
    """Return the index of dates; the years have the pages of Pelican's own period archives, if it writes them."""
    dated = []
    for article in context["articles"]:
        edition = getattr(article, "edition", None)
        when = edition.document.published if edition else article.date
        comments = len(edition.document.comments) if edition else 0
        dated.append(Dated(article, when, comments))
    if not settings["YEAR_ARCHIVE_SAVE_AS"]:

        def page_address(address: str, place: int, count: int) -> str:
            rows = settings["PAGINATED_TEMPLATES"]["year"] or settings["DEFAULT_PAGINATION"]
            paginator = Paginator(address, address, range(count), settings, rows)
            page = paginator.page(min(place // paginator.per_page + 1, paginator.num_pages))
            return str(page.url)

        return DateIndex(dated, page_address=page_address)
    periods = context["period_archives"].get("year", ())
    urls = {one["period_num"][0]: str(one["url"] or one["save_as"]) for one in periods}
    return DateIndex(dated, lambda year: urls.get(year, "archives.html"))


def _names_of_tags(generator: Generator) -> Iterator[tuple[Tag, list[str]]]:
    """Yield each tag that has a page, and the names that lead to it, as captured."""
    settings = generator.settings
    names: dict[str, list[str]] = {}
    for name in index_of(settings).tags:
        if harmless(name):
            slug = named(Tag(harmless(name), settings), name).slug
            names.setdefault(slug, []).append(name)
    for tag, _ in generator.context["tags"]:
        own = getattr(tag, "captured", tag.name)
        yield tag, list(dict.fromkeys([own, *names.get(tag.slug, ())]))
