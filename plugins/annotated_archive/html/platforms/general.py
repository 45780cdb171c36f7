"""Know what lists of comments have in common on pages of no known platform.

A list is believed only where nearly all of its items have a name, a time and a text, and where the
page itself calls them comments.
"""

import re
from dataclasses import replace

from ..drafts import Comments
from ..engine import read_comments
from ..index import Index
from ..platform import Platform
from ..stamps import Clock
from .wordpress import WORDPRESS

GENERAL = Platform(
    name="general",
    ids=(
        ("", "id", r"^[A-Za-z_-]*?(\d+)$"),
        ("", "data-comment-id", r"^(\w+)$"),
        ("", "data-id", r"^(\w+)$"),
        ("", "data-cid", r"^(\w+)$"),
        ("a[name]", "name", r"^[A-Za-z_-]*?(\d+)$"),
        ("^", "name", r"^[A-Za-z_-]*?(\d+)$"),
        ("^", "id", r"^[A-Za-z_-]*?(\d+)$"),
        ("a[href*=#]", "href", r"#\D{0,12}(\d+)$"),
        ("[id]", "id", r"^[A-Za-z_-]*comment[A-Za-z_-]*?(\d+)$"),
    ),
    author=(
        ".comment-author", ".author-name", ".username", ".user-name", ".userName", ".nickname", ".author", ".poster", ".commenter", ".comment-user", ".ljuser",
        "[class*=author]", "[class*=Author]", "[class*=username]", "[class*=user-name]", "[class*=nick]", "[class*=poster]", "[class*=user]", "[class*=name]", "cite", "a[rel*=author]", "a[href*=/user]",
        "a[href*=/profile]", "[class*=byline]", "[class*=meta]", "[class*=header]", "[class*=posted]", "[class*=info]", "strong", "b", "h3", "h4", "h5",
    ),
    date=(
        "time[datetime]", "abbr[title]", ".comment-date", ".comment-time", ".date", ".time", ".timestamp", ".datetime", "time", "[class*=date]", "[class*=Date]", "[class*=time]", "[class*=Time]", "[class*=posted]", "[class*=ago]",
        "[class*=meta]", "[class*=byline]", "[class*=header]", "[class*=footer]", "[class*=info]", "a[href*=#]", "small", "em", "span", "cite", "p",
    ),
    body=(
        ".comment-body", ".comment-text", ".comment-content", ".comment-message", ".commentText", ".commentBody", ".comment_text", ".message", ".text", ".body", ".content",
        "[class*=comment-text]", "[class*=comment-body]", "[class*=comment-content]", "[class*=commentText]", "[class*=commentBody]", "[class*=message]", "[class*=text]", "[class*=body]", "[class*=content]", "blockquote", "p+",
    ),
    parents=(("", "data-parent-id", r"^(\w+)$"), ("", "data-parent", r"^(\w+)$"), ("a[class*=parent]", "href", r"#\D*(\d+)$")),
    level=r"(?:^|\s)(?:depth|level|indent)-?(\d+)(?:\s|$)",
    nests=".children, .replies, .comment-replies, .indented, .nested",
    leave_out="form, button, .actions, .reply, .comment-actions, .comment-footer, .vote, .votes, .score, .avatar, .controls, [class*=action], [class*=reply-link], [class*=permalink], [class*=vote], [class*=avatar]",
    declared=("#comments > h2", "#comments > h3", "#comments > h4", ".comments > h2", ".comments > h3", ".comments-title", ".comments-count", ".comment-count", ".comments-header", "[class*=comments-count]", "[class*=comment-count]", "[class*=comments-title]", "a[href$=#comments]", ".topic-map"),
    article=(
        "[itemprop=articleBody]", "[itemprop*=articleBody]", "[class*=entry-content]", "[class*=post-content]", "[class*=article-content]", "[class*=article__content]", "[class*=article-body]", "[class*=article__body]",
        "[class*=articleBody]", "[class*=post_content]", "[class*=post-body]", "[class*=story-body]", "[class*=story__body]", "[class*=entry_content]", "[class*=blog-content]", "[class*=post__content]",
        "article .content", "article .body", "article .text", "#article-body", "#storytext",
    ),
    article_leave_out=WORDPRESS.article_leave_out,
    pager=".comments .pager, .comments .pagination, #comments .pagination, .comments-pager, [class*=load-more-comments], [class*=more-comments], .b-pager a, #comments button[class*=more], .comments button[class*=more]",
)  # fmt: skip

_TOKEN = re.compile(
    r"^(?:(?:[a-z]+[-_]{1,2})?(?:comment|cmt|kommentar|komment|comentario|commentaire|commento|reactie|talkback|reader-?comment|user-?comment)s?"
    r"(?:[-_]{0,2}(?:item|entry|box|block|wrap|wrapper|container|row|node|single|post|thread|leaf|list-item|inner|main|content))?|b-leaf|commentItem|commentBox|CommentItem)$",
    re.IGNORECASE,
)
_MOST = 8


def read_general(index: Index, clock: Clock) -> Comments:
    """Return the comments of the list that most of all looks like one; none where none does."""
    best = Comments("general")
    tokens = [token for token in index.classes if _TOKEN.match(token)]
    tokens.sort(key=lambda token: -len(index.classes[token]))
    for token in tokens[:_MOST]:
        found = read_comments(index, replace(GENERAL, items=f".{token}"), clock)
        if is_believable(found) and found.score > best.score:
            best = found
    return best


def is_believable(found: Comments) -> bool:
    """Tell whether nearly all comments found have a name, a time and a text, and are not the same."""
    whole = [c for c in found.comments if c.author and c.text and (c.stamp or found.relative)]
    texts = {c.text for c in whole}
    if not whole or len(whole) < 0.8 * len(found.items):
        return False
    return len(texts) > 0.6 * len(whole) and sum(len(c.text) for c in whole) >= 12 * len(whole)
