"""Prove that nothing withheld is in what is published: search each byte, in every disguise.

All terms are searched at once by an Aho-Corasick automaton, in each reading of a file that
`decoding` yields. What the automaton finds in squeezed text is verified where it stands, so that
letters of neighbouring words do not count. No message holds what was found.
"""

import hashlib
import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ahocorasick_rs import BytesAhoCorasick, Implementation

from .decoding import layers, texts
from .disguises import encodings, spellings
from .errors import Problem
from .folding import SHORT, fold, needs_spaces, squeeze, term_pattern, words_of
from .resolution import Secret

_LOWER = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"abcdefghijklmnopqrstuvwxyz")
_ASCII = bytes(range(128))
_NOT_ALNUM = bytes(code for code in range(128) if not chr(code).isalnum())
_TO_SPACE = bytes(
    ord(chr(code).lower()) if code > 127 or chr(code).isalnum() else 32 for code in range(256)
)
WINDOW = 48
"""Search for so many letters of each end of a longer passage; what is found is verified whole."""
MIRRORED = 8
"""Look for a term's letters in reverse order from so many letters on."""
_RUNS = re.compile(rb"[\x80-\xff]+|[^\x80-\xff]+")
_MOST_STATES = 10_000
"""Make a deterministic automaton of so many patterns: half as fast again, and growing with them."""
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
        self.patterns = [term_pattern(spellings(secret.words), False) for secret in self.secrets]
        self.allowed = [term_pattern(secret.allowed) for secret in self.secrets]

    def _add(self, index: int, secret: Secret) -> None:
        for spelling in spellings(secret.words):
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
            (pattern, channel, secret.redaction) for channel, pattern in encodings(secret.words)
        )

    @cached_property
    def _squeezed_search(self) -> BytesAhoCorasick | None:
        return _automaton([pattern for pattern, *_ in self.squeezed])

    @cached_property
    def _short_search(self) -> BytesAhoCorasick | None:
        return _automaton([pattern for pattern, *_ in self.short])

    @cached_property
    def _raw_search(self) -> BytesAhoCorasick | None:
        return _automaton([pattern for pattern, *_ in self.raw])

    def make_ready(self) -> None:
        """Make now what the first search would make: with many secrets it takes a second."""
        _ = self._squeezed_search, self._short_search
        _ = self._raw_search, self._name_search

    def search(self, data: bytes, path: str) -> tuple[Leak, ...]:
        """Return every leak in the bytes of the file *path*, and in its name."""
        name = _fold_bytes(path.encode("utf-8", "replace"))
        found = {Leak(path, "file name", one) for one, _ in self._in_text(name)}
        for channel, body in layers(data) if self.raw or self.secrets else ():
            found |= {Leak(path, _join(channel, c), r) for c, r in self._in_bytes(body)}
            found |= {Leak(path, _join(channel, c), r) for c, r in self._in_texts(body)}
        found |= {Leak(path, "index tokens", one) for one in self._in_tokens(data, path)}
        return tuple(sorted(found, key=lambda leak: (leak.channel, leak.redaction)))

    def _in_bytes(self, data: bytes) -> Iterator[tuple[str, str]]:
        """Yield the encoded forms that stand in bytes as they are."""
        if self._raw_search is not None:
            for index, *_ in self._raw_search.find_matches_as_indexes(data):
                yield self.raw[index][1], self.raw[index][2]

    def _in_texts(self, body: bytes) -> Iterator[tuple[str, str]]:
        """Yield the redactions whose words stand in a text that bytes may be read as, and how."""
        is_folded = b"\0" not in body[:2048]
        plain = _fold_bytes(body) if is_folded else body
        folded = plain.translate(None, _ASCII) if is_folded else None
        known: dict[bytes, tuple[tuple[str, str], ...]] = {}
        for reading, text in texts(plain):
            if text not in known:  # taking tags away and undoing escapes often commute
                is_same = text.translate(None, _ASCII) == folded
                known[text] = tuple(self._in_text(text if is_same else _fold_bytes(text)))
            yield from ((reading + how, redaction) for redaction, how in known[text])

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
            spaced = b" ".join((b" ", *data.translate(_TO_SPACE).split(), b" "))
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


def _automaton(patterns: Sequence[bytes]) -> BytesAhoCorasick | None:
    if not patterns:
        return None
    kind = Implementation.DFA if len(patterns) < _MOST_STATES else None
    return BytesAhoCorasick(patterns, implementation=kind)


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


def search_folder(
    gate: Gate,
    folder: Path,
    known: frozenset[str] = frozenset(),
    names: Collection[str] | None = None,
) -> Iterator[Leak]:
    """Yield the leaks of every file below *folder*; files whose SHA-256 is *known* are the theme's.

    Where *names* are given, POSIX names below the folder, only these files are searched.
    """
    paths = folder.rglob("*") if names is None else (folder / name for name in names)
    for path in sorted(paths):
        name = os.fsencode(path.relative_to(folder)).decode("utf-8", "replace")
        data = path.read_bytes() if path.is_file() else b""
        if known and data and hashlib.sha256(data).hexdigest() in known:
            continue
        yield from gate.search(data, name)


def search_files(
    secrets: Sequence[Secret],
    digests: Iterable[tuple[str, str]],
    folder: Path,
    names: Collection[str],
    known: frozenset[str] = frozenset(),
) -> tuple[Leak, ...]:
    """Return the leaks of files that are *names* below *folder*: a share of the work for a process."""
    return tuple(search_folder(Gate(secrets, digests), folder, known, names))


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
