"""The gate finds what is withheld in every disguise, and nothing where there is nothing."""

import base64
import gzip
import hashlib
import html
import io
import json
import pickle
import quopri
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pelican.plugins.annotated_archive.leaks import Gate, Leak, search_files, search_folder
from pelican.plugins.annotated_archive.resolution import Secret

NAME = "Zelda Quimbyström"
PLAIN = "Zelda Quimbystrom"
GATE = Gate([Secret("one", NAME), Secret("two", "Orwin")], [("ab" * 32, "one")])


def zipped(text: str, name: str = "a.txt") -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return memory.getvalue()


def png(kind: bytes, body: bytes) -> bytes:
    chunk = struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return b"\x89PNG\r\n\x1a\n" + chunk + b"\0\0\0\0IEND\xaeB`\x82"


def pdf(body: bytes) -> bytes:
    return b"%PDF-1.4\n1 0 obj <<>>\nstream\n" + zlib.compress(body) + b"\nendstream\n"


def in_words(text: str) -> Callable[[], bytes]:
    return lambda: f"<p>Some words, then {text} and more of them.</p>".encode()


CHANNELS: dict[str, Callable[[], bytes]] = {
    "as it is": in_words(NAME),
    "upper case": in_words(NAME.upper()),
    "lower case": in_words(NAME.lower()),
    "decomposed": in_words(unicodedata.normalize("NFD", NAME)),
    "without accents": in_words(PLAIN),
    "German spelling": in_words("Zelda Quimbystroem"),
    "full width": in_words("".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in PLAIN)),
    "Cyrillic letters": in_words(NAME.replace("e", "е").replace("a", "а")),
    "Greek letters": in_words(NAME.replace("o", "ο")),
    "decimal entities": in_words("".join(f"&#{ord(c)};" for c in NAME)),
    "hexadecimal entities": in_words("".join(f"&#x{ord(c):X};" for c in NAME)),
    "a named entity": in_words("Zelda Quimbystr&ouml;m"),
    "entities of one letter": in_words(f"Z&#101;lda {NAME[6:]}"),
    "entities twice": in_words(html.escape("".join(f"&#{ord(c)};" for c in NAME))),
    "tags within the word": in_words("Zel<b>da</b> Quim<i>by</i>ström"),
    "tags between the words": in_words("<td>Zelda</td>\n<td>Quimbyström</td>"),
    "a zero-width space": in_words("Zel\u200bda Quimby\u200bström"),
    "a soft hyphen": in_words("Zelda Quimby\u00adström"),
    "a soft hyphen's entity": in_words("Zelda Quimby&shy;ström"),
    "no-break space": in_words("Zelda\u00a0Quimbyström"),
    "a line break": in_words("Zelda\n    Quimbyström"),
    "percent signs": in_words(quote(NAME)),
    "percent signs twice": in_words(quote(quote(NAME))),
    "percent signs for each letter": in_words("".join(f"%{b:02x}" for b in NAME.encode())),
    "plus for a space": in_words("?q=zelda+quimbystr%C3%B6m"),
    "an anchor": in_words('<a href="#zelda-quimbystrom">x</a>'),
    "an identifier": in_words('<i id="zelda_quimbystrom">x</i>'),
    "a handle": in_words("@ZeldaQuimbystrom"),
    "a possessive": in_words(f"{NAME}’s"),
    "mailto": in_words('<a href="mailto:zelda.quimbystrom@mail.example">x</a>'),
    "alt text": in_words(f'<img alt="{NAME}" src="a.png">'),
    "og metadata": in_words(f'<meta property="og:title" content="By {NAME}">'),
    "a comment of HTML": in_words(f"<!-- {NAME} -->"),
    "JSON escapes": lambda: json.dumps({"by": "".join(f"\\u{ord(c):04x}" for c in NAME)}).replace("\\\\", "\\").encode(),
    "JSON-LD": in_words(f'<script type="application/ld+json">{json.dumps({"author": NAME})}</script>'),
    "index tokens": lambda: json.dumps({"aaa": 1, "quimbystrom": [3], "x": 2, "zelda": [1]}).encode(),
    "Atom, escaped twice": lambda: f"<content>{html.escape(html.escape(f'<b>{NAME}</b>'))}</content>".encode(),
    "a sitemap": lambda: b"<loc>https://a.example/zelda-quimbystrom/</loc>",
    "CSS escapes": lambda: ("a::before{content:'" + "".join(f"\\{ord(c):06x}" for c in NAME) + "'}").encode(),
    "SVG": in_words("<svg><text><tspan>Zelda</tspan> <tspan>Quimbyström</tspan></text></svg>"),
    "base64": lambda: base64.b64encode(f"by {NAME}, yesterday".encode()),
    "base64 of many bytes": lambda: b"data:;base64," + base64.b64encode(b"x" * 100 + NAME.encode() + b"y" * 100),
    "URL-safe base64": lambda: base64.urlsafe_b64encode(f"<<??{NAME}??>>".encode()),
    "hexadecimal": lambda: NAME.encode().hex().encode(),
    "UTF-16": lambda: NAME.encode("utf-16"),
    "UTF-16 in other bytes": lambda: b"\xff\x00binary" + NAME.encode("utf-16-le") + b"\x00\x00",
    "quoted-printable": lambda: quopri.encodestring(f"By {NAME}, who".encode()),
    "reversed": in_words(PLAIN[::-1]),
    "gzip": lambda: gzip.compress(f"by {NAME}".encode()),
    "zip": lambda: zipped(f"by {NAME}"),
    "a name in a zip": lambda: zipped("x", "zelda-quimbystrom.txt"),
    "gzip in a zip": lambda: zipped(base64.b64encode(gzip.compress(NAME.encode())).decode()),
    "PNG text": lambda: png(b"tEXt", b"Author\0" + PLAIN.encode()),
    "PNG compressed text": lambda: png(b"zTXt", b"Author\0\0" + zlib.compress(PLAIN.encode())),
    "PDF": lambda: pdf(f"BT ({PLAIN}) Tj ET".encode()),
    "PDF with kerning": lambda: pdf(b"BT [(Zel)-20(da Quim)15(bystrom)] TJ ET"),
    "md5": lambda: hashlib.md5(NAME.lower().encode()).hexdigest().encode(),
    "sha1": lambda: hashlib.sha1(NAME.encode()).hexdigest().encode(),
    "sha256": lambda: hashlib.sha256(NAME.encode()).hexdigest().encode(),
    "the original's digest": in_words("ab" * 32),
    "a short term": in_words("Orwin"),
    "a short term in base64": lambda: base64.b64encode(b"by Orwin, yes"),
    "a short term reversed": in_words("niwrO"),
    "a short term's digest": lambda: hashlib.md5(b"orwin").hexdigest().encode(),
    "a short term across tags": in_words("Or<b>win</b>"),
    "a short term in a link": in_words('<a href="/author/orwin.html">x</a>'),
    "a short term in curly quotes": in_words("“Orwin”"),
    "a short term's possessive": in_words("Orwin’s"),
    "a dash between the words": in_words("Zelda—Quimbyström"),
    "a dot between the words": in_words("Zelda·Quimbyström"),
    "an entity between the words": in_words("Zelda&nbsp;Quimbyström"),
    "a reference of many zeros": in_words("&#" + "0" * 6000 + "90;elda Quimbystrom"),
    "beside a reference too large for any letter": in_words("&#" + "9" * 6000 + "; Zelda&#32;Quimbystrom"),
    "the same, escaped once more": in_words("&amp;#" + "9" * 6000 + "; Zelda&amp;#32;Quimbystrom"),
    "an old escape": in_words("%u005aelda Quimbystrom"),
    "after many zero bytes": lambda: b"\0" * 3000 + PLAIN.encode(),
    "after a container's mark": lambda: b"\x1f\x8bxx " + PLAIN.encode(),
    "after a zip": lambda: zipped("x") + PLAIN.encode(),
    "a second member of gzip": lambda: gzip.compress(b"x ") + gzip.compress(PLAIN.encode()),
    "a string of a PDF": lambda: pdf(b"x") + f"/Title ({PLAIN})".encode(),
    "a short term between signs": in_words('"orwin",'),
}  # fmt: skip


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_planted_secret_is_found(channel: str) -> None:
    """What is withheld is found by whichever way it came into a file."""
    leaks = GATE.search(CHANNELS[channel](), "page.json" if "tokens" in channel else "page.html")
    assert leaks, channel


@pytest.mark.parametrize(
    "text",
    ["Zelda O&#39;Quim &amp; Sons", "Zelda O&quot;Quim &amp; Sons", "Zelda O&apos;Quim &#38; Sons"],
)
def test_a_name_with_signs_that_a_template_escapes_is_found(text: str) -> None:
    """An apostrophe, a quotation mark and an ampersand hide no name, though they are escaped."""
    gate = Gate([Secret("one", "Zelda O'Quim & Sons")])
    assert gate.search(f"<p>By {text}.</p>".encode(), "page.html")


def test_a_file_name_is_searched() -> None:
    """The name of a file tells as much as its bytes."""
    (leak, *_) = GATE.search(b"", "author/zelda-quimbystrom.html")
    assert Leak("author/zelda-quimbystrom.html", "file name", "one") == leak


@pytest.mark.parametrize(
    "text",
    [
        "Orwinson wrote, and Sorwin too.",
        "for Winston, or winter",
        "Zelda alone, and Quimby alone",
        "In the zeldaq uimbystroma field",
        "&amp; 100% of \\n nothing = 3D",
    ],
)
def test_what_only_resembles_it_passes(text: str) -> None:
    """Parts of a name, longer words and neighbours that add up to it are no leak."""
    assert () == GATE.search(text.encode(), "page.html")


WORDS = st.sampled_from(
    [
        "the",
        "of",
        "winter",
        "or",
        "win",
        "orwell",
        "zeal",
        "da",
        "quim",
        "by",
        "strom",
        "field",
        "&",
        "<",
        "100%",
        "\\n",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=80).map(" ".join))
def test_clean_pages_pass(text: str) -> None:
    """No arrangement of innocent words is taken for a leak."""
    assert () == GATE.search(f"<p>{html.escape(text)}</p>".encode(), "page.html")


def test_an_allowed_place_passes_and_no_other() -> None:
    """The same word passes where its editor says that it is innocent, and only there."""
    gate = Gate([Secret("one", "Rivers", ("two Rivers meet",))])
    assert () == gate.search(b"<p>Where two Rivers meet.</p>", "a.html")
    assert gate.search(b"<p>Where two Rivers meet, said Rivers.</p>", "a.html")


def test_a_message_does_not_hold_what_was_found() -> None:
    """Neither a leak nor its channel repeats the words."""
    for channel, make in CHANNELS.items():
        path = "page.json" if "tokens" in channel else "page.html"
        for leak in GATE.search(make(), path):
            words = f"{leak.channel} {leak.redaction}".lower()
            assert "quimby" not in words or "zip entry" in words
            assert "orwin" not in words


@pytest.mark.parametrize("size", [10_000_000])
def test_a_bomb_is_read_only_so_far(size: int) -> None:
    """A stream that expands to a thousand times its size ends the search no later than its limit."""
    bomb = gzip.compress(gzip.compress(b"\0" * size))
    assert () == GATE.search(bomb, "a.gz")


def test_damaged_streams_are_searched_as_far_as_they_go() -> None:
    """A cut gzip still shows what comes before the cut."""
    body = gzip.compress((NAME + " ").encode() * 50, compresslevel=0)
    assert GATE.search(body[: len(body) // 2], "a.gz")
    assert () == GATE.search(zipped("x")[:40], "a.zip")


def test_only_named_files_are_searched(tmp_path: Path) -> None:
    """Where names are given, no other file is read, and a share of them is a process's work."""
    for name in ("a.html", "b/zelda-quimbystrom.html", "c.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"<p>{NAME}</p>" if name < "c" else "clean")
    every = tuple(search_folder(GATE, tmp_path))
    assert {"a.html", "b/zelda-quimbystrom.html"} == {leak.path for leak in every}
    named = tuple(search_folder(GATE, tmp_path, names=("c.html", "b/zelda-quimbystrom.html")))
    assert tuple(leak for leak in every if leak.path.startswith("b/")) == named
    share = partial(search_files, GATE.secrets, (), tmp_path, ("a.html", "c.html"))
    found = pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(share))()))
    assert tuple(leak for leak in every if leak.path == "a.html") == found
    assert () == tuple(search_folder(GATE, tmp_path, names=()))
