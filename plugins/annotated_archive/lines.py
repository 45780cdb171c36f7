"""Split a captured text into lines that know where they stand."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate
from typing import NamedTuple

_END = re.compile(r"\r\n|\r|\n")


class Line(NamedTuple):
    """Hold one line: *start* to *end* with its line end, *text* without, *words* without margins.

    It is a tuple, which is made three times as fast as a dataclass: a large page has 100,000 lines.
    """

    start: int
    end: int
    text: str
    words: str

    @property
    def indent(self) -> int:
        """Count the columns of white space before the first word, a tab as four."""
        expanded = self.text.expandtabs(4)
        return len(expanded) - len(expanded.lstrip())


_make: Callable[[tuple[int, int, str, str]], Line] = partial(tuple.__new__, Line)
"""Make a line, without a call of Python code for each."""


def split_lines(text: str) -> tuple[Line, ...]:
    r"""Split *text* at CR LF, CR and LF only; the lines cover every character of it.

    >>> [line.text for line in split_lines("a\r\n\x85b")]
    ['a', '\x85b']
    """
    if "\r" in text:
        bodies = _END.split(text)
        ends = [found.end() for found in _END.finditer(text)]
    else:
        bodies = text.split("\n")
        ends = [*accumulate(len(body) + 1 for body in bodies[:-1])]
    if bodies[-1]:
        ends.append(len(text))
    starts = [0, *ends]
    parts = zip(starts, ends, bodies, map(str.strip, bodies), strict=False)
    return tuple(map(_make, parts))


def paragraphs(lines: Sequence[Line]) -> tuple[str, ...]:
    """Join lines into paragraphs: a blank line parts them, a line break stays a newline.

    The margin that all lines share is taken away, and white space at the ends of lines.
    """
    texts = [line.text for line in lines if line.words]
    if len(texts) == 1:
        return (texts[0].strip(),)
    margin = _margin(texts)
    groups: list[list[str]] = [[]]
    for line in lines:
        if line.words:
            groups[-1].append(line.text[margin:].rstrip())
        elif groups[-1]:
            groups.append([])
    return tuple("\n".join(group) for group in groups if group)


def _margin(texts: list[str]) -> int:
    """Count the characters of white space that all *texts* begin with alike."""
    margin = texts[0][: len(texts[0]) - len(texts[0].lstrip())] if texts else ""
    for text in texts:
        while not text.startswith(margin):
            margin = margin[:-1]
    return len(margin)
