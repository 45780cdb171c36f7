"""The generated pages are plain Markdown: any parser, and Pelican without us, reads them alike."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from markdown import Markdown
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from pelican.plugins.annotated_archive.fixity import sha256
from pelican.plugins.annotated_archive.model import Edition
from pelican.plugins.annotated_archive.pages import compose_page, page_html
from pelican.plugins.annotated_archive.pipeline import read_archive
from pelican.settings import DEFAULT_CONFIG

from capture_fixtures import Fixture, edition_of, golden, varied
from sites import CAPTURE, ROOT, SAMPLE, project_in

SAMPLE_FIXTURE = Fixture("sample", CAPTURE.read_bytes(), "America/New_York", {})
NEIGHBOURS = Fixture(
    "neighbours",
    b"A title\n\nJune 3, 2010\n\n[gallery ids=1]\n\n[gallery ids=2]\n\nText.\n\n    Deep.\n\n"
    b"2 Comments\n\n  1. Ann\n\n    > One.\n\n    > Two.\n\n    June 3, 2010 at 5:04 pm |\n\n"
    b"What is this?\n\nBack to top\n\nAnd this?\n\nBack to top\n\n- And that?\n",
    "UTC",
    {},
)
"""Parts of one kind that follow each other, which a parser may take for one."""
FIXTURES = [SAMPLE_FIXTURE, NEIGHBOURS, *golden(), *varied()]

WITHHELD = re.compile(r"\[?Name withheld\]?")
"""What the sample's redactions show instead of the captured words."""

SETTINGS = """
import sys
sys.path.insert(0, {root!r})
from pelicanconf import *
PATH = {path!r}
OUTPUT_PATH = {output!r}
PLUGINS = []
THEME = "simple"
"""


def structure(html: str, without: str = "") -> list[object]:
    """Return the elements of *html* with their ids and their text, as nested lists.

    What the CSS selector *without* selects is left out.
    """
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.select(without) if without else ():
        element.decompose()
    soup.smooth()
    return list(_nodes(soup))


def _nodes(parent: Tag) -> Iterator[object]:
    after_break = False
    for node in parent.children:
        if isinstance(node, Tag):
            yield [node.name, node.get("id"), *_nodes(node)]
        elif isinstance(node, NavigableString):
            text = str(node).removeprefix("\n") if after_break else str(node)
            if text.strip("\n"):
                yield text
        after_break = isinstance(node, Tag) and node.name == "br"


def python_markdown(text: str) -> str:
    """Return what Python-Markdown makes of a page, set up as Pelican sets it up."""
    settings = DEFAULT_CONFIG["MARKDOWN"]
    html: str = Markdown(**settings, extensions=list(settings["extension_configs"])).convert(text)
    return html


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.name)
def test_our_html_is_what_python_markdown_makes(fixture: Fixture) -> None:
    """The HTML written without a parser has the same elements, ids and text."""
    edition = edition_of(fixture)
    page = compose_page(edition)
    assert structure(page_html(edition)) == structure(python_markdown(page.text))


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.name)
def test_commonmark_reads_the_page_alike(fixture: Fixture) -> None:
    """A CommonMark parser makes the same of the page's body as Python-Markdown does."""
    edition = edition_of(fixture)
    body = compose_page(edition).text.split("\n---\n\n", 1)[1]
    assert structure(page_html(edition)) == structure(MarkdownIt("commonmark").render(body))


@pytest.fixture(scope="module")
def annotated() -> Edition:
    """Return the sample's edition with its redactions and its annotations."""
    (edition,) = read_archive(project_in(ROOT)).editions
    assert edition.annotations
    return edition


def footnotes(html: str) -> list[str]:
    """Return the words of each footnote, without the way back."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.select(".footnote-backref"):
        element.decompose()
    notes = soup.select(".footnote > ol > li, .footnotes > ol > li")
    return [" ".join(note.get_text(" ").split()) for note in notes]


def referenced(html: str) -> list[str]:
    """Return the words of the footnote that each reference leads to, in the references' order.

    A parser may number footnotes as they are defined or as they are first referred to, and further
    references to one footnote as in 25:1.
    """
    found = BeautifulSoup(html, "html.parser").select("sup a")
    listed = footnotes(html)
    return [listed[int(element.get_text().strip("[]").partition(":")[0]) - 1] for element in found]


def test_python_markdown_reads_an_annotated_page_alike(annotated: Edition) -> None:
    """Marks, references, their ids and their numbers are the same; so are the footnotes' words."""
    ours, theirs = page_html(annotated), python_markdown(compose_page(annotated).text)
    assert structure(ours, ".footnote") == structure(theirs, ".footnote")
    assert footnotes(ours) == footnotes(theirs)
    assert len(annotated.annotations) == len(footnotes(ours))


def test_commonmark_reads_an_annotated_page_alike(annotated: Edition) -> None:
    """A CommonMark parser that knows footnotes shows the same page, references and footnotes."""
    body = compose_page(annotated).text.split("\n---\n\n", 1)[1]
    ours = page_html(annotated)
    theirs = MarkdownIt("commonmark").use(footnote_plugin).render(body)
    assert structure(ours, ".footnote, sup") == structure(theirs, ".footnotes-sep, .footnotes, sup")
    assert referenced(ours) == referenced(theirs)
    assert sorted(footnotes(ours)) == sorted(footnotes(theirs))


@pytest.fixture(scope="module")
def simple_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return this site as Pelican builds it without plugins, in its own simple theme."""
    folder = tmp_path_factory.mktemp("simple")
    output = folder / "output"
    settings = folder / "simpleconf.py"
    settings.write_text(
        SETTINGS.format(root=str(ROOT), path=str(ROOT / "content/pages"), output=str(output))
    )
    result = subprocess.run(
        [sys.executable, "-m", "pelican", "-s", str(settings), "--fatal", "errors"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == result.returncode, result.stderr
    return output


@pytest.mark.slow
def test_pelican_alone_builds_the_pages(simple_site: Path) -> None:
    """Without plugin and theme the page has its title and 27 comments: verbatim, or withheld."""
    html = (simple_site / SAMPLE / "index.html").read_text("utf-8")
    soup = BeautifulSoup(html, "html.parser")
    for reference in soup.select("sup"):
        reference.decompose()
    assert "State Department to Twitter: Keep Iranian tweets coming" in soup.get_text()
    capture = "\n".join(line.strip() for line in CAPTURE.read_text("utf-8").splitlines())
    anchors = soup.select("h3 span[id^=comment-]")
    assert 27 == len(anchors) == len({anchor["id"] for anchor in anchors})
    position = capture.index("soundoff (82 Responses)")
    for number, anchor in enumerate(anchors, 1):
        said = list(_comment(anchor))
        assert len(said) > 1
        for words in (f"{number}. {anchor.get_text()}", *said[1:]):
            for part in WITHHELD.split(words):
                position = capture.index(part, position) + len(part)
        assert f"{number} · " in said[0]
        printed = said[0].partition(" · ")[2]
        position = capture.index(f"\n\n{printed} |", position - 1)


OURS = ("Editor’s note: ", "On the whole:", "Referred to from", "In answer to", "Perhaps in answer")
"""What the page itself says below a comment begins so."""


def _comment(anchor: Tag) -> Iterator[str]:
    """Yield the paragraphs below a comment's heading, line breaks as newlines."""
    heading = anchor.find_parent("h3")
    assert heading is not None
    for sibling in heading.find_next_siblings():
        if sibling.name != "p":
            return
        if sibling.get_text().startswith(OURS):
            continue
        for line_break in sibling.find_all("br"):
            line_break.decompose()
        yield sibling.get_text()


def test_the_generated_pages_are_current_and_their_own_digest() -> None:
    """The sample's page in the project carries the digest of what it holds."""
    text = (ROOT / "content/pages/articles" / f"{SAMPLE}.md").read_text("utf-8")
    head, _, body = text.removeprefix("---\n").partition("\n---\n\n")
    front, _, digest = head.rpartition("\nArchive-Digest: ")
    assert sha256(f"{front}\n\n{body}".encode()) == digest
