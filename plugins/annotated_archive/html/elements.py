"""Name the element of a parsed page, and read all the text in one.

The elements are lxml's own, not those of `lxml.html`: these run Python for each element met.
"""

from collections.abc import Container
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.etree import _Element as Element

__all__ = ["Element", "Without", "all_text", "has_more", "short_length"]

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


def has_more(element: Element, count: int) -> bool:
    """Tell whether an element has more than *count* children: to count all takes as long as they are many."""
    return next(islice(element, count, None), None) is not None


@dataclass(frozen=True, slots=True)
class Without:
    """Hold the elements of *out* and *also*, but not those of *but*, without copying any of them."""

    out: Container[Element]
    but: Container[Element] = ()
    also: Container[Element] = ()

    def __contains__(self, element: object) -> bool:
        """Tell whether *element* is one of them."""
        return element in self.also or (element in self.out and element not in self.but)
