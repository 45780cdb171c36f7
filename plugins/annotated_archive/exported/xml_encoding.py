"""Decode the bytes of an export, as it declares or as they are."""

import re

from ..encoding import MAX_BYTES
from ..errors import Unreadable

_LATIN = {"iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252"}
_LEGACY = re.compile(r"iso-?8859|windows-|cp125|koi8|latin|gb|big5|shift|sjis|euc|tis|mac", re.I)
_ENCODING = re.compile(
    rb"^[^<]{0,16}<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})"
)


def decode_xml(data: bytes) -> tuple[str, str, int]:
    r"""Return the text of *data*, the name of its encoding, and how many bytes did not belong to it.

    The encoding is that of the byte order mark, else the declared one. A file that declares none,
    is not UTF-8 and has no character of it, is Windows-1252. A byte of no encoding becomes U+FFFD.

    >>> decode_xml(b"<a>caf\xc3\xa9 \xff</a>")
    ('<a>café �</a>', 'UTF-8', 1)
    """
    if len(data) > MAX_BYTES:
        fault = f"the capture has {len(data):,} bytes, more than {MAX_BYTES:,}"
        remedy = "give the whole export, and choose items with --select"
        raise Unreadable("too-large", fault, remedy=remedy)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _decoded(data, "utf-16", "UTF-16")
    declared = _ENCODING.match(data[:512])
    name = declared[1].decode() if declared else ""
    if _LEGACY.match(name):
        try:
            return _decoded(data, _LATIN.get(name.lower(), name), name)
        except LookupError:
            pass
    try:
        return data.decode("utf-8-sig"), "UTF-8", 0
    except UnicodeDecodeError:
        text = data.decode("utf-8-sig", "replace")
    bad = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    if not name and len(data) - data.count(b"\xef\xbf\xbd") * 2 == len(text):
        return _decoded(data, "cp1252", "Windows-1252")
    return text, "UTF-8", bad


def _decoded(data: bytes, codec: str, name: str) -> tuple[str, str, int]:
    text = data.decode(codec, "replace")
    return text.removeprefix("\ufeff"), name, text.count("\ufffd")
