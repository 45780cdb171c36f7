"""What is decoded only near escapes holds every run of letters that decoding everything holds."""

import html
from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pelican.plugins.annotated_archive.decoding import texts
from pelican.plugins.annotated_archive.leaks import Gate, _fold_bytes
from pelican.plugins.annotated_archive.resolution import Secret
from pelican.plugins.annotated_archive.sparse_reading import neighbourhoods, sparse_texts

from test_leaks import CHANNELS, NAME

NOT_ALNUM = bytes(code for code in range(128) if not chr(code).isalnum())
REACH = 7
SIGNS = [
    *("&", "%", "\\", "=", "#", ";", "<", ">", "<!--", "-->", "\n", "\r", "\t", " ", "'", '"'),
    *("&#", "&#x", "&#0", "0" * 20, "65;", "&amp;", "&amp", "&lt;", "&gt;", "&lt", "&quot;"),
    *("&#39;", "&#34;", "&eacute;", "&nbsp;", "&CounterClockwiseContourIntegral;", "&not", "amp;"),
    *("%26", "%3C", "%3e", "%25", "%u003c", "%c3%a9", "%", "%4", "1", "\\n", "\\t", "\\r"),
    *("\\u0026", "\\u003c", "\\u{3e}", "\\x41", "\\26 ", "\\23 ", "\\5c ", "\\3c", "\\074", "\\"),
    *("=41", "=3D", "=\n", "=\r\n", "=\r", "==", "=de", "<b>", "</b>", "<i title='", "'>", "<p"),
    *("lt;", "gt;", "#", "u003c", "x26", "TJ", ")-20(", "é", "—", "ß", "\u3164", "\u00ad"),
]
"""Parts of escapes and tags, sound, cut and nested."""
WORDS = ["zelda", "quimby", "Ze", "l", "da", "ab", "b", "orwin", "39", "n", "e"]
FILL = ["far ", "x y ", "far <i>off</i> ", "away", "far > off ", "far < off ", "<i>o</i> "]
PARTS = st.one_of(
    st.sampled_from(SIGNS),
    st.sampled_from(WORDS),
    st.builds(lambda one, times: one * times, st.sampled_from(FILL), st.integers(1, 40)),
)


SECRETS = [
    Secret("one", NAME),
    Secret("two", "Orwin"),
    Secret("three", "Al Lee"),
    Secret("four", "Zelda O'Quim & Sons", ("of Zelda O'Quim & Sons fame",)),
    Secret("five", "Quimby, who lived by the river for the whole of that long and cold winter"),
    Secret("six", "王伟"),
]
DIGESTS = [("ab" * 32, "one")]


def letters(text: str, how: int, every: int) -> str:
    """Write each so-many-th letter of a secret in one of the ways that hide it."""
    ways = (
        lambda c: f"&#{ord(c)};",
        lambda c: f"&#x{ord(c):x}",
        lambda c: f"\\u{ord(c):04x}",
        lambda c: f"\\{ord(c):x} ",
        quote,
        lambda c: "".join(f"%{byte:02x}" for byte in c.encode()),
        lambda c: "".join(f"={byte:02X}" for byte in c.encode()),
        lambda c: f"{c}<b></b>",
        lambda c: f"{c}\u00ad",
        lambda c: f"{c}&shy;",
        lambda c: f"{c}&lt;b&gt;",
        lambda c: f"{c}=\n",
        lambda c: html.escape(f"&#{ord(c)};"),
        lambda c: quote(quote(f"&#{ord(c)};")),
        lambda c: f"{c}&#39;",
        str.upper,
    )
    write = ways[how % len(ways)]
    return "".join(write(c) if at % every == 0 else c for at, c in enumerate(text))


PLANTED = st.builds(
    letters, st.sampled_from([one.words for one in SECRETS]), st.integers(0, 15), st.integers(1, 5)
)
PAGES = st.lists(st.one_of(PARTS, PLANTED), max_size=24).map("".join)


def runs(text: bytes, length: int = REACH) -> set[bytes]:
    """Return the runs of letters and digits of a folded text, whatever stands between them."""
    packed = _fold_bytes(text).translate(None, NOT_ALNUM)
    return {packed[at : at + length] for at in range(len(packed) - length + 1)}


def missing(data: bytes) -> set[bytes]:
    """Return the runs that only decoding everything shows."""
    everything = {run for _, text in texts(data) for run in runs(text)}
    near = {run for _, text in sparse_texts(data, REACH) for run in runs(text)}
    return everything - near


HARD = [
    "Zel&lt;b" + "far " * 90 + "&gt;da",
    "Zel&lt;b" + "a" * 90 + " " * 9 + "far " * 90 + "> da quimby",
    "Zel&lt;b" + "far <i>off</i> " * 40 + "x> da quimby&gt;",
    "Zel<i title='" + "far " * 60 + "&gt;" + "far " * 60 + "'>da quimby",
    "Zel<i title='&lt;" + "far " * 60 + "'>da quimby",
    "Zel=\r" + "far " * 90 + "\nda quimby",
    "Zel=&#13;" + "far " * 90 + "\nda quimby",
    "x=41 Zel=\r" + "far " * 90 + "\nda quimby",
    "x=41 Zel=&#13;" + "far " * 90 + "\nda quimby",
    "x%3D41 Zel%3D%0D" + "far " * 90 + "\nda quimby",
    "W%61&lt; Quimby\\nWa&#39;Ze\\nlda" + " far" * 60,
    "Wa&#39;Ze\\nlda" + " far" * 60,
    "far " * 60 + "m S&#39;o&#39;n&#39;s&#39;&not%5aelda",
    "quimbyTJb;n&#34;)-20(&ltabQuimby",
    "Zel&lt;!--" + "far " * 90 + "--&gt;da quimby",
    "Zel<!--" + "far " * 90 + "-->da&eacute; quimby",
    "%26#" + "0" * 300 + "65;zelda",
    "\\26 \\23 " + "0" * 300 + "65;zelda",
    "&amp;amp;amp;CounterClockwiseContourIntegral;zelda",
    "<<b>i " + "far " * 60 + "zel&gt;da quimby",
    "zel&lt;b <i>" + "far " * 60 + "</i> > da quimby",
    "&ea<b>cute;lda quimby" + "far " * 60,
    "ze%<b>6Cda quimby" + "far " * 60,
    "class=de zel=\nda" + " far" * 60 + " =de zelda",
    "class=de%3Dzelda " + "far " * 60 + "x%3D41",
    "x%2541 zel\\u005cu0026lt;da",
    "Zel&amp;lt;b&amp;gt;da quimby" + " far" * 60,
    "zel&#39;da quimby\\nzelda",
]


@pytest.mark.parametrize("text", HARD)
def test_what_reaches_far_is_followed(text: str) -> None:
    """Tags, comments and lines that only decoding makes join words that stand far apart."""
    data = text.encode()
    assert set() == missing(data)
    assert set() == missing(b"far " * 200 + data + b" far" * 200)


@settings(max_examples=1500, deadline=None)
@given(PAGES)
def test_no_run_of_letters_is_missed(page: str) -> None:
    """However escapes and tags are nested, cut and mixed, no run of letters is missed."""
    assert set() == missing(page.encode())


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(PARTS.map(str.encode), st.binary(max_size=4)), max_size=16).map(b"".join))
def test_no_run_is_missed_in_bytes_that_are_no_text(data: bytes) -> None:
    """Bytes that are not UTF-8 hide nothing from it either."""
    assert set() == missing(data)


class Thorough(Gate):
    """Search every text that decoding yields, whole: what the quick way is measured by."""

    def _may_stand(self, plain: bytes, is_folded: bool) -> bool:
        return True


QUICK, SLOW = Gate(SECRETS, DIGESTS), Thorough(SECRETS, DIGESTS)


@settings(max_examples=600, deadline=None)
@given(PAGES)
@example("<p>Zelda O&#39;Quim &amp; Sons</p>")
def test_the_quick_search_finds_what_the_thorough_one_finds(page: str) -> None:
    """The same leaks by the same channels are found, wherever a secret stands and however written."""
    assert SLOW.search(page.encode(), "page.html") == QUICK.search(page.encode(), "page.html")


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(
    "fill", [b"", b"far <i>off</i>, away " * 60, b"%d far &eacute; \\n off " * 60]
)
def test_every_disguise_is_found_by_the_same_channels(channel: str, fill: bytes) -> None:
    """A disguise in a long page is found as it is in a short one."""
    data = CHANNELS[channel]()
    data = data if b"\0" in data[:2] or not fill else fill + data + b" " + fill
    path = "page.json" if "tokens" in channel else "page.html"
    assert SLOW.search(data, path) == QUICK.search(data, path)


@pytest.mark.parametrize(
    "text",
    ["Zelda O&#39;Quim &amp; Sons", "Zelda O&quot;Quim &amp; Sons", "Zelda O&apos;Quim &#38; Sons"],
)
def test_a_name_with_signs_that_a_template_escapes_is_found(text: str) -> None:
    """An apostrophe, a quotation mark and an ampersand hide no name, though they are escaped."""
    assert QUICK.search(f"<p>By {text}.</p>".encode(), "page.html")


def test_of_a_long_text_little_is_decoded() -> None:
    """The neighbourhood of one escape does not grow with the text."""
    text = b"far <i>off</i> " * 5000
    assert len(neighbourhoods(text + b"&eacute; " + text, 40)) < 1000


def test_many_unclosed_tags_are_read_in_time() -> None:
    """Escapes in a text without spaces, or where no tag ends, take time in proportion."""
    for text in (b"&eacute;" * 40_000, b"<a &eacute;" * 20_000, b"x\\u00e9<" * 20_000 + b">"):
        assert neighbourhoods(text, 40)
