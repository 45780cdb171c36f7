"""Name the element of a parsed page, and read all the text in one.

The elements are lxml's own, not those of `lxml.html`: these run Python for each element met.
"""

from lxml import etree
from lxml.etree import _Element as Element

__all__ = ["Element", "all_text", "short_length"]

_STRING = etree.XPath("string()")
_LENGTH = etree.XPath("string-length(normalize-space())")


def all_text(element: Element) -> str:
    """Return the text of all nodes in *element*, shown or not.

    >>> all_text(etree.fromstring("<p>a <b>b</b></p>"))
    'a b'
    """
    return str(_STRING(element))


def short_length(element: Element) -> int:
    """Count the characters of all text in *element*, white space collapsed."""
    return int(float(str(_LENGTH(element))))
