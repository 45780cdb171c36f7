"""Captured text is cut into article, comments and furniture, and every character is accounted for."""

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pelican.plugins.annotated_archive.captures import read
from pelican.plugins.annotated_archive.errors import Unreadable
from pelican.plugins.annotated_archive.model import Capture
from pelican.plugins.annotated_archive.pages import compose_page
from pelican.plugins.annotated_archive.views import EditionView

from capture_fixtures import Fixture, edition_of, golden, shaped, varied

SAMPLE = Path(__file__).parents[1] / "content/captures/state-department-to-twitter/capture.txt"
FIXTURES = [*golden(), *varied()]
LINES = st.sampled_from(
    [
        "",
        "A title",
        "June 16th, 2009",
        "09:17 PM ET",
        "  1. Name",
        "  2. Other",
        "    some text",
        "    June 17, 2009 at 7:49 am |",
        "12 Comments",
        "soundoff (82 Responses)",
        "Name says:",
        "June 3, 2010 at 5:04 pm",
        "Reply",
        "Comment by Ann — June 3, 2010 @ 5:04 pm",
        "Filed under: A",
        "[caption image=http://a.example/b.jpg]",
        "Leave a Reply",
        "1 2",
        "Recent Posts",
        "Pingback: elsewhere",
        "Ann • 3 days ago",
        "by Ann on Tuesday July 24, @10:34AM (#4)",
        "Kommentar von Gesa am 3. November 2012 um 11:20 Uhr",
        "Odile a dit :",
        "Like · Reply · 3",
        "Responses (0)",
        "Related posts",
        "It rained all the night, and in the morning it was still raining on the town.",
    ]
)


def accounted(capture: Capture) -> bool:
    """Tell whether the entries cover the capture from its first character to its last, once each."""
    end = 0
    for entry in capture.entries:
        if entry.start != end or entry.end <= entry.start:
            return False
        end = entry.end
    return end == capture.characters


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.name)
def test_fixture_is_read_as_its_author_meant(fixture: Fixture) -> None:
    """Every golden and varied capture gives the record that was written down beforehand."""
    expected = {key: value for key, value in fixture.expected.items() if key != "remainder_ok"}
    assert expected == shaped(fixture)


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.name)
def test_every_character_is_accounted_for(fixture: Fixture) -> None:
    """The ledger covers the whole capture without a gap or an overlap."""
    assert accounted(read(fixture.data, "text"))


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.name)
def test_what_is_not_understood_is_kept(fixture: Fixture) -> None:
    """Remainder is empty, or holds text that no reader of the page could place."""
    document = edition_of(fixture).document
    allowed = bool(fixture.expected.get("remainder_ok"))
    assert allowed or document.remainder == ()


def test_sample_is_read_whole() -> None:
    """The sample has 11 paragraphs, one lost picture, 27 comments, and no remainder."""
    capture = read(SAMPLE.read_bytes(), "text")
    kinds = [block.kind for block in capture.blocks]
    assert (11, 1) == (kinds.count("paragraph"), kinds.count("figure"))
    assert list(range(1, 28)) == [comment.number for comment in capture.comments]
    assert (82, "1 2", ()) == (capture.declared, capture.pager, capture.remainder)
    assert ("Elise Labott",) == capture.authors
    assert "CNN State Department Producer" == capture.role


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=40).map("\n".join))
def test_any_arrangement_of_lines_is_accounted_for(text: str) -> None:
    """No order of lines that look like a page's loses a character or stops the reader."""
    if text.strip():
        assert accounted(read(text.encode(), "text"))


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_any_text_is_accounted_for_or_refused(text: str) -> None:
    """Any text gives a ledger that covers it, or a clear error."""
    try:
        capture = read(text.encode(), "text")
    except Unreadable:
        return
    assert accounted(capture)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 9, "not-text"),
        (b"caf\xc3\xa9 and \xff\n", "undecodable"),
        (b"\x81\x8d undefined in cp1252", "undecodable"),
        (b"a" * (33 * 1024 * 1024), "too-large"),
    ],
    ids=["empty", "blank", "mark", "binary", "mixed", "undefined", "large"],
)
def test_what_is_not_text_is_refused(data: bytes, code: str) -> None:
    """Bytes that are no text are refused with a code and a remedy, never guessed at."""
    with pytest.raises(Unreadable) as caught:
        read(data, "text")
    assert (code, True) == (caught.value.code, bool(caught.value.remedy))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_other_encodings_are_decoded_and_noted(encoding: str) -> None:
    """Windows-1252 and UTF-16 are decoded to the same text, and said so."""
    text = "Café society\n\nThe “naïve” façade — gone.\n\nNo comments yet\n"
    capture = read(text.encode(encoding), "text")
    assert ("Café society", "The “naïve” façade — gone.") == (capture.title, capture.blocks[0].text)
    assert (encoding != "utf-8-sig") == any(note.code == "encoding" for note in capture.notes)


def test_undecodable_byte_is_named_by_its_offset() -> None:
    """The error names the byte, its offset and its line."""
    with pytest.raises(Unreadable, match=r"byte 0xff at offset 7") as caught:
        read(b"caf\xc3\xa9\n\n\xff", "text")
    assert 3 == caught.value.line


PAGE = """My Blog

A rainy day

June 16, 2009 by Bob Smith

{first}

The rain came down on the town all through the night, and in the morning it was still there.

{last}

2 Responses to “A rainy day”

Anna says:
June 16, 2009 at 5:04 pm

{comment}

The end of it.

Carl says:
June 16, 2009 at 5:05 pm

Yes.
"""


@pytest.mark.parametrize(
    "words",
    [
        "June 16, 2009 – The minister resigned today after weeks of protest.",
        "By Anna Miller | She was born in 1970 and lived in Rome.",
        "This post was hard to write.",
        "Two responses to the crisis are possible. The first is war.",
        "Bookmark this date.",
        "Next Tuesday we meet again.",
        "Theme parks are closed in the rain.",
        "Copyright law is a strange thing.",
        "Tags are for luggage.",
        "Posted in anger, this will be regretted.",
        "By noon it was over.",
    ],
)
@pytest.mark.parametrize("place", ["first", "last"])
def test_prose_that_resembles_furniture_stays_in_the_article(words: str, place: str) -> None:
    """A paragraph at the beginning or the end of an article is never taken for a line of the theme."""
    text = PAGE.format(
        **{"first": "It rained.", "last": "It rained.", "comment": "So."} | {place: words}
    )
    capture = read(text.encode(), "text")
    assert words in [block.text for block in capture.blocks]


@pytest.mark.parametrize(
    "line",
    ["Two thoughts on this: no and never.", "Leave a Reply", "1 2", "Top", "URL", "12 comments"],
)
def test_a_line_of_a_comment_does_not_end_it(line: str) -> None:
    """What resembles the end of the comments, within one that is not the last, is its text."""
    text = PAGE.format(first="It rained.", last="It rained.", comment=line)
    capture = read(text.encode(), "text")
    assert ["Anna", "Carl"] == [comment.author for comment in capture.comments]
    assert f"{line}\n\nThe end of it." == capture.comments[0].text


def test_nothing_of_a_second_stamp_is_lost() -> None:
    """A second time and byline is kept as furniture, in the words of the page."""
    text = PAGE.format(first="Published June 18, 2009 10:15 am", last="It rained.", comment="So.")
    capture = read(text.encode(), "text")
    assert "Published June 18, 2009 10:15 am" in [p.text for p in capture.furniture]
    assert "June 16, 2009" == capture.stamp.printed if capture.stamp else False


def test_the_day_of_the_visit_is_not_the_articles() -> None:
    """A date that the page's header prints gives way to the one beside the title."""
    text = "March 3, 2010\n10:00 PM ET\n\nMy Blog\n\n" + PAGE.partition("\n\n")[2]
    capture = read(
        text.format(first="It rained.", last="It rained.", comment="So.").encode(), "text"
    )
    assert capture.stamp is not None
    assert "2009-06-16" == capture.stamp.local.date().isoformat()


def test_a_day_is_not_given_a_time() -> None:
    """Where only a day was printed, no page says midnight, and a note says what the record does."""
    fixture = Fixture("day", b"A title\n\nJune 3, 2010\n\nText of it.\n", "UTC", {})
    edition = edition_of(fixture)
    assert ("3 June 2010", True) == (EditionView(edition).words, edition.document.is_day)
    assert ["day-only"] == [note.code for note in edition.document.notes]
    assert "00:00" not in compose_page(edition).text.partition("\n---\n\n")[2]


ARTICLE = """A rainy day

June 16, 2009

The rain came down on the town all through the night, and in the morning it was still there.

By noon the river had come up to the second step, and by evening it had gone to look at the third.
"""


def test_an_age_and_a_day_without_a_year_are_no_times() -> None:
    """Where the page prints no year, the comment is read, and no time is made up for it."""
    for first, second in [
        ("3 days ago", "2 days ago"),
        ("June 17 at 5:04 pm", "June 18 at 7:11 am"),
    ]:
        text = f"{ARTICLE}\n2 Comments\n\nAnna • {first}\n\nYes.\n\nCarl • {second}\n\nNo.\n"
        comments = read(text.encode(), "text").comments
        assert [("Anna", None), ("Carl", None)] == [(c.author, c.stamp) for c in comments]


@pytest.mark.parametrize(
    "lines",
    [
        "Anna June 17, 2009 at 5:04 pm\n\nIt was the fourth step.",
        "Anna — 2 days ago\n\nIt was the fourth step.",
        "Anna on June 17, 2009\n\nIt was the fourth.\n\nCarl on June 18, 2009\n\nIt was not.",
    ],
    ids=["one time", "one age", "two days"],
)
def test_what_may_be_responses_is_kept_apart_and_noted(lines: str) -> None:
    """Where it is not certain that signed texts are comments, they are neither article nor comments."""
    capture = read(f"{ARTICLE}\n{lines}\n".encode(), "text")
    assert (2, ()) == (len(capture.blocks), capture.comments)
    assert ["responses-unread"] == [note.code for note in capture.notes]
    assert [("responses that were not understood", lines)] == [
        (passage.name, passage.text) for passage in capture.remainder
    ]


def test_a_heading_ends_the_article_though_nothing_below_it_is_signed() -> None:
    """Responses that no layout reads are kept under their own name, and noted."""
    capture = read(f"{ARTICLE}\n3 Comments\n\nAnna:\nYes.\n\nCarl:\nNo.\n".encode(), "text")
    assert (2, 3, ()) == (len(capture.blocks), capture.declared, capture.comments)
    assert ["responses-unread"] == [note.code for note in capture.notes]


@pytest.mark.parametrize(
    "below", ["No comments yet\n", "Comments are closed.\n", "Leave a Reply\n\nName\n"]
)
def test_a_page_without_responses_has_no_note_of_any(below: str) -> None:
    """A page that has only a form, or says that there is nothing, has nothing unread."""
    capture = read(f"{ARTICLE}\n{below}".encode(), "text")
    assert (2, (), (), ()) == (
        len(capture.blocks), capture.comments, capture.remainder, capture.notes,
    )  # fmt: skip


@pytest.mark.parametrize(
    "heading", ["No comments yet", "0 Comments", "Comments", "Leave a comment"]
)
def test_a_sidebar_below_an_empty_list_is_no_list_of_comments(heading: str) -> None:
    """Titles with days below a heading that nobody answered are no comments."""
    posts = "A map of hedges - May 1, 2009\nHedges are slow.\nA map of cats - May 3, 2009\nCats are not."
    capture = read(f"{ARTICLE}\n{heading}\n\nRelated posts\n\n{posts}\n".encode(), "text")
    assert ((), 2) == (capture.comments, len(capture.blocks))


@pytest.mark.parametrize(
    "lines",
    [
        "Jazz at the mill - June 19, 2009 at 8:00 pm\n\nBring a coat.\n\nOpen day - June 20, 2009 at 11:00 am\n\nFree.",
        "Ann Lee\nJune 3, 2009\n\nHow the mill was won\n\nContinue reading\n\nBo Quill\nJune 2, 2009\n\n"
        "How it was lost\n\nContinue reading\n\nAda Voss\nJune 1, 2009\n\nThe mill\n\nContinue reading",
        "June 17, 2009 5:40 pm\n\nThe water is falling.\n\nJune 17, 2009 4:12 pm\n\nThe water is rising.",
        "Mr. Pell wrote:\n\nIt was my step.\n\nMrs. Amory wrote:\n\nIt was mine.\n\nBoth were under water.",
    ],
    ids=["events", "posts", "live", "letters"],
)
def test_what_is_signed_and_no_comment_is_none(lines: str) -> None:
    """Events, other posts, the turns of a live page and quoted letters are no comments."""
    assert () == read(f"{ARTICLE}\n{lines}\n".encode(), "text").comments


@pytest.mark.parametrize(
    "line",
    ["Ann on June 3, 2010 at 5:04 pm\n", "may 12 " * 33 + "\n", "3 Comments\n", "reply  " * 34 + "x\n",
     "Ann 3 days ago\n", "Posted by: A | June 15, 2012 at 09:38 AM\n", "a " * 70 + "says\n"],
)  # fmt: skip
def test_time_to_read_grows_with_the_length(line: str) -> None:
    """Four times as many lines of any kind take about four times as long, not sixteen times."""

    def seconds(count: int) -> float:
        begin = process_time()
        read((line * count).encode(), "text")
        return process_time() - begin

    assert seconds(800) < 10 * seconds(200) + 0.2
