"""Hold the forms in which a comment addresses another's author by name: data, in several languages.

The forms are tried in their order. Each says what stands before the name, and what may follow it.
"""

import re
from dataclasses import dataclass

from .plain_text.languages import pattern

_START = r"(?:^|(?<=[.!?…:])[ \t]{1,3})[\s\"“”„«'‘(*_>\[-]{0,3}"
_THANKS = (
    r"thanks|thank\s+you|thank\s+u|thanx|thx|danke(?:\s+schön)?|vielen\s+dank|besten\s+dank|"
    r"merci(?:\s+beaucoup|\s+bien)?|gracias|obrigad[oa]|valeu|grazie(?:\s+mille)?|bedankt|"
    r"dank\s+(?:je|u)(?:\s*wel)?|dankjewel|tack(?:\s+så\s+mycket)?|tak|takk|dzięki|dziękuję|"
    r"спасибо(?:\s+большое)?|teşekkürler|sağol"
)
_DEAR = (
    r"dear|lieber?|chère?|querid[oa]|estimad[oa]|prezad[oa]|car[oa]|beste|kära|kære|kjære|"
    r"уважаем(?:ый|ая)|дорог(?:ой|ая)|drog[ia]|sayın"
)
_HAIL = (
    r"hi|hey|hello|hallo|salut|bonjour|hola|oi|olá|ciao|hoi|hej|hei|cześć|привет|merhaba|"
    r"no|yes|yeah|yep|nope|well|sorry|oh|and|but|so|ok|okay|wow|lol|right|agreed|exactly|amen|"
    r"bravo|kudos(?:\s+to)?|congrats|congratulations|welcome|well\s+said|well\s+put|so\s+true|"
    r"(?:very\s+)?(?:good|great|excellent|nice|valid)\s+(?:point|comment|question|one|idea|answer)s?|"
    r"i\s+(?:totally\s+|completely\s+|so\s+)?(?:agree|disagree)|right\s+on|come\s+on|you(?:'|’)?re\s+right|"
    r"you\s+are\s+(?:so\s+|absolutely\s+)?right|nein|ja|stimmt|genau|non|oui|sí|si|sim|não|nee|jo|nej|nei|да|нет"
)
_AGREE = (
    r"(?:dis)?agree(?:d|s|ing)?(?:\s+\w{2,12}){0,2}\s+with|in\s+agreement\s+with|d['’]accord\s+avec|"
    r"de\s+acuerdo\s+con|concordo\s+com|d['’]accordo\s+con|eens\s+met|håller\s+med|enig\s+med"
)
_TO = r"(?:in\s+)?(?:reply|response|answer|answering|replying|responding)\s+to|to|re|an|für|à|para|a|till|til|voor|aan|do"
_AS = r"as|like|what|wie|comme|como|come|zoals|som"
_VOCATIVE = r"[ \t]*(?:[,.!?:;–—…]|-{1,2}(?=\s)|$)"


@dataclass(frozen=True, slots=True)
class Form:
    """Hold one form: what stands *before* a name, to its first letter, and *after* it.

    *needs* says what it takes: ``anyone``, also a name that is a topic of the page; ``word``, also
    one that is a common word; ``name``, nothing but a plain name.
    """

    name: str
    before: re.Pattern[str]
    after: re.Pattern[str]
    needs: str = "name"


def _form(name: str, before: str, after: str = "", needs: str = "name") -> Form:
    flags = re.IGNORECASE | re.MULTILINE
    return Form(name, re.compile(rf"(?:{before})\Z", flags), re.compile(after, flags), needs)


FORMS = (
    _form("@name", r"(?<![\w.@＠])(?P<words>[@＠])[ \t]?[^\w\s@＠]{0,2}", needs="anyone"),
    _form(
        "thanks",
        rf"\b(?P<words>(?:{_THANKS})(?:\s+(?:so|very|again|much|a\s+lot)){{0,2}})[ \t]*[,!.]?[ \t]{{0,2}}",
        rf"{_VOCATIVE}|[ \t]+(?:for|and|i|you)\b|[ \t]*&",
        needs="word",
    ),
    _form("dear", rf"{_START}(?P<words>(?:my\s+)?(?:{_DEAR}))[ \t]+", _VOCATIVE, needs="word"),
    _form("to name:", rf"{_START}(?P<words>{_TO})[ \t]*:?[ \t]+", r"[ \t]*(?:[,:–—]|-{1,2}\s|$)"),
    _form("agree with", rf"\b(?P<words>{_AGREE})[ \t]+(?:you,?[ \t]+)?", needs="word"),
    _form(
        "as name said",
        rf"\b(?P<words>{_AS})[ \t]+",
        rf"[ \t]+(?:has[ \t]+|already[ \t]+|just[ \t]+|a[ \t]+)?{pattern('says')}\b",
    ),
    _form(
        "name wrote:",
        rf"{_START}(?P<words>)",
        rf"[ \t]+{pattern('says')}\b[^\n:]{{0,24}}[:,\"“]",
    ),
    _form("hail, name", rf"{_START}(?P<words>{_HAIL})[ \t]*[,!.]?[ \t]{{1,2}}", _VOCATIVE),
    _form("name,", r"^[\s\"“(*_>\[-]{0,3}(?P<words>)", r"[ \t]*(?:[,:–—…]|-{1,2}\s|\.{2,}|!)"),
    _form("sentence. Name,", rf"{_START}(?P<words>)", r"[ \t]*,"),
)  # fmt: skip
"""Every form, the surest first."""

REACH = 56
"""So many characters before a name are looked at."""


def form_at(text: str, start: int, end: int, weakness: str) -> tuple[Form, int] | None:
    """Return the form in which a name from *start* to *end* is an address, and where it begins.

    *weakness* says what speaks against the name: it is a ``topic``, a ``word``, or nothing does.
    """
    taken = {"": ("name", "word", "anyone"), "word": ("word", "anyone"), "topic": ("anyone",)}
    window = max(0, start - REACH)
    for form in FORMS:
        if form.needs in taken[weakness]:
            found = form.before.search(text, window, start)
            if found and form.after.match(text, end):
                begins = found.start("words")
                return form, start if begins == found.end("words") else begins
    return None
