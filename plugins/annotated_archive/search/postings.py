"""Write lists of record numbers in signs alone.

A search for withheld words reads every file of a site. So numbers are written without a letter or
a digit: no list can look like a word, or a word like a list. Signs that would start a tag, an
entity or an escape are left out too.

A number is written as a (14, 13)-dense code: thirteen signs say that more follow, fourteen are last.
"""

from collections.abc import Sequence
from itertools import chain
from operator import sub

LAST = "()*+,-./:;=>?@"
MORE = "#$%'[]^_`{|}~"
HEAD = "!"
"""Between the records that have a term in their text and those that have it in their heads."""


class _Codes(dict[int, str]):
    """Know the code of each difference between two numbers, which is one or more."""

    def __missing__(self, difference: int) -> str:
        rest, last = divmod(difference - 1, len(LAST))
        code = LAST[last]
        while rest:
            rest, more = divmod(rest - 1, len(MORE))
            code = MORE[more] + code
        if len(self) < 65536:
            self[difference] = code
        return code


_CODES = _Codes()


def encode(numbers: Sequence[int]) -> str:
    """Return rising numbers, from 0, as signs.

    >>> encode([0, 1, 2]), encode([15, 300])
    ('(((', '#)#^,')
    """
    differences = map(sub, numbers, chain((-1,), numbers))
    return "".join(map(_CODES.__getitem__, differences))


def decode(code: str) -> tuple[int, ...]:
    """Return the numbers again, as the reader's browser does.

    >>> decode(encode([3, 5, 8000]))
    (3, 5, 8000)
    """
    found, number, rest = [], -1, 0
    for sign in code:
        if sign in MORE:
            rest = rest * len(MORE) + MORE.index(sign) + 1
        else:
            number += rest * len(LAST) + LAST.index(sign) + 1
            rest = 0
            found.append(number)
    return tuple(found)


def entry(text: Sequence[int], head: Sequence[int]) -> str:
    """Return the records of one term: those that have it in their text, then in their heads.

    >>> entry([0], []), entry([], [0]), entry([0], [1])
    ('(', '!(', '(!)')
    """
    return f"{encode(text)}{HEAD}{encode(head)}" if head else encode(text)
