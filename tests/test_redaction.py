"""What is withheld leaves the document whole, is told of in words, and is nowhere else."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pelican.plugins.annotated_archive.errors import Problems
from pelican.plugins.annotated_archive.exports.comment_feed import comment_feed
from pelican.plugins.annotated_archive.exports.edition_json import edition_json
from pelican.plugins.annotated_archive.folding import SHORT, fold, squeeze, words_of
from pelican.plugins.annotated_archive.intake import take_in
from pelican.plugins.annotated_archive.leaks import Gate
from pelican.plugins.annotated_archive.model import (
    Block,
    CaptureFile,
    Comment,
    Document,
    Edition,
    Gap,
    Ledger,
    Passage,
    Style,
)
from pelican.plugins.annotated_archive.near_misses import near_misses
from pelican.plugins.annotated_archive.pages import compose_page, page_html
from pelican.plugins.annotated_archive.redaction import Redacted, redact
from pelican.plugins.annotated_archive.resolution import Allowed, Redaction
from pelican.plugins.annotated_archive.views import EditionView

from sites import SAMPLE, add_item, copy_site, files_of, project_in, run

WHEN = datetime(2010, 6, 3, 17, 4, tzinfo=UTC)


def document(*comments: tuple[str, str], title: str = "A title", body: str = "Text.") -> Document:
    """Return a document with comments of an author and a text each, and text in every field."""
    return Document(
        slug="item",
        title=title,
        published=WHEN,
        published_printed="June 3, 2010",
        authors=("Ann Lee",),
        role="",
        filed_under=("News",),
        tags=(),
        blocks=(Block("p-1", "paragraph", body),),
        comments=tuple(
            Comment(f"comment-20100603-170{n}", author, text, WHEN, "June 3, 2010 at 5:04 pm", n)
            for n, (author, text) in enumerate(comments)
        ),
        responses=Gap(len(comments), len(comments)),
        ledger=Ledger(100, 100, 10, 0),
        source="https://a.example/secret-page",
        time_zone="UTC",
        files=(CaptureFile("capture.txt", "text", "ab" * 32),),
        furniture=(Passage("filed under", "Filed under: News"),),
    )


def outputs(redacted: Redacted) -> bytes:
    """Return every byte that is published of a document."""
    edition = Edition(redacted.document)
    view = EditionView(edition)
    texts = (
        compose_page(edition).text,
        page_html(edition),
        edition_json(edition),
        comment_feed(view, "https://a.example/item/", "Site"),
    )
    return "\n".join(texts).encode()


def one(**fields: object) -> Redaction:
    return Redaction(**{"id": "r-1", "withhold": "term", **fields})  # type: ignore[arg-type]


def test_an_author_is_the_same_everywhere() -> None:
    """A name is replaced at its own comments, in mentions and in replies, by the same words."""
    before = document(
        ("Zoe Quill", "One."), ("Bo", "@Zoe Quill: yes, ZOE QUILL’s"), ("zoe quill", "x")
    )
    redaction = one(withhold="author", place="comment-20100603-1700", replacement="Person A")
    after = redact(before, [redaction]).document
    assert ["Person A", "Bo", "Person A"] == [comment.author for comment in after.comments]
    assert "@[Person A]: yes, [Person A]’s" == after.comments[1].text
    assert 3 == len(after.withheld[0].places)


def test_a_short_name_is_withheld_as_a_word_only() -> None:
    """A term under six letters does not tear up longer words."""
    before = document(("Dora", "Adorable Dora, dora!"))
    after = redact(before, [one(words="Dora")]).document
    assert "Adorable [Name withheld], [Name withheld]!" == after.comments[0].text


def test_a_whole_comment_is_withheld() -> None:
    """The text goes, the comment and its place in the conversation stay."""
    before = document(("Bo", "My street is Elm Street, number nine.\n\nCome by."), ("Al", "Hi"))
    redacted = redact(before, [one(withhold="comment", place="comment-20100603-1700")])
    assert "[Comment withheld]" == redacted.document.comments[0].text
    assert () == Gate(redacted.secrets).search(outputs(redacted), "x")
    assert Gate(redacted.secrets).search(b"my street is elm street number nine", "x")


def test_a_quote_is_withheld_where_it_stands() -> None:
    """Words are withheld in the place that is named; elsewhere the gate would find them."""
    before = document(("Bo", "I live at nine Elm Street now."), ("Al", "Hi"))
    redaction = one(withhold="quote", place="comment-20100603-1700", words="nine  ELM street")
    after = redact(before, [redaction]).document
    assert "I live at [Words withheld] now." == after.comments[0].text


def test_the_address_of_the_page_is_withheld() -> None:
    """An attribute of the capture goes too."""
    redacted = redact(document(("Bo", "x")), [one(withhold="attribute", attribute="source")])
    assert "Address withheld" == redacted.document.source
    assert b"secret-page" not in outputs(redacted)


def test_an_address_that_is_withheld_in_part_leads_nowhere() -> None:
    """Of an address that holds a withheld word nothing is left, and no link goes elsewhere."""
    links = ("https://x.example/bo-quill/", "https://plain.example/")
    encoded = "https://x.example/Bo%20Quill.jpg"
    plain = document(("Bo Quill", "here and there"), ("Cy", "See https://x.example/bo-quill/ too."))
    styles = (Style(0, 4, "link", links[0]), Style(9, 14, "link", links[1]))
    figure = Block("p-2", "figure", "[figure]", address=encoded)
    linking = Block("p-1", "paragraph", "Here.", styles=(Style(0, 4, "link", links[0]),))
    comments = (replace(plain.comments[0], styles=styles), plain.comments[1])
    original = replace(
        plain,
        source="https://boquill.example/2010/?p=1",
        blocks=(linking, figure),
        comments=comments,
    )
    redacted = redact(original, [one(words="Bo Quill")])
    document_ = redacted.document
    assert "Name withheld" == document_.source == document_.blocks[1].address
    assert ["Name withheld"] == [style.address for style in document_.blocks[0].styles]
    assert ["Name withheld", links[1]] == [style.address for style in document_.comments[0].styles]
    assert "See https://x.example/[Name withheld]/ too." == document_.comments[1].text
    html = page_html(Edition(document_)) + str(EditionView(Edition(document_)).comments[0].html)
    assert "withheld]/" not in "".join(re.findall(r'href="([^"]*)"', html))
    assert 2 == html.count(f'href="{links[1]}"')


def test_allowed_occurrences_stay() -> None:
    """An innocent use of the same word stays where the editor says so, and passes the gate."""
    before = document(("Rivers", "Where two rivers meet, Rivers said."))
    allow = (Allowed("comment-20100603-1700", "two rivers meet"),)
    redacted = redact(before, [one(withhold="author", place="comment-20100603-1700", allow=allow)])
    assert "Where two rivers meet, [Name withheld] said." == redacted.document.comments[0].text
    assert () == Gate(redacted.secrets).search(outputs(redacted), "x")


def test_the_ledger_tells_no_length() -> None:
    """Two names of different length leave the same figures."""
    short = redact(
        document(("Zoe Qu", "x")), [one(withhold="author", place="comment-20100603-1700")]
    )
    long_before = document(("Zoe Quillington-Smythe", "x"))
    # The captures differ by the names' lengths, as their ledgers do.
    longer = Ledger(100, 100 + len("Zoe Quillington-Smythe") - len("Zoe Qu"), 10, 0)
    from dataclasses import replace

    long = redact(
        replace(long_before, ledger=longer),
        [one(withhold="author", place="comment-20100603-1700")],
    )
    assert short.document.ledger == long.document.ledger


def test_no_plain_digest_is_published() -> None:
    """The digest of a redacted capture is keyed, or not published."""
    redactions = [one(withhold="author", place="comment-20100603-1700")]
    plain = redact(document(("Zoe Quill", "x")), redactions).document
    keyed = redact(
        document(("Zoe Quill", "x")), redactions, b"key", {"capture.txt": b"bytes"}
    ).document
    assert (None, None) == (plain.files[0].sha256, plain.files[0].keyed_sha256)
    assert (None, 64) == (keyed.files[0].sha256, len(keyed.files[0].keyed_sha256 or ""))


@pytest.mark.parametrize(
    ("redaction", "words"),
    [
        (one(withhold="author", place="comment-1"), "does not have"),
        (one(withhold="author", place="article"), "no comment with an author"),
        (one(withhold="quote", place="article", words="Zoe Quill"), "do not stand"),
        (one(withhold="term", words=""), "has no 'term:'"),
        (one(id="zoe-quill", words="Zoe Quill"), "in its id"),
        (one(words="Zoe Quill", public_note="It was Zoe Quill."), "in its public-note"),
        (one(words="Item"), "slug"),
        (one(withhold="attribute", attribute="picture"), "not there"),
    ],
)
def test_a_redaction_that_does_not_hold_is_refused(redaction: Redaction, words: str) -> None:
    """What names nothing, or tells what it withholds, is an error that does not tell it."""
    with pytest.raises(Problems, match=words) as caught:
        redact(document(("Zoe Quill", "x item")), [redaction])
    assert "quill" not in str(caught.value).lower().replace("zoe-quill", "")


def test_near_misses_are_listed() -> None:
    """Parts, initials, handles, decorated and misspelt forms are listed for the editor."""
    before = document(
        ("Zoe Quillan", "x"), ("Bo", "Zoe and @quillan99 Quillans Z.Q. Quilan zebra quiet")
    )
    redacted = redact(before, [one(withhold="author", place="comment-20100603-1700")])
    found = {
        miss.words: miss.kind for miss in near_misses(Edition(redacted.document), redacted.secrets)
    }
    assert {"Zoe", "@quillan99", "Quillans", "Z.Q", "Quilan"} == set(found)


@cache
def standing_words() -> frozenset[str]:
    """Return the words of every page and record: a name of these alone is for an editor to allow."""
    redaction = one(withhold="author", place="comment-20100603-1700")
    return frozenset(words_of(outputs(redact(document(("Qq Zzzz", "")), [redaction])).decode()))


NAMES = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), min_size=3, max_size=9)
FILL = st.lists(st.sampled_from(["a", "b", "&", "<", ".", "the", "\xa0", "x"]), max_size=6).map(
    " ".join
)


@settings(max_examples=150, deadline=None)
@given(NAMES, NAMES, st.lists(FILL, min_size=4, max_size=4), st.sampled_from(["author", "term"]))
def test_nothing_withheld_is_in_any_byte(
    first: str, last: str, fills: Sequence[str], how: str
) -> None:
    """For any name in any text, no byte of page, record and feed holds it in any disguise."""
    name = f"{first} {last}"
    innocent = {*words_of(" ".join(fills)), *standing_words()}
    if len(squeeze(fold(name))) < SHORT or {*words_of(name)} & innocent:
        return
    before = document(
        (name, f"{fills[0]} {name.upper()} {fills[1]}"),
        ("Bo", f"{fills[2]} ({name}) {fills[3]}"),
        title=f"On {name}",
        body=f"{fills[0]} {name}, {fills[1]}",
    )
    try:
        redacted = redact(
            before,
            [
                one(
                    withhold=how,
                    place="comment-20100603-1700" if how == "author" else "page",
                    words=name,
                )
            ],
        )
    except Problems as problems:
        refused = str(problems)
    else:
        refused = ""
    if refused:
        assert "slug" in refused or "in its" in refused
        return
    assert () == Gate(redacted.secrets).search(outputs(redacted), "page.html")


def test_a_leak_stops_the_build_and_the_old_site_stays(tmp_path: Path) -> None:
    """A hand-written page that names the withheld stops the build, without naming it again."""
    folder = copy_site(tmp_path)
    assert 0 == run(folder, "build").returncode
    before = files_of(folder / "output")
    page = folder / "content/pages/more.md"
    page.write_text("---\nTitle: More\n---\n\nIt was Len&#111;re *Hollowell*.\n")
    result = run(folder, "build")
    assert (1, before) == (result.returncode, files_of(folder / "output"))
    assert "redaction 'endangered-1'" in result.stderr and "pages/more.html" in result.stderr
    assert "hollowell" not in result.stderr.lower()


def test_an_editors_words_that_tell_are_refused(tmp_path: Path) -> None:
    """A tag that says what is withheld is an error that does not repeat it."""
    folder = copy_site(tmp_path)
    path = folder / "content/annotations" / f"{SAMPLE}.yaml"
    path.write_text(path.read_text().replace("diplomacy]", "Caren]"))
    result = run(folder, "check")
    assert (1, True) == (result.returncode, "identity-1" in result.stderr)
    assert "caren" not in result.stderr.lower()


def test_what_was_withheld_leaves_with_the_next_build(tmp_path: Path) -> None:
    """A site built before a redaction keeps nothing of it after the next build."""
    folder = copy_site(tmp_path)
    path = folder / "content/annotations" / f"{SAMPLE}.yaml"
    with_redactions = path.read_text()
    path.write_text("tags: []\n")
    assert 0 == run(folder, "build").returncode
    path.write_text(with_redactions)
    assert 0 == run(folder, "build").returncode
    assert 0 == run(folder, "check", "--leaks", "output").returncode
    assert not list(folder.rglob(".output*"))


def test_the_whole_archive_can_withhold_a_term(tmp_path: Path) -> None:
    """content/redactions.yaml holds for every item, and tells only where it did something."""
    folder = copy_site(tmp_path, empty=True)
    add_item(folder, "one", "A title\n\nJune 3, 2010\n\nBy the way, Zoe Quill was there.\n")
    add_item(folder, "two", "Another title\n\nJune 3, 2010\n\nNobody was there.\n")
    (folder / "content/redactions.yaml").write_text(
        "redactions:\n  - id: wide-1\n    withhold: term\n    term: Zoe Quill\n"
    )
    assert 0 == run(folder, "build").returncode
    page = (folder / "output/one/index.html").read_text()
    assert "Quill" not in page and "[Name withheld]" in page
    untouched = (folder / "output/two/edition.json").read_text()
    assert "wide-1" not in untouched
    text = (folder / "content/captures/two/capture.txt").read_text()
    assert f'"total": {len(text)}' in untouched


def test_redacting_at_the_source(tmp_path: Path) -> None:
    """The capture becomes a redacted copy, the original is kept outside, and the site is the same."""
    folder = copy_site(tmp_path / "site" if (tmp_path / "site").mkdir() is None else tmp_path)
    key = tmp_path / "key"
    key.write_text("a secret of the archive")
    with (folder / "pelicanconf.py").open("a") as settings_file:
        settings_file.write(f"\nARCHIVE_KEY_FILE = {str(key)!r}\n")
    capture = folder / "content/captures" / SAMPLE / "capture.txt"
    original = capture.read_bytes()
    result = run(folder, "redact", SAMPLE, "--at-source", "--vault", str(tmp_path / "vault"))
    assert 0 == result.returncode, result.stderr
    assert original == (tmp_path / "vault" / SAMPLE / "capture.txt").read_bytes()
    everything = b"".join(files_of(folder / "content").values()).lower()
    assert b"hollowell" not in everything and b"caren" not in everything
    assert 0 == run(folder, "build").returncode
    record = (folder / "output" / SAMPLE / "edition.json").read_text()
    assert "keyed_sha256" in record and "9b2f914e" not in record
    assert 27 == record.count('"id": "comment-')
    inside = run(folder, "redact", SAMPLE, "--at-source", "--vault", "content/vault")
    assert (1, True) == (inside.returncode, "vault-inside" in inside.stderr)


def test_publish_refuses_originals_that_git_keeps(tmp_path: Path) -> None:
    """A repository that would be pushed with the withheld words in it is refused."""
    import subprocess

    folder = copy_site(tmp_path)
    record = folder / "content/captures" / SAMPLE / "capture.yaml"
    record.write_text(
        record.read_text().replace("original-is-public: true", "original-is-public: false")
    )
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    assert 0 == run(folder, "publish", "--site-url", "https://a.test").returncode
    subprocess.run(["git", "add", "."], cwd=folder, check=True)
    result = run(folder, "publish", "--site-url", "https://a.test")
    assert (1, True) == (result.returncode, "archive.tracked]" in result.stderr)


def test_fixity_has_three_answers(tmp_path: Path) -> None:
    """`check --fixity` says passed or failed for each file, and nothing to check without a record."""
    folder = copy_site(tmp_path)
    (folder / "content/captures/bare").mkdir()
    result = run(folder, "check", "--fixity")
    assert 0 == result.returncode
    assert "passed" in result.stdout and "nothing to check" in result.stdout
    (folder / "content/captures" / SAMPLE / "capture.txt").write_bytes(b"x")
    result = run(folder, "check", "--fixity")
    assert (1, True) == (result.returncode, "failed" in result.stdout)


def test_the_manifest_lists_every_published_file(tmp_path: Path) -> None:
    """Anyone can verify the site by the manifest, and it says what built it."""
    from pelican.plugins.annotated_archive.fixity import sha256

    folder = copy_site(tmp_path)
    assert 0 == run(folder, "build").returncode
    output = folder / "output"
    lines = (output / "manifest-sha256.txt").read_text().splitlines()
    listed = dict(reversed(line.split("  ", 1)) for line in lines)
    found = {name: sha256(data) for name, data in files_of(output).items()}
    assert {
        k: v for k, v in found.items() if k not in ("manifest-sha256.txt", ".gitkeep")
    } == listed
    assert "annotated-archive" in (output / "bag-info.txt").read_text()


@pytest.mark.parametrize(
    ("author", "text", "shown"),
    [
        ("👻👻", "see 👻👻!", "see [Name withheld]!"),
        ("王伟", "我是王伟的朋友，王伟。", "我是[Name withheld]的朋友，[Name withheld]。"),
        ("山田太郎", "昨日山田太郎さんに会った", "昨日[Name withheld]さんに会った"),
        ("محمد", "ومحمد لمحمد", "و[Name withheld] ل[Name withheld]"),
        ("Al Green", "natural green tea, Al Green", "natural green tea, [Name withheld]"),
        ("Martin", "Martinique, Martin’s", "Martinique, [Name withheld]’s"),
        ("José", "JOSE and Jose\u0301", "[Name withheld] and [Name withheld]"),
    ],
)
def test_names_of_every_script_are_withheld_as_they_are_written(
    author: str, text: str, shown: str
) -> None:
    """Whole words where a script parts words by spaces, every occurrence where it does not."""
    before = document((author, text))
    after = redact(before, [one(withhold="author", place="comment-20100603-1700")]).document
    assert ("Name withheld", shown) == (after.comments[0].author, after.comments[0].text)


def test_overlapping_redactions_go_together() -> None:
    """Two redactions that overlap withhold what either does."""
    before = document(("Bo", "Anna Miller lives in Paris at 5 Rue X."))
    both = [
        one(id="r-1", words="Anna Miller"),
        one(id="r-2", withhold="quote", place="comment-20100603-1700", words="Miller lives in Paris at 5 Rue X"),
    ]  # fmt: skip
    assert "[Name withheld]." == redact(before, both).document.comments[0].text


@pytest.mark.parametrize(
    "redaction",
    [one(withhold="author", place="commenter: Carl Jonse"), one(words="Carl Jonse")],
)
def test_a_misspelt_name_is_an_error(redaction: Redaction) -> None:
    """A redaction that withholds nothing never claims to the reader that it did."""
    with pytest.raises(Problems):
        redact(document(("Carl Jones", "x")), [redaction])


def test_a_page_that_tells_is_not_written(tmp_path: Path) -> None:
    """The words of one redaction in the public note of another stop `pages`, not only the build."""
    folder = copy_site(tmp_path, empty=True)
    add_item(folder, "item", "A title\n\nJune 3, 2010\n\nZed Zorro was there with Ann Lee.\n")
    (folder / "content/annotations/item.yaml").write_text(
        "redactions:\n"
        "- {id: r-1, withhold: term, term: Ann Lee, public-note: Asked by Zed Zorro}\n"
        "- {id: r-2, withhold: term, term: Zed Zorro}\n"
    )
    result = run(folder, "pages")
    assert (1, False) == (result.returncode, (folder / "content/pages/articles/item.md").exists())
    assert "zorro" not in result.stderr.lower()


COMMENTS = """A title

June 3, 2010

Text.

2 Comments

  1. Ann

    I am gay.
    My address is 5 Elm Street Boston.
    Call 555-1234

    June 3, 2010 at 5:04 pm |
  2. Bo

    I will.

    June 3, 2010 at 5:05 pm |
"""


@pytest.mark.parametrize(
    "redaction",
    [
        "{id: r-1, withhold: comment, in: comment-20100603-1704}",
        "{id: r-1, withhold: quote, in: comment-20100603-1704, quote: Call 555-1234}",
        "{id: r-1, withhold: attribute, attribute: source}",
        "{id: r-1, withhold: author, in: comment-20100603-1704}",
    ],
)
def test_redacting_at_the_source_gives_the_same_edition_or_refuses(
    tmp_path: Path, redaction: str
) -> None:
    """Nothing withheld is left in the project, or nothing is changed at all."""
    (tmp_path / "site").mkdir()
    folder = copy_site(tmp_path / "site", empty=True)
    add_item(folder, "item", COMMENTS)
    record = folder / "content/captures/item/capture.yaml"
    record.write_text(
        record.read_text().replace("source: null", "source: https://host.example/ann")
    )
    (folder / "content/annotations/item.yaml").write_text(f"redactions:\n- {redaction}\n")
    assert 0 == run(folder, "build").returncode
    before = (folder / "output/item/index.html").read_text()
    captures = files_of(folder / "content/captures")
    result = run(folder, "redact", "item", "--at-source", "--vault", str(tmp_path / "vault"))
    if result.returncode:
        assert "archive.at-source]" in result.stderr
        assert captures == files_of(folder / "content/captures")
        return
    assert 0 == run(folder, "build").returncode
    after = (folder / "output/item/index.html").read_text()
    for words in ("I am gay", "Elm Street", "host.example", "Ann"):
        assert (words in before) or (words not in after)


LINKING = """<!DOCTYPE html><html lang="en"><head><title>T</title></head><body><article class="post">
<h1 class="entry-title">T</h1><div class="entry-content"><p>The ferry sank, says the log.</p></div>
</article><ol class="commentlist"><li class="comment" id="comment-1"><cite class="fn">Bo Quill</cite>
<a href="#comment-1">June 3, 2010 at 5:04 pm</a>
<p>See <a href="https://x.example/Bo%20Quill/">this</a> and <a href="https://x.example/bo-quill/">that</a>.</p>
</li></ol></body></html>"""


@pytest.mark.slow
def test_redacting_at_the_source_leaves_no_false_link(tmp_path: Path) -> None:
    """A captured link that holds a withheld word would lead elsewhere: the copy is refused."""
    (tmp_path / "site").mkdir()
    folder = copy_site(tmp_path / "site", empty=True)
    page = folder / "item.html"
    page.write_text(LINKING, "utf-8")
    take_in(project_in(folder), [page], slug="item", time_zone="UTC")
    page.unlink()
    (folder / "content/annotations/item.yaml").write_text(
        "redactions:\n- {id: r-1, withhold: term, term: Bo Quill}\n"
    )
    result = run(folder, "build")
    assert 0 == result.returncode, result.stderr
    assert "https://x.example/" not in (folder / "output/item/index.html").read_text("utf-8")
    result = run(folder, "redact", "item", "--at-source", "--vault", str(tmp_path / "vault"))
    assert "archive.at-source]" in result.stderr
