"""Find the time and the name of each comment, apart from its words."""

import re
from collections.abc import Collection, Sequence

from ..model import Stamp
from .drafts import Comments, Draft
from .elements import Element
from .items import Item, Items, values_at
from .names import read_name
from .platform import Platform
from .stamps import Clock, find_stamp
from .times_of import read_time
from .visible import is_hidden, read_visible


def find_dates(
    items: Items, platform: Platform, clock: Clock, drafts: Sequence[Draft], result: Comments
) -> None:
    """Give each draft the first time that a selector of the chain finds in its item."""
    relative: dict[int, str] = {}
    bodies = _Bodies(items, platform)
    for selector in platform.date:
        if all(draft.stamp for draft in drafts):
            break
        for number, elements in items.group(selector).items():
            draft = drafts[number]
            if draft.stamp:
                continue
            if is_weak(selector):
                elements = [
                    one for one in elements if not bodies.hold(one, draft, items.all[number])
                ]
            for element in elements[:12]:
                read = read_time(element, clock, items.all[number].element)
                if read.stamp:
                    draft.stamp, draft.date_at = read.stamp, _narrowed(element, read.stamp, clock)
                    if read.is_ambiguous:
                        result.ambiguous.append(items.all[number].source_id or str(number + 1))
                    break
                if read.relative:
                    relative.setdefault(number, read.relative)
                    draft.date_at = draft.date_at if draft.date_at is not None else element
    _find_loose_dates(items, clock, drafts, bodies)
    result.relative = [text for number, text in relative.items() if not drafts[number].stamp]


_LOOSE = 60


def _find_loose_dates(
    items: Items, clock: Clock, drafts: Sequence[Draft], bodies: "_Bodies"
) -> None:
    """Give each draft without a time the first that stands alone in a text of its item."""
    for item, draft in zip(items.all, drafts, strict=True):
        if draft.stamp or draft.date_at is not None:
            continue
        for element in items.index.elements[item.first : min(item.first + _LOOSE, item.last)]:
            if items.all[items.owner(element)] is not item or bodies.hold(element, draft, item):
                continue
            draft.stamp = _loose_date([element.text, *(child.tail for child in element)], clock)
            if draft.stamp:
                draft.date_at = element
                break


def _loose_date(texts: Sequence[str | None], clock: Clock) -> Stamp | None:
    """Return the time that one of *texts* holds and little else."""
    for text in texts[:12]:
        if not text or len(text) > 160 or not any(char.isdecimal() for char in text):
            continue
        found = find_stamp(" ".join(text.split()), clock)
        if (
            found
            and not found.stamp.is_approximate
            and 2 * (found.end - found.start) > len(" ".join(text.split()))
        ):
            return found.stamp
    return None


def _narrowed(element: Element, stamp: Stamp, clock: Clock) -> Element:
    """Return the smallest element in *element* that still says the same time."""
    at = element
    while len(at):
        inner = next(
            (one for one in at if not is_hidden(one) and read_time(one, clock).stamp == stamp), None
        )
        if inner is None:
            return at
        at = inner
    return at


def is_weak(selector: str) -> bool:
    """Tell whether a selector may well match within a comment's words: it names no class."""
    return "." not in selector and "#" not in selector


class _Bodies:
    """Know what by its class is the text of a comment, so that nothing in it is taken for its head."""

    def __init__(self, items: Items, platform: Platform) -> None:
        self.items, self.platform = items, platform
        self.elements: set[Element] | None = None

    def hold(self, element: Element, draft: Draft, item: Item) -> bool:
        """Tell whether *element* stands in the words of a comment, apart from its time."""
        if self.elements is None:
            named = (s for s in self.platform.body if not is_weak(s))
            self.elements = {one for s in named for one in self.items.index.find(s)}
        for around in element.iterancestors():
            if around is item.element:
                return False
            if around in self.elements and not self._has(around, draft):
                return True
        return False

    def _has(self, around: Element, draft: Draft) -> bool:
        heads = [one for one in (draft.author_at, draft.date_at) if one is not None]
        return any(self.items.index.contains(around, head) for head in heads)


def find_authors(
    items: Items,
    platform: Platform,
    clock: Clock,
    drafts: Sequence[Draft],
    out: Collection[Element],
) -> None:
    """Give each draft the first name that a selector of the chain finds in its item."""
    bodies = _Bodies(items, platform)
    for selector in platform.author:
        missing = [draft for draft in drafts if not draft.author]
        if not missing:
            break
        for number, elements in items.group(selector).items():
            draft = drafts[number]
            if draft.author:
                continue
            if is_weak(selector):
                elements = [
                    one for one in elements if not bodies.hold(one, draft, items.all[number])
                ]
            for element in elements[:6]:
                name = _author(element, draft, clock, items.all[number])
                name = re.sub(platform.name_cut, "", name) if platform.name_cut else name
                if name:
                    draft.author, draft.author_at = name, element
                    break
    for number, name in _reply_names(items).items():
        drafts[number].author = drafts[number].author or name


_LABEL = re.compile(
    r"^(?:reply to|antworte auf|antworten auf|auf den kommentar von|répondre à|responder a|rispondi a|antwoord op|svara på|svar til|ответить на комментарий|odpowiedz na komentarz|antwort auf|komentar von|balas ke|yanıtla)\s*:?\s*(?P<name>.+?)\s*$",
    re.IGNORECASE,
)


def _reply_names(items: Items) -> dict[int, str]:
    """Return the names that the links to reply tell ("Reply to Ann Lee")."""
    names: dict[int, str] = {}
    for attribute in ("data-replyto", "aria-label"):
        where = ("a[rel=nofollow]", attribute, r"(.+)")
        for selector in ("a.comment-reply-link", where[0]):
            for number, label in values_at(items, (selector, attribute, r"(.+)")).items():
                found = _LABEL.match(label)
                if found and found["name"].strip():
                    names.setdefault(number, found["name"].strip())
    return names


def _author(element: Element, draft: Draft, clock: Clock, item: Item) -> str:
    """Return the name that *element* holds; none where it is the item itself, hidden or a picture."""
    if (
        element in item.elements
        and element is not draft.date_at
        and len(element)
        and element.tag != "dt"
    ):
        return ""
    names = element.get("class") or ""
    if re.search(r"avatar|gravatar|photo|picture|icon|badge", names) and "vcard" not in names:
        return ""
    skip: set[Element] = set()
    is_line = element is draft.date_at or bool(_LINE.search(names)) or element.tag == "dt"
    if draft.date_at is not None and not is_line:
        skip.add(draft.date_at)
    visible = read_visible([element], skip | _no_names(element))
    text = visible.text
    if not text or len(text) > 400:
        return ""
    name = read_name(text, clock, is_line=is_line or len(text) > 60)
    return name if _is_name(name) else ""


_LINE = re.compile(
    r"footer|header|posted|byline|submitted|(?:^|[\s_-])(?:meta|info|post)|data$", re.I
)
_NO_NAME = re.compile(
    r"says|avatar|date|time|badge|reply|edit|permalink|role|label|count|num|votes?|rating|share|tooltip|follow|karma|comment-number",
    re.I,
)


def _no_names(element: Element) -> set[Element]:
    return {
        one
        for one in element.iterdescendants()
        if one.tag in ("time", "button", "img") or _NO_NAME.search(one.get("class") or "")
    } if len(element) else set()  # fmt: skip


def _is_name(name: str) -> bool:
    folded = name.lower().strip(" #.:")
    return (
        bool(folded)
        and folded
        not in (
            "reply",
            "permalink",
            "edit",
            "link",
            "author",
            "post author",
            "quote",
            "report",
            "says",
            "antworten",
            "op",
        )
        and not re.fullmatch(r"[\d\s:./,-]*(?:[ap]m)?", folded)
        and "http" not in folded[:4]
    )
