"""Programs that read a page learn what it is, whose words it holds, and where the original is."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator
from pelican.plugins.annotated_archive.exports.data_block import data_block
from pelican.plugins.annotated_archive.exports.meta_tags import Tag, meta_tags
from pelican.plugins.annotated_archive.exports.structured_data import Described, structured_data
from pelican.plugins.annotated_archive.leaks import Gate
from pelican.plugins.annotated_archive.model import (
    Annotation,
    Answer,
    Comment,
    Edition,
    Target,
    Withholding,
)
from pelican.plugins.annotated_archive.resolution import Secret
from pelican.plugins.annotated_archive.robust_links import robust, robust_sources

from cited_site import build_cited_site
from sites import SAMPLE, copy_site, files_of, run
from test_citations import RAIN

SITE = "https://archive.test/a"
SOURCE = "https://blog.example/2010/06/ferry?p=1&q=2"


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site for a disk."""
    return build_cited_site(tmp_path_factory.mktemp("disk"), "ARCHIVE_COMMENTS_PER_PAGE = 2")


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site for a host, which puts the originals before itself."""
    settings = (
        'ARCHIVE_CANONICAL = "original"\nARCHIVE_ITEM_TYPE = "newsArticle"\n'
        "ARCHIVE_COMMENTS_PER_PAGE = 2"
    )
    folder = tmp_path_factory.mktemp("host")
    return build_cited_site(folder, settings, "publish", "--site-url", SITE)


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def metas(path: Path) -> list[Tag]:
    """Return the meta elements of a page that have a name."""
    found = []
    for one in soup(path).head.find_all("meta"):  # type: ignore[union-attr]
        kind = "name" if one.get("name") else "property"
        if one.get(kind):
            found.append((kind, str(one[kind]), str(one["content"])))
    return found


def ld(path: Path) -> Any:
    (block,) = soup(path).find_all("script", type="application/ld+json")
    return json.loads(block.get_text())


def zotero(tags: Sequence[Tag]) -> dict[str, Any]:
    """Return what Zotero's translators Embedded Metadata and RDF make of meta elements.

    The type is that of ``z:itemType``, else what ``DC.type`` maps to, else what ``citation_title``
    makes it guess, else what ``og:type`` does. Authors are parted at semicolons.
    """
    said: dict[str, list[str]] = {}
    for _, name, content in tags:
        said.setdefault(name.lower(), []).append(content)

    def first(name: str) -> str:
        return said.get(name.lower(), [""])[0]

    by_dc = {"newsitem": "newspaperArticle", "text": "journalArticle"}.get(first("dc.type").lower())
    by_highwire = "journalArticle" if first("citation_title") else ""
    by_og = {"article": "journalArticle", "website": "webpage"}.get(first("og:type"), "")
    return {
        "itemType": first("z:itemType") or by_dc or by_highwire or by_og,
        "title": first("citation_title") or first("og:title"),
        "creators": [
            part.strip() for name in said.get("citation_author", ()) for part in name.split(";")
        ],
        "date": first("citation_publication_date"),
        "url": first("citation_public_url") or first("og:url"),
        "language": first("citation_language"),
        "tags": said.get("citation_keywords", []),
    }


@pytest.mark.slow
def test_zotero_takes_a_post_for_a_post(disk: Path) -> None:
    """Zotero saves an item as a blog post with its author, date and language; without a false address."""
    found = zotero(metas(disk / "ferry/index.html"))
    expected = {
        "itemType": "blogPost",
        "title": "The ferry & </script> “quoted”",
        "creators": ["Ann Lee"],
        "date": "2010/06/03",
        "url": "",
        "language": "en-GB",
        "tags": [],
    }
    assert expected == found


@pytest.mark.slow
def test_zotero_takes_news_for_news(host: Path) -> None:
    """Where the site says that it keeps news, Zotero saves a newspaper's article, with its address."""
    found = zotero(metas(host / "ferry/index.html"))
    assert ("newspaperArticle", f"{SITE}/ferry/") == (found["itemType"], found["url"])


def test_without_its_type_an_item_would_be_a_journals() -> None:
    """The type is what keeps Zotero from its guess: the other elements alone mislead it."""
    tags = meta_tags(Edition(RAIN), Described("Kept"))
    assert "blogPost" == zotero(tags)["itemType"]
    left = [tag for tag in tags if tag[1] != "z:itemType"]
    assert "journalArticle" == zotero(left)["itemType"]


@pytest.mark.slow
def test_an_editor_says_what_one_item_is(tmp_path: Path) -> None:
    """``item-type`` in an editor's file goes before the setting, in each description of the item."""
    folder = copy_site(tmp_path)
    path = folder / f"content/annotations/{SAMPLE}.yaml"
    path.write_text(f"item-type: newsArticle\n{path.read_text('utf-8')}", "utf-8")
    result = run(folder, "build")
    assert 0 == result.returncode, result.stderr
    item = folder / "output" / SAMPLE
    assert "newspaperArticle" == zotero(metas(item / "index.html"))["itemType"]
    assert "NewsArticle" in (one["@type"] for one in graph(item / "index.html"))
    assert (item / "citation.ris").read_text("utf-8").startswith("TY  - NEWS")


@pytest.mark.slow
def test_open_graph_says_what_it_needs(host: Path) -> None:
    """Title, type, address, site, language with its country and time are there, none of them empty."""
    found = {name: content for kind, name, content in metas(host / "ferry/index.html") if content}
    wanted = {
        "og:title": "The ferry & </script> “quoted”",
        "og:type": "article",
        "og:url": f"{SITE}/ferry/",
        "og:site_name": "Annotated Archive",
        "og:locale": "en_GB",
        "article:published_time": "2010-06-03T09:00:00-04:00",
        "article:author": "Ann Lee",
        "twitter:card": "summary",
    }
    assert wanted == {name: found.get(name) for name in wanted}
    assert "og:image" not in found


TEXT = {"type": "string", "minLength": 1}
WHEN = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d[+-]\d\d:\d\d)?$"}
PLACE = {"type": "string", "pattern": r"^(https://archive\.test/a/|index\.html)"}
NAMED = {
    "type": "object",
    "properties": {
        "@type": {"enum": ["Person", "Organization"]},
        "name": TEXT,
        "url": {"type": "string", "pattern": "^https://"},
    },
    "required": ["@type", "name"],
    "additionalProperties": False,
}
REFERENCE = {
    "type": "object",
    "properties": {"@id": PLACE},
    "required": ["@id"],
    "additionalProperties": False,
}
COMMENT = {
    "type": "object",
    "properties": {
        "@type": {"const": "Comment"},
        "@id": PLACE,
        "url": PLACE,
        "author": NAMED,
        "dateCreated": WHEN,
        "text": TEXT,
        "parentItem": REFERENCE,
    },
    "required": ["@type", "text"],
    "anyOf": [{"required": ["@id"]}, {"required": ["url"]}],
    "additionalProperties": False,
}
ITEM = {
    "type": "object",
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"enum": ["BlogPosting", "NewsArticle"]},
        "@id": PLACE,
        "url": PLACE,
        "headline": TEXT,
        "author": {"type": "array", "items": NAMED, "minItems": 1},
        "datePublished": WHEN,
        "inLanguage": TEXT,
        "keywords": {"type": "array", "items": TEXT, "minItems": 1},
        "publisher": NAMED,
        "isBasedOn": {"type": "string", "pattern": "^https?://"},
        "commentCount": {"type": "integer", "minimum": 0},
        "comment": {"type": "array", "items": COMMENT, "minItems": 1},
    },
    "required": ["@type", "@id", "headline"],
    "additionalProperties": False,
}
REVIEW = {
    "type": "object",
    "properties": {
        "@type": {"const": "ClaimReview"},
        "@id": PLACE,
        "url": PLACE,
        "claimReviewed": TEXT,
        "reviewRating": {
            "type": "object",
            "properties": {"@type": {"const": "Rating"}, "alternateName": TEXT},
            "required": ["@type", "alternateName"],
            "additionalProperties": False,
        },
        "author": NAMED,
        "datePublished": WHEN,
        "itemReviewed": {
            "type": "object",
            "properties": {"@type": {"const": "Claim"}, "appearance": REFERENCE},
            "required": ["@type", "appearance"],
            "additionalProperties": False,
        },
    },
    # What Google's search needs of a ClaimReview, and what it advises.
    "required": ["@type", "claimReviewed", "reviewRating", "url", "author", "itemReviewed"],
    "additionalProperties": False,
}
"""What schema.org has of these types, of which no more is written."""


def graph(path: Path) -> list[Any]:
    found = ld(path)
    nodes: list[Any] = found.get("@graph", [found])
    return nodes


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ferry/index.html", "ferry/comments-2.html"])
@pytest.mark.parametrize("place", ["disk", "host"])
def test_structured_data_is_of_schema_org(
    place: str, name: str, request: pytest.FixtureRequest
) -> None:
    """Each thing has its type's properties alone, as schema.org and Google's search want them."""
    for node in graph(request.getfixturevalue(place) / name):
        schema = REVIEW if node["@type"] == "ClaimReview" else ITEM
        assert [] == list(Draft202012Validator(schema).iter_errors(node))


@pytest.mark.slow
def test_each_page_carries_its_own_comments(disk: Path, host: Path) -> None:
    """The item's page has the first comments, the next page the others, each with what it answers."""
    first, second = (graph(host / f"ferry/{n}.html")[0] for n in ("index", "comments-2"))
    assert [["Bo Quill", "Cy <b>"], ["دانيال"]] == [
        [one["author"]["name"] for one in page["comment"]] for page in (first, second)
    ]
    assert first["@id"] == second["@id"] == f"{SITE}/ferry/"
    assert {"@id": first["comment"][0]["@id"]} == first["comment"][1]["parentItem"]
    assert "It did not sink. </script>" == first["comment"][0]["text"]
    assert 3 == first["commentCount"] and SOURCE == first["isBasedOn"]
    (later,) = graph(disk / "ferry/comments-2.html")[0]["comment"]
    assert later["@id"].startswith("index.html#comment-")
    assert "url" not in later


@pytest.mark.slow
def test_a_checked_claim_is_a_claim_review(host: Path) -> None:
    """A fact check with a claim and a verdict is a review of the claim; one without is none."""
    (review,) = [one for one in graph(host / "ferry/index.html") if one["@type"] == "ClaimReview"]
    assert "The ferry sank." == review["claimReviewed"]
    assert "False; it ran aground." == review["reviewRating"]["alternateName"]
    # The day of the note; the day of the check is another.
    assert ("2026-11-23", f"{SITE}/ferry/#note-sank") == (review["datePublished"], review["url"])


def test_what_is_a_guess_is_not_said() -> None:
    """A machine's guess at an answer, a reckoned time and a name not captured are left out."""
    when = datetime.fromisoformat("2010-06-03T17:04:00-04:00")
    comments = (
        Comment("comment-1", "", "One.", when, is_approximate=True),
        Comment("comment-2", "Bo", "Two.", when, is_day=True),
        Comment("comment-3", "Cy", "Three.", when),
        Comment("comment-4", "Site", "[...]", when, kind="pingback"),
    )
    answers = (
        Answer("comment-2", "comment-1", "machine", "One"),
        Answer("comment-3", "comment-2", "editor"),
    )
    edition = Edition(replace(RAIN, comments=comments), answers=answers)
    found = structured_data(edition, Described("Kept"), comments)
    one, two, three = found["comment"]
    assert {"@type", "@id", "text"} == set(one)
    assert ("2010-06-03", False) == (two["dateCreated"], "parentItem" in two)
    assert {"@id": "index.html#comment-2"} == three["parentItem"]
    assert 3 == found["commentCount"]


def test_a_review_without_a_day_has_none() -> None:
    """The day of a check is not that of its publication: a note without a date gives none."""
    fields = (("claim", ("C",)), ("verdict", ("V",)), ("checked", ("2026-01-01",)))
    note = Annotation("n", "fact-check", "page", "", fields, targets=(Target("page"),))
    reviews = structured_data(Edition(RAIN, annotations=(note,)), Described("Kept"), ())["@graph"]
    assert ["ClaimReview"] == [one["@type"] for one in reviews if "datePublished" not in one]


def test_a_withheld_name_is_no_person() -> None:
    """What is shown for a withheld name is the author of nothing, for any program."""
    withheld = (Withholding("x", "term", "A reader", "", "", ("page",)),)
    comments = (Comment("comment-1", "A reader", "One."), Comment("comment-2", "Bo", "Two."))
    document = replace(RAIN, authors=("A reader",), comments=comments, withheld=withheld)
    found = structured_data(Edition(document), Described("Kept"), comments)
    assert "author" not in found
    assert [False, True] == ["author" in one for one in found["comment"]]
    tags = meta_tags(Edition(document), Described("Kept"))
    assert [] == [tag for tag in tags if tag[1] in ("citation_author", "article:author")]


def test_an_early_year_has_four_digits() -> None:
    """A date is written alike whatever its year, which other programs read by its length."""
    early = replace(RAIN, published=datetime.fromisoformat("0150-01-02T00:00:00+00:00"))
    tags = meta_tags(Edition(early), Described("Kept"))
    assert ("name", "citation_publication_date", "0150/01/02") in tags


def test_a_lost_fact_check_is_not_reviewed() -> None:
    """A claim whose words are no longer there is not said to appear there."""
    fields = (("claim", ("C",)), ("verdict", ("V",)))
    note = Annotation("a", "fact-check", "article", "", fields)
    about = Described("Kept")
    assert "@graph" not in structured_data(Edition(RAIN, annotations=(note,)), about, ())
    found = note.at((Target("article", 0, 1),))
    assert "@graph" in structured_data(Edition(RAIN, annotations=(found,)), about, ())


@pytest.mark.parametrize("text", ["</script><script>alert(1)", "<!--<script>", "\u2028&amp;\u2029"])
def test_no_text_ends_a_data_block(text: str) -> None:
    """Whatever a text holds, the block is one element, and its JSON gives the text back."""
    block = str(data_block({"a": text}, "application/json"))
    assert [2, 2] == [block.count("<"), block.count(">")]
    assert "\u2028" not in block
    (element,) = BeautifulSoup(block, "html.parser").find_all("script")
    assert {"a": text} == json.loads(element.get_text())


@pytest.mark.parametrize("name", ["Tom<er>son&Söhne", "Bo Quill", "Ann\u2028Lee"])
def test_the_gate_reads_data_blocks(name: str) -> None:
    """What is withheld is found in a data block too, however JSON writes it."""
    gate = Gate([Secret("r-1", name)])
    page = f"<html>{data_block({'author': name}, 'application/ld+json')}</html>"
    assert gate.search(page.encode(), "a/index.html")


@pytest.mark.slow
def test_every_outgoing_link_is_robust(host: Path) -> None:
    """Each link to another site gives the address as it was set, and is marked as the live web."""
    found = 0
    for path in host.rglob("*.html"):
        for link in soup(path).select('a[href^="http"]'):
            if not str(link["href"]).startswith(SITE):
                found += 1
                assert link.get("data-originalurl"), (path, link)
                assert "external" in link["rel"], (path, link)
    assert found > 10


@pytest.mark.slow
def test_links_bear_the_day_and_the_copy_that_are_known(disk: Path) -> None:
    """A captured link bears the day of capture, an editor's that of the check, a source its copy."""
    page = soup(disk / "ferry/index.html")

    def link(address: str) -> dict[str, str]:
        one = page.select_one(f'a[href="{address}"]')
        assert one is not None, address
        return {name[5:]: str(value) for name, value in one.attrs.items() if name[:5] == "data-"}

    captured = {"originalurl": "http://port.example/log?a=1&b=2", "versiondate": "2011-03-02"}
    assert captured == link("http://port.example/log?a=1&b=2")
    assert "2011-03-02" == link("https://news.example/ferry")["versiondate"]
    assert {"originalurl": SOURCE, "versiondate": "2011-03-02"} == link(SOURCE)
    both = {
        "originalurl": "https://port.example/1",
        "versionurl": "https://web.example/2010/1",
        "versiondate": "2026-11-20",
    }
    assert both == link("https://port.example/1") == link("https://web.example/2010/1")
    assert "2026-11-23" == link("https://port.example/3")["versiondate"]
    alone = {"originalurl": "https://port.example/2", "versiondate": "2026-11-20"}
    assert alone == link("https://port.example/2")
    assert 1 == len(page.find_all("a", string="archived copy"))
    assert "a > b" == page.select_one('a[href="https://port.example/3"]')["title"]  # type: ignore[index]
    by_hand = soup(disk / "pages/on-links.html").select_one('a[href="https://other.example"]')
    assert by_hand is not None and "2020-01-02" == by_hand["data-versiondate"]


def test_a_robust_link_keeps_the_text() -> None:
    """No character of a text is added, taken away or moved."""
    html = '<p>a <a href="https://a.example" rel="nofollow">b</a> c <a href="#d">e</a></p>'
    made = BeautifulSoup(robust(html, "2010-01-01"), "html.parser")
    assert "a b c e" == made.get_text()
    assert html == robust(html, "", "https://a.example")
    assert robust(html) == robust(robust(html))


def test_words_like_a_copy_mislead_nobody() -> None:
    """Only two links that stand so beside each other are a source and its copy."""
    html = '<a href="https://a.example">archived copy</a> <a href="https://b.example">archived copy</a>'
    assert "versionurl" not in robust_sources(html)


@pytest.mark.slow
def test_generated_pages_stay_as_they_are(host: Path) -> None:
    """The Markdown pages know nothing of the live web's marks."""
    pages = (host.parent / "content/pages/articles").glob("*.md")
    assert all("originalurl" not in page.read_text("utf-8") for page in pages)


def canonical(path: Path) -> list[str]:
    return [str(one["href"]) for one in soup(path).select("link[rel=canonical]")]


@pytest.mark.slow
def test_the_original_may_be_canonical(host: Path) -> None:
    """Where the setting says so, an item with a source names that; others name themselves."""
    assert [SOURCE] == canonical(host / "ferry/index.html")
    assert [SOURCE] == canonical(host / "ferry/comments-2.html")
    assert [f"{SITE}/{SAMPLE}/"] == canonical(host / SAMPLE / "index.html")


@pytest.mark.slow
def test_a_site_on_a_disk_may_name_the_original_too(tmp_path: Path, disk: Path) -> None:
    """Without an address of its own a site names the original, if it is to; else nothing."""
    assert [] == canonical(disk / "ferry/index.html")
    built = build_cited_site(tmp_path, 'ARCHIVE_CANONICAL = "original"')
    assert [SOURCE] == canonical(built / "ferry/index.html")
    assert [] == canonical(built / SAMPLE / "index.html")


@pytest.mark.slow
def test_pages_of_a_host_are_canonical_to_themselves(tmp_path: Path) -> None:
    """Unless the setting says otherwise, each page of an item names its own address, and only that."""
    words = ("publish", "--site-url", SITE)
    built = build_cited_site(tmp_path, "ARCHIVE_COMMENTS_PER_PAGE = 2", *words)
    assert [f"{SITE}/ferry/"] == canonical(built / "ferry/index.html")
    assert [f"{SITE}/ferry/comments-2.html"] == canonical(built / "ferry/comments-2.html")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ARCHIVE_CANONICAL", "ARCHIVE_ITEM_TYPE"])
def test_a_wrong_setting_ends_a_build_at_once(tmp_path: Path, name: str) -> None:
    """A word that a setting does not know is said, with those that it knows; nothing is written."""
    folder = copy_site(tmp_path)
    conf = folder / "pelicanconf.py"
    conf.write_text(f'{conf.read_text("utf-8")}\n{name} = "both"\n', "utf-8")
    result = run(folder, "build")
    assert 1 == result.returncode
    assert f"{name} is 'both'; set it to '" in result.stderr
    assert not (folder / "output").exists()


@pytest.mark.slow
def test_citations_stand_beside_the_page(disk: Path, host: Path) -> None:
    """Each format is a file that the page leads to, and what the page shows; two builds are equal."""
    names = {"plain": "txt", "bibtex": "bib", "ris": "ris", "csl": "csl.json"}
    for place in (disk, host):
        page = soup(place / "ferry/index.html")
        for form, ending in names.items():
            box = page.select_one(f".cite-{form}")
            assert box is not None
            text = (place / f"ferry/citation.{ending}").read_text("utf-8")
            assert text.split() == box.pre.get_text().split()  # type: ignore[union-attr]
            assert str(box.a["href"]).endswith(f"ferry/citation.{ending}")  # type: ignore[index]
    assert f"<{SITE}/ferry/>" in (host / "ferry/citation.txt").read_text("utf-8")
    assert "captured 2 March 2011" in (disk / "ferry/citation.txt").read_text("utf-8")


@pytest.mark.slow
def test_nothing_depends_on_the_day(disk: Path, tmp_path: Path) -> None:
    """Another build of the same content has the same metadata, byte for byte."""
    again = build_cited_site(tmp_path, "ARCHIVE_COMMENTS_PER_PAGE = 2")
    assert files_of(again / "ferry") == files_of(disk / "ferry")
