"""Decode the bytes of a page and parse it, within limits and without touching the network."""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes
from lxml import etree

from ..errors import Unreadable
from ..model import Note
from .elements import Element
from .limits import MAX_BYTES, MAX_TAGS

_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.I)
_HEAD = 4096
_SAMPLE = 128 * 1024
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
_WHATWG = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso-8859-9": "cp1254", "iso-8859-11": "cp874",
    "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932", "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949", "x-euc-jp": "euc-jp", "big5": "big5hkscs", "unicode": "utf-8",
    "utf8": "utf-8", "x-user-defined": "cp1252", "utf-16": "utf-8", "utf-7": "cp1252",
}  # fmt: skip
_UNDEFINED = {"cp1252": "latin-1"}


@dataclass(frozen=True, slots=True)
class Source:
    """Hold a page's decoded text, the encoding it was decoded by, and what was decided about it."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


def decode_page(data: bytes, declared: str = "") -> Source:
    r"""Return the text of *data*: by its byte order mark, else by what it declares, if that is true.

    *declared* is what a protocol said of it, and goes before the page's own word.

    >>> decode_page(b"<meta charset=iso-8859-1>caf\xe9").encoding
    'cp1252'
    >>> decode_page(b"<meta charset=iso-8859-1>caf\xc3\xa9").text[-4:]
    'café'

    Raises `Unreadable` for an empty page, and above `MAX_BYTES`.
    """
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise Unreadable("empty", "the capture is empty", remedy="capture the page again")
    if len(data) > MAX_BYTES:
        fault = f"the capture has {len(data):,} bytes, more than {MAX_BYTES:,}"
        raise Unreadable("too-large", fault, remedy="save it without what is embedded in it")
    text, codec, said = _decoded(data, declared or _declared(data))
    notes = _notes(codec, said, text.count("\ufffd") - data.count(b"\xef\xbf\xbd"))
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
        notes += (Note("nul", "The capture has NUL characters; each is shown as a mark."),)
    return Source(text, codec, notes)


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:_HEAD])
    return found[1].decode("ascii") if found else ""


def _decoded(data: bytes, said: str) -> tuple[str, str, str]:
    """Return the text, the codec that it was decoded by, and what was declared."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace"), codec, said
    if data[:200].count(0) > 60:
        codec = "utf-16-le" if data[1:2] == b"\x00" else "utf-16-be"
        return data.decode(codec, "replace"), codec, said
    codec = _codec(said)
    for candidate in dict.fromkeys(("utf-8", codec) if codec != "utf-8" else (codec,)):
        text = _strictly(data, candidate)
        if text is not None and (candidate != "utf-8" or not codec.startswith("iso-2022")):
            is_other = candidate == "utf-8" and codec and not data.isascii()
            return text, candidate if is_other or not codec else codec, said
    return _guessed(data, codec, said)


def _codec(label: str) -> str:
    """Return Python's codec for a label, as the Encoding Standard reads labels, or nothing."""
    name = _WHATWG.get(label.strip().lower(), label.strip().lower())
    try:
        return codecs.lookup(name).name if name else ""
    except (LookupError, ValueError):
        return ""


def _strictly(data: bytes, codec: str) -> str | None:
    if not codec:
        return None
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError, TypeError):
        if codec != "cp1252":
            return None
    # the five bytes that Windows-1252 leaves undefined are controls, as in the Encoding Standard
    return data.decode("latin-1").translate(_CP1252)


_CP1252 = {byte: bytes([byte]).decode("cp1252") for byte in range(0x80, 0xA0)
           if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}  # fmt: skip


def _guessed(data: bytes, codec: str, said: str) -> tuple[str, str, str]:
    """Decode what no codec takes without a fault: by the one that does so with the fewest."""
    text = data.decode("utf-8", "replace")
    faults = text.count("\ufffd")
    wide = len(data) - len(text)
    if faults * 20 < wide or (codec == "utf-8" and faults * 2 < wide):
        return text, "utf-8", said
    if codec and codec != "utf-8":
        text = data.decode(codec, "replace")
        if text.count("\ufffd") * 20 < len(data) - data[:].translate(None, _HIGH).__len__() + 1:
            return text, codec, said
    best = from_bytes(data[:_SAMPLE]).best()
    guess = _codec(best.encoding) if best else ""
    text = data.decode(guess or "cp1252", "replace")
    return text, guess or "cp1252", said


_HIGH = bytes(range(0x80, 0x100))


def _notes(codec: str, said: str, faults: int) -> tuple[Note, ...]:
    declared = _codec(said)
    notes: tuple[Note, ...] = ()
    if said and declared != codec and not (declared == "utf-8" and codec == "utf-8"):
        text = f"The page declares the encoding {said}, but is {codec}; it was read as {codec}."
        notes += (Note("encoding-differs", text),)
    elif codec not in ("utf-8", "cp1252") or not said:
        notes += (
            (Note("encoding", f"The capture's encoding is {codec}."),) if codec != "utf-8" else ()
        )
    if faults > 0:
        text = f"{faults} places of the capture are not {codec}; each is shown as a mark."
        notes += (Note("encoding-broken", text),)
    return notes


def parse_page(text: str) -> Element:
    """Parse the text of a page without entities of its own, network or comments.

    >>> parse_page("<p>Rain").findtext("body/p")
    'Rain'

    Raises `Unreadable` where it has too many tags, or where they are nested too deeply: the parser
    would leave out what is within, and say nothing.
    """
    if text.count("<") > MAX_TAGS:
        fault = f"the page has more than {MAX_TAGS:,} tags"
        raise Unreadable("too-large", fault, remedy="save it in parts")
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    # surrogates from broken UTF-16 cannot be encoded
    data = text.encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise Unreadable(
            "not-html", f"the page cannot be parsed: {error}", remedy="capture it again"
        ) from None
    if root is None:
        raise Unreadable("empty", "the page has no element", remedy="capture the page again")
    if any(fault.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for fault in parser.error_log):
        raise Unreadable(
            "too-deep",
            "the page's elements are nested more than 2,000 deep",
            remedy="capture the page in another format, such as text",
        )
    return root
