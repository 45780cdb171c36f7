"""Find the articles in a Disqus export, with the threads and the posts of each."""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO

from ..captures.base import Guide
from ..captures.disqus import OPAQUE, ThreadFacts, sniff, thread_facts, thread_key
from ..errors import Problem
from ..exported.exported_xml import scan
from .base import Contained, Container, Progress, refused
from .limits import MAX_HEADER, MAX_ITEM
from .opened import opened
from .ranges import Range, find_elements, read_range

END = b"\n</disqus>\n"
_THREAD_OF = re.compile(rb"<thread\b[^<>]*?\bid\s*=\s*[\"']?([^\"'\s/>]{1,64})")
_ORPHANS = "posts without a thread"


@dataclass(slots=True)
class _Article:
    """Gather where the threads and the posts of one article stand in the export."""

    key: str
    link: str = ""
    title: str = ""
    state: str = ""
    posts: int = 0
    ranges: "array[int]" = field(default_factory=lambda: array("Q"))

    def add(self, one: Range) -> None:
        """Add one element's place."""
        self.ranges.extend((one.start, one.end))

    @property
    def size(self) -> int:
        """Return how many bytes its elements have, each on a line of its own."""
        return sum(self.ranges[1::2]) - sum(self.ranges[::2]) + max(len(self.ranges) // 2 - 1, 0)

    @property
    def places(self) -> list[tuple[int, int]]:
        """Return where its elements stand, in order."""
        return list(zip(self.ranges[::2], self.ranges[1::2], strict=True))


@dataclass(slots=True)
class _Index:
    """Know which article each thread belongs to."""

    articles: dict[str, _Article] = field(default_factory=dict)
    of_thread: dict[str, str] = field(default_factory=dict)
    start: int = -1

    def add(self, one: Range) -> None:
        """Put one element where it belongs; a post may come before its thread."""
        if self.start < 0:
            self.start = one.start
        data = one.data or b""
        if one.name == "thread":
            self._add_thread(one, _facts(data))
        else:
            found = _THREAD_OF.search(_outside_message(data))
            thread = found[1].decode("utf-8", "replace") if found else ""
            article = self._article(self.of_thread.get(thread, f"\0{thread}"))
            article.posts += 1
            article.add(one)

    def _add_thread(self, one: Range, facts: ThreadFacts) -> None:
        key = f"deleted {facts.id}" if facts.is_deleted else thread_key(facts)
        self.of_thread[facts.id] = key
        article = self._article(key)
        article.link = article.link or facts.link
        article.title = article.title or facts.title
        article.state = "deleted" if facts.is_deleted else ""
        article.add(one)
        early = self.articles.pop(f"\0{facts.id}", None)
        if early:
            article.ranges.extend(early.ranges)
            article.posts += early.posts

    def _article(self, key: str) -> _Article:
        return self.articles.setdefault(key, _Article(key))

    def settle(self) -> list[_Article]:
        """Return all articles; posts whose thread is missing come last, together."""
        orphans = _Article(_ORPHANS, state="thread missing")
        found = []
        for key, article in self.articles.items():
            if key.startswith("\0"):
                orphans.ranges.extend(article.ranges)
                orphans.posts += article.posts
            else:
                found.append(article)
        return [*found, *([orphans] if orphans.posts else [])]


def _facts(data: bytes) -> ThreadFacts:
    xml = scan(data, OPAQUE)
    thread = xml.root.first("thread")
    return thread_facts(xml, thread) if thread else ThreadFacts("", "", "", False)


def _outside_message(data: bytes) -> bytes:
    """Return a post without its message, which may show markup of its own."""
    start, end = data.find(b"<message"), data.rfind(b"</message")
    return data[:start] + data[end:] if 0 <= start < end else data


def entries(path: Path, progress: Progress) -> Iterator[Contained | Problem]:
    """Yield the articles of an export, in the order of their first threads."""
    index = _Index()
    with opened(path, progress) as file:
        total = file.seek(0, 2)
        file.seek(0)
        names = ["thread", "post"]
        for one in find_elements(file, names, lambda done: progress(done, total, "reading posts")):
            index.add(one)
        if index.start > MAX_HEADER:
            raise refused(
                f"the export's header has {index.start:,} bytes, more than {MAX_HEADER:,}"
            )
        file.seek(0)
        header = file.read(max(index.start, 0))
        for article in index.settle():
            yield _entry(path, header, article, file)


def _entry(path: Path, header: bytes, article: _Article, file: IO[bytes]) -> Contained:
    size = article.size + len(header) + len(END)
    state = article.state or ("" if article.posts else "no comments")
    first = str(article.places[0][0])
    return Contained(
        key=article.key,
        address=article.link if article.link.startswith(("http://", "https://")) else "",
        title=article.title,
        captured=None,
        format="disqus",
        size=size,
        read=partial(_read, path, header, article, file),
        provenance={"record": article.key, "offset": first},
        state="too large" if size > MAX_ITEM else state,
    )


def _read(path: Path, header: bytes, article: _Article, file: IO[bytes]) -> bytes:
    """Return an article's part of the export: the header, its threads and posts, and the end."""
    if not file.closed:
        return _joined(file, header, article)
    with opened(path, lambda done, total, words: None) as again:
        return _joined(again, header, article)


def _joined(file: IO[bytes], header: bytes, article: _Article) -> bytes:
    if article.size > MAX_ITEM:
        raise refused(f"the article's comments have more than {MAX_ITEM:,} bytes")
    parts = [read_range(file, start, end) for start, end in sorted(article.places)]
    return header + b"\n".join(parts) + END


CONTAINER = Container(
    "disqus",
    sniff,
    entries,
    Guide(
        about="A Disqus export of many threads",
        recognised="as the format of one article's comments",
        reads=("the threads of each address with their posts, whose own bytes become its capture",),
        lacks=("threads without posts, unless `--everything` is given",),
        make=("In Disqus: Moderate, Export comments",),
    ),
)
