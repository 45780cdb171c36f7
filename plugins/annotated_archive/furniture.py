"""Know the lines that classic themes print around an article and its comments.

Each rule is a name and a pattern that must match a whole line, white space at its ends removed.
"""

import re

_COUNT = r"(?:\d[\d,.]*|no|zero|one|two|three|four|five|six|seven|eight|nine|ten)"
_NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]

_HEADING = re.compile(
    rf"(?:sound ?off\s*\((?P<a>\d[\d,]*)\s+(?:responses?|comments?)\)"
    rf"|(?:comments|responses|replies|discussion)\s*[:(]?\s*\((?P<b>\d[\d,]*)\)"
    r"|\{\s*(?P<d>\d[\d,]*)\s+(?:comments?|responses?)\b.*\}"
    rf"|(?P<c>{_COUNT})\s+(?:(?:reader|user)\s+)?"
    r"(?:comments?|responses?|replies|reply|thoughts?|reactions?|feedback)"
    r"(?:\s+(?:so far|and counting)|\s+(?:on|to|for|in response to)\s+(?:[“\"‘'«„].*|(?-i:[A-Z0-9]).{0,160}[^.,;:\s]))?\s*[»:↓.]?"
    r"|(?:comments|responses|reader comments|discussion|comments on this entry)\s*:?"
    r"|(?:leave|post|add)\s+(?:a|your)\s+comment\s*[»↓]?|no comments yet\.?|be the first to comment\.?)",
    re.IGNORECASE,
)
_QUOTED_TITLE = re.compile(
    r"\s(?:on|to|for)\s+[“\"‘'«„](?P<title>.+)[”\"’'»“]\s*[»:]?$", re.IGNORECASE
)

_PAGER = re.compile(
    r"(?:(?:page\s+\d+\s+of\s+\d+\s*)?(?:[«‹<←]\s*)?(?:prev(?:ious)?\s*)?\d+(?:\s+(?:\d+|\.\.\.|…))+(?:\s*(?:next)?\s*[»›>→])?"
    r"|(?:[«‹←]\s*)?(?:older|newer|previous|next)\s+comments(?:\s*[»›→])?"
    r"|[«‹←]\s*older comments\s+newer comments\s*[»›→]|page\s+\d+\s+of\s+\d+|comment pages?:?(?:\s*\d+)+|comment navigation)",
    re.IGNORECASE,
)

FURNITURE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
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
            r"(?:speak your mind|join the (?:conversation|discussion)|have your say|(?:submit|write) a comment|leave a (?:reply|response)(?:\s+cancel reply)?|post a comment|cancel reply|click here to cancel reply\.?|name\s*(?:\(?\*?required\)?)?\s*\*?|e-?mail.*(?:\(.*\)|\*)|mail \(will not be published\).*|your email address will not be published.*|required fields are marked.*|website|url|comment\s*\*?|submit(?: comment)?|post comment|notify me (?:of|by|when).*|you (?:may|can) use these html tags.*|xhtml:.*|<a href=.*|comments?(?: are| is)? (?:are )?(?:now )?closed.{0,40}|you must be logged in.*|logged in as.*|save my name.*|comments? feed.*|rss feed for comments.*|trackback(?: ur[il]| address)?.*|comments rss.*)",
        ),
        (
            "footer",
            r"(?:proudly powered by.*|powered by.*|(?:©|\(c\)|copyright (?:©|\(c\)|\d{4})).*|theme\s*:\s.{1,60}|theme by .{1,60}|blog at wordpress\.com.*|all rights reserved.*|.* is proudly powered by.*|entries \(rss\).*|entries feed|comments feed|wordpress\.(?:org|com)|return to top|back to top|top|site admin|valid xhtml.*)",
        ),
        (
            "sidebar",
            r"(?:archives?|recent (?:posts|comments|entries)|blogroll|meta|categories|pages|tag cloud|popular posts|top posts.*|latest (?:posts|tweets|news)|follow (?:us|me|blog)(?: on| via)?.{0,40}[^.!?]|subscribe(?: to| by| via).{0,40}[^.!?]|calendar|monthly archives|most (?:read|commented|popular)|related posts?:?|you might also like:?|about the author)\s*:?",
        ),
        (
            "comment control",
            r"(?:reply|reply\s*[↓→]|reply to this(?: comment)?|report abuse|report|quote|flag|link|permalink|#|edit|\(edit\)|(?:\d+\s+)?likes?|like\s*\d*|liked by .{1,40}|your comment is awaiting moderation\.?|log in to reply\.?)",
        ),
    )
)


def heading_count(line: str) -> tuple[bool, int | None]:
    """Tell whether *line* heads the responses, and how many it declares.

    >>> heading_count("soundoff (82 Responses)")
    (True, 82)
    >>> heading_count("One Response to “A Title”")
    (True, 1)
    >>> heading_count("Leave a comment"), heading_count("3 comments were deleted")
    ((True, None), (False, None))
    """
    found = _HEADING.fullmatch(line)
    if not found:
        return False, None
    count = found["a"] or found["b"] or found["c"] or found["d"]
    if not count:
        return True, 0 if line.lower().startswith("no comments") else None
    word = count.lower()
    if word in ("no", "zero"):
        return True, 0
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


def furniture_name(line: str) -> str:
    """Name the furniture that *line* is, or return an empty string.

    >>> furniture_name("Leave a Reply"), furniture_name("It rained.")
    ('reply form', '')
    """
    if len(line) > 400:
        return ""
    return next((name for name, pattern in FURNITURE if pattern.fullmatch(line)), "")
