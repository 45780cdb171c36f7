"""The ways into an archive: figures, drawings over time, dates, sources, names."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from pelican.plugins.annotated_archive.errors import Problem
from pelican.plugins.annotated_archive.model import (
    Annotation,
    Comment,
    Document,
    Edition,
    Gap,
    Ledger,
    Target,
    Withholding,
)
from pelican.plugins.annotated_archive.pelican_glue.readers import named
from pelican.plugins.annotated_archive.pelican_glue.site_settings import commenters_setting
from pelican.plugins.annotated_archive.project import slug_fault
from pelican.plugins.annotated_archive.views import EditionView
from pelican.plugins.annotated_archive.ways.archive_timeline import archive_timeline
from pelican.plugins.annotated_archive.ways.commenter_names import name_slug, slugs_of
from pelican.plugins.annotated_archive.ways.commenters import CommenterIndex, excerpt_of
from pelican.plugins.annotated_archive.ways.dates import Dated, DateIndex
from pelican.plugins.annotated_archive.ways.holdings import holdings_of
from pelican.plugins.annotated_archive.ways.item_timeline import item_timeline
from pelican.plugins.annotated_archive.ways.periods import UNITS, choose, ticks
from pelican.plugins.annotated_archive.ways.sources import SourceIndex, host_name, host_of
from pelican.plugins.annotated_archive.ways.timeline import Timeline
from pelican.settings import DEFAULT_CONFIG
from pelican.urlwrappers import Tag

from rich_archive import HOSTILE, SECRET, build_rich_site

START = datetime(2009, 6, 16, 21, 17, tzinfo=ZoneInfo("America/New_York"))


def comment(place: int, when: datetime | None = None, author: str = "Ann", **more: Any) -> Comment:
    """Return a comment under a made-up id."""
    return Comment(f"comment-{place}", author, more.pop("text", f"Words {place}."), when, **more)


def edition(*comments: Comment, slug: str = "a", **more: Any) -> EditionView:
    """Return the view of an edition that holds some comments."""
    fields: dict[str, Any] = {
        "published": START,
        "source": None,
        "responses": Gap(None, len(comments)),
        "withheld": (),
        "time_zone": "America/New_York",
        **more,
    }
    annotations = fields.pop("annotations", ())
    document = Document(
        slug=slug,
        title=f"Title of {slug}",
        published_printed="",
        authors=(),
        role="",
        filed_under=(),
        tags=(),
        blocks=(),
        comments=comments,
        ledger=Ledger(),
        files=(),
        **fields,
    )
    return EditionView(Edition(document, annotations=annotations))


def hourly(count: int, since: datetime = START) -> tuple[Comment, ...]:
    """Return comments that came in every 20 minutes."""
    return tuple(comment(n, since + timedelta(minutes=20 * n)) for n in range(1, count + 1))


def drawn(view: EditionView) -> Timeline:
    """Return an item's drawing, which is there."""
    timeline = item_timeline(view)
    assert timeline is not None
    return timeline


# Spans of time


def test_the_finest_unit_that_fits_is_chosen() -> None:
    """A thread of hours is drawn by hours or less, one of years by months."""
    hours = [datetime(2009, 6, 16) + timedelta(hours=n) for n in range(30)]
    years = [datetime(2009, 1, 1) + timedelta(days=40 * n) for n in range(30)]
    assert "an hour" == choose(hours, UNITS, 48)[0].name
    assert "a month" == choose(years, UNITS, 48)[0].name


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_span_holds_its_moments_at_both_ends_of_the_calendar(unit: Any) -> None:
    """Spans follow each other without a gap, and every one has words and a label."""
    for when in (datetime.min, datetime(2009, 6, 16, 21, 17), datetime(9999, 12, 31, 23, 59)):
        number = unit.number(when)
        assert unit.start(number) <= when <= unit.start(number + 1)
        assert unit.words(number)
        assert unit.label(number)


def test_an_axis_never_has_too_many_labels() -> None:
    """However wide the window is, at most so many ticks are labelled, and each lies in it."""
    random = Random(1)
    for unit in UNITS:
        first = unit.number(datetime(1999, 3, 1))
        last = first + random.randint(0, 5_000)
        found = ticks(unit, first, last, 7)
        assert len(found) <= 7
        assert all(first <= number <= last for number in found)


# The drawing of an item


def test_every_dated_comment_is_drawn_once() -> None:
    """The bars and the table have as many comments as there are."""
    timeline = drawn(edition(*hourly(40)))
    assert 40 == sum(bar.count for bar in timeline.panels[0].bars)
    assert 40 == sum(row.counts[0] for row in timeline.rows)
    assert 100 == max(bar.height for bar in timeline.panels[0].bars)


def test_a_bar_leads_to_the_first_comment_of_its_span() -> None:
    """Whatever order the comments stand in, the earliest is meant; beyond the first page too."""
    comments = hourly(1_100)
    view = edition(*reversed(comments))
    bars = drawn(view).panels[0].bars
    assert f"{view.where(comments[0].id)}" == bars[0].address
    assert bars[0].address.startswith("comments-3.html#")
    assert bars[-1].address.startswith("#")


def test_few_comments_and_one_moment_are_not_drawn() -> None:
    """Seven comments need no drawing, nor do twenty of one minute."""
    assert item_timeline(edition(*hourly(7))) is None
    assert item_timeline(edition(*(comment(n, START) for n in range(20)))) is None
    assert item_timeline(edition(*(comment(n) for n in range(20)))) is None


def test_what_came_long_after_does_not_flatten_the_rest() -> None:
    """One comment of a later year is counted beside the drawing, and leads to its place."""
    late = comment(99, START + timedelta(days=900))
    timeline = drawn(edition(*hourly(30), late))
    assert "a month" != timeline.span
    assert timeline.after is not None
    assert "#comment-99" == timeline.after.address
    assert 30 == sum(row.counts[0] for row in timeline.rows)
    early = drawn(edition(comment(98, datetime(1970, 1, 1, tzinfo=UTC)), *hourly(30)))
    assert early.before is not None
    assert "#comment-98" == early.before.address


def test_what_has_no_time_is_counted_beside_it() -> None:
    """Comments without a time, or with a day alone, are in no bar and not passed over."""
    day = comment(60, START.replace(hour=0, minute=0), is_day=True)
    timeline = drawn(edition(*hourly(12), comment(50), day))
    assert (
        "1 comment without a time not drawn.",
        "1 comment with a day and no hour not drawn.",
    ) == timeline.remarks
    days = [comment(n, START + timedelta(days=n), is_day=True) for n in range(12)]
    assert "a day" == drawn(edition(*days)).span


def test_comments_before_the_stamp_stand_apart() -> None:
    """They are hollow, the post's own stamp stands between them and the others."""
    from pelican.plugins.annotated_archive.model import Note

    before = [comment(n, START - timedelta(minutes=30 * n)) for n in range(1, 5)]
    note = Note("comment-before-post", "Early.", tuple(one.id for one in before))
    after = [replace(one, id=f"later-{one.id}") for one in hourly(20)]
    timeline = drawn(edition(*before, *after, notes=(note,)))
    assert timeline.has_hollow
    assert timeline.stamp is not None
    for bar in timeline.panels[0].bars:
        assert bar.hollow == 0 or bar.x <= timeline.stamp
    assert ("Time", "Comments", "Before the post’s stamp") == timeline.heads
    assert 4 == sum(row.counts[1] for row in timeline.rows)


@pytest.mark.parametrize("zone", ["", "Nowhere/At_All", "../../etc/passwd", "UTC"])
def test_any_zone_and_any_year_can_be_drawn(zone: str) -> None:
    """A zone that nobody knows, and the ends of the calendar, are drawn on the times' own clock."""
    ends = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
    comments = [comment(n + 100, when) for n, when in enumerate(ends)]
    timeline = drawn(edition(*hourly(20), *comments, time_zone=zone, published=None))
    assert ("UTC" if zone == "UTC" else "") == timeline.clock
    assert all(0 <= bar.x <= 100 for bar in timeline.panels[0].bars)


def test_the_archive_is_drawn_on_one_axis() -> None:
    """Items and comments share the axis; a bar leads to the items of its span, if there are any."""
    views = [
        edition(*hourly(3), slug=f"s{year}", published=datetime(year, 5, 1, tzinfo=UTC))
        for year in (2004, 2009, 2017)
    ]
    timeline = archive_timeline(views, lambda year, month: f"{year}-{month}")
    assert timeline is not None
    items, comments = timeline.panels
    assert ["2004-0", "2009-0", "2017-0"] == [bar.address for bar in items.bars]
    assert [9] == [bar.count for bar in comments.bars]
    assert archive_timeline(views[:1], lambda year, month: "") is None


# Dates


def test_every_item_is_in_the_index_of_dates_once() -> None:
    """Whatever the size, years and what has no date hold everything."""
    random = Random(2)
    dated = [
        Dated(n, datetime(2000, 1, 1) + timedelta(days=random.randint(0, 4_000)) if n % 9 else None)
        for n in range(5_000)
    ]
    for split_at in (300, 10_000):
        index = DateIndex(dated, split_at=split_at)
        listed = [item for year in index.years for _, item in year.rows]
        assert sorted([*listed, *index.undated]) == list(range(5_000))
        assert (split_at == 300) == index.is_split
        assert 0 == len(index.address_of(1492, 1))


def test_a_month_leads_to_its_page_of_a_long_year() -> None:
    """The address of a month names the page of the year on which it begins."""
    dated = [Dated(n, datetime(2009, 1 + n % 12, 1)) for n in range(1_200)]
    index = DateIndex(
        dated, page_address=lambda address, place, count: f"{address}?{place // 200}", split_at=300
    )
    assert "archives/2009.html?0#month-2009-12" == index.address_of(2009, 12)
    assert "archives/2009.html?5#month-2009-01" == index.address_of(2009, 1)


# Sources


@pytest.mark.parametrize(
    ("source", "host"),
    [
        ("https://www.example.com/a?b", "example.com"),
        ("http://EXAMPLE.com.:8080", "example.com"),
        ("http://www.com/", "www.com"),
        ("http://user:pass@example.com/", "example.com"),
        ("https://日本.example/", "xn--wgv71a.example"),
        ("http://[::1]/", "::1"),
        ("http://[bad/", ""),
        ("ftp://example.com/", ""),
        ("Address withheld", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_host_is_known_by_its_address(source: str, host: str) -> None:
    """Case, port and "www." make no other site; what is no web address has none."""
    assert host == host_of(source)


def test_a_mixed_name_is_shown_as_it_is_looked_up() -> None:
    """A label of two scripts stays in punycode, so that nothing looks like another site."""
    spoof = host_of("http://pаypal.example/")
    assert spoof == host_name(spoof)
    assert "日本.example" == host_name("xn--wgv71a.example")


def test_sources_have_addresses_that_every_system_takes() -> None:
    """No two hosts share a page, no page is a device or leads out of the folder."""
    sources = [
        "http://con.example/", "http://a.example/", "http://A.example/b", "http://../x", "http://x",
        "http://index/", "http://" + "a" * 300 + ".example/", "http://[::1]/", "urn:x", None,
    ]  # fmt: skip
    views = [edition(slug=f"s{n}", source=source) for n, source in enumerate(sources)]
    index = SourceIndex(views)
    addresses = [source.address for source in index.sources]
    assert len(addresses) == len(set(map(str.lower, addresses)))
    assert all(address.count("/") == 1 and ".." not in address for address in addresses)
    assert len(sources) == sum(len(source.editions) for source in index.sources)
    assert "sources/not-recorded.html" == index.address_of("s9")
    assert not {"sources/con.example.html", "sources/index.html"} & set(addresses)


# Names


def test_names_are_grouped_as_captured() -> None:
    """White space and normal form make no other name; case does."""
    names = ("Zoë", " Zoe\u0308 ", "zoë", "Zoë\u00a0")
    index = CommenterIndex([edition(*(comment(n, author=name) for n, name in enumerate(names)))])
    assert {"Zoë": 3, "zoë": 1} == {one.name: len(one.comments) for one in index.commenters}


def test_a_withheld_name_is_on_no_page() -> None:
    """A replacement groups nobody, where it is all of a name or a part of one, and is counted."""
    withheld = (Withholding("x", "author", "A reader", "", "", ("comment-1",)),)
    comments = (
        comment(1, author="A reader"),
        comment(2, author="A reader"),
        comment(3, author="Dr [A reader] Jr"),
        comment(4, author="  "),
        comment(5, author="Bo"),
        comment(6, author="A weblog", kind="trackback"),
    )
    index = CommenterIndex([edition(*comments, withheld=withheld)])
    assert ["Bo"] == [one.name for one in index.commenters]
    assert (1, 3, 1) == (index.nameless, index.withheld, index.pings)


def test_a_replacement_never_leads_to_a_person_of_that_name() -> None:
    """Where one item withholds a name behind another's, its comments are not among the other's."""
    withheld = (Withholding("x", "author", "Anna", "", "", ("comment-1",)),)
    hidden = edition(comment(1, author="Anna"), slug="hidden", withheld=withheld)
    plain = edition(comment(1, author="Anna"), comment(2, author="Anna"), slug="plain")
    index = CommenterIndex([hidden, plain])
    assert index.of("hidden", "comment-1") is None
    found = index.of("plain", "comment-2")
    assert found is not None
    assert 2 == len(found.comments)


def test_one_comment_needs_no_page() -> None:
    """A name with one comment leads to it, wherever it stands; two comments make a page."""
    comments = [comment(n, author=f"Name {n}") for n in range(600)]
    index = CommenterIndex([edition(*comments), edition(comment(7, author="Name 7"), slug="b")])
    assert ["Name 7"] == [one.name for one in index.with_pages]
    last = index.named("Name 599")
    assert last is not None
    assert "a/comments-2.html#comment-599" == last.address
    assert index.of("a", "comment-599") is None


def test_no_other_name_changes_an_address() -> None:
    """Each name has its own page, on file systems that know no case too, whoever else there is."""
    names = [
        "Cindy", "cindy", "CINDY", "Cindy!", "Con", "con", "★", "★★", "田中", "محمد", "Index",
        "initial-a", "Initial A", "x" * 5_000, "x" * 5_001, "Cindy 002340B41A", '"><script>',
        "{{ SITEURL }}", "../../etc/passwd",
    ]  # fmt: skip
    alone = {name: slugs_of([name])[name] for name in names}
    assert alone == slugs_of(names)
    assert len(names) == len({slug.lower() for slug in alone.values()})
    for slug in alone.values():
        assert "" == slug_fault(slug)
        assert not slug.startswith("initial-")
    assert "cindy" == name_slug("Cindy")


def test_a_warned_comment_shows_no_excerpt() -> None:
    """What a content warning folds on its page is not unfolded elsewhere."""
    warning = Annotation(
        "w", "content-warning", "comment-1", "Gore.", targets=(Target("comment-1"),)
    )
    view = edition(comment(1, text="Blood."), comment(2, text="Tea."), annotations=(warning,))
    shown = {one.comment.id: one.excerpt for one in CommenterIndex([view]).commenters[0].comments}
    assert {"comment-1": "", "comment-2": "Tea."} == shown


def test_comments_of_a_name_stand_oldest_first() -> None:
    """Zones are reckoned with; what has no time comes last."""
    first, second = START, START.astimezone(UTC) + timedelta(minutes=1)
    view = edition(comment(3), comment(2, second), comment(1, first))
    listed = CommenterIndex([view]).commenters[0].comments
    assert ["comment-1", "comment-2", "comment-3"] == [one.comment.id for one in listed]


def test_a_reckoned_time_is_told_as_one() -> None:
    """Away from its page, too, a reckoned time is no fact: what the page printed goes before it."""
    view = edition(
        comment(1, START, printed="3 days ago", is_day=True, is_approximate=True),
        comment(2, START, is_day=True, is_approximate=True),
        comment(3, START, printed="June 16, 2009", is_day=True),
    )
    listed = CommenterIndex([view]).commenters[0].comments
    expected = [
        "3 days ago, reckoned as 16 June 2009",
        "16 June 2009, reckoned",
        "16 June 2009",
    ]
    assert expected == [one.when for one in listed]


def test_an_excerpt_is_short_whatever_the_text() -> None:
    """Words are not cut, but for one that fills everything; a short text stays whole."""
    assert "a b" == excerpt_of("a\n\nb")
    assert len(excerpt_of("word " * 10_000)) <= 302
    assert len(excerpt_of("x" * 100_000)) <= 302


def test_figures_are_those_of_the_archive() -> None:
    """Items, comments, gaps and days are counted over all editions."""
    later = START + timedelta(days=400)
    views = [
        edition(*hourly(3), responses=Gap(10, 3)),
        edition(*hourly(2), slug="b", published=later),
        edition(slug="c", published=None),
    ]
    found = holdings_of(views, sources=2, names=1)
    assert (3, 5, 7, 2, 1) == (
        found.items,
        found.comments,
        found.missing,
        found.sources,
        found.names,
    )
    assert ("16 June 2009", "21 July 2010") == (found.first_day, found.last_day)


# Tags


def test_a_tag_of_signs_has_its_own_address() -> None:
    """C, C++ and C# have three pages, whatever other tags there are; plain slugs stay."""

    def slug(name: str) -> str:
        return str(named(Tag(name, DEFAULT_CONFIG), name).slug)

    names = ("C", "C++", "C#", "北京", "背景", "#iran", "iran", "★")
    assert len(names) == len(set(map(slug, names)))
    assert ["c", "iran", "us-politics", "naive", "att"] == [
        slug(name) for name in ("C", "Iran", "U.S. politics", "naïve", "AT&T")
    ]
    assert slug("c++") == slug("C++")


@pytest.mark.parametrize("value", ["yes", 1, None, "index", ""])
def test_the_setting_of_commenters_takes_no_misprint(value: object) -> None:
    """Only True, False and "noindex" are settings; pages about persons never come of a mistake."""
    with pytest.raises(Problem, match="ARCHIVE_COMMENTERS"):
        commenters_setting({"ARCHIVE_COMMENTERS": value})
    assert "noindex" == commenters_setting({})


# The built site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of an archive of forty items, as for a web host."""
    folder = tmp_path_factory.mktemp("rich")
    return build_rich_site(folder, "publish", SITEURL="https://archive.test")


def soup(site: Path, name: str) -> BeautifulSoup:
    """Return a page of the site."""
    return BeautifulSoup((site / name).read_text("utf-8"), "html.parser")


def test_the_map_lists_what_may_be_indexed(site: Path) -> None:
    """Sources and dates are in the sitemap; pages about names ask not to be, and are not in it."""
    places = (site / "sitemap.xml").read_text("utf-8")
    assert "https://archive.test/sources/harbour-gazette.example.html" in places
    assert "/commenters/" not in places
    pages = sorted((site / "commenters").rglob("*.html"))
    assert len(pages) > 20
    for path in pages:
        assert 'name="robots" content="noindex"' in path.read_text("utf-8")
    assert "robots" not in (site / "sources" / "index.html").read_text("utf-8")


def test_a_withheld_name_is_nowhere_in_the_ways(site: Path) -> None:
    """Neither the name nor a page of its replacement is there; the index counts the comments."""
    for path in sorted(site.rglob("*.html")):
        assert SECRET not in path.read_text("utf-8")
    assert not list((site / "commenters").glob("a-reader*"))
    assert "3 comments whose name is withheld" in soup(site, "commenters/index.html").get_text()


def test_hostile_names_are_text(site: Path) -> None:
    """No name becomes markup, an expression or a script on any page of names."""
    for path in sorted((site / "commenters").rglob("*.html")):
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        assert not [tag for tag in page.find_all("script") if not tag.get("src")]
    text = "".join(
        soup(site, path.relative_to(site).as_posix()).get_text()
        for path in sorted((site / "commenters").glob("initial-*.html"))
    )
    for name in HOSTILE:
        assert name.replace("\u202e", "⟦U+202E⟧") in text
    assert "O’Brien & <Sons>" in text


def test_all_comments_of_a_name_are_on_its_page(site: Path) -> None:
    """As many as the items have under the name, each leading to its very place."""
    count = sum(
        1
        for path in site.glob("*/index.html")
        for head in soup(site, path.relative_to(site).as_posix()).select(".comment h3")
        if head.get_text(strip=True) == "Cindy"
    )
    listed = soup(site, "commenters/cindy.html").select(".contributions > li")
    assert count == len(listed) > 10
    for one in listed:
        address = one.select_one("h2 a")
        assert address is not None
        item, _, place = str(address["href"]).removeprefix("https://archive.test/").partition("#")
        head = soup(site, f"{item}index.html").select_one(f'[id="{place}"] h3')
        assert head is not None
        assert "Cindy" == head.get_text(strip=True)


def test_an_author_and_a_commenter_of_one_name_lead_to_each_other(site: Path) -> None:
    """The page of each says that there is the other, as a matter of names alone."""
    assert soup(site, "commenters/ann-lee.html").select("a[href$='/author/ann-lee.html']")
    assert soup(site, "author/ann-lee.html").select("a[href$='/commenters/ann-lee.html']")


def test_every_item_is_under_one_source_and_one_year(site: Path) -> None:
    """The pages of sources together, and the index of dates, have all forty-one items."""
    listed = []
    for path in sorted((site / "sources").rglob("*.html")):
        name = path.relative_to(site).as_posix()
        listed += [str(a["href"]) for a in soup(site, name).select(".entry-title a")]
    assert 41 == len(listed) == len(set(listed))
    dates = soup(site, "archives.html")
    assert set(listed) == {str(a["href"]) for a in dates.select(".row-title a")}
    unknown = dates.select_one("section[aria-labelledby=year-unknown]")
    assert unknown is not None
    assert ["https://archive.test/item-007/"] == [a["href"] for a in unknown.select(".row-title a")]


def test_pelicans_own_archives_of_years_still_work(tmp_path: Path) -> None:
    """With YEAR_ARCHIVE_SAVE_AS and MONTH_ARCHIVE_SAVE_AS each period has its page, with its items."""
    from sites import copy_site, run

    folder = copy_site(tmp_path)
    with (folder / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write(
            "\nYEAR_ARCHIVE_SAVE_AS = YEAR_ARCHIVE_URL = 'posts/{date:%Y}/index.html'"
            "\nMONTH_ARCHIVE_SAVE_AS = MONTH_ARCHIVE_URL = 'posts/{date:%Y}/{date:%m}/index.html'\n"
        )
    result = run(folder, "build")
    assert 0 == result.returncode, result.stderr
    for name in ("posts/2009/index.html", "posts/2009/06/index.html"):
        assert 1 == len(soup(folder / "output", name).select(".row-title a"))


def test_without_pages_of_commenters_there_are_none(tmp_path: Path) -> None:
    """ARCHIVE_COMMENTERS = False leaves no page, no link and no entry in the menu."""
    from sites import copy_site, run

    folder = copy_site(tmp_path)
    with (folder / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write("\nARCHIVE_COMMENTERS = False\n")
    result = run(folder, "build")
    assert 0 == result.returncode, result.stderr
    assert not (folder / "output" / "commenters").exists()
    for path in sorted((folder / "output").rglob("*.html")):
        assert "commenters/" not in path.read_text("utf-8")
