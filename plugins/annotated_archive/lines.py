"""Split a captured text into lines that know where they stand."""

import re
from dataclasses import dataclass

_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one line: *start* to *end* with its line end, *text* without, *words* without margins."""

    start: int
    end: int
    text: str
    words: str

    @property
    def indent(self) -> int:
        """Count the columns of white space before the first word, a tab as four."""
        expanded = self.text.expandtabs(4)
        return len(expanded) - len(expanded.lstrip())


def split_lines(text: str) -> tuple[Line, ...]:
    r"""Split *text* at CR LF, CR and LF only; the lines cover every character of it.

    >>> [line.text for line in split_lines("a\r\n\x85b")]
    ['a', '\x85b']
    """
    lines, start = [], 0
    for found in _END.finditer(text):
        body = text[start : found.start()]
        lines.append(Line(start, found.end(), body, body.strip()))
        start = found.end()
    if start < len(text):
        lines.append(Line(start, len(text), text[start:], text[start:].strip()))
    return tuple(lines)


def paragraphs(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """Join lines into paragraphs: a blank line parts them, a line break stays a newline.

    The margin that all lines share is taken away, and white space at the ends of lines.
    """
    margin = _margin([line.text for line in lines if line.words])
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
