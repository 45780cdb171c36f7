"""Read the comments of one article from a Disqus export: its threads, and the posts in them.

Disqus knows an article by an address, and has none of its words. An export of a whole site is a
container; of it, the first article with comments is read. Names and words enter the capture alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..errors import Unreadable
from ..exported.export_accounts import ExportAccounts
from ..exported.export_notes import left_out_note, repair_notes
from ..exported.export_times import iso_stamp
from ..exported.exported_html import prose_of
from ..exported.exported_xml import Element, XmlText, scan
from ..html.addresses import public_address
from ..model import Capture, CapturedComment, Note
from .base import CaptureFormat, Guide
from .wxr import title_words

OPAQUE = frozenset(["message", "title", "name"])
"""Fields whose markup is their text, in CDATA or not."""

_START = re.compile(rb"[^<]{0,16}<(?:\?xml|disqus|!--|!DOCTYPE)", re.IGNORECASE)
_NO = frozenset(["", "false", "0"])
_BREAKS = re.compile(r"<(?:p|br|div|ul|ol|blockquote)\b", re.IGNORECASE)
_POST_FIELDS = frozenset(["id", "message", "createdAt", "parent", "thread"])
_PRIVATE = frozenset(["author", "ipAddress"])


@dataclass(frozen=True, slots=True)
class ThreadFacts:
    """Hold what a thread says of itself: its id, its article's address and title."""

    id: str
    link: str
    title: str
    is_deleted: bool


def sniff(data: bytes) -> bool:
    """Tell a Disqus export by its root.

    >>> sniff(b'<?xml version="1.0"?><disqus xmlns="http://disqus.com">')
    True
    """
    head = data[:65536]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "replace").encode("utf-8", "replace")
    head = head.removeprefix(b"\xef\xbb\xbf")
    return bool(_START.match(head)) and bool(re.search(rb"<disqus[\s>]", head))


def thread_facts(xml: XmlText, thread: Element) -> ThreadFacts:
    """Return a thread's own id (``dsq:id``, not the site's ``id``), its link and its title."""
    link, title = xml.value(thread.first("link")).strip(), title_words(xml, thread.first("title"))
    is_deleted = xml.value(thread.first("isDeleted")).strip().lower() not in _NO
    return ThreadFacts(thread.attributes.get("id", ""), link, title, is_deleted)


def article_key(link: str) -> str:
    """Return what the addresses of one article share: no scheme, no tracking words.

    >>> article_key("http://www.a.example/b/?utm_source=feed"), article_key("")
    ('a.example/b/', '')
    """
    address = public_address(link).partition("#")[0]
    scheme, mark, rest = address.partition("://")
    return (rest if mark else scheme).removeprefix("www.")


def thread_key(facts: ThreadFacts) -> str:
    """Return what threads of one article share: its address, or the thread's own id."""
    return article_key(facts.link) or f"thread {facts.id}"


def read_disqus(data: bytes, captured: str | None = None) -> Capture:
    """Read one article's comments; raise `Unreadable` where the export has no thread and no post."""
    xml = scan(data, OPAQUE)
    elements = list(_elements(xml))
    threads = [one for one in elements if one.name == "thread"]
    posts = [one for one in elements if one.name == "post"]
    if not threads and not posts:
        remedy = "export the comments again"
        raise Unreadable("no-item", "the export holds no thread", remedy=remedy)
    facts = [thread_facts(xml, one) for one in threads]
    own = _choose(facts, [_thread_of(one) for one in posts])
    accounts = ExportAccounts(xml)
    _account_threads(accounts, threads, facts, own)
    mine = _own_posts(accounts, posts, {one.id for one in own}, facts)
    comments, left_out = _comments(xml, mine, accounts)
    entries, shown, remainder = accounts.settle()
    others = len({thread_key(one) for one in facts if one not in own})
    links = (one.link for one in own if one.link.startswith(("http://", "https://")))
    return Capture(
        characters=len(xml.text),
        title=next((one.title for one in own if one.title), None),
        comments=comments,
        declared=len(comments),
        source=next(links, None),
        entries=entries,
        furniture=shown,
        remainder=remainder,
        notes=(*repair_notes(xml), *_others_note(others), *left_out_note(left_out)),
    )


def _elements(xml: XmlText) -> Iterator[Element]:
    """Yield the threads and posts, wherever a broken file has put them."""
    waiting = [xml.root]
    while waiting:
        one = waiting.pop()
        if one.name in ("thread", "post"):
            yield one
        else:
            waiting += reversed(one.children)


def _thread_of(post: Element) -> str:
    thread = post.first("thread")
    return thread.attributes.get("id", "") if thread else ""


def _choose(facts: Sequence[ThreadFacts], talked: Sequence[str]) -> list[ThreadFacts]:
    """Return the threads of the first article that has posts, else of the first article."""
    kept = [one for one in facts if not one.is_deleted]
    first = next((one for one in kept if one.id in set(talked)), kept[0] if kept else None)
    return [one for one in kept if first and thread_key(one) == thread_key(first)]


def _account_threads(
    accounts: ExportAccounts,
    threads: Sequence[Element],
    facts: Sequence[ThreadFacts],
    own: Sequence[ThreadFacts],
) -> None:
    for thread, fact in zip(threads, facts, strict=True):
        if fact not in own:
            name = "deleted threads" if fact.is_deleted else "other items"
            accounts.put(thread, "furniture", name)
            continue
        for one in thread.children:
            if one.name in _PRIVATE:
                accounts.put(one, "furniture", "private fields")
            elif one.name in ("link", "title"):
                accounts.put_text(one, "article", "thread")
            else:
                accounts.put_text(one, "furniture", "export fields")


def _own_posts(
    accounts: ExportAccounts, posts: Sequence[Element], own: set[str], facts: Sequence[ThreadFacts]
) -> list[Element]:
    """Return the posts of one's own threads, and put the others on an account of their own.

    Where the file has no thread at all, its posts are all of one.
    """
    found = []
    deleted = {one.id for one in facts if one.is_deleted}
    for post in posts:
        thread = _thread_of(post)
        if not facts or thread in own:
            found.append(post)
        else:
            name = "deleted threads" if thread in deleted else "other items"
            accounts.put(post, "furniture", name)
    return found


def _comments(
    xml: XmlText, posts: Sequence[Element], accounts: ExportAccounts
) -> tuple[tuple[CapturedComment, ...], Mapping[str, int]]:
    left_out: dict[str, int] = {}
    public = []
    for post in posts:
        why = left_out_reason(xml, post)
        if why:
            left_out[why] = left_out.get(why, 0) + 1
            accounts.put(post, "furniture", why)
            continue
        public.append(post)
        _account_post(accounts, post, len(public))
    known = {(_thread_of(post), post.attributes.get("id", "")) for post in public}
    return tuple(_comment(xml, post, known) for post in public), left_out


def left_out_reason(xml: XmlText, post: Element) -> str:
    """Say why a post is not public, or return an empty string."""

    def says(name: str) -> bool:
        return xml.value(post.first(name)).strip().lower() not in _NO

    if says("isDeleted"):
        return "comments deleted"
    if says("isSpam"):
        return "comments in spam"
    approved = post.first("isApproved")
    is_waiting = approved is not None and xml.value(approved).strip().lower() in _NO
    return "comments not approved" if is_waiting else ""


def _account_post(accounts: ExportAccounts, post: Element, number: int) -> None:
    for one in post.children:
        if one.name == "author":
            name = one.first("name")
            accounts.put_around(one, name, "private fields")
            if name:
                accounts.put_text(name, "comment", f"comment {number}")
        elif one.name in _PRIVATE:
            accounts.put(one, "furniture", "private fields")
        elif one.name in _POST_FIELDS:
            accounts.put_text(one, "comment", f"comment {number}")
        else:
            accounts.put_text(one, "furniture", "export fields")


def _comment(xml: XmlText, post: Element, known: set[tuple[str, str]]) -> CapturedComment:
    own, author, parent = post.attributes.get("id", ""), post.first("author"), post.first("parent")
    message = xml.value(post.first("message"))
    text, styles = prose_of(message, keeps_breaks=not _BREAKS.search(message))
    answered = parent.attributes.get("id", "") if parent else ""
    is_known = (_thread_of(post), answered) in known and answered != own
    return CapturedComment(
        author=title_words(xml, author.first("name")) if author else "",
        text=text,
        stamp=iso_stamp(xml.value(post.first("createdAt"))),
        source_id=own,
        reply_to=answered if is_known else "",
        styles=styles,
    )


def _others_note(count: int) -> Iterator[Note]:
    if count:
        other = "1 other item" if count == 1 else f"{count} other items"
        yield Note("other-items", f"The export holds {other}, not read here.")


FORMAT = CaptureFormat(
    "disqus",
    sniff,
    read_disqus,
    Guide(
        about="The comments of one article in a Disqus export",
        recognised="`<disqus>` with the name space of Disqus",
        reads=(
            "every post that is neither deleted nor spam, with its id, author, time, text and thread",
            "several threads of one address, as one",
        ),
        lacks=(
            "the article: add the page itself as a further capture of the item",
            "deleted posts and spam: they are counted, and never shown",
            "addresses and IP numbers of commenters: they are never read",
        ),
        make=(
            "In Disqus: Moderate, Export comments; a file arrives by mail",
            "`invoke capture disqus.xml --select rain --item rain` adds a thread to the item `rain`",
        ),
    ),
)
