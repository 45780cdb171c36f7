"""The HTML formats are bounded: whatever a page is, a clear error or a result, in linear time."""

import contextlib
import json
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pelican.plugins.annotated_archive.captures.html import read_html
from pelican.plugins.annotated_archive.captures.mhtml import is_mhtml, read_mhtml
from pelican.plugins.annotated_archive.errors import Unreadable
from pelican.plugins.annotated_archive.html.limits import MAX_BYTES, MAX_TAGS
from pelican.plugins.annotated_archive.html.provenance import iso_time
from pelican.plugins.annotated_archive.html.stamps import Clock, find_stamp
from pelican.plugins.annotated_archive.html.tree import decode_page
from pelican.plugins.annotated_archive.model import Capture

FIXTURES = Path(__file__).parent / "captures"
PAGES = [
    p.read_bytes()
    for folder in ("html", "platforms")
    for p in sorted((FIXTURES / folder).glob("*.html"))
]
COMMENT = (
    '<li class="comment depth-1" id="comment-{0}"><div class="comment-body"><cite class="fn">Ann {0}</cite>'
    '<time datetime="2010-06-03T17:04:00">June 3, 2010</time><div class="comment-content"><p>It rained {0} times.'
    "</p></div></div></li>"
)


def accounted(capture: Capture) -> bool:
    """Tell whether the entries cover every character, one after another."""
    at = 0
    for entry in capture.entries:
        if entry.start != at or entry.end < at:
            return False
        at = entry.end
    return at == capture.characters


def seconds(data: bytes) -> float:
    """Return the least time of two that it takes to read *data*, whether it can be read or not."""
    times = []
    for _ in range(2):
        start = time.process_time()
        with contextlib.suppress(Unreadable):
            read_html(data)
        times.append(time.process_time() - start)
    return min(times)


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html lang=en><head><title>T</title></head><body>{body}</body></html>".encode()


def test_deep_nesting_is_an_error_and_never_a_silent_cut() -> None:
    """100,000 nested elements are refused at once; what the parser would drop is never missing."""
    start = time.process_time()
    with pytest.raises(Unreadable, match="nested"):
        read_html(page("<div>" * 100_000 + "lost" + "</div>" * 100_000))
    assert time.process_time() - start < 5
    assert "found" in repr(read_html(page("<div>" * 1_500 + "found" + "</div>" * 1_500)))


@pytest.mark.parametrize(
    "data",
    [b"", b"\xef\xbb\xbf \n", b"\x00" * 100, b"x" * (MAX_BYTES + 1), b"<i>" * (MAX_TAGS + 1)],
    ids=["empty", "blank", "zeros", "too large", "too many tags"],
)
def test_what_is_beyond_the_limits_is_a_clear_error(data: bytes) -> None:
    """Empty and boundless files are refused with a fault and a remedy."""
    with pytest.raises(Unreadable) as caught:
        read_html(data)
    assert caught.value.fault
    assert caught.value.remedy


@pytest.mark.parametrize(
    "data",
    [
        b"<html>no body",
        b"<!DOCTYPE html><p>only a paragraph",
        b"<html><frameset><frame src=x></frameset></html>",
        page("<p>\x00nul</p>"),
        b"<html><body>caf\xe9 \xff\xfe \x80 \xc3(",
        b"<meta charset=utf-16><p>plain",
        b"<meta charset=no-such-thing><p>caf\xc3\xa9",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><html><body>&b;&b;</body></html>',
        b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><html><body>&f;</body></html>',
        page("<li id=comment-1><cite>A</cite></li>" * 50),
        page("<table><tr><td><p>a</table></p></td>"),
        page("<a href='http://[bad'>x</a><a href='//'>y</a><a href='http://a.example/?%zz'>z</a>"),
        page("<script type='application/ld+json'>{\"@graph\": [" + "[" * 5000 + "</script>"),
        page(
            '<script type=\'application/ld+json\'>{"@type":"Article","datePublished":5,"author":[[]],"comment":[1,{}]}</script>'
        ),
        "<html><body>\ud83d text</body></html>".encode("utf-16", "surrogatepass"),
        b"\xff\xfe<\x00p\x00>",
    ],
)
def test_odd_pages_are_read_and_accounted_for(data: bytes) -> None:
    """No body, NUL, broken bytes, wrong charsets, entities, repeated ids: a result, fully accounted."""
    capture = read_html(data)
    assert accounted(capture)
    assert "root:" not in repr(capture)


def test_the_same_id_is_one_comment() -> None:
    """A list that is printed twice gives each comment once."""
    items = "".join(COMMENT.format(n) for n in range(3))
    assert 3 == len(
        read_html(
            page(f"<ol class=commentlist>{items}</ol><ol class=commentlist>{items}</ol>")
        ).comments
    )


LINEAR: dict[str, Callable[[int], str]] = {
    "comments": lambda n: "<ol class=comment-list>" + "".join(COMMENT.format(i) for i in range(n // 10)) + "</ol>",
    "nested comments": lambda n: "".join(
        f"<ol class=children>{COMMENT.format(i).removesuffix('</li>')}" for i in range(100)
    ) + "<p>x</p>" * n,
    "one attribute": lambda n: f'<p class="{"x " * n}">text</p>',
    "attributes": lambda n: "<p " + " ".join(f"a{i}=1" for i in range(n // 4)) + ">text</p>",
    "one word": lambda n: "<p>" + "a" * (20 * n) + "</p>",
    "spaces": lambda n: "<p>a" + " \n" * (10 * n) + "b</p>",
    "line breaks": lambda n: "<p>" + "a<br>" * n + "</p>",
    "unclosed paragraphs": lambda n: "<p>It rained." * n,
    "bold": lambda n: "<b>a</b> " * n,
    "spans": lambda n: "<div class=entry-content>" + "<p>" + "<em>a</em> <a href=/x>b</a>" * n + "</p></div>",
    "numbers": lambda n: "<small>" + "1/2/2010 " * n + "</small>",
    "digits": lambda n: "<p class=date>" + "1" * (10 * n) + "</p>",
    "dates": lambda n: "<small class=commentmetadata>3 June 2010</small>" * n,
    "links": lambda n: "<a class='x y z' href='http://a.example/?utm_source=a&b=c'>a</a>" * n,
    "headings": lambda n: "<h2 class=entry-title>T</h2>" * n,
    "lists": lambda n: "<div class=comment><b>Ann</b> <i>June 3, 2010</i><p>It rained and rained.</p></div>" * n,
    "angle brackets": lambda n: "<p>" + "< " * n + "</p>",
    "entities": lambda n: "<p>" + "&amp;&lt;" * n + "</p>",
    "comments of markup": lambda n: "<!-- " * n,
    "images": lambda n: "<div class=entry-content>" + "<p>text <img src=a.jpg alt=b></p>" * n + "</div>",
    "classes": lambda n: "".join(f"<p class=c{i}>a</p>" for i in range(n)),
    "ids": lambda n: "".join(f"<p id=comment-{i}>a</p>" for i in range(n)),
    "quotes": lambda n: "<h3 class=comments-title>" + "“" * (10 * n) + "</h3>",
    "pre": lambda n: "<div class=entry-content><pre>" + "\n\n" * n + "</pre></div>",
    "definitions": lambda n: "<dl id=comment_list>" + "<dt>Ann</dt><dd>June 3, 2010</dd>" * n + "</dl>",
}  # fmt: skip


@pytest.mark.parametrize("name", LINEAR)
def test_time_grows_with_the_length_alone(name: str) -> None:
    """Four times the page takes about four times the time, whatever it is made of."""
    small, large = page(LINEAR[name](1_500)), page(LINEAR[name](6_000))
    seconds(small)
    first = max(seconds(small), 0.02)
    assert seconds(large) < 4 * 2.2 * first + 0.1


@pytest.mark.parametrize(
    "text",
    [
        "1" * 5000,
        "/" * 5000,
        "1/" * 2500,
        "3 June " * 700,
        "a" * 5000,
        "١" * 4000,
        "12:" * 2000,
        "\u0301" * 3000,
    ],
)
def test_no_text_is_too_much_for_the_reader_of_times(text: str) -> None:
    """A time is sought in bounded time, whatever the text is."""
    start = time.process_time()
    find_stamp(text[:480], Clock("en"))
    find_stamp(text, Clock("fa"))
    assert time.process_time() - start < 1


@given(st.text(max_size=120), st.sampled_from(["", "en", "de", "fa", "ja", "x-y", "zz"]))
@example("31/02/2010 25:61", "en")
@example("9999-99-99", "")
@example("00/00/00", "de")
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_time_or_none(text: str, language: str) -> None:
    """No text makes the reader of times fail; what it finds lies within the text."""
    found = find_stamp(text, Clock(language))
    assert found is None or 0 <= found.start <= found.end
    iso_time(text)


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """No bytes make the readers fail in another way than by saying that they are unreadable."""
    for read in (read_html, read_mhtml):
        with contextlib.suppress(Unreadable):
            assert accounted(read(data))


def mutated(data: bytes, seed: int) -> bytes:
    """Return a page of which pieces were taken away, doubled, moved, or overwritten."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 6)):
        first, last = sorted(chance.randrange(len(data)) for _ in range(2))
        last = min(last, first + 2_000)
        piece = data[first:last]
        match chance.randrange(5):
            case 0:
                data = data[:first] + data[last:]
            case 1:
                data = data[:last] + piece + data[last:]
            case 2:
                data = data[:first] + chance.randbytes(8) + data[last:]
            case 3:
                data = (
                    data[:first]
                    + chance.choice([b"<", b">", b"</div>", b"<li>", b'"', b"&", b"<!--", b"<p>"])
                    + data[first:]
                )
            case 4:
                at = chance.randrange(len(data))
                data = data[:at] + piece + data[at:]
        data = data or b"x"
    return data


def test_control_characters_stop_no_reading() -> None:
    """A control character after a comment, in a page whose article no table gives, is read."""
    page = (
        "<html><body><div id='x'><p>Some words that nobody set as an article.</p></div>"
        "<ol class='commentlist'><li class='comment' id='comment-1'><cite>Ann</cite> says:"
        "<p>One.</p></li>\x01\x0b tail<li class='comment' id='comment-2'><cite>Bo</cite> says:"
        "<p>Two.</p></li></ol></body></html>"
    )
    assert accounted(read_html(page.encode()))


@example(25991, 45826)
@example(2813244, 0)
@example(577364647, 405635)
@example(779771807, 662303)
@example(581863120, 966514)
@given(st.integers(0, 10**9), st.integers(0, 10**6))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_mutated_pages_are_read_and_accounted_for(which: int, seed: int) -> None:
    """Whatever is cut from a page or put into it: no crash, no character unaccounted for, no id twice."""
    page = mutated(PAGES[which % len(PAGES)], seed)
    try:
        capture = read_html(page)
    except Unreadable as fault:  # what was put in may hide from it in which encoding it is
        if fault.code != "empty":
            raise
        return
    assert accounted(capture)
    ids = [comment.source_id for comment in capture.comments if comment.source_id]
    assert len(ids) == len(set(ids))
    for thing in (*capture.comments, *capture.blocks):
        for style in thing.styles:
            assert 0 <= style.start < style.end <= len(thing.text)


@pytest.mark.parametrize(
    "codec",
    [
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "cp1252",
        "iso-8859-2",
        "koi8-r",
        "shift_jis",
        "gb18030",
        "euc-kr",
    ],
)
@pytest.mark.parametrize("is_declared", [True, False])
def test_a_declared_encoding_is_used_where_it_is_true(codec: str, is_declared: bool) -> None:
    """Pages are decoded as they declare, and as they are where they declare wrongly or nothing."""
    words = {
        "koi8-r": "Дождь шёл весь день",
        "shift_jis": "一日中雨が降った",
        "gb18030": "下了一整天雨",
        "euc-kr": "하루 종일 비가 왔다",
        "iso-8859-2": "Padało cały dzień, źdźbło",
    }
    text = words.get(codec, "Es regnete früh, naïve café")
    meta = f'<meta charset="{codec.removesuffix("-sig")}">' if is_declared else ""
    source = decode_page(f"<html>{meta}<p>{text}".encode(codec))
    if is_declared or codec.startswith("utf"):
        assert text in source.text
    assert source.encoding


def test_a_broken_header_hides_no_part_of_an_mhtml_file() -> None:
    """A line that is no header among the headers of an MHTML file does not hide its page."""
    body = page(f"<h1>Rain</h1><ol class=comment-list>{COMMENT.format(7)}</ol>").replace(
        b"=", b"=3D"
    )
    data = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/rain?utm_source=x\r\n"
        b"this line is no header\r\nDate: Tue, 12 Mar 2024 16:30:00 -0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="----Mark"\r\n\r\n------Mark\r\n'
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        b"Content-Location: https://a.example/rain?utm_source=x\r\n\r\n"
        + body
        + b"\r\n------Mark--\r\n"
    )
    assert is_mhtml(data)
    capture = read_mhtml(data)
    assert ("7", "Ann 7") == (capture.comments[0].source_id, capture.comments[0].author)
    assert ("https://a.example/rain", "2024-03-12T16:30:00+00:00") == (
        capture.source,
        capture.captured,
    )


def test_the_fixtures_are_there() -> None:
    """The mutations have pages to work on."""
    assert len(PAGES) > 40
    assert json.loads((FIXTURES / "html" / "01-classic-wp12-en.json").read_text())["comments"]
