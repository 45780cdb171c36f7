"""Find the words of each comment: in an element of their own, else in what its head leaves."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from ..model import Style
from .drafts import Draft
from .elements import Element, Without, all_text
from .index import Index
from .items import Item, Items
from .platform import Platform
from .visible import Visible, is_hidden, read_visible


def find_bodies(
    items: Items, platform: Platform, drafts: Sequence[Draft], out: set[Element]
) -> None:
    """Give each draft the words of its comment: those of the first selector that holds words alone."""
    for selector in platform.body:
        if all(draft.body for draft in drafts):
            break
        is_all = selector.endswith("+")
        for number, elements in items.group(selector.rstrip("+")).items():
            draft, item = drafts[number], items.all[number]
            if draft.body:
                continue
            fitting = [one for one in elements if _is_body(items.index, one, draft, item, out)]
            for element in fitting[:6]:
                chosen = fitting if is_all else [element]
                body = read_visible(chosen, Without(out, chosen))
                if body.text or body.images or len(fitting) == 1:
                    draft.body = body
                    break
    for draft, item in zip(drafts, items.all, strict=True):
        if not draft.body or (not draft.body.text and not draft.body.images):
            draft.body = _rest(items.index, draft, item, out)


def _is_body(
    index: Index, element: Element, draft: Draft, item: Item, out: Collection[Element]
) -> bool:
    """Tell whether *element* can be the text alone: it holds neither name nor time of the comment."""
    if (
        element is item.element
        or (element in out and element not in item.rest)
        or is_hidden(element)
    ):
        return False
    heads = [one for one in (draft.author_at, draft.date_at) if one is not None]
    return not any(index.contains(element, head) or index.contains(head, element) for head in heads)


_HEAD = re.compile(
    r"(?:(?:pingback|trackback|says|said|wrote|sagt|schrieb|meint|dit|a dit|dice|dijo|ha detto|disse|diz|zegt|skriver|säger|sier|pisze|говорит|пишет|hat gesagt|[aá] écrit|escribió|escreveu|diyor ki|پاسخ|گفت|يقول|אומר)?\s*[:：…|·•,.#—–@/-]*|#?\d{1,4}[.)]?|\(edit\)|edit|reply|permalink|\(\))\s*",
    re.IGNORECASE,
)
NOTICE = re.compile(
    r"(?:.{0,30}(?:awaiting moderation|en attente de mod[ée]ration|wartet auf (?:die )?(?:freischaltung|moderation|freigabe)|ожидает (?:проверки|модерации|одобрения)|aguarda(?:ndo)? modera[çc][ãa]o|pendiente de moderaci[óo]n|in attesa di (?:moderazione|approvazione)|wacht op moderatie|awaiting approval|väntar på granskning|venter på (?:moderering|godkenning|godkendelse)|oczekuje na moderację|moderasyon bekliyor)|this comment (?:has been|was) (?:edited|flagged))\W{0,4}\s*",
    re.IGNORECASE,
)


def _rest(index: Index, draft: Draft, item: Item, out: set[Element]) -> Visible:
    """Return the text of an item without its head: what stands after name and time, else before.

    The head is the largest element around the name or the time that holds little else.
    """
    heads = {
        _widened(one, draft, item) for one in (draft.author_at, draft.date_at) if one is not None
    }
    heads.discard(item.element)
    if draft.date_at is item.element and item.rest:
        return without_lines(_HEAD, read_visible(item.rest, Without(out, item.elements, heads)))
    visible = read_visible(item.elements, Without(out, item.elements, heads))
    if draft.date_at is item.element and draft.stamp:
        visible = _without_line_of(draft.stamp.printed, visible)
    return without_lines(_HEAD, visible)


def _without_line_of(printed: str, visible: Visible) -> Visible:
    """Cut the first or the last line where it is the one that prints the time."""
    first, _, _ = visible.text.partition("\n")
    _, _, last = visible.text.rpartition("\n")
    if printed in first and len(first) < len(printed) + 60:
        return cut(visible, len(first), len(visible.text))
    if printed in last and len(last) < len(printed) + 60:
        return cut(visible, 0, len(visible.text) - len(last))
    return visible


def _widened(element: Element, draft: Draft, item: Item) -> Element:
    printed = draft.stamp.printed if draft.stamp else ""
    most = len(draft.author) + max(len(printed), 30) + 50
    at = element
    while at not in item.elements:
        parent = at.getparent()
        if parent is None or parent in item.elements:
            break
        if len(" ".join(all_text(parent).split())) > most or _has_words(parent, at, draft):
            break
        if parent.tag in (
            "p",
            "div",
            "span",
            "small",
            "header",
            "footer",
            "cite",
            "dt",
            "dd",
            "h3",
            "h4",
            "h5",
            "li",
            "ul",
            "address",
            "td",
            "tr",
            "section",
            "a",
            "strong",
            "b",
            "em",
            "table",
            "tbody",
        ):
            at = parent
            continue
        break
    return at


_CONTROL = re.compile(
    r"reply|report|avatar|edit|permalink|says|share|like|vote|number|num|count|meta|date|time|author|icon|badge|role|sep",
    re.I,
)


def _has_words(parent: Element, head: Element, draft: Draft) -> bool:
    """Tell whether something in *parent* beside its *head* may be the writer's words."""
    heads = {draft.author_at, draft.date_at}
    for child in parent:
        if (
            child is head
            or is_hidden(child)
            or child.tag in ("br", "img", "hr", "a", "button", "small", "time")
        ):
            continue
        if child in heads or any(one in heads for one in child.iterdescendants()):
            continue
        if _CONTROL.search(f"{child.get('class') or ''} {child.get('id') or ''}"):
            continue
        if (
            child.tag in ("p", "div", "blockquote", "pre", "ul", "ol", "td", "dd", "section")
            and all_text(child).strip()
        ) or len(all_text(child).strip()) > 25:
            return True
    loose = [parent.text or "", *((child.tail or "") for child in parent)]
    return any(len(text.strip()) > 25 for text in loose)


def without_lines(head: re.Pattern[str], visible: Visible) -> Visible:
    """Cut leading lines that are no words of the writer's: "Says:", a number, a notice."""
    text, start = visible.text, 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if not head.fullmatch(text[start:end]):
            break
        start = end + 1
    return cut(visible, min(start, len(text)), len(text))


def cut(visible: Visible, start: int, end: int) -> Visible:
    """Return a visible text from *start* up to *end*, its styles moved."""
    text = visible.text[start:end]
    lead = len(text) - len(text.lstrip(" \n\u00a0"))
    start, text = start + lead, text.strip(" \n\u00a0")
    end = start + len(text)
    moved = (
        Style(max(s.start, start) - start, min(s.end, end) - start, s.kind, s.address)
        for s in visible.styles
    )
    return replace(visible, text=text, styles=tuple(s for s in moved if s.start < s.end))
