"""Keep private what an address may give away: mailboxes, and the marks of those who track."""

import re
from urllib.parse import urljoin

_TRACKING = re.compile(
    r"^(?:utm_\w*|fbclid|gclid|gclsrc|dclid|msclkid|yclid|twclid|ttclid|mc_[ce]id|igshid|igsh|_ga"
    r"|_hsenc|_hsmi|mkt_tok|oly_\w+_id|vero_id|wickedid|__s|ref_src|ref_url|s_cid|icid|_openstat"
    r"|replytocom|like_comment|_wpnonce|unapproved|moderation-hash|spm|wt_zmc|rb_clickid|email|e-mail)$",
    re.IGNORECASE,
)
_MAILBOX = re.compile(r"[\w.+%-]{1,64}(?:@|%40)[\w-]{1,63}(?:\.[\w-]{1,63})+", re.IGNORECASE)
_GRAVATAR = re.compile(r"gravatar\.[a-z]{2,3}|/avatar/[0-9a-f]{32}|[?&]d=mm\b", re.IGNORECASE)
_SCHEMES = ("http:", "https:", "ftp:", "//", "/", "#", "?", ".")


def public_address(address: str, base: str = "") -> str:
    """Return *address* without what tracks its reader, or nothing where it is private or no place.

    >>> public_address("http://a.example/x?id=2&utm_source=feed#top")
    'http://a.example/x?id=2#top'
    >>> public_address("mailto:ann@a.example"), public_address("javascript:alert(1)")
    ('', '')
    """
    address = re.sub(r"[\t\r\n]", "", address.strip())
    lower = address.lower()
    if ":" in lower.split("/", 1)[0] and not lower.startswith(_SCHEMES):
        return ""
    if _MAILBOX.search(address) or _GRAVATAR.search(lower):
        return ""
    address, fragment_mark, fragment = address.partition("#")
    path, query_mark, query = address.partition("?")
    if query_mark:
        parts = re.split(r"[&;](?!amp;)", query.replace("&amp;", "&"))
        kept = [part for part in parts if not _TRACKING.match(part.partition("=")[0])]
        address = f"{path}?{'&'.join(kept)}" if any(kept) else path
    if fragment_mark and not re.match(r"(?:utm_|xtor=|\.[A-Za-z0-9]{8}$)", fragment):
        address += f"#{fragment}"
    return _joined(base, address)


def _joined(base: str, address: str) -> str:
    if not base:
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def without_mailboxes(text: str) -> str:
    """Return *text* with each mailbox left out: of what the page says, never of what a person wrote.

    >>> without_mailboxes("Ann <ann@a.example>")
    'Ann'
    """
    return re.sub(r"\s*[<(\[]\s*[>)\]]", "", _MAILBOX.sub("", text)).strip()
