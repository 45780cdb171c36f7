"""A WordPress export gives its public posts with their approved comments, and nobody's secrets."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pelican.plugins.annotated_archive.captures.wxr import FORMAT, read_wxr
from pelican.plugins.annotated_archive.containers.wxr import CONTAINER
from pelican.plugins.annotated_archive.errors import Unreadable
from pelican.plugins.annotated_archive.exported.exported_html import blocks_of, prose_of
from pelican.plugins.annotated_archive.exported.exported_xml import scan
from pelican.plugins.annotated_archive.exported.xml_encoding import decode_xml
from pelican.plugins.annotated_archive.model import Capture

from export_shapes import (
    PUBLIC,
    accounted,
    contained,
    depth,
    fixtures,
    gmt_agrees,
    local_time,
    mutations,
    parents,
    record,
    shown,
    told,
)

FIXTURES = fixtures("wxr")
THEME_TEST = PUBLIC / "themeunittestdata.wordpress.xml"
needs_public = pytest.mark.skipif(not THEME_TEST.exists(), reason="the public exports are not here")
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:wp="http://wordpress.org/export/1.2/">\n<channel>\n'
)
END = "\n</channel>\n</rss>\n"


def export(item: str, header: str = "") -> bytes:
    return f"{HEAD}{header}<item>{item}</item>{END}".encode()


def comment(fields: str, approved: str = "1", kind: str = "") -> str:
    return (
        f"<wp:comment>{fields}<wp:comment_approved>{approved}</wp:comment_approved>"
        f"<wp:comment_type>{kind}</wp:comment_type></wp:comment>"
    )


def public_captures(path: Path) -> list[Capture]:
    return [read_wxr(one.read()) for one in contained(CONTAINER, path) if not one.state]


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_fixture_is_read_as_its_author_meant(path: Path) -> None:
    """Every public item has the title, times, author, terms and words that were written down."""
    expected = record(path)["items"]
    entries = [one for one in contained(CONTAINER, path) if not one.state]
    captures = [read_wxr(one.read()) for one in entries]
    assert [one["slug"] or "" for one in expected] == [entry.slug for entry in entries]
    for want, got in zip(expected, captures, strict=True):
        assert (want["title"], want["link"]) == (got.title, got.source)
        assert (want["author"],) if want["author"] else () == got.authors
        assert (want["categories"], want["tags"]) == (list(got.filed_under), list(got.tags))
        assert want["published"] == local_time(got.stamp)
        assert gmt_agrees(got.stamp, want["published_gmt"])
        words = next(block.text for block in got.blocks if block.kind == "paragraph")
        assert words.startswith(want["text_begins"])


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_comments_of_a_fixture_are_read_as_its_author_meant(path: Path) -> None:
    """Every approved comment has its id, author, times, words, parent and kind; no other is there."""
    for want, got in zip(record(path)["items"], public_captures(path), strict=True):
        assert [one["id"] for one in want["comments"]] == [one.source_id for one in got.comments]
        for told_of, one in zip(want["comments"], got.comments, strict=True):
            assert (told_of["author"], told_of["text"]) == (one.author, shown(one.text, one.styles))
            assert (told_of["parent"] or "", told_of["kind"]) == (one.reply_to, one.kind)
            assert (told_of["published"] or told_of["published_gmt"]) == local_time(one.stamp)
            assert gmt_agrees(one.stamp, told_of["published_gmt"])
        assert len(got.comments) == got.declared


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_nothing_private_enters_a_capture(path: Path) -> None:
    """No address, IP number, password or unpublished word is in any capture of public items."""
    words = "".join(told(one) for one in public_captures(path))
    assert [] == [secret for secret in record(path)["private"] if secret in words]


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_what_is_left_out_is_counted(path: Path) -> None:
    """Drafts and protected posts have a state; left-out comments are noted and in the ledger."""
    expected = record(path)["excluded"]
    entries = contained(CONTAINER, path)
    states = [one.state for one in entries if one.state]
    assert expected["passworded"] == states.count("password")
    assert expected["drafts"] == len(states) - states.count("password")
    names = [e.name for one in entries for e in read_wxr(one.read()).entries]
    assert expected["spam"] == 0 or "comments in spam" in names
    assert expected["trash"] == 0 or "comments in the trash" in names
    assert expected["unapproved"] == 0 or "comments not approved" in names


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_every_character_is_accounted_for(path: Path) -> None:
    """The ledger covers a whole export, and each item of it, without a gap or an overlap."""
    captures = [read_wxr(path.read_bytes())]
    captures += [read_wxr(one.read()) for one in contained(CONTAINER, path)]
    assert all(accounted(one) for one in captures)
    assert all(one.remainder == () for one in captures)


@needs_public
def test_the_theme_unit_test_is_read_whole() -> None:
    """All approved comments of the public export are read with their threads, and none of the others."""
    entries = contained(CONTAINER, THEME_TEST)
    captures = [read_wxr(one.read()) for one in entries]
    comments = [one for capture in captures for one in capture.comments]
    kinds = [one.kind for one in comments]
    data = THEME_TEST.read_bytes()
    assert 32 == data.count(b"<wp:comment>")
    assert 29 == len(comments) == data.count(b"<wp:comment_approved>1</wp:comment_approved>")
    left_out = [n.text for c in captures for n in c.notes if n.code == "comments-not-approved"]
    said = "1 comment of the export was not public and is left out: 1 not approved."
    assert [said] * 3 == left_out
    assert (2, 2) == (kinds.count("pingback"), kinds.count("trackback"))
    assert 9 == sum(len(parents(one.comments)) for one in captures)
    assert 10 == max(depth(one.comments) for one in captures)
    assert "password" in [one.state for one in entries]
    assert all(accounted(one) for one in captures)
    assert ["'"] == [one.text for capture in captures for one in capture.remainder]


@needs_public
def test_the_theme_unit_test_gives_no_secret_away() -> None:
    """No address of a commenter is in any capture of the public export."""
    import re

    private = set(
        re.findall(
            r"<wp:comment_author_(?:email|IP)>(?:<!\[CDATA\[)?([^<\]\s]+)",
            THEME_TEST.read_text("utf-8"),
        )
    )
    captures = [read_wxr(one.read()) for one in contained(CONTAINER, THEME_TEST)]
    comments = "".join(repr((one.comments, one.furniture, one.notes)) for one in captures)
    assert private
    assert [] == [one for one in private if one in comments]


def test_an_item_of_its_own_is_an_export() -> None:
    """What the container gives for an item is the export's header, the item's own bytes, the end."""
    path = FIXTURES[0]
    data = path.read_bytes()
    entry = contained(CONTAINER, path)[1]
    own = entry.read()
    start = data.index(b"<item>")
    assert data[:start] == own[:start]
    assert own[start : -len(END)] in data
    assert own.endswith(END.encode())
    assert FORMAT.sniff(own)
    assert entry.size == len(own)


def test_an_export_of_utf16_is_read() -> None:
    """The encoding is that of the byte order mark, before any other."""
    text = export("<title>Ångström</title>").decode()
    capture = read_wxr(text.encode("utf-16"))
    assert ("Ångström", ["encoding"]) == (capture.title, [note.code for note in capture.notes])
    assert FORMAT.sniff(text.encode("utf-16"))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<?xml version='1.0' encoding='iso-8859-1'?><a>\x93x\x94", ("“x”", "iso-8859-1", 0)),
        (b"<?xml version='1.0' encoding='koi8-r'?><a>\xc1", ("а", "koi8-r", 0)),
        (b"<a>caf\xe9", ("café", "Windows-1252", 0)),
        (b"<?xml version='1.0' encoding='utf-8'?><a>caf\xe9", ("caf\ufffd", "UTF-8", 1)),
        (b"<?xml version='1.0' encoding='rot13'?><a>b", ("b", "UTF-8", 0)),
    ],
)
def test_encodings_are_honoured(data: bytes, expected: tuple[str, str, int]) -> None:
    """The declared encoding is believed; a byte that is not of it is shown as a mark."""
    text, encoding, bad = decode_xml(data)
    assert expected == (text.rpartition(">")[2], encoding, bad)


def test_entities_are_never_expanded() -> None:
    """A document type declares nothing: an entity bomb stays the few letters that it is."""
    bomb = "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'><!ENTITY c SYSTEM 'file:///etc/passwd'>]>"
    xml = scan(f"{bomb}<r><t>&b;&c;</t></r>".encode())
    assert "&b;&c;" == xml.value(xml.root.children[0].children[0])
    assert 2 == xml.flaws.entities


@pytest.mark.parametrize(
    "unit",
    ["<", "<title>", "<a b='", "<!--", "<![", "<![CDATA[", "</a>", "<a><b></a>", "&amp", "<!a[b>"]
    + ["<title><![CDATA[]]>", "<item>", "<wp:comment>", "&#x;", "]]>", "<a b=c", "<a\n"],
)
def test_hostile_markup_takes_time_that_grows_with_its_length(unit: str) -> None:
    """No repetition of markup makes reading slower than its length does."""
    data = export(unit * (400_000 // len(unit)))
    start = time.perf_counter()
    capture = read_wxr(data)
    assert time.perf_counter() - start < 8
    assert accounted(capture)


@pytest.mark.parametrize(
    "unit", ["[caption]", "[caption a]<img>", "<b>", "\n\n", "<p>", "[", "<!-- wp:a -->"]
)
def test_hostile_content_takes_time_that_grows_with_its_length(unit: str) -> None:
    """The same holds for the HTML of a post, and of a comment."""
    body = f"<![CDATA[{unit * (200_000 // len(unit))}]]>"
    data = export(
        f"<content:encoded>{body}</content:encoded>"
        + comment(f"<wp:comment_content>{body}</wp:comment_content>")
    )
    start = time.perf_counter()
    assert accounted(read_wxr(data))
    assert time.perf_counter() - start < 20


def test_kinds_of_comments_that_were_never_public_are_left_out() -> None:
    """Order notes and editors' notes are stored as approved comments; they are none."""
    fields = "<wp:comment_content>4 Bog Lane</wp:comment_content>"
    item = comment(fields, kind="order_note") + comment(fields, kind="note")
    capture = read_wxr(export(item))
    assert ((), 0) == (capture.comments, capture.declared)
    assert "Bog Lane" not in told(capture)
    assert ["comments-not-approved"] == [note.code for note in capture.notes]


def test_a_draft_says_so() -> None:
    """An item that was not public is read with a note."""
    capture = read_wxr(export("<title>T</title><wp:status>draft</wp:status>"))
    assert ["not-public"] == [note.code for note in capture.notes]


def test_an_export_without_items_is_refused() -> None:
    """An export that holds nothing has nothing to read."""
    with pytest.raises(Unreadable) as caught:
        read_wxr((HEAD + END).encode())
    assert "no-item" == caught.value.code


def test_a_truncated_export_is_read_as_far_as_it_goes() -> None:
    """What is there is read, and the missing end is noted."""
    data = FIXTURES[0].read_bytes()
    capture = read_wxr(data[: data.index(b"Mine has been raining")])
    assert accounted(capture)
    assert any("the end is missing" in note.text for note in capture.notes)


def test_line_breaks_are_paragraphs_as_wordpress_shows_them() -> None:
    """An empty line parts paragraphs, a single break is a break, one beside a block is none."""
    text, _ = prose_of(
        "One\ntwo\n\n<blockquote>three\n\nfour</blockquote>\n<ul>\n<li>five</li>\n</ul>"
    )
    assert "One\ntwo\n\nthree\n\nfour\n\nfive" == text


def test_pictures_are_figures_with_their_captions() -> None:
    """Caption shortcodes, old and new, figures and frames say what was not captured, and where."""
    html = (
        '[caption id="a" caption="Old"]<img src="http://a.example/1.jpg" alt="" />[/caption]\n\n'
        '[caption id="b"]<a href="#"><img src="http://a.example/2.jpg" /></a> New <em>one</em>[/caption]\n'
        'Words with a <iframe src="http://a.example/film"></iframe> frame.\n\n[gallery ids="1,2"]\n\n[sic]'
    )
    got = [(one.kind, one.address, one.caption) for one in blocks_of(html) if one.kind == "figure"]
    assert [
        ("figure", "http://a.example/1.jpg", "Old"),
        ("figure", "http://a.example/2.jpg", "New one"),
        ("figure", "http://a.example/film", ""),
        ("figure", "", ""),
    ] == got
    assert ["Words with a", "frame.", "[sic]"] == [
        one.text for one in blocks_of(html) if one.kind == "paragraph"
    ]


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, len(FIXTURES) - 1),
    st.lists(
        st.tuples(
            st.integers(0, 30_000),
            st.binary(max_size=12)
            | st.sampled_from(
                [
                    b"<item>",
                    b"</item>",
                    b"<![CDATA[",
                    b"]]>",
                    b"<!--",
                    b"</wp:comment>",
                    b"\xff\xfe",
                ]
            ),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_any_damage_is_accounted_for_or_refused(
    which: int, places: list[tuple[int, bytes]]
) -> None:
    """Whatever bytes are changed, added or cut off, all characters are accounted for, or it is refused."""
    for data in mutations(FIXTURES[which].read_bytes(), places):
        try:
            capture = read_wxr(data)
        except Unreadable:
            continue
        assert accounted(capture)
