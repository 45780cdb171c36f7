"""Show characters that break or deceive as visible, harmless marks.

C0 and C1 controls other than tab and newline would end a feed or move a terminal's cursor; bidi
overrides and isolates make text read other than it is; zero-width characters hide in names, but for
the joiners that some scripts and pictures need; the two noncharacters are not XML.
The capture keeps the characters themselves; what is published shows the marks.
"""

import re

from .model import Note

_JOINED = "\u0300-\u036f\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u18af\ufb1d-\ufdff\ufe70-\ufefc\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
"""Letters and pictures that a zero-width joiner or non-joiner shapes."""
_DECEIVING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
    "\u200b\u2060-\u2064\ufeff\U000e0000-\U000e007f]"
    f"|(?<![{_JOINED}])[\u200c\u200d]"
)


def _mark(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"⟦U+{code:04X}⟧"


def deceiving(text: str) -> str:
    r"""Return the names of characters that break or deceive, or an empty string.

    >>> deceiving("a\x07b"), deceiving("a")
    ('U+0007', '')
    """
    if text.replace("\n", "").isprintable():
        return ""
    found = dict.fromkeys(f"U+{ord(char):04X}" for char in _DECEIVING.findall(text))
    return ", ".join(found)


def show_marks(text: str) -> str:
    r"""Replace each character that breaks or deceives by a mark.

    >>> show_marks("a\x1bb\u202ec")
    'a␛b⟦U+202E⟧c'
    """
    if text.isprintable() or text.replace("\n", "").isprintable():  # what breaks or deceives is not
        return text
    return _DECEIVING.sub(_mark, text)


def marks_note(texts: list[str]) -> tuple[Note, ...]:
    r"""Return a note on the characters of *texts* that are shown as marks, if there are any.

    >>> marks_note(["a\x07", "\x07"])[0].text
    'Characters that cannot be shown safely are shown as marks: U+0007 (2 times).'
    """
    if "".join(texts).replace("\n", "").isprintable():  # what breaks or deceives is not
        return ()
    counts: dict[str, int] = {}
    for text in texts:
        for char in _DECEIVING.findall(text):
            counts[char] = counts.get(char, 0) + 1
    if not counts:
        return ()
    listed = ", ".join(
        f"U+{ord(char):04X} ({count} time{'s' if count > 1 else ''})"
        for char, count in sorted(counts.items())
    )
    return (Note("marks", f"Characters that cannot be shown safely are shown as marks: {listed}."),)
