"""Know the lines that classic themes print around an article and its comments.

Each rule is a name and a pattern that must match a whole line, white space at its ends removed.
"""

import re
from functools import lru_cache

from .plain_text.languages import LANGUAGES, first_words, may_begin, pattern
from .plain_text.languages import words as alternatives

_PLURALS = "|".join(alternatives(row.comments)[0] for row in LANGUAGES.values())
"""What heads comments alone on a line: the first word of each language's row."""
_ONE = r"ein|eine|un|une|uno|una|um|uma|een|één|en|ett|один|jeden"
_COUNT = rf"(?:\d[\d,.]*|{_ONE}|one|two|three|four|five|six|seven|eight|nine|ten|{pattern('none')})"
_NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_COMMENTS = pattern("comments")
_ABOUT = pattern("about")
_LEAVE = pattern("leave")
_QUOTE = r"[“\"‘'«„]"

_HEADING = re.compile(
    r"(?:sound ?off\s*\((?P<a>\d[\d,]*)\s+(?:responses?|comments?)\)"
    rf"|(?:(?:reader|user|all|latest)\s+)?(?:{_COMMENTS}|discussion)\s*(?::\s*\(?|\()(?P<b>\d[\d,.]*)\)?"
    r"|\{\s*(?P<d>\d[\d,]*)\s+(?:comments?|responses?)\b.*\}"
    rf"|(?:showing|viewing|read|view|see)\s+(?:all\s+|the\s+)?(?P<e>\d[\d,.]*)\s+comments?\s*[»:]?"
    rf"|(?P<c>{_COUNT})\s+(?:(?:reader|user)\s+)?{_COMMENTS}"
    rf"(?:\s+(?:so far|and counting|add yours|rss)|\s+{_ABOUT}:?\s+(?:{_QUOTE}.*|(?-i:[A-Z0-9]).{{0,160}}[^.,;:\s]))?\s*[»:↓.]?"
    r"|(?:responses|reader comments|user comments|discussion|comments on this entry|all comments|comments so far)\s*:?"
    rf"|(?:{_PLURALS})\s*:?"
    r"|(?:leave|post|add)\s+(?:a|your)\s+comment\s*[»↓]?|no comments yet\.?|be the first to comment\.?)",
    re.IGNORECASE,
)
_HEADING_WORDS = first_words(
    [
        *(
            word
            for row in LANGUAGES.values()
            for word in alternatives(f"{row.comments} {row.none}")
        ),
        *_ONE.split("|"),
        *_NUMBERS,
        *(
            "sound",
            "soundoff",
            "reader",
            "user",
            "all",
            "latest",
            "discussion",
            "showing",
            "viewing",
        ),
        *("read", "view", "see", "responses", "comments", "leave", "post", "add", "be"),
    ]
)
_NONE = re.compile(pattern("none"), re.IGNORECASE)
_QUOTED_TITLE = re.compile(
    rf"\s{_ABOUT}:?\s+{_QUOTE}\s*(?P<title>.+?)\s*[”\"’'»“]\s*[»:]?$", re.IGNORECASE
)

_PAGER = re.compile(
    r"(?:(?:page\s+\d+\s+of\s+\d+\s*)?(?:[«‹<←]\s*)?(?:prev(?:ious)?\s*)?\d+(?:\s+(?:\d+|\.\.\.|…))+(?:\s*(?:next)?\s*[»›>→])?"
    r"|(?:[«‹←]\s*)?(?:older|newer|previous|next)\s+comments(?:\s*[»›→])?"
    r"|[«‹←]\s*older comments\s+newer comments\s*[»›→]|page\s+\d+\s+of\s+\d+|comment pages?:?(?:\s*\d+)+|comment navigation)",
    re.IGNORECASE,
)

_FORM = (
    r"add disqus to your site.*|facebook social plugin|log in to .{0,20}comment.*"
    r"|newer post|older post|newer posts? (?:older posts?)? ?home|subscribe to:?.{0,60}|post a comment|verify your comment|previewing your comment"
    r"|(?:deine|ihre) e-mail-adresse.*|erforderliche felder.*|(?:votre|ton) adresse (?:e-mail|de messagerie).*|les champs obligatoires.*"
    r"|(?:tu|su) dirección de correo.*|los campos (?:necesarios|obligatorios).*|o seu endereço de e-?mail.*|campos obrigatórios.*"
    r"|il tuo indirizzo email.*|i campi obbligatori.*|(?:je|het) e-?mailadres.*|vereiste velden.*|twój adres e-?mail.*|wymagane pola.*"
    r"|ваш (?:адрес )?e-?mail.*|обязательные поля.*|din e-postadress.*|obligatoriska fält.*"
)
_RELATED = (
    r"(?:related (?:posts|articles|stories|content)|you (?:might|may) also (?:like|enjoy)|similar posts|more from .{1,40}"
    r"|ähnliche (?:beiträge|artikel)|articles (?:similaires|liés)|artículos relacionados|entradas relacionadas"
    r"|(?:posts|artigos) relacionados|articoli correlati|gerelateerde (?:berichten|artikelen)|похожие (?:записи|статьи))\s*:?"
)
_RECENT = (
    r"(?:(?:neueste|letzte|aktuelle) (?:beiträge|kommentare|artikel)|zuletzt kommentiert|archive?|kategorien|schlagwörter"
    r"|(?:articles|commentaires) récents|derniers (?:articles|commentaires)|catégories|(?:entradas|comentarios) recientes|archivos|categorías"
    r"|(?:posts|comentários) recentes|arquivos?|categorias|(?:articoli|commenti) recenti|archivi|categorie"
    r"|recente (?:berichten|reacties)|archief|categorieën|(?:свежие|последние) (?:записи|комментарии)|архивы?|рубрики"
    r"|(?:senaste|nya) (?:inlägg|kommentarerna)|arkiv|kategorier|(?:ostatnie|najnowsze) (?:wpisy|komentarze)|archiwa?|kategorie)\s*:?"
)
_BUTTONS = re.compile(rf"(?<!\w){pattern('reply')}(?!\w)", re.IGNORECASE)
_BUTTON_WORDS = first_words(word for row in LANGUAGES.values() for word in alternatives(row.reply))
_ROUND_BUTTONS = re.compile(r"[\s\d()\[\]|·•,/#+←→↑↓↩›»▲▼…−–-]*")

FURNITURE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rule, re.IGNORECASE))
    for name, rule in (
        ("pager", _PAGER.pattern),
        (
            "filed under",
            r"(?:filed (?:under|in)|posted (?:in|under)|categori[sz]ed(?: as| in)?|tagged(?: with| as)?)\s*:?\s+.{0,300}[^.!?]"
            r"|(?:categor(?:y|ies)|topics?|tags?|labels|keywords)\s*:\s*.{1,300}",
        ),
        ("age of the page", r"\d+ (?:years?|months?|weeks?|days?|hours?) ago"),
        (
            "entry line",
            r"(?:this (?:entry|post) was (?:posted|filed|written|published)|you can follow any responses|bookmark the permalink|both comments and pings|you can (?:leave|skip)|responses are currently closed).*",
        ),
        (
            "sharing",
            r"(?:share(?: this)?:?|like this:?|(?:like\s+)?loading\.{3}|tweet|e?-?mail(?: this)?|print|facebook|twitter|reddit|stumbleupon|digg|del\.icio\.us|linkedin|google\+?|pinterest|tumblr|pocket|telegram|whatsapp|be the first to like this\.?|share on (?:facebook|twitter|linkedin).*|bookmark (?:the permalink.*|this(?: page| post)?)|permalink|\d+ bloggers? likes? this.*|sphere:? related content|possibly related posts.*)"
            r"(?:\s*(?:[|•·,]|\s)\s*(?:share|tweet|e-?mail|print|facebook|twitter|reddit|digg|permalink|linkedin))*",
        ),
        (
            "navigation",
            r"(?:just another wordpress (?:weblog|site)\.?|home|about(?: us| me)?|contact(?: us| me)?|search(?: for)?:?|menu|main menu|skip to (?:content|main content|primary content|secondary content|sidebar)|post navigation|image navigation|navigation|blog|news|rss(?: feed)?|subscribe|log ?in|register|edit|topics|faq|links|←[^→]*|[^←]*→|←.*→|«[^»]*|[^«]*»|(?:previous|next)(?: (?:post|entry|page|article)(?::.*)?)?|older (?:posts|entries)|newer (?:posts|entries)|you are here:?.*|home\s*[»›>/|].*|(?:\S+\s+){0,3}rss)",
        ),
        (
            "reply form",
            rf"(?:{_LEAVE}(?:\s*[»:↓]|\s+{_LEAVE})?|{_FORM}|write a reply or comment.{{0,30}}|"
            r"speak your mind|join the (?:conversation|discussion)|have your say|(?:submit|write) a comment|leave a (?:reply|response|comment)(?:\s+cancel reply)?|post a comment|cancel reply|click here to cancel reply\.?|name\s*(?:\(?\*?required\)?)?\s*\*?|e-?mail.*(?:\(.*\)|\*)|mail \(will not be published\).*|your email address will not be published.*|required fields are marked.*|website|url|comment\s*\*?|submit(?: comment)?|post comment|notify me (?:of|by|when).*|you (?:may|can) use these html tags.*|xhtml:.*|<a href=.*|comments?(?: are| is)? (?:are )?(?:now )?closed.{0,40}|you must be logged in.*|logged in as.*|save my name.*|comments? feed.*|rss feed for comments.*|trackback(?: ur[il]| address)?.*|comments rss.*)",
        ),
        (
            "footer",
            r"(?:proudly powered by.*|powered by.*|(?:©|\(c\)|copyright (?:©|\(c\)|\d{4})).*|theme\s*:\s.{1,60}|theme by .{1,60}|blog at wordpress\.com.*|all rights reserved.*|.* is proudly powered by.*|entries \(rss\).*|entries feed|comments feed|wordpress\.(?:org|com)|return to top|back to top|top|site admin|valid xhtml.*)",
        ),
        (
            "sidebar",
            _RELATED
            + "|"
            + _RECENT
            + r"|(?:archives?|recent (?:posts|comments|entries)|blogroll|meta|categories|pages|tag cloud|popular posts|top posts.*|latest (?:posts|tweets|news)|follow (?:us|me|blog)(?: on| via)?.{0,40}[^.!?]|subscribe(?: to| by| via).{0,40}[^.!?]|calendar|monthly archives|most (?:read|commented|popular)|related posts?|about the author|sign up (?:for|to) .{0,60}newsletter.{0,20}|newsletter)\s*:?",
        ),
        (
            "comment control",
            r"(?:community|sort by (?:best|newest|oldest)|join the discussion(?:…|\.{3})|(?:newest|oldest|best)(?: first)?|reply|reply\s*[↓→]|reply to this(?: comment)?|report abuse|report|quote|flag|link|permalink|#|edit|\(edit\)|(?:\d+\s+)?likes?|like\s*\d*|liked by .{1,40}|your comment is awaiting moderation\.?|log in to reply\.?)",
        ),
    )
)


_CONTROL = dict(FURNITURE)["comment control"]


def heading_count(line: str) -> tuple[bool, int | None]:
    """Tell whether *line* heads the responses, and how many it declares.

    >>> heading_count("soundoff (82 Responses)")
    (True, 82)
    >>> heading_count("One Response to “A Title”")
    (True, 1)
    >>> heading_count("Leave a comment"), heading_count("3 comments were deleted")
    ((True, None), (False, None))
    """
    if not (line[:1].isdecimal() or line[:1] == "{" or may_begin(line, _HEADING_WORDS)):
        return False, None
    found = _HEADING.fullmatch(line)
    if not found:
        return False, None
    count = next((found[group] for group in "abcde" if found[group]), "")
    if not count:
        return True, 0 if line.lower().startswith("no comments") else None
    word = count.lower()
    if _NONE.fullmatch(word):
        return True, 0
    if word in _ONE.split("|"):
        return True, 1
    return True, _NUMBERS.index(word) if word in _NUMBERS else int(re.sub(r"[,.]", "", word))


def quoted_title(line: str) -> str:
    """Return the title that a heading of responses quotes, or an empty string.

    >>> quoted_title("2 thoughts on “Rain at last”")
    'Rain at last'
    """
    found = _QUOTED_TITLE.search(line)
    return found["title"] if found else ""


def is_pager(line: str) -> bool:
    """Tell whether *line* leads to further pages of comments.

    >>> is_pager("1 2"), is_pager("« Older Comments"), is_pager("In 1 2")
    (True, True, False)
    """
    return _PAGER.fullmatch(line) is not None


def names_related(line: str) -> bool:
    """Tell whether *line* heads a list of related posts.

    >>> names_related("Related posts:"), names_related("Related posts are below.")
    (True, False)
    """
    return len(line) <= 60 and re.fullmatch(_RELATED, line, re.IGNORECASE) is not None


def is_controls(line: str) -> bool:
    """Tell whether *line* holds nothing but buttons of a comment, with their counts.

    >>> is_controls("4 • Reply • Share ›"), is_controls("Recommend (5)"), is_controls("1 2")
    (True, True, False)
    """
    if len(line) > 120:
        return False
    first = _ROUND_BUTTONS.match(line).end()  # type: ignore[union-attr]
    if first == len(line) or not may_begin(line, _BUTTON_WORDS, first):
        return False
    rest, count = _BUTTONS.subn("", line)
    return count > 0 and _ROUND_BUTTONS.fullmatch(rest) is not None


def is_control(line: str) -> bool:
    """Tell whether *line* is a button of a comment, and no other furniture.

    >>> is_control("Reply"), is_control("It rained."), is_control("edit")
    (True, False, False)
    """
    may_be = is_controls(line) or (len(line) <= 400 and _CONTROL.fullmatch(line) is not None)
    return may_be and furniture_name(line) == "comment control"


@lru_cache(maxsize=16384)
def furniture_name(line: str) -> str:
    """Name the furniture that *line* is, or return an empty string.

    >>> furniture_name("Leave a Reply"), furniture_name("It rained.")
    ('reply form', '')
    """
    if len(line) > 400:
        return ""
    known = next((name for name, rule in FURNITURE if rule.fullmatch(line)), "")
    return known or ("comment control" if is_controls(line) else "")
