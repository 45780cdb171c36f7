"""Captured text comes back from Markdown exactly as it went in."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown_it import MarkdownIt
from pelican.plugins.annotated_archive.markdown import (
    split_paragraphs,
    to_html,
    to_markdown,
)
from pelican.plugins.annotated_archive.marks import show_marks

# Pelican's own settings of Python-Markdown (pelican.settings.DEFAULT_CONFIG).
PELICAN = [
    "markdown.extensions.codehilite",
    "markdown.extensions.extra",
    "markdown.extensions.meta",
]
XML = st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=["Cs"])
SYNTAX = st.sampled_from(
    list("`*_[](){}<>#+-.!|~=:&;\\/\"'^@$%\n\t 0123456789abc\u00a0\u2028\x85")
    + ["\n\n", "    ", "http://", "www.", "a@b.c", "&amp;", "&#38;", "{static}", "|filename|"]
    + ["<script>", "</p>", "<!--", "-->", "[^1]", "[^1]: ", "*[a]: ", "```", "~~~", ": ", "1. "]
    + ["[TOC]", "<http://a>", "<br>", "---", "===", "| - | - |", "Title: x", "\\*", "&lt"]
)
TEXTS = st.one_of(st.text(XML, max_size=80), st.lists(SYNTAX, max_size=30).map("".join))


class Text(HTMLParser):
    """Collect paragraphs of lines, and every element that is not one of ours."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.paragraphs: list[list[str]] = []
        self.inside = False
        self.strange: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "p":
            self.inside = True
            self.paragraphs.append([""])
        elif tag == "br" and self.inside:
            self.paragraphs[-1].append("")
        else:
            self.strange.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "p"

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.strange += [data] if data.strip("\n") else []
            return
        last = self.paragraphs[-1]
        if last[-1] == "" and len(last) > 1:
            data = data.removeprefix("\n")
        last[-1] += data


def shown(html: str) -> tuple[tuple[str, ...], ...]:
    """Return the paragraphs that *html* shows; fail on any other element."""
    text = Text(html)
    assert text.strange == []
    return tuple(tuple(lines) for lines in text.paragraphs)


def python_markdown(text: str) -> str:
    """Return what Python-Markdown makes of *text* below a page's front matter."""
    return Markdown(extensions=PELICAN).convert(f"---\nTitle: x\n---\n\n{to_markdown(text)}\n")


def expected(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(show_marks, lines)) for lines in split_paragraphs(text))


@settings(max_examples=600, deadline=None)
@given(TEXTS)
@example("a\n===\nb\n---")
@example("\u00a0")
@example("&lt")
def test_python_markdown_shows_the_text(text: str) -> None:
    """Text to Markdown to HTML to text is the identity under Python-Markdown."""
    assert expected(text) == shown(python_markdown(text))


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_commonmark_shows_the_text(text: str) -> None:
    """Text to Markdown to HTML to text is the identity under a CommonMark parser."""
    assert expected(text) == shown(MarkdownIt().render(to_markdown(text)))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_github_flavoured_parser_makes_no_link_or_table(text: str) -> None:
    """A code host's dialect shows the text too."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    assert expected(text) == shown(parser.render(to_markdown(text)))


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_our_html_equals_python_markdowns(text: str) -> None:
    """The HTML that is written without a parser shows what Python-Markdown's shows."""
    assert shown(python_markdown(text)) == shown(to_html(text))


@pytest.mark.parametrize(
    "prose",
    [
        'It\'s a terrible move, "they" said (again) - AT&T & co. 50% of $5.',
        "Robin in Tampa, FL; snake_case; 3 > 2; a = b; well... ok!",
        "C:\\Users\\name, #tag, end-of-line; 1.5 and 2) two",
    ],
)
def test_prose_stays_readable(prose: str) -> None:
    """Ordinary prose is not escaped."""
    assert prose == to_markdown(prose)


def test_html_holds_no_pelican_link() -> None:
    """No brace that opens a link and no bar is left in the HTML of captured text."""
    assert not re.search(r"[{|]", to_html("{static}/etc/passwd |filename|x {attach}"))
