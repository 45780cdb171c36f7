"""Read one item of a WordPress export (WXR 1.0 to 1.2): a post or page with its comments.

A file that holds several items is a container; of it, the first published post is read. Only names
and words enter the capture: addresses, IP numbers, passwords and what plugins stored are counted.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..errors import Unreadable
from ..exported.export_accounts import ExportAccounts
from ..exported.export_notes import left_out_note, repair_notes
from ..exported.export_times import header_time, stamp_of, utc_of
from ..exported.exported_html import blocks_of, on_one_line, plain_words, prose_of
from ..exported.exported_xml import Element, XmlText, scan
from ..model import Capture, CapturedComment, CommentKind, Note, Stamp
from .base import CaptureFormat, Guide

OPAQUE = frozenset(["encoded", "title", "comment_content", "comment_author", "cat_name"])
"""Fields whose markup is their text, in CDATA or not."""

_KINDS: Mapping[str, CommentKind] = {
    "": "comment",
    "comment": "comment",
    "review": "comment",
    "pingback": "pingback",
    "trackback": "trackback",
}
_LEFT_OUT = {
    "spam": "comments in spam",
    "trash": "comments in the trash",
    "post-trashed": "comments in the trash",
}
_ITEM_FIELDS = frozenset(["title", "link", "creator", "category", "pubDate"])
_TIMES = frozenset(["post_date", "post_date_gmt"])
_COMMENT_FIELDS = frozenset(
    ["comment_id", "comment_author", "comment_date", "comment_date_gmt",
     "comment_content", "comment_type", "comment_parent"]
)  # fmt: skip
_PRIVATE = frozenset(
    ["author", "postmeta", "commentmeta", "post_password", "comment_author_email",
     "comment_author_url", "comment_author_IP", "comment_user_id", "comment_agent"]
)  # fmt: skip
_TECHNICAL = frozenset(
    ["attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset",
     "oembed_cache", "user_request", "feedback", "scheduled-action"]
)  # fmt: skip
_TECHNICAL_PREFIXES = ("wp_", "shop_", "acf", "_", "jp_", "wpcf", "elementor_", "oembed_")
_TAG_DOMAINS = ("tag", "post_tag")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_START = re.compile(rb"\s*(?:`|\xef\xbb\xbf)?\s*<(?:\?xml|rss|!--|!DOCTYPE)", re.IGNORECASE)
_EXPORT = re.compile(rb"wordpress\.org/export/[0-9]|<\w+:wxr_version>")


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """Hold what an item says of itself: *state* is empty where it is public, else says why not."""

    kind: str
    state: str
    slug: str
    title: str
    link: str


def sniff(data: bytes) -> bool:
    r"""Tell a WordPress export by its namespace.

    >>> sniff(b'<?xml version="1.0"?>\n<rss xmlns:x="http://wordpress.org/export/1.0/">')
    True
    """
    head = data[:65536]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "replace").encode("utf-8", "replace")
    return bool(_START.match(head)) and b"<rss" in head and bool(_EXPORT.search(head))


def item_facts(xml: XmlText, item: Element) -> ItemFacts:
    """Return what decides whether an item is published, and under what name."""
    kind = _value(xml, item, "post_type") or "post"
    status = _value(xml, item, "status") or "publish"
    state = "" if status in ("publish", "inherit") else status
    state = "password" if not state and _value(xml, item, "post_password") else state
    title = next((one for one in item.all("title") if not one.space), None)
    link = next((one for one in item.all("link") if not one.space), None)
    slug = _value(xml, item, "post_name")
    return ItemFacts(kind, state, slug, title_words(xml, title), xml.value(link).strip())


def is_page(facts: ItemFacts) -> bool:
    """Tell whether an item is of a kind that a site shows as a page of its own."""
    return facts.kind not in _TECHNICAL and not facts.kind.startswith(_TECHNICAL_PREFIXES)


def title_words(xml: XmlText, element: Element | None) -> str:
    """Return a title or a name: HTML where it stands in CDATA, else text."""
    if element is None:
        return ""
    value = xml.value(element)
    return plain_words(value) if xml.is_literal(element) else on_one_line(value)


def _value(xml: XmlText, item: Element, name: str) -> str:
    return xml.value(item.first(name)).strip()


def items_of(xml: XmlText) -> list[Element]:
    """Return all items, wherever a broken file has put them."""
    found, waiting = [], [xml.root]
    while waiting:
        one = waiting.pop()
        if one.name == "item":
            found.append(one)
        else:
            waiting += reversed(one.children)
    return found


def read_wxr(data: bytes, captured: str | None = None) -> Capture:
    """Read one item of an export; raise `Unreadable` where it holds none."""
    xml = scan(data, OPAQUE)
    items = items_of(xml)
    if not items:
        remedy = "export the site again, with its posts"
        raise Unreadable("no-item", "the export holds no post or page", remedy=remedy)
    facts = [item_facts(xml, item) for item in items]
    chosen = _choose(facts)
    item, others = items[chosen], [one for at, one in enumerate(items) if at != chosen]
    accounts = ExportAccounts(xml)
    channel = next((one for one in xml.root.children if one.name == "rss"), xml.root)
    channel = channel.first("channel") or channel
    _account_channel(accounts, channel, item, others)
    comments, left_out = _comments(xml, item, accounts)
    entries, passages, remainder = accounts.settle()
    notes = (*repair_notes(xml), *_state_note(facts[chosen]), *_others_note(others))
    return Capture(
        characters=len(xml.text),
        title=facts[chosen].title or None,
        stamp=_stamp(xml, item),
        authors=tuple(filter(None, [_author(xml, channel, item)])),
        filed_under=_terms(xml, item)[0],
        tags=_terms(xml, item)[1],
        blocks=blocks_of(xml.value(_content(item))),
        comments=comments,
        declared=len(comments),
        source=facts[chosen].link
        if facts[chosen].link.startswith(("http://", "https://"))
        else None,
        captured=_exported(xml, channel, items[0].start),
        language=_language(xml, channel),
        entries=entries,
        furniture=passages,
        remainder=remainder,
        notes=(*notes, *left_out_note(left_out)),
    )


def _choose(facts: Sequence[ItemFacts]) -> int:
    """Return the first published page, else the first page, else the first item."""
    pages = [at for at, one in enumerate(facts) if is_page(one)]
    return next((at for at in pages if not facts[at].state), pages[0] if pages else 0)


def _content(item: Element) -> Element | None:
    """Return the item's own words; its excerpt has the same local name."""
    return next((one for one in item.all("encoded") if "excerpt" not in one.space), None)


def _stamp(xml: XmlText, item: Element) -> Stamp | None:
    local, gmt = _value(xml, item, "post_date"), _value(xml, item, "post_date_gmt")
    return stamp_of(local, gmt, _value(xml, item, "pubDate"))


def _author(xml: XmlText, channel: Element, item: Element) -> str:
    """Return the name that the author of an item is shown by, else the one he logs in with."""
    login = title_words(xml, item.first("creator"))
    for author in channel.all("author"):
        if login and _value(xml, author, "author_login") == login:
            return title_words(xml, author.first("author_display_name")) or login
    return login


def _terms(xml: XmlText, item: Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the categories and the tags, each once; before WXR 1.1 each stood twice."""
    found = [(one.attributes.get("domain"), title_words(xml, one)) for one in item.all("category")]
    tags = dict.fromkeys(name for domain, name in found if domain in _TAG_DOMAINS and name)
    filed = dict.fromkeys(
        name
        for domain, name in found
        if name and (domain == "category" or (not domain and name not in tags))
    )
    return tuple(filed), tuple(tags)


def _exported(xml: XmlText, channel: Element, end: int) -> str | None:
    """Return when the export was made; before WXR 1.1 pubDate is that of the latest post."""
    version = _value(xml, channel, "wxr_version")
    published = _value(xml, channel, "pubDate") if version != "1.0" else ""
    return header_time(xml.text[: min(end, 65536)], utc_of(published))


def _language(xml: XmlText, channel: Element) -> str:
    language = _value(xml, channel, "language").replace("_", "-")
    return language if _LANGUAGE.fullmatch(language) else ""


def _account_channel(
    accounts: ExportAccounts, channel: Element, item: Element, others: Sequence[Element]
) -> None:
    for other in others:
        accounts.put(other, "furniture", "other items")
    for one in channel.children:
        if one.name == "author":
            accounts.put(one, "furniture", "private fields")
        elif one.name != "item":
            accounts.put_text(one, "furniture", "export fields")
    for one in item.children:
        if one.name == "encoded" and "excerpt" in one.space:
            accounts.put_text(one, "furniture", "excerpt", is_shown=True)
        elif one.name == "encoded" or one.name in _ITEM_FIELDS | _TIMES:
            accounts.put_text(one, "article", "post")
        elif one.name in _PRIVATE:
            accounts.put(one, "furniture", "private fields")
        elif one.name != "comment":
            accounts.put_text(one, "furniture", "export fields")


def _comments(
    xml: XmlText, item: Element, accounts: ExportAccounts
) -> tuple[tuple[CapturedComment, ...], dict[str, int]]:
    """Return the approved comments, and how many were left out, by why."""
    left_out: dict[str, int] = {}
    approved = []
    for element in item.all("comment"):
        why = _left_out(xml, element)
        if why:
            left_out[why] = left_out.get(why, 0) + 1
            accounts.put(element, "furniture", why)
            continue
        approved.append(element)
        _account_comment(accounts, element, len(approved))
    known = {_value(xml, element, "comment_id") for element in approved} - {"", "0"}
    return tuple(_comment(xml, element, known) for element in approved), left_out


def _left_out(xml: XmlText, comment: Element) -> str:
    """Say why a comment was not public, or return an empty string."""
    approved = _value(xml, comment, "comment_approved")
    if approved != "1":
        return _LEFT_OUT.get(approved, "comments not approved")
    return "" if _value(xml, comment, "comment_type") in _KINDS else "comments of other kinds"


def _account_comment(accounts: ExportAccounts, comment: Element, number: int) -> None:
    for one in comment.children:
        if one.name in _COMMENT_FIELDS:
            accounts.put_text(one, "comment", f"comment {number}")
        elif one.name in _PRIVATE:
            accounts.put(one, "furniture", "private fields")
        else:
            accounts.put_text(one, "furniture", "export fields")


def _comment(xml: XmlText, element: Element, known: set[str]) -> CapturedComment:
    own, parent = _value(xml, element, "comment_id"), _value(xml, element, "comment_parent")
    text, styles = prose_of(xml.value(element.first("comment_content")))
    local = _value(xml, element, "comment_date")
    return CapturedComment(
        author=plain_words(xml.value(element.first("comment_author"))),
        text=text,
        stamp=stamp_of(local, _value(xml, element, "comment_date_gmt")),
        source_id=own,
        reply_to=parent if parent in known and parent != own else "",
        kind=_KINDS[_value(xml, element, "comment_type")],
        styles=styles,
    )


def _state_note(facts: ItemFacts) -> Iterator[Note]:
    if facts.state:
        words = {"password": "protected by a password"}.get(facts.state, f"'{facts.state}'")
        yield Note("not-public", f"The export says that the item was not public: {words}.")


def _others_note(others: Sequence[Element]) -> Iterator[Note]:
    if others:
        count = "1 other item" if len(others) == 1 else f"{len(others)} other items"
        yield Note("other-items", f"The export holds {count}, which are not read here.")


FORMAT = CaptureFormat(
    "wxr",
    sniff,
    read_wxr,
    Guide(
        about="One post or page of a WordPress export, with its comments: WXR 1.0, 1.1 and 1.2",
        recognised="`<rss>` with WordPress's own elements, in any spelling of their name spaces",
        reads=(
            "title, times on the site's clock and in UTC, author, categories and tags",
            "the post's paragraphs, from HTML or from text that WordPress would have parted itself; "
            "shortcodes of lost pictures",
            "every approved comment, pingback and trackback, with its id, author, time and thread",
            "exports that are not well-formed: control characters, bad bytes, `&nbsp;`; it is noted",
        ),
        lacks=(
            "comments in spam, in the trash or not approved, and notes between editors: they are "
            "counted, and never shown",
            "addresses, IP numbers and programs of commenters: they are never read",
            "pictures; a caption stays",
        ),
        make=(
            "In WordPress: Tools, Export, All content",
            "`invoke capture export.xml --list`, then `--select` with words of a title, or `--select '*'` for all",
        ),
    ),
)
