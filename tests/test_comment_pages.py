"""However many comments an item has, each is on one page, and each keeps its address."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from pelican.plugins.annotated_archive.comment_pages import DEEPEST, depths, paging
from pelican.plugins.annotated_archive.exports.comment_feed import comment_feed
from pelican.plugins.annotated_archive.intake import take_in
from pelican.plugins.annotated_archive.model import (
    Annotation,
    Comment,
    Edition,
    Style,
    Target,
    Withholding,
)
from pelican.plugins.annotated_archive.views import EditionView

from sites import SAMPLE, add_item, copy_site, project_in, run
from test_citations import RAIN

ITEM = "https://a.example/rain/"

THREAD = """<!DOCTYPE html><html lang="en"><head><title>Rain</title></head><body>
<article class="post"><h1 class="entry-title">Rain</h1><div class="entry-content"><p>It rained.</p></div></article>
<div id="comments"><h2>4 Comments</h2><ol class="commentlist">
<li class="comment" id="comment-1"><div class="comment-author vcard"><cite class="fn">Ann</cite></div>
<div class="comment-meta"><a href="#comment-1">June 3, 2010 at 5:04 pm</a></div><p>First.</p>
<ul class="children"><li class="comment" id="comment-2"><div class="comment-author vcard"><cite class="fn">Bo</cite></div>
<div class="comment-meta"><a href="#comment-2">June 4, 2010 at 5:04 pm</a></div><p>Answer.</p>
<ul class="children"><li class="comment" id="comment-3"><div class="comment-author vcard"><cite class="fn">Ann</cite></div>
<div class="comment-meta"><a href="#comment-3">June 5, 2010 at 5:04 pm</a></div><p>Answer to the answer.</p></li></ul></li></ul></li>
<li class="comment" id="comment-4"><div class="comment-author vcard"><cite class="fn">Cy</cite></div>
<div class="comment-meta"><a href="#comment-4">June 3, 2010 at 6:04 pm</a></div><p>Last.</p></li>
</ol></div></body></html>"""


def comment(name: str, reply_to: str = "", kind: str = "comment") -> Comment:
    return Comment(name, name, "text", reply_to=reply_to, kind=kind)  # type: ignore[arg-type]


@given(st.lists(st.integers(-1, 30), max_size=30), st.integers(1, 7))
def test_each_comment_is_on_one_page(answers: list[int], per_page: int) -> None:
    """No page has too many, none is left out, none is twice, and none is deeper than one below the last."""
    comments = [
        comment(f"c{n}", f"c{a}" if 0 <= a < n else "", "pingback" if a == 30 else "comment")
        for n, a in enumerate(answers)
    ]
    found = paging(comments, (), per_page)
    pages = [found.on(number) for number in range(1, found.count + 1)]
    assert sorted(one.id for one in comments) == sorted(one.id for page in pages for one in page)
    assert all(len(page) <= per_page for page in pages)
    for number, page in enumerate(pages, 1):
        assert all(number == found.page_of(one.id) for one in page)
        deep = depths(page)
        assert all(0 <= depth <= DEEPEST for depth in deep)
        assert all(later <= depth + 1 for depth, later in pairwise(deep))
        assert not deep or deep[0] == 0


def test_a_note_is_where_its_comment_is() -> None:
    """A note, and each reference to it, have the page of the words that they are about."""
    comments = [comment(f"c{n}") for n in range(3)]
    note = Annotation("n", "gloss", "c2", "", targets=(Target("c2", 0, 1), Target("c0", 0, 1)))
    found = paging(comments, (note,), 1)
    assert [3, 3, 1] == [found.page_of(place) for place in ("note-n", "ref-n", "ref-n.2")]
    assert "comments-3.html#note-n" == found.link("note-n", 1)
    assert "#note-n" == found.link("note-n", 3)
    assert "index.html#p-1" == found.link("p-1", 3)


def test_the_feed_tells_no_reckoned_time() -> None:
    """A comment whose time was reckoned is in no feed: its entry would tell the time as a fact."""
    when = datetime(2010, 6, 3, 17, 4, tzinfo=UTC)
    comments = (
        Comment("c1", "Ann", "One.", when),
        Comment("c2", "Bo", "Two.", when, printed="3 days ago", is_approximate=True),
        Comment("c3", "Cy", "Three."),
    )
    feed = comment_feed(EditionView(Edition(replace(RAIN, comments=comments))), ITEM, "Kept")
    assert [f"{ITEM}#c1"] == re.findall(r'<link href="([^"]*#[^"]*)"', feed)
    reckoned = EditionView(Edition(replace(RAIN, comments=comments[1:])))
    assert "" == comment_feed(reckoned, ITEM, "Kept")


def test_links_of_the_feed_are_absolute() -> None:
    """A reader of feeds has no page to resolve links against: each names its whole address."""
    when = datetime(2010, 6, 3, 17, 4, tzinfo=UTC)
    outside = Style(0, 3, "link", "https://x.example/?a=1&b=2")
    comments = (
        Comment("c1", "Ann", "One word.", when, styles=(outside,)),
        Comment("c2", "Bo", "Two words.", when),
    )
    notes = (
        Annotation("n1", "gloss", "c1", "x", targets=(Target("c1", 4, 8), Target("c2", 4, 9))),
        Annotation("n2", "gloss", "c2", "y", targets=(Target("c2", 0, 3),)),
    )
    edition = Edition(replace(RAIN, comments=comments), annotations=notes)
    feed = comment_feed(EditionView(edition, per_page=1), ITEM, "Kept")
    links = re.findall(r'<a[^<>]* href="([^"]*)"', unescape(feed))
    expected = {
        "https://x.example/?a=1&amp;b=2",
        f"{ITEM}#note-n1",
        f"{ITEM}index.html#note-n1",
        f"{ITEM}comments-2.html#note-n2",
    }
    assert expected == set(links)


def test_a_withheld_name_is_no_name() -> None:
    """The page tells its script that a name was not captured, or is withheld, wholly or in part."""
    comments = (
        Comment("c1", "Ann", ""),
        Comment("c2", "", ""),
        Comment("c3", "A reader", ""),
        Comment("c4", "Dr [A reader]", ""),
    )
    withheld = (Withholding("x", "author", "A reader", "", "", ("c3",)),)
    view = EditionView(Edition(replace(RAIN, comments=comments, withheld=withheld)))
    assert [False, True, True, True] == [one.is_unnamed for one in view.comments]


def test_nesting_ends() -> None:
    """A conversation of a thousand answers is set in a few times, not a thousand times."""
    comments = [comment(f"c{n}", f"c{n - 1}" if n else "") for n in range(1000)]
    assert (*range(DEEPEST), *[DEEPEST] * (1000 - DEEPEST)) == depths(comments)


def build_paged_site(folder: Path) -> Path:
    """Build a site in *folder* whose pages have ten comments at most, with one thread; return it."""
    copy_site(folder)
    settings = folder / "pelicanconf.py"
    settings.write_text(settings.read_text("utf-8") + "\nARCHIVE_COMMENTS_PER_PAGE = 10\n")
    path = folder / "thread.html"
    path.write_text(THREAD, "utf-8")
    take_in(project_in(folder), [path], slug="thread", time_zone="UTC")
    result = run(folder, "build")
    assert 0 == result.returncode, result.stderr
    return folder


@pytest.fixture(scope="module")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site whose pages have ten comments at most, built for a disk."""
    return build_paged_site(tmp_path_factory.mktemp("paged"))


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def ids(path: Path, selector: str) -> list[str]:
    return [str(one["id"]) for one in soup(path).select(selector)]


@pytest.mark.slow
def test_the_pages_of_an_item_have_its_comments(paged: Path) -> None:
    """The sample's 27 comments are on three pages, in the order captured, as one page has them."""
    item = paged / "output" / SAMPLE
    names = ("index.html", "comments-2.html", "comments-3.html")
    found = [ids(item / name, "article.comment") for name in names]
    assert [10, 10, 7] == [len(page) for page in found]
    record = json.loads((item / "edition.json").read_text("utf-8"))
    assert [one["id"] for one in record["comments"]] == [one for page in found for one in page]


@pytest.mark.slow
def test_the_items_page_keeps_every_address(paged: Path) -> None:
    """Each comment and each note has its id on the item's own page, which leads on to where it is."""
    item = paged / "output" / SAMPLE
    page = soup(item / "index.html")
    record = json.loads((item / "edition.json").read_text("utf-8"))
    places = [one["id"] for one in record["comments"]]
    places += [f"note-{one['id']}" for one in record["annotations"]]
    led = 0
    for place in places:
        found = page.find_all(id=place)
        assert 1 == len(found), place
        if "comment" in found[0].get("class", ()) or "note-box" in found[0].get("class", ()):
            continue
        link = found[0] if found[0].name == "a" else found[0].find("a")
        name, _, fragment = str(link["href"]).partition("#")
        assert place == fragment
        assert soup(item / name).find(id=place) is not None
        led += 1
    assert led > 17
    assert len(set(ids(item / "index.html", "[id]"))) == len(ids(item / "index.html", "[id]"))


@pytest.mark.slow
def test_a_page_of_its_own_says_where_it_belongs(paged: Path) -> None:
    """A further page names its item and leads to the pages before and after it."""
    page = soup(paged / "output" / SAMPLE / "comments-2.html")
    assert "11 to 20 of 27 captured, page 2 of 3" in page.select_one(".page-header").get_text()
    assert "index.html" == page.h1.a["href"]
    assert {"index.html#comments"} == {one["href"] for one in page.select("a[rel=prev]")}
    assert {"comments-3.html#comments"} == {one["href"] for one in page.select("a[rel=next]")}
    links = [one["href"] for one in page.select("a.permalink")]
    assert 10 == len(links)
    assert all(link.startswith("index.html#comment-") for link in links)


@pytest.mark.slow
def test_answers_are_nested(paged: Path) -> None:
    """Each answer stands in a fold below what it answers, with a link to it."""
    page = soup(paged / "output" / "thread" / "index.html")
    answer = page.find(id="comment-2")
    assert "comment-1" == answer.find_parent("details").find_previous_sibling("article")["id"]
    inner = page.find(id="comment-3").find_parent("details")
    assert "comment-2" == inner.find_previous_sibling("article")["id"]
    assert ["2 answers to Ann", "1 answer to Bo"] == [
        one.get_text() for one in page.select("details.answers[open] > summary")
    ]
    assert "#comment-2" == page.find(id="comment-3").select_one("a.reply")["href"]
    assert page.find(id="comment-4").find_parent("details") is None


@pytest.mark.slow
def test_without_pages_nothing_changes(built_site: Path) -> None:
    """An item of few comments has one page and no list of pages."""
    item = built_site / SAMPLE
    assert ["index.html"] == [path.name for path in item.glob("*.html")]
    assert [] == soup(item / "index.html").select(".comment-pages, .further, .elsewhere")


@pytest.mark.slow
@pytest.mark.parametrize("given_value", ["0", "501", "'many'", "True + 500"])
def test_a_wrong_number_is_told(tmp_path: Path, given_value: str) -> None:
    """More comments a page than a phone can bear are refused, in words."""
    folder = copy_site(tmp_path)
    settings = folder / "pelicanconf.py"
    settings.write_text(
        settings.read_text("utf-8") + f"\nARCHIVE_COMMENTS_PER_PAGE = {given_value}\n"
    )
    result = run(folder, "build")
    assert 1 == result.returncode
    assert "ARCHIVE_COMMENTS_PER_PAGE is" in result.stderr
    assert "set it to a number from 1 to 500" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.slow
def test_hosted_pages_are_in_the_map(tmp_path: Path) -> None:
    """Built for a host, further pages are in the sitemap and name themselves canonical."""
    folder = copy_site(tmp_path)
    settings = folder / "pelicanconf.py"
    settings.write_text(settings.read_text("utf-8") + "\nARCHIVE_COMMENTS_PER_PAGE = 20\n")
    add_item(folder, "small", "Rain\n\nJune 3, 2010 9:00 am\n\nIt rained.\n")
    result = run(folder, "publish", "--site-url", "https://a.example/x")
    assert 0 == result.returncode, result.stderr
    address = f"https://a.example/x/{SAMPLE}/comments-2.html"
    assert f"<loc>{address}</loc>" in (folder / "output/sitemap.xml").read_text("utf-8")
    page = soup(folder / "output" / SAMPLE / "comments-2.html")
    assert address == page.select_one("link[rel=canonical]")["href"]
