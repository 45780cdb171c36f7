"""Which comment answers which: as the page says, as an editor reads it, or as the machine guesses."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pelican.plugins.annotated_archive.answer_entries import Reading, reading_faults
from pelican.plugins.annotated_archive.answered import answered_by, answers_of
from pelican.plugins.annotated_archive.answers import answers
from pelican.plugins.annotated_archive.comment_order import is_newest_first, ranks
from pelican.plugins.annotated_archive.exports.edition_json import edition_record
from pelican.plugins.annotated_archive.model import (
    Answer,
    Block,
    Comment,
    Document,
    Edition,
    Gap,
    Ledger,
    Style,
)
from pelican.plugins.annotated_archive.pages import compose_page, page_html
from pelican.plugins.annotated_archive.pipeline import read_archive
from pelican.plugins.annotated_archive.redaction import redact
from pelican.plugins.annotated_archive.resolution import Redaction

from rain import FIRST, SECOND, edition_of, site
from sites import project_in
from test_pages_dialects import python_markdown, structure

SAID = "The old cistern was dug by hand in 1890, and it leaks."
Said = tuple[str, str]


def document(
    *said: Said,
    times: Sequence[int | None] | None = None,
    replies: Sequence[str] = (),
    article: str = "Rain at last.",
    authors: tuple[str, ...] = (),
) -> Document:
    """Make an item of comments, each an author and a text: a minute apart, unless *times* say else."""
    minutes = times if times is not None else range(len(said))
    start = datetime(2010, 6, 3, tzinfo=UTC)
    comments = tuple(
        Comment(
            f"comment-{place}",
            author,
            text,
            None if minute is None else start + timedelta(minutes=minute),
            reply_to=dict(enumerate(replies)).get(place, ""),
        )
        for place, ((author, text), minute) in enumerate(zip(said, minutes, strict=True))
    )
    blocks = (Block("p-1", "paragraph", article),)
    return Document(
        "item", "t", None, "", authors, "", (), (), blocks, comments,
        Gap(None, len(comments)), Ledger(), None, "UTC", (),
    )  # fmt: skip


def guesses(item: Document) -> list[tuple[str, str, str]]:
    """Return what is guessed: the numbers of the comments, and the words."""
    return [
        (one.comment.removeprefix("comment-"), one.to.removeprefix("comment-"), one.words)
        for one in answers(item)
        if one.by == "machine"
    ]


ADDRESSED = [
    ("Cindy", "@Cindy – well said", "@Cindy"),
    ("Cindy", "so true @ cindy, and more", "@ cindy"),
    ("Cindy from Ohio", "@Cindy I agree", "@Cindy"),
    ("Annie Kate", "@Annie Kate: yes", "@Annie Kate"),
    ("Dave", "Thank you , Dave. And one more thing.", "Thank you , Dave"),
    ("Dave", "It rained. Thanks Dave for that.", "Thanks Dave"),
    ("Cindy", "Cindy, you are right.", "Cindy"),
    ("Cindy", "Cindy – no.", "Cindy"),
    ("Cindy", "Cindy: no.", "Cindy"),
    ("Cindy", "Yes, it did.\nDear Cindy,\nno.", "Dear Cindy"),
    ("Cindy", "to Cindy: no.", "to Cindy"),
    ("Cindy", "Re: Cindy\nno.", "Re: Cindy"),
    ("Cindy", "I completely agree with Cindy!", "agree with Cindy"),
    ("Dave", "The rain, as Dave wrote, came.", "as Dave"),
    ("Dave", "Dave wrote: it leaks.", "Dave"),
    ("Dave", "In reply to Dave: no.", "In reply to Dave"),
    ("Frank", "Thanks, Frank!", "Thanks, Frank"),
    ("Bärbel", "Danke, Barbel!", "Danke, Barbel"),
    ("Zoé", "Merci Zoé!", "Merci Zoé"),
    ("Joaquín", "Gracias, Joaquin.", "Gracias, Joaquin"),
    ("Ольга", "Спасибо, Ольга!", "Спасибо, Ольга"),
    ("أحمد", "@أحمد شكرا", "@أحمد"),
    ("דנה", "@דנה תודה", "@דנה"),
    ("山田", "@山田さん ありがとう", "@山田"),
    ("The old miller", "@old miller it is", "@old miller"),
    ("a.*b(c", "@a.*b(c no", "@a.*b(c"),
    ("[Dave]\\", "@[Dave]\\ no", "@[Dave"),
    ("<b>Dave</b> & \"Co\"", "@<b>Dave</b> no", "@<b>Dave</b"),
    ("Dave\u200b", "@Da\u00advë no", "@Da\u00advë"),
]  # fmt: skip
NOT_ADDRESSED = [
    ("Cindy", "I saw Cindy yesterday."),
    ("Cindy", "cindy@example.org has it"),
    ("Cindy", "@Cindyrella no"),
    ("John", "@John Miller was wrong"),
    ("John", "I agree with John Adams here"),
    ("Will", "Will, or testament?"),
    ("Hope", "Hope, as ever."),
    ("Iran", "Iran, you are free."),
    ("Rain", "Rain, rain, go away."),
    ("Well", "Well, I think so."),
    ("Guest", "Guest, be welcome."),
    ("", "@ nobody"),
    ("Cindy", "Bo, and Cindy, were there"),
    ("!!!", "@!!! no"),
    ("C" * 5000, "@" + "C" * 5000),
]


@pytest.mark.parametrize(("name", "text", "words"), ADDRESSED)
def test_an_address_by_name_is_an_answer(name: str, text: str, words: str) -> None:
    """Who addresses an earlier commenter by name answers the comment, by these very words."""
    assert [("1", "0", words)] == guesses(document((name, SAID), ("Bo", text)))


@pytest.mark.parametrize(("name", "text"), NOT_ADDRESSED)
def test_a_name_alone_is_no_address(name: str, text: str) -> None:
    """A name in passing, another's name, a common word and no name give no guess."""
    assert [] == guesses(document((name, SAID), ("Bo", text)))


def test_only_a_plain_sign_makes_a_word_of_the_page_a_name() -> None:
    """A name that is a word of the article, or no one's, is meant where an @ stands before it."""
    for name in ("Rain", "Guest", "Will", "Iran"):
        assert [("1", "0", f"@{name}")] == guesses(document((name, SAID), ("Bo", f"@{name} no")))


QUOTED = [
    "“The old cistern was dug by hand in 1890, and it leaks.” No.",
    '"the  old Cistern was dug by hand in 1890, and it leaks" – no',
    "«The old cistern was dug by hand in 1890»? Hardly.",
    "„The old cistern was dug by hand in 1890“: nein.",
    "> The old cistern was dug by hand in 1890\nNo.",
    ">> The old cistern was dug by hand in 1890, …\nNo.",
    "“Nobody knows … cistern was dug by hand in 1890, and it leaks”",
]


@pytest.mark.parametrize("text", QUOTED)
def test_a_quotation_is_an_answer(text: str) -> None:
    """Who quotes an earlier comment answers it, however the quotation is marked and written."""
    found = guesses(document(("Ann", SAID), ("Bo", text)))
    assert [("1", "0")] == [one[:2] for one in found]
    assert found[0][2].casefold().split()[0] in text.casefold()


def test_words_set_as_a_quotation_are_an_answer() -> None:
    """A passage that the page sets as a quotation needs no marks."""
    item = document(("Ann", SAID), ("Bo", f"{SAID}\n\nNo."))
    first, second = item.comments
    quote = Comment(
        second.id, "Bo", second.text, second.published, styles=(Style(0, len(SAID), "quote"),)
    )
    assert [("1", "0", SAID.rstrip("."))] == guesses(
        Document(**{**as_fields(item), "comments": (first, quote)})
    )


def as_fields(item: Document) -> dict[str, object]:
    return {name: getattr(item, name) for name in item.__dataclass_fields__}


@pytest.mark.parametrize(
    ("article", "said"),
    [
        (SAID, [("Ann", SAID), ("Bo", f"“{SAID}”")]),
        ("Rain.", [("Ann", SAID), ("Cy", SAID), ("Bo", f"“{SAID}”")]),
        ("Rain.", [("Ann", f"“{SAID}”"), ("Bo", f"“{SAID}”")]),
        ("Rain.", [("Bo", f"“{SAID}”"), ("Ann", SAID)]),
        ("Rain.", [("Bo", SAID), ("Bo", f"“{SAID}”")]),
        ("Rain.", [("Ann", "It leaks."), ("Bo", "“It leaks.”")]),
    ],
    ids=["of the article", "of two", "quoted there too", "later", "one's own", "short"],
)
def test_a_quotation_of_something_else_is_no_answer(article: str, said: list[Said]) -> None:
    """What the article says, several say, others quote or the writer said is no one's to answer."""
    assert [] == guesses(document(*said, article=article))


def test_a_quotation_of_the_one_who_said_it_goes_before_his_name() -> None:
    """Of two comments by one person, the quoted one is answered, not the latest."""
    said = [("Ann", SAID), ("Ann", "Rain."), ("Bo", f"@Ann “{SAID}” No.")]
    assert [("2", "0", SAID.rstrip("."))] == guesses(document(*said))


def test_the_latest_of_several_comments_is_meant() -> None:
    """Of the comments under one name it is the last before the answer."""
    said = [("Ann", "1"), ("Cy", "2"), ("Ann", "3"), ("Bo", "@Ann no"), ("Ann", "5")]
    assert [("3", "2", "@Ann")] == guesses(document(*said))


def test_newest_first_is_understood() -> None:
    """On a page that stands newest first the earlier comment is below, with times and in one minute."""
    said = [("Bo", "@Ann no"), ("Ann", "3"), ("Ann", "2"), ("Cy", "@Bo 1")]
    assert [("0", "1", "@Ann")] == guesses(document(*said, times=[9, 8, 2, 1]))
    assert [("0", "1", "@Ann")] == guesses(document(*said, times=[9, 9, 2, 1]))
    assert [("0", "1", "@Ann")] == guesses(document(*said, times=[9, None, None, 1]))


def test_a_page_without_times_is_read_from_its_top() -> None:
    """Without times the earlier comment is the one above."""
    said = [("Ann", "1"), ("Bo", "@Ann and @Cy"), ("Cy", "3")]
    assert [("1", "0", "@Ann")] == guesses(document(*said, times=[None] * 3))


@pytest.mark.parametrize(
    "said",
    [
        [("Ann Lee", "1"), ("Ann Roe", "2"), ("Bo", "@Ann no")],
        [("Ann", "1"), ("Ann Roe", "2"), ("Bo", "@Ann no")],
        [("Guest", "1"), ("Guest", "2"), ("Bo", "@Guest no")],
        [("Bo", "@Ann no"), ("Ann", "2")],
        [("Ann", "1"), ("Ann", "@Ann me again")],
        [("Tim", "1"), ("Timothy", "It rains.\nThanks, Tim")],
    ],
    ids=[
        "first name of two",
        "name of one, first of another",
        "of no one",
        "later",
        "own",
        "signed",
    ],
)
def test_what_is_not_certain_is_not_guessed(said: list[Said]) -> None:
    """Where a name is several people's, a later one's or the writer's own there is no guess."""
    assert [] == guesses(document(*said))


def test_who_wrote_the_post_may_be_addressed_for_the_post() -> None:
    """The post's author, named or known by answering many, is not taken for a commenter."""
    said = [("Ada Quill", "1"), ("Bo", "@Ada thanks"), ("Cy", "Ada Quill, thanks")]
    assert [] == guesses(document(*said, authors=("Ada Quill",)))
    asked = [(name, "?") for name in ("Bo", "Cy", "Dee")]
    told = [("Ada", f"@{name} yes") for name, _ in asked]
    rest = [("Eve", "Ada, a fine post."), ("Flo", "@Ada thank you")]
    found = guesses(document(*asked, *told, *rest))
    assert [("3", "0"), ("4", "1"), ("5", "2"), ("7", "5")] == [one[:2] for one in found]


def test_where_the_page_speaks_nothing_is_guessed() -> None:
    """A reply on the page is an answer by the page, and no guess stands beside it."""
    item = document(("Ann", "1"), ("Cy", "2"), ("Bo", "@Ann no"), replies=("", "", "comment-1"))
    assert (Answer("comment-2", "comment-1", "page"),) == answers(item)


def test_the_editor_goes_before_the_machine() -> None:
    """An editor's reading, also that a comment answers none, takes the place of guesses."""
    item = document(("Ann", "1"), ("Cy", "2"), ("Bo", "@Ann no"))
    read = answers(item, [Reading("comment-2", "comment-1")])
    assert (Answer("comment-2", "comment-1", "editor"),) == read
    assert () == answers(item, [Reading("comment-2")])


def test_guesses_and_readings_make_no_circle() -> None:
    """A guess that would close a circle with what an editor says is not made."""
    item = document(("Ann", "1"), ("Bo", "@Ann no"))
    read = answers(item, [Reading("comment-0", "comment-1")])
    assert (Answer("comment-0", "comment-1", "editor"),) == read


def test_both_ways_are_known() -> None:
    """Each comment knows what it answers, and what answers it."""
    item = document(("Ann", "1"), ("Bo", "@Ann no"), ("Cy", "@Ann yes"))
    edition = Edition(item, answers=answers(item))
    assert {"comment-1", "comment-2"} == answers_of(edition).keys()
    assert ["comment-1", "comment-2"] == [one.comment for one in answered_by(edition)["comment-0"]]


@pytest.mark.parametrize("replacement", ["", "Ada N."])
def test_a_withheld_name_is_not_guessed(replacement: str) -> None:
    """Neither the withheld name, nor the words shown instead, lead to the comment."""
    item = document(
        ("Lenore Hollowell", "1"),
        ("Bo", "@Lenore Hollowell no"),
        ("Cy", f"@{replacement or 'Name withheld'} no"),
        ("Dee", "Thanks, Lenore"),
    )
    withheld = Redaction(
        "a-1", "term", words="Lenore Hollowell", also=("Lenore",), replacement=replacement
    )
    redacted = redact(item, [withheld]).document
    assert (replacement or "Name withheld") == redacted.comments[0].author
    assert [] == guesses(redacted)


def test_withheld_words_are_not_quoted() -> None:
    """A quotation with words withheld in it rests on what nobody sees, so it gives no guess."""
    secret = "Call me at the harbour office, second floor, any day"
    item = document(("Ann", f"{secret}, I said."), ("Bo", f"“{secret}, I said.” No."))
    redacted = redact(item, [Redaction("a-1", "term", words=secret)]).document
    assert [] == guesses(redacted)


NAMES = st.sampled_from(["Ann", "ann", "Ann Lee", "Bo", "Cy", "Guest", "", "Name withheld", "Will"])
TEXTS = st.lists(
    st.sampled_from(
        [
            "@Ann",
            "@Bo",
            "@Guest no",
            "Thanks, Cy",
            "Bo, no",
            f"“{SAID}”",
            SAID,
            "\n",
            "> Rain",
            "Ann",
        ]
    ),
    max_size=5,
).map(" ".join)


@settings(max_examples=150)
@given(st.lists(st.tuples(NAMES, TEXTS, st.none() | st.integers(0, 5)), max_size=12))
def test_a_guess_leads_to_an_earlier_comment(said: list[tuple[str, str, int | None]]) -> None:
    """No comment answers itself, and guesses never lead round in a circle, whatever stands there."""
    item = document(*((a, t) for a, t, _ in said), times=[minute for _, _, minute in said])
    rank = dict(zip((one.id for one in item.comments), ranks(item.comments), strict=True))
    assert sorted(rank.values()) == list(range(len(said)))
    found = answers(item)
    assert all(rank[one.to] < rank[one.comment] for one in found)
    assert len(found) == len({(one.comment, one.to) for one in found})


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_name_can_be_read(name: str, text: str) -> None:
    """No name and no text is too odd; what a guess rests on are words of the comment."""
    item = document((name, SAID), ("Bo", f"@{name} {text}"))
    for one in answers(item):
        assert one.words in " ".join(item.comments[1].text.split())


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ([3, 2, 1], True),
        ([1, 2, 3], False),
        ([1, 1], False),
        ([None, None], False),
        ([3, None, 1], True),
    ],
)
def test_the_order_of_a_page_is_seen(times: list[int | None], expected: bool) -> None:
    """A page is newest first where its times mostly go back."""
    item = document(*[("a", "t")] * len(times), times=times)
    assert expected == is_newest_first(item.comments)


ENTRIES = """tags: []
answers:
  - {comment: %s, to: %s}
"""


def test_an_entry_is_read(tmp_path: Path) -> None:
    """An entry of the annotations file is an answer by the editor, on the page and in the record."""
    edition = edition_of(site(tmp_path, ENTRIES % (SECOND, FIRST)))
    assert (Answer(SECOND, FIRST, "editor"),) == edition.answers
    assert f"*In answer to* [Bo Quill](<#{FIRST}>)" in compose_page(edition).text
    assert f'<em>In answer to</em> <a href="#{FIRST}">Bo Quill</a>' in page_html(edition)
    record = {one["id"]: one["answers"] for one in edition_record(edition)["comments"]}
    assert [{"to": FIRST, "by": "editor", "words": ""}] == record[SECOND]


FAULTS = [
    (
        SECOND,
        f"{FIRST}x",
        f"answer of {SECOND}: there is no {FIRST}x in this item; did you mean '{FIRST}'? [archive.answer]",
    ),
    (
        "comment-1",
        FIRST,
        "answer of comment-1: there is no comment-1 in this item; see the ids in the page [archive.answer]",
    ),
    (
        SECOND,
        SECOND,
        f"answer of {SECOND}: a comment cannot answer itself; name the one that it answers [archive.answer]",
    ),
]


@pytest.mark.parametrize(("comment", "to", "message"), FAULTS)
def test_a_wrong_entry_is_reported(tmp_path: Path, comment: str, to: str, message: str) -> None:
    """What is no comment, or answers itself, is an error with the file and the line."""
    archive = read_archive(site(tmp_path, ENTRIES % (comment, to)))
    assert [f"content/annotations/rain.yaml:3: {message}"] == list(map(str, archive.problems))


def test_an_entry_of_another_form_is_refused(tmp_path: Path) -> None:
    """An entry says which comment, and which it answers or nothing: no other word will do."""
    archive = read_archive(site(tmp_path, ENTRIES % (SECOND, "article")))
    assert ["schema"] == [one.code for one in archive.problems]
    assert 3 == archive.problems[0].line


@pytest.mark.parametrize(
    ("entries", "faults"),
    [
        ([("0", "1"), ("0", "1")], ["twice"]),
        ([("0", "1"), ("0", "")], ["nothing"]),
        ([("0", "1"), ("1", "0")], ["circle", "circle"]),
        ([("2", "0")], ["page itself"]),
        ([("2", "")], ["page itself"]),
        ([("2", "1")], []),
        ([("1", "2")], ["circle"]),
        ([("0", ""), ("1", "0")], []),
    ],
)
def test_entries_that_contradict_are_reported(
    entries: list[tuple[str, str]], faults: list[str]
) -> None:
    """What is said twice, round in a circle or against the page is an error."""
    item = document(("Ann", "1"), ("Cy", "2"), ("Bo", "3"), replies=("", "", "comment-1"))
    readings = [
        Reading(f"comment-{one}", f"comment-{to}" if to else "", "a.yaml", 3) for one, to in entries
    ]
    found = [str(one) for one in reading_faults(readings, item)]
    assert [True] * len(faults) == [
        words in one for words, one in zip(faults, found, strict=True)
    ], found


HOSTILE = [
    '</em><script>x</script> [a](javascript:1) *b* {{ c }} {static} | & "d"',
    "a]b [c] \\] `d` _e_ ![f](g) <h@i.example> www.j.example &amp; *",
    "** ![ \\",
    "\u202eAnn\u2066 \x07",
    "\u05d3\u05e0\u05d4 & \u0623\u062d\u0645\u062f",
    "Bo" * 2500,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_and_words_stay_words_on_the_page(name: str) -> None:
    """A hostile name or quotation is read as words by every parser of Markdown, and is in our HTML."""
    said = f"The cistern {name[:60].replace(chr(34), '')} was dug by hand long ago."
    item = document((name, said), ("Eve", f"«{said}» No."))
    edition = Edition(item, answers=answers(item))
    assert ["machine"] == [one.by for one in edition.answers]
    page, html = compose_page(edition).text, page_html(edition)
    assert structure(html) == structure(python_markdown(page))
    body = page.split("\n---\n\n", 1)[1]
    assert structure(html) == structure(MarkdownIt("commonmark").render(body))
    assert "<script" not in html + page
    assert "{{" not in html


def test_the_sample_has_its_answer() -> None:
    """The one answer among the sample's comments is the editors' reading, and nothing else is guessed."""
    edition = edition_of(project_in(Path(__file__).parents[1]))
    mehdi, dave = "comment-20090616-1852", "comment-20090616-1620"
    assert (Answer(mehdi, dave, "editor"),) == edition.answers
