"""What a captured HTML page holds stays text: only spans of a few kinds are made of its markup."""

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from pelican.plugins.annotated_archive.captures.html import read_html
from pelican.plugins.annotated_archive.document import Provenance, join_captures
from pelican.plugins.annotated_archive.model import Capture, CaptureFile, Edition
from pelican.plugins.annotated_archive.pages import compose_page, page_html
from pelican.plugins.annotated_archive.views import EditionView

PAGE = """<!DOCTYPE html><html><head><title>T</title></head><body><article class="post">
<h1 class="entry-title">T</h1><div class="entry-content"><p>Words of the article.</p></div></article>
<ol class="commentlist"><li class="comment" id="comment-1"><article class="comment-body">
<b class="fn">{0}</b> <time datetime="2012-01-01T10:00">x</time>
<div class="comment-content"><p>{0}</p><a href="{0}">link</a> <a href='{0}'>link</a></div>
</article></li></ol></body></html>"""
DATED = """<!DOCTYPE html><html lang="{lang}"><head><title>T</title></head><body><article class="post">
<h1 class="entry-title">T</h1><div class="entry-content"><p>Words of the article.</p></div></article>
<ol class="commentlist">{comments}</ol></body></html>"""
COMMENT = """<li class="comment" id="comment-{n}"><div class="comment-author vcard">{name}</div>
<div class="comment-meta"><a href="#comment-{n}">{when}</a></div><p>Words {n}.</p></li>"""
VECTORS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "java&#x09;script:alert(1)",
    "https://a.example/{static}/../../etc/passwd",
    "https://a.example/|filename|x",
    "https://a.example/`*_[x](javascript:alert(1))",
    'https://a.example/"onmouseover=alert(1) x="',
    "{attach}/../../etc/passwd",
    "[x](javascript:alert(1))",
    "*[x]: y\n[x]: javascript:alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe><textarea>",
    "{{ 7*7 }} {% include 'x' %}",
)
TAGS = {
    "p",
    "br",
    "em",
    "strong",
    "code",
    "del",
    "a",
    "blockquote",
    "ul",
    "ol",
    "li",
    "span",
    "h2",
    "h3",
}


@pytest.mark.parametrize("vector", VECTORS)
def test_captured_markup_does_nothing(vector: str) -> None:
    """Of names, texts and links, in our HTML as in Python-Markdown's, nothing but safe spans is left."""
    capture = read_html(PAGE.format(vector).encode())
    provenance = Provenance("item", (CaptureFile("a.html", "html", "0" * 64),))
    edition = Edition(join_captures(provenance, [capture]))
    body = compose_page(edition).text.split("\n---\n\n", 1)[1]
    extensions = ["markdown.extensions.codehilite", "markdown.extensions.extra"]
    shown = [page_html(edition), Markdown(extensions=extensions).convert(body)]
    shown += [str(comment.html) for comment in EditionView(edition).comments]
    for html in shown:
        for element in BeautifulSoup(html, "html.parser").find_all(True):
            assert element.name in TAGS, element
            for name, value in element.attrs.items():
                assert name in ("href", "id", "rel", "class")
                assert not set("{|") & set(str(value))
                if name == "href":
                    assert str(value).startswith(("http://", "https://", "#"))


def dated(lang: str, *comments: tuple[str, str]) -> Capture:
    """Return what is read of a page with comments of a name and a time each."""
    listed = "".join(
        COMMENT.format(n=n, name=f'<cite class="fn">{name}</cite>' if name else "", when=when)
        for n, (name, when) in enumerate(comments, 1)
    )
    return read_html(DATED.format(lang=lang, comments=listed).encode())


def test_a_date_is_nobodys_name() -> None:
    """A comment without a name has none, though its date stands where a name might."""
    days = [f"June {day}, 2010 at 5:04 pm" for day in (3, 4, 5)]
    capture = dated("en", ("Ann", days[0]), ("", days[1]), ("", days[2]))
    assert ["Ann", "", ""] == [one.author for one in capture.comments]
    assert days == [one.stamp.printed for one in capture.comments if one.stamp]


@pytest.mark.parametrize(
    ("lang", "printed", "year"),
    [
        ("en", "December 23, 9999 at 11:01 pm", 9999),
        ("en", "December 23, 3010 at 11:01 pm", 3010),
        ("en", "December 23, 2010 at 11:01 pm", 2010),
        ("th", "23 ธันวาคม 2553 เวลา 11:01", 2010),
        ("", "23 ธันวาคม 2553 เวลา 11:01", 2010),
        ("th", "23/12/2553 11:01", 2010),
    ],
)
def test_only_thai_years_count_from_the_buddha(lang: str, printed: str, year: int) -> None:
    """A year far ahead stays as printed, but on a page that is Thai or has Thai words."""
    capture = dated(lang, ("Ann", printed), ("Bo", printed))
    assert [year] * 2 == [one.stamp.local.year for one in capture.comments if one.stamp]
