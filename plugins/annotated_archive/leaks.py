"""Prove that nothing withheld is in what is published: search each byte, in every disguise.

All terms are searched at once by an Aho-Corasick automaton, in each reading of a file that
`decoding` yields. What the automaton finds in squeezed text is verified where it stands, so that
letters of neighbouring words do not count. No message holds what was found.
"""

import base64
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ahocorasick_rs import BytesAhoCorasick, Implementation

from .decoding import layers, texts
from .errors import Problem
from .folding import SHORT, fold, needs_spaces, squeeze, term_pattern, words_of
from .resolution import Secret

_LOWER = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"abcdefghijklmnopqrstuvwxyz")
_ASCII = bytes(range(128))
_NOT_ALNUM = bytes(code for code in range(128) if not chr(code).isalnum())
_TO_SPACE = bytes(
    ord(chr(code).lower()) if code > 127 or chr(code).isalnum() else 32 for code in range(256)
)
_GERMAN = str.maketrans(
    dict(zip("äöüÄÖÜß", ("ae", "oe", "ue", "Ae", "Oe", "Ue", "ss"), strict=True))
)
WINDOW = 48
"""Search for so many letters of each end of a longer passage; what is found is verified whole."""
MIRRORED = 8
"""Look for a term's letters in reverse order from so many letters on."""
_RUNS = re.compile(rb"[\x80-\xff]+|[^\x80-\xff]+")
_QUOTED_WORD = re.compile(r"[\"'`]([^\"'`\s]{2,40})[\"'`]")


@dataclass(frozen=True, slots=True)
class Leak:
    """Say in which file, by which channel, which redaction's words were found."""

    path: str
    channel: str
    redaction: str


class Gate:
    """Search files for *secrets*; made once, used for every file."""

    def __init__(self, secrets: Sequence[Secret], digests: Iterable[tuple[str, str]] = ()) -> None:
        self.secrets = tuple(secrets)
        self.squeezed: list[tuple[bytes, int, bool]] = []  # letters, secret, reversed
        self.short: list[tuple[bytes, int, bool]] = []  # words between spaces, secret, reversed
        self.raw: list[tuple[bytes, str, str]] = [
            (digest.encode(), "digest of a capture", redaction) for digest, redaction in digests
        ]
        for index, secret in enumerate(self.secrets):
            self._add(index, secret)
        named = ((one.redaction, words_of(one.words)) for one in self.secrets)
        self.names = [
            (redaction, words)
            for redaction, words in named
            if 1 < len(words) < 5 and min(map(len, words)) > 3
        ]
        self.patterns = [term_pattern(_spellings(secret.words), False) for secret in self.secrets]
        self.allowed = [term_pattern(secret.allowed) for secret in self.secrets]

    def _add(self, index: int, secret: Secret) -> None:
        for spelling in _spellings(secret.words):
            letters = squeeze(fold(spelling))
            if not letters:
                literal = spelling.strip().encode()
                if not literal.isascii():
                    self.raw.append((literal, "text", secret.redaction))
            elif len(letters) < SHORT and needs_spaces(letters):
                words = f" {' '.join(words_of(spelling))} "
                self.short.append((words.encode(), index, False))
                if len(letters) == SHORT - 1:
                    self.short.append((words[::-1].encode(), index, True))
            else:
                windows = dict.fromkeys((letters[:WINDOW], letters[-WINDOW:]))
                self.squeezed.extend((window.encode(), index, False) for window in windows)
                if MIRRORED <= len(letters) <= WINDOW:
                    self.squeezed.append((letters[::-1].encode(), index, True))
        self.raw.extend(
            (pattern, channel, secret.redaction) for channel, pattern in _encodings(secret.words)
        )

    @cached_property
    def _squeezed_search(self) -> BytesAhoCorasick | None:
        return BytesAhoCorasick([p for p, *_ in self.squeezed]) if self.squeezed else None

    @cached_property
    def _short_search(self) -> BytesAhoCorasick | None:
        return BytesAhoCorasick([p for p, *_ in self.short]) if self.short else None

    @cached_property
    def _several_short_words(self) -> bool:
        return any(b" " in pattern.strip() for pattern, *_ in self.short)

    @cached_property
    def _raw_search(self) -> BytesAhoCorasick | None:
        patterns = [pattern for pattern, _, _ in self.raw]
        if not patterns:
            return None
        # A deterministic automaton is half as fast again, and its size grows with the patterns.
        kind = Implementation.DFA if len(patterns) < 10_000 else None
        return BytesAhoCorasick(patterns, implementation=kind)

    def search(self, data: bytes, path: str) -> tuple[Leak, ...]:
        """Return every leak in the bytes of the file *path*, and in its name."""
        name = _fold_bytes(path.encode("utf-8", "replace"))
        found = {Leak(path, "file name", one) for one, _ in self._in_text(name)}
        for channel, body in layers(data) if self.raw or self.secrets else ():
            found |= {Leak(path, _join(channel, c), r) for c, r in self._in_bytes(body)}
            plain = body if b"\0" in body[:2048] else _fold_bytes(body)
            folded = None if b"\0" in body[:2048] else plain.translate(None, _ASCII)
            known: dict[bytes, tuple[tuple[str, str], ...]] = {}
            for reading, text in texts(plain):
                if text not in known:  # taking tags away and undoing escapes often commute
                    is_folded = text.translate(None, _ASCII) == folded
                    known[text] = tuple(self._in_text(text if is_folded else _fold_bytes(text)))
                found |= {
                    Leak(path, _join(channel, reading + how), redaction)
                    for redaction, how in known[text]
                }
        found |= {Leak(path, "index tokens", one) for one in self._in_tokens(data, path)}
        return tuple(sorted(found, key=lambda leak: (leak.channel, leak.redaction)))

    def _in_bytes(self, data: bytes) -> Iterator[tuple[str, str]]:
        """Yield the encoded forms that stand in bytes as they are."""
        if self._raw_search is not None:
            for index, *_ in self._raw_search.find_matches_as_indexes(data):
                yield self.raw[index][1], self.raw[index][2]

    def _in_text(self, data: bytes) -> Iterator[tuple[str, str]]:
        """Yield the redactions whose words stand in a folded text, and how they are written."""
        suspects: set[int] = set()
        if self._squeezed_search is not None:
            packed = data.translate(_LOWER, _NOT_ALNUM)
            found = self._squeezed_search.find_matches_as_indexes(packed, overlapping=True)
            hits = {self.squeezed[index][1:] for index, *_ in found}
            suspects |= {index for index, mirrored in hits if not mirrored}
            mirrored = {index for index, mirrored in hits if mirrored} - suspects
            yield from ((self.secrets[index].redaction, ", reversed") for index in mirrored)
        if self._short_search is not None:
            spaced = b" " + data.translate(_TO_SPACE) + b" "
            if self._several_short_words:
                spaced = b" ".join((b" ", *spaced.split(), b" "))
            found = self._short_search.find_matches_as_indexes(spaced, overlapping=True)
            whole = {self.short[index][1:] for index, *_ in found}
            suspects |= {index for index, mirrored in whole if not mirrored}
            mirrored = {index for index, mirrored in whole if mirrored} - suspects
            yield from ((self.secrets[index].redaction, ", reversed") for index in mirrored)
        if suspects:
            text = fold(data.decode("utf-8", "replace"))
            yield from ((self.secrets[i].redaction, "") for i in suspects if self._stands(i, text))

    def _stands(self, index: int, text: str) -> bool:
        """Tell whether a secret stands in folded text, outside what its editor allows."""
        spans = [found.span() for found in self.patterns[index].finditer(text)]
        if not self.secrets[index].allowed:
            return bool(spans)
        allowed = [found.span() for found in self.allowed[index].finditer(text)]
        return any(
            not any(first <= start and end <= last for first, last in allowed)
            for start, end in spans
        )

    def _in_tokens(self, data: bytes, path: str) -> Iterator[str]:
        """Yield names whose words all stand alone in a file of data: a search index."""
        if not self.names or not path.endswith((".js", ".json")):
            return
        if not self._name_search.find_matches_as_indexes(data.lower()):
            return
        tokens = {fold(word) for word in _QUOTED_WORD.findall(data.decode("utf-8", "replace"))}
        for redaction, words in self.names:
            if all(word in tokens for word in words):
                yield redaction

    @cached_property
    def _name_search(self) -> BytesAhoCorasick:
        return BytesAhoCorasick([words[-1].encode() for _, words in self.names] or [b"\0"])


class _Folds(dict[bytes, bytes]):
    """Remember what runs of bytes that are not ASCII fold to; separators fold to spaces."""

    def __missing__(self, run: bytes) -> bytes:
        folded = fold(fold(run.decode("utf-8", "replace")))  # twice, and it is folded for good
        kept = "".join(char if char.isalnum() else " " for char in folded)
        if len(self) > 65536:
            self.clear()
        self[run] = kept.encode("utf-8", "replace")
        return self[run]


_FOLDS = _Folds()


def _fold_bytes(data: bytes) -> bytes:
    """Fold what is not ASCII in UTF-8 text; what is ASCII needs only lower case."""
    if data.isascii():
        return data
    runs = _RUNS.findall(data)
    first = 0 if runs[0][0] > 127 else 1
    runs[first::2] = map(_FOLDS.__getitem__, runs[first::2])
    return b"".join(runs)


def _join(channel: str, reading: str) -> str:
    return f"{channel} > {reading}" if channel else reading


def _spellings(words: str) -> tuple[str, ...]:
    """Return how a term may be spelled by those who write without its letters.

    >>> _spellings("Jürgen Groß")
    ('Jürgen Groß', 'Jurgen Gross', 'Juergen Gross')
    """
    from unidecode import unidecode

    german = words.translate(_GERMAN)
    plain = unidecode(words)
    return tuple(dict.fromkeys(one for one in (words, plain, unidecode(german)) if one.strip()))


def _encodings(words: str) -> Iterator[tuple[str, bytes]]:
    """Yield what a term becomes in encodings that hide its letters, with the channel's name."""
    if len(squeeze(fold(words))) < 4 or len(words) > 200:
        return
    forms = dict.fromkeys(
        form
        for spelling in _spellings(words)
        for form in (spelling, spelling.lower(), spelling.upper(), spelling.title())
    )
    for form in forms:
        plain = form.encode()
        for codec in ("utf-16-le", "utf-16-be"):
            yield "UTF-16", form.encode(codec)
        yield "hexadecimal", plain.hex().encode()
        yield "hexadecimal", plain.hex().upper().encode()
        if len(plain) >= 5:
            for body in (plain, form.encode("utf-16-le")):
                yield from (("base64", run) for run in _base64_runs(body))
        for name in ("md5", "sha1", "sha256"):
            digest = hashlib.new(name, plain, usedforsecurity=False)
            yield f"{name} digest", digest.hexdigest().encode()
            yield f"{name} digest", digest.hexdigest().upper().encode()
            yield f"{name} digest", base64.b64encode(digest.digest()).rstrip(b"=")


def _base64_runs(body: bytes) -> Iterator[bytes]:
    """Yield the part of base64 text that *body* alone decides, at each of three alignments."""
    for skip in range(3):
        encoded = base64.b64encode(b"\0" * skip + body).rstrip(b"=")
        first = (0, 2, 3)[skip]
        last = (skip + len(body)) * 8 // 6
        run = encoded[first:last]
        if len(run) >= 6:
            yield run
            safe = run.translate(bytes.maketrans(b"+/", b"-_"))
            if safe != run:
                yield safe


def search_folder(gate: Gate, folder: Path, known: frozenset[str] = frozenset()) -> Iterator[Leak]:
    """Yield the leaks of every file below *folder*; files whose SHA-256 is *known* are the theme's."""
    for path in sorted(folder.rglob("*")):
        name = os.fsencode(path.relative_to(folder)).decode("utf-8", "replace")
        data = path.read_bytes() if path.is_file() else b""
        if known and data and hashlib.sha256(data).hexdigest() in known:
            continue
        yield from gate.search(data, name)


def leak_problems(leaks: Iterable[Leak]) -> tuple[Problem, ...]:
    """Return one problem for each leak, which says where, and not what."""
    return tuple(
        Problem(
            "leak",
            f"holds what redaction '{leak.redaction}' withholds, by way of: {leak.channel}",
            path=leak.path,
            remedy="withhold it there too, or list the place under the redaction's allow:",
        )
        for leak in leaks
    )
