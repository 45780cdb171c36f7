"""Account for every character of an export: what is read, and what is only counted."""

from ..model import Account, Entry, Passage
from .exported_xml import Element, XmlText


class ExportAccounts:
    """Collect which account each part of an export belongs to; the rest is its markup."""

    def __init__(self, xml: XmlText) -> None:
        self.xml = xml
        self.spans: list[tuple[int, int, Account, str]] = []
        self.shown: list[Passage] = []

    def put(self, element: Element, account: Account, name: str) -> None:
        """Put a whole element on an account, tags and all."""
        self.spans.append((element.start, element.end, account, name))

    def put_text(
        self, element: Element, account: Account, name: str, is_shown: bool = False
    ) -> None:
        """Put the text of an element on an account, and of all that stands in it."""
        self.spans += [(start, end, account, name) for start, end, _ in element.pieces]
        for child in element.children:
            self.put_text(child, account, name)
        words = self.xml.value(element).strip() if is_shown else ""
        if words:
            self.shown.append(Passage(name, words))

    def put_around(self, element: Element, inner: Element | None, name: str) -> None:
        """Put an element on an account of furniture, but for the one that stands in it."""
        start = element.start
        for one_start, one_end, _ in inner.pieces if inner else ():
            self.spans.append((start, one_start, "furniture", name))
            start = one_end
        self.spans.append((start, element.end, "furniture", name))

    def settle(self) -> tuple[tuple[Entry, ...], tuple[Passage, ...], tuple[Passage, ...]]:
        """Return entries that cover every character once, shown furniture, and remainder."""
        covered = sorted(span for span in self.spans if span[0] < span[1])
        remainder = self._remainder(covered)
        covered = sorted([*covered, *((*one, "remainder", "not understood") for one in remainder)])
        entries: list[Entry] = []
        at = 0
        for start, end, account, name in covered:
            if end > at:
                _add(entries, at, max(start, at), "furniture", "export markup")
                _add(entries, max(start, at), end, account, name)
                at = end
        _add(entries, at, len(self.xml.text), "furniture", "export markup")
        kept = [self.xml.text[start:end].strip() for start, end in remainder]
        passages = tuple(Passage("not understood", text) for text in kept)
        return tuple(entries), tuple(self.shown), passages

    def _remainder(self, covered: list[tuple[int, int, Account, str]]) -> list[tuple[int, int]]:
        """Return the text between elements that no account has."""
        found, place = [], 0
        for start, end in sorted(self.xml.stray):
            while place < len(covered) and covered[place][1] <= start:
                place += 1
            if place == len(covered) or covered[place][0] >= end:
                found.append((start, end))
        return found


def _add(entries: list[Entry], start: int, end: int, account: Account, name: str) -> None:
    if start >= end:
        return
    last = entries[-1] if entries else None
    if last and (last.account, last.name) == (account, name):
        entries[-1] = Entry(last.start, end, account, name)
    else:
        entries.append(Entry(start, end, account, name))
