"""What a captured HTML page holds stays text: only spans of a few kinds are made of its markup."""

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from pelican.plugins.annotated_archive.captures.html import read_html
from pelican.plugins.annotated_archive.document import Provenance, join_captures
from pelican.plugins.annotated_archive.model import CaptureFile, Edition
from pelican.plugins.annotated_archive.pages import compose_page, page_html
from pelican.plugins.annotated_archive.views import EditionView

PAGE = """<!DOCTYPE html><html><head><title>T</title></head><body><article class="post">
<h1 class="entry-title">T</h1><div class="entry-content"><p>Words of the article.</p></div></article>
<ol class="commentlist"><li class="comment" id="comment-1"><article class="comment-body">
<b class="fn">{0}</b> <time datetime="2012-01-01T10:00">x</time>
<div class="comment-content"><p>{0}</p><a href="{0}">link</a> <a href='{0}'>link</a></div>
</article></li></ol></body></html>"""
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
