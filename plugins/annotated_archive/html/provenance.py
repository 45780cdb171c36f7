"""Read where a saved page came from, as the programs that save pages write it into them."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from .addresses import public_address
from .index import Index

_HEAD = 16_384
_SINGLE_FILE = re.compile(
    r"<!--\s{0,40}Page saved with SingleFile(?P<rest>[^>]{0,4000}?)-->", re.IGNORECASE
)
_URL = re.compile(r"\burl:\s{0,9}(\S{4,2000})", re.IGNORECASE)
_SAVED = re.compile(r"\bsaved date:\s{0,9}([^\r\n]{8,100})", re.IGNORECASE)
_SAVED_FROM = re.compile(
    r"<!--\s{0,9}saved from url=\(\d{1,6}\)(\S{4,2000})\s{0,9}-->", re.IGNORECASE
)
_SCRIPT_DATE = re.compile(
    r"(?:\w{3} )?(\w{3}) (\d{1,2}) (\d{4}) (\d{2}:\d{2}:\d{2})(?: GMT([+-]\d{4}))?"
)


@dataclass(frozen=True, slots=True)
class Saved:
    """Hold the address of a page and the time of its capture, in ISO 8601, as the file gives them."""

    source: str | None = None
    captured: str | None = None


def read_saved(text: str, index: Index) -> Saved:
    """Return where the page came from: the program that saved it, its canonical link, ``og:url``."""
    head = text[:_HEAD]
    single = _SINGLE_FILE.search(head)
    if single:
        url, saved = _URL.search(single["rest"]), _SAVED.search(single["rest"])
        return Saved(
            (_address(url[1]) if url else None) or declared_source(index),
            iso_time(saved[1]) if saved else None,
        )
    saved_from = _SAVED_FROM.search(head)
    if saved_from and not saved_from[1].lower().startswith(("about:", "file:")):
        return Saved(_address(saved_from[1]) or declared_source(index))
    return Saved(declared_source(index))


def declared_source(index: Index) -> str | None:
    """Return the address that the page gives itself."""
    for selector, name in (
        ("link[rel=canonical]", "href"), ("meta[property=og:url]", "content"), ("meta[name=og:url]", "content"),
    ):  # fmt: skip
        for one in index.find(selector):
            address = _address(one.get(name) or "")
            if address:
                return address
    return None


def _address(text: str) -> str | None:
    address = public_address(text)
    return address if re.match(r"https?://[^/]", address, re.I) else None


def iso_time(text: str) -> str | None:
    """Return a time as mail, JavaScript or ISO 8601 write it, in ISO 8601.

    >>> iso_time("Tue Mar 12 2024 17:30:00 GMT+0100 (Central European Standard Time)")
    '2024-03-12T17:30:00+01:00'
    >>> iso_time("Tue, 12 Mar 2024 16:30:00 -0000")
    '2024-03-12T16:30:00+00:00'
    """
    text = text.strip()
    script = _SCRIPT_DATE.search(text)
    try:
        if script:
            zone = script[5] or "+0000"
            joined = f"{script[1]} {script[2]} {script[3]} {script[4]} {zone}"
            return datetime.strptime(joined, "%b %d %Y %H:%M:%S %z").isoformat()
        if re.match(r"\d{4}-", text):
            return datetime.fromisoformat(text.replace("Z", "+00:00")).isoformat()
        found = parsedate_to_datetime(text)
        return (found if found.tzinfo else found.replace(tzinfo=None)).isoformat() + (
            "" if found.tzinfo else "+00:00"
        )
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
