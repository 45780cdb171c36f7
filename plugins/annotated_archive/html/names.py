"""Read the name of who wrote, from lines such as "Comment by Ann Lee — June 3, 2010 @ 5:04 pm"."""

import re

from .addresses import without_mailboxes
from .calendar_words import day_names, fold, language_of
from .limits import MAX_AUTHOR
from .stamps import Clock, Found, find_stamp

_BEFORE = re.compile(
    r"^\W*(?:(?:a\s+)?(?:comment|pingback|trackback|ping|reply|response)s?\s+(?:by|from|posted by|left by)\b"
    r"|(?:posted|written|submitted|left|added|said)\s+by\b|by\b|posted\s+on\b|from\b"
    r"|(?:kommentar|pingback|trackback|antwort)\s+(?:von|by)\b|(?:geschrieben|verfasst|eingereicht|erstellt|gespeichert)\s+von\b|von\b"
    r"|(?:commentaire|r[ée]ponse|pingback|trackback|r[ée]troliens?)\s+(?:de|par)\b|(?:r[ée]dig[ée]|[ée]crit|post[ée]|soumis|publi[ée])\s+par\b|par\b"
    r"|(?:comentario|comentário|pingback|trackback)\s+(?:de|por)\b|(?:publicado|escrito|enviado|enviado)\s+por\b|por\b"
    r"|(?:commento|pingback|trackback)\s+(?:di|da)\b|(?:scritto|inviato|pubblicato)\s+da\b|(?:reactie van|geplaatst door|door)\b"
    r"|(?:投稿者|投稿|コメント|名前|著者|作者)\s*(?=[::])|at\b|on\b|am\b|le\b|el\b|il\b|توسط|نوشته)\s*[:：,-]*\s*",
    re.IGNORECASE,
)  # fmt: skip
_AFTER = re.compile(
    r"\s*(?:\b(?:says|said|wrote|writes|posted|responded|replied|commented|adds?|sagt|sagte|schrieb|schreibt|meint|meinte|hat gesagt|kommentierte"
    r"|dit|a dit|a [ée]crit|[ée]crit|a comment[ée]|dice|dijo|ha dicho|escribi[óo]|comenta|comentó|coment[óo]|ha detto|scrive|ha scritto|disse|diz|escreveu|comentou"
    r"|zegt|zei|schreef|skriver|skrev|säger|sa|sier|siger|sanoo|kirjoitti|pisze|napisał(?:\(?a\)?)?|napsal(?:\(?a\)?)?|říká|hovorí|mondja|írta|spune|a spus|kaže"
    r"|пишет|говорит|написал(?:\(?а\)?)?|сказал(?:\(?а\)?)?|комментирует|пише|каза|λέει|είπε|yazdı|diyor ki|dedi ki|mengatakan|berkata|nói)"
    r"|さんの(?:コメント|発言)|さんは書きました|さんは言いました|より|の発言|が発言しました|יקול|يقول|قال|گفت|אומר(?:/ת|ת)?|הגיב)?\s*"
    r"(?:\b(?:on|at|am|um|le|el|il|op|den|em|à|the|this|в)\b|よ)?\s*(?:[::]|\.\.\.|…)\s*$",
    re.IGNORECASE,
)  # fmt: skip
_ADDRESS = re.compile(
    r"\s*[(\[]?\b\d{1,3}(?:\.\d{1,3}){3}\b[)\]]?|\s*[(\[][0-9a-f]{1,4}(?::[0-9a-f]{0,4}){4,7}[)\]]",
    re.I,
)
_TRIM = " \t\r\n\u00a0|·•—–-:,;»«@#()[]\u200e\u200f"
_LATER = re.compile(
    r"\s+(?:on|at|am|um|le|el|il|op|den|em|à|says|said|wrote|,|\||—|–|-|·|•|@)\s*$", re.I
)


def read_name(text: str, clock: Clock, is_line: bool = False) -> str:
    """Return the name in *text*, of which a date and words such as "says:" are no part.

    *is_line* says that the text is a whole line about a comment, not an element for the name alone.

    >>> read_name("Comment by Ann Lee — June 3, 2010 @ 5:04 pm", Clock("en"), is_line=True)
    'Ann Lee'
    >>> read_name("Simon Says", Clock("en")), read_name("Ann says:", Clock("en"))
    ('Simon Says', 'Ann')
    >>> read_name("June 3, 2010 at 5:04 pm", Clock("en"))
    ''
    """
    line = next((one for one in text.split("\n") if one.strip(_TRIM)), "").strip()
    found = find_stamp(line, clock) if len(line) <= 400 else None
    is_dated = (
        found is not None and not found.stamp.is_approximate and found.end - found.start < len(line)
    )
    if found is not None and _fills(found, line):
        return ""
    if found is not None and is_dated:
        before, after = _cut_tail(line[: found.start], clock.language), line[found.end :]
        line = before if _bare(before) else _cut_head(after)
    if is_line or is_dated or line.rstrip().endswith((":", "：", "…", "...")):
        line = _bare(line)
    line = _ADDRESS.sub("", without_mailboxes(line) or line.partition("@")[0]).strip(
        " \t\u00a0\u200e\u200f,|"
    )
    return line if len(line) <= MAX_AUTHOR else ""


def _fills(found: Found, line: str) -> bool:
    """Tell whether a line is a date alone, and names nobody."""
    if found.stamp.is_approximate and not any(char.isdecimal() for char in line):
        return False  # "Yesterday" may be a name
    before = _BEFORE.sub("", line[: found.start])
    return not (before + line[found.end :]).strip(_TRIM + ".")


def _cut_tail(text: str, language: str) -> str:
    """Return what stands before a date, without the weekday and words such as "on"."""
    text = text.rstrip(" \u00a0,.")
    head, _, last = text.rpartition(" ")
    if fold(last or text).strip("(.,") in day_names(language_of(language) or "en"):
        text = head
    return _LATER.sub("", text.rstrip(" \u00a0"))


def _cut_head(text: str) -> str:
    return text.lstrip(_TRIM + ".")


def _bare(line: str) -> str:
    """Return *line* without "Posted by" before the name and "says:" after it."""
    before = ""
    while line != before:
        before = line
        line = _AFTER.sub("", line)
        line = _LATER.sub("", line).strip(" \t\u00a0|·•—–,;»\u200e\u200f")
        line = _BEFORE.sub("", line, count=1) if _BEFORE.match(line) else line
    return line.strip(" \t\u00a0|·•—–-:,;")
