"""Every word of the archive is found, however it is written, and nothing that is not shown."""

import json
import random
import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pelican.plugins.annotated_archive.leaks import Gate
from pelican.plugins.annotated_archive.pipeline import read_archive
from pelican.plugins.annotated_archive.resolution import Secret
from pelican.plugins.annotated_archive.search import families, search_files
from pelican.plugins.annotated_archive.search.families import BETWEEN, SHARD
from pelican.plugins.annotated_archive.search.files import index_files
from pelican.plugins.annotated_archive.search.postings import decode, encode
from pelican.plugins.annotated_archive.search.records import PART, SearchRecord, item_of
from pelican.plugins.annotated_archive.search.terms import fold, key_of, terms_of
from pelican.plugins.annotated_archive.views import EditionView

from search_reader import ask, called, comment, item, postings, written
from sites import ROOT, SAMPLE, copy_site, project_in

VECTORS = json.loads((ROOT / "tests/search/terms.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["text"][:20])
def test_text_folds_as_written_down(vector: dict[str, Any]) -> None:
    """Python folds, splits and names each example as the shared file says."""
    units = sorted(terms_of(vector["text"]), key=lambda term: term.encode("utf-16-be"))
    found = {"fold": fold(vector["text"]), "terms": units, "key": key_of(vector["text"])}
    assert {name: vector[name] for name in found} == found


def test_scripts_fold_as_written_down() -> None:
    """The reader's browser folds, splits and names each example as the shared file says."""
    texts = [vector["text"] for vector in VECTORS]
    answers = ask([{"do": name, "texts": texts} for name in ("fold", "terms", "keys")])
    expected = [[vector[name] for vector in VECTORS] for name in ("fold", "terms", "key")]
    assert expected == answers


def test_every_character_folds_alike() -> None:
    """Each character that this Python's Unicode knows folds to the same in Python and in the scripts."""
    known = [
        chr(n) for n in range(0x110000) if unicodedata.category(chr(n)) not in ("Cn", "Cs", "Co")
    ]
    [folded] = ask([{"do": "fold", "texts": known}])
    assert [] == [
        (hex(ord(c)), fold(c), f) for c, f in zip(known, folded, strict=True) if fold(c) != f
    ]


@given(st.lists(st.integers(0, 10**7), unique=True).map(sorted))
def test_lists_of_numbers_survive(numbers: list[int]) -> None:
    """A list is read as it was written, and holds neither letter nor digit."""
    code = encode(numbers)
    assert tuple(numbers) == decode(code)
    assert not re.search(r"[\w\s\"\\<&!]", code.replace("_", ""))


@settings(max_examples=60)
@given(st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=8))
def test_every_word_finds_its_record(texts: list[str]) -> None:
    """Any word of any record leads to that record, and to no record without it."""
    records = [comment(text) for text in texts]
    found = postings(dict(index_files([item(*records)])))
    expected: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        for term in terms_of(text):
            expected.setdefault(term, []).append(number)
    assert {term: tuple(numbers) for term, numbers in expected.items()} == found


def many(count: int) -> list[SearchRecord]:
    """Return comments of made-up words, many of which begin alike."""
    choose = random.Random(7)
    words = [f"{a}{b}{c}" for a in ("th", "re", "st") for b in "aeiou" for c in ("n", "ner", "x5")]
    rare = (f"tha{number:x}" for number in range(10**9))
    return [
        comment(
            " ".join([*choose.choices(words, k=20), *(next(rare) for _ in range(6))]), f"N{n % 9}"
        )
        for n in range(count)
    ]


def test_shards_are_small_and_ordered() -> None:
    """No shard is larger than it may be; terms rise through shards, and the manifest knows the first."""
    files = dict(index_files([item(*many(9000))]))
    assert max(len(text.encode()) for text in files.values()) < SHARD + 1000 < 65_536
    _, manifest, *_ = called(files["search/index.js"])
    for family, firsts in manifest.items():
        count = sum(name.startswith(f"search/{family}-") for name in files)
        starts = [called(files[f"search/{family}-{n}.js"])[2].split(" ")[0] for n in range(count)]
        assert starts == (firsts.split(f" {BETWEEN} ") if firsts else [])
        assert sorted(starts) == starts
    assert manifest["starts"].startswith("t")


def test_beginnings_have_lists_of_their_own(tmp_path: Path) -> None:
    """A beginning that very many words share is answered from two shards, with all of its records."""
    site = written(index_files([item(*many(9000))]), tmp_path)
    [reply] = ask([{"do": "names", "family": "starts", "typed": "th"}], site)
    assert 9000 == next(one["count"] for one in reply if one["term"] == "th")


def test_file_names_suit_every_system() -> None:
    """Names hold only small letters, digits and hyphens, and no device has such a name."""
    for name in dict(index_files([item(comment("con prn nul aux"))])):
        assert re.fullmatch(r"search/[a-z]+(-\d+)?\.js", name)


def test_the_same_archive_gives_the_same_files(tmp_path: Path) -> None:
    """Files do not depend on the order in which editions come."""
    [edition, *_] = read_archive(project_in(copy_site(tmp_path))).editions
    other = replace(edition, document=replace(edition.document, slug="other"))
    views = [(EditionView(one), f"{one.document.slug}/index.html") for one in (edition, other)]
    assert dict(search_files(views)) == dict(search_files(views[::-1]))


QUERIES = [
    ("apple", [0, 1, 2]),
    ("APPLE pie", [0, 2]),
    ('"apple pie"', [0]),
    ("apple -pie", [1]),
    ("app", [0, 1, 2]),
    ('-"apple pie" apple', [2, 1]),
    ("crème", [3]),
    ("creme brul", [3]),
    ("کتاب", [4]),
    ("كتاب", [4]),
    ("می‌خواهم", [4]),
    ("京都", [5]),
    ("東", [5]),
    ('"東京都"', [5]),
    ("都京", []),
    ("@dave", [6]),
    ("dave", [7, 6]),
    ("nothing", []),
    ("<script>", []),
]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site of a few comments."""
    texts = [
        "An apple pie", "One apple", "Pie and apple", "Crème brûlée", "كتاب مي‌خواهم", "東京都に行く",
        "Ask @Dave about it", "Something",
    ]  # fmt: skip
    days = ["2009-06-16", "2009-06-17", "", "2010-01-01", "", "2008-12-31", "", ""]
    records = [
        comment(t, "Dave" if n == 7 else f"Jane {n}", day)
        for n, (t, day) in enumerate(zip(texts, days, strict=True))
    ]
    return written(index_files([item(*records, tags=["Iran"])]), tmp_path_factory.mktemp("small"))


def test_queries_are_answered(small: Path) -> None:
    """All words must occur, phrases as they stand, what is left out not; titles and authors go first."""
    replies = ask([{"do": "find", "typed": typed} for typed, _ in QUERIES], small)
    found = {
        typed: [one[1] for one in reply["found"]]
        for (typed, _), reply in zip(QUERIES, replies, strict=True)
    }
    expected = {typed: [f"#c-{n}" for n in numbers] for typed, numbers in QUERIES}
    assert {t: sorted(e) for t, e in expected.items()} == {t: sorted(f) for t, f in found.items()}
    assert expected["dave"] == found["dave"]


FILTERS = [
    ({"from": "2009", "to": "2009"}, [1, 0]),
    ({"from": "2009-06-17"}, [3, 1]),
    ({"to": "2009-06-16"}, [0, 5]),
    ({"author": "DAVE"}, [7]),
    ({"author": "jane 3"}, [3]),
    ({"tag": "iran", "from": "2010"}, [3]),
    ({"what": "article"}, []),
    ({"tag": "none"}, []),
]


def test_filters_alone_list_what_fits(small: Path) -> None:
    """Without words, all that fits the filters is listed, the newest first."""
    replies = ask([{"do": "find", "typed": "", "filters": chosen} for chosen, _ in FILTERS], small)
    expected = [[f"#c-{n}" for n in numbers] for _, numbers in FILTERS]
    assert expected == [[one[1] for one in reply["found"]] for reply in replies]


def test_what_is_found_is_marked_in_the_original() -> None:
    """Marks stand around the words as they were written, not as they were folded."""
    texts = {
        "creme": ("A Crème, crèmes", ["Crème", "crèmes"]),
        "strasse": ("Die Straße!", ["Straße"]),
        "خواهم": ("نمی‌خواهم خواهم", ["خواهم"]),
        "京都": ("東京都", ["京都"]),
        "cafe": ("cafe\u0301 x", ["cafe\u0301"]),
        "dont": ("I don’t", ["don’t"]),
    }
    answers = ask([{"do": "marked", "typed": q, "text": text} for q, (text, _) in texts.items()])
    assert [marked for _, marked in texts.values()] == answers


def sample_view(tmp_path: Path) -> EditionView:
    """Return the view of the project's own sample."""
    archive = read_archive(project_in(copy_site(tmp_path)))
    return EditionView(next(e for e in archive.editions if e.document.slug == SAMPLE))


def test_records_lead_to_the_very_place(tmp_path: Path) -> None:
    """Each comment, note and paragraph is recorded under its own address; the article stands last."""
    view = sample_view(tmp_path)
    records = item_of(view, "x/index.html").records
    assert "article" == records[-1].what
    comments = {r.passages[0][0] for r in records if r.what == "comment"}
    assert {f"#{one.id}" for one in view.document.comments} == comments
    assert {f"#note-{one.id}" for one in view.notes} == {
        r.passages[0][0] for r in records if r.what == "note"
    }
    found = terms_of(" ".join(text for r in records for _, text in r.passages))
    assert {"azizam", "tarsoo", "foggy"} <= found


def test_a_long_article_is_cut_between_paragraphs(tmp_path: Path) -> None:
    """Parts of an article hold at most so much, and are found as one result."""
    half = "word " * (PART // 8)
    parts = [(("#p-1", f"{half}first"), ("#p-2", f"{half}same")), (("#p-3", f"{half}last same"),)]
    records = [
        SearchRecord("article", "", (), "", (), "", "Title", part) for part in reversed(parts)
    ]
    files = index_files([item(comment("same")), item(*records, slug="two")])
    replies = ask(
        [{"do": "find", "typed": "same"}, {"do": "find", "typed": "last"}], written(files, tmp_path)
    )
    assert [2, 1] == [len(reply["found"]) for reply in replies]


HOSTILE = [
    "</script><script>alert(1)</script>",
    "{{ 7*7 }} \u2028 \u2029",
    "\u202eabc",
    "a" * 5000,
    '"\\"',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_data(text: str, tmp_path: Path) -> None:
    """Any text and name comes back from the scripts as it is, and ends no script early."""
    files = dict(index_files([item(comment(text, text or "x"), comment("other"))]))
    assert not [name for name, script in files.items() if re.search("[\u2028\u2029]", script)]
    rows = called(files["search/texts-0.js"])[3]
    assert [text, text] == [rows[0][3], rows[0][-1][1]]
    word = max(terms_of(text), key=len, default="")
    [reply] = ask([{"do": "find", "typed": word}], written(files.items(), tmp_path))
    assert len(reply["found"]) == (1 if word else 2)


def test_lists_set_off_no_false_alarm() -> None:
    """The search for withheld words finds nothing in an index of other words."""
    files = dict(index_files([item(*many(3000))]))
    choose = random.Random(3)
    names = [
        "".join(choose.choices("abdeiklmnorstu", k=choose.choice((3, 6, 7)))) for _ in range(200)
    ]
    secrets = [
        Secret(f"r-{n}", name) for n, name in enumerate(names) if name not in postings(files)
    ]
    gate = Gate(secrets)
    assert [] == [leak for name, text in files.items() for leak in gate.search(text.encode(), name)]


def test_commenters_may_be_left_out_of_choices() -> None:
    """Where commenters have no pages, comments cannot be chosen by who wrote them."""
    records = [item(comment("word", "Jane"))]
    assert {"jane"} == set(postings(dict(index_files(records)), "authors"))
    assert {} == postings(dict(index_files(records, by_commenter=False)), "authors")


NEIGHBOURS = Gate([Secret("r-1", "Ann Lee"), Secret("r-2", "Annabel Leeward")])


def test_neighbours_do_not_read_as_one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names that only follow each other in a list are not what is withheld; each is read again whole."""
    monkeypatch.setattr(families, "SHARD", 60)
    names = [("Kay Ann", "Lee Roy"), ("Kai Annabel", "Leeward Roy")]
    for one, other in names:
        titled = SearchRecord("note", "", (one,), "", (other,), f"{other} says", "", (("#n", "x"),))
        records = [comment("first", one, tags=[one]), comment("second", other), titled]
        files = dict(index_files([item(*records, tags=[one, other])]))
        found = [
            leak for name, text in files.items() for leak in NEIGHBOURS.search(text.encode(), name)
        ]
        assert [] == found
        assert {key_of(one), key_of(other)} == set(postings(files, "authors"))


@pytest.mark.parametrize("small", [True, False])
def test_names_are_read_as_they_were_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: bool
) -> None:
    """The reader's browser offers each author and tag whole, from however many shards."""
    monkeypatch.setattr(families, "SHARD", 60 if small else SHARD)
    records = [comment("word", name, tags=[name]) for name in ("Kay Ann", "Lee Roy", "Zoë B")]
    asks = [{"do": "names", "family": family, "typed": ""} for family in ("authors", "tags")]
    answers = ask(asks, written(index_files([item(*records)]), tmp_path))
    expected = ["Kay Ann", "Lee Roy", "Zoë B"]
    assert [expected, expected] == [sorted(one["name"] for one in reply) for reply in answers]


@pytest.mark.parametrize("word", ["Quarrington", "Quimb", "Zoltán", "Ёлкина", "京都"])
def test_a_withheld_word_in_the_index_is_found(word: str) -> None:
    """A withheld name of one word is found in each file of the index that holds it."""
    files = dict(index_files([item(comment(f"I met {word} and others", word))]))
    gate = Gate([Secret("r-1", word)])
    leaky = {name for name, text in files.items() if gate.search(text.encode(), name)}
    assert {f"search/{name}-0.js" for name in ("words", "authors", "texts")} <= leaky
