"""Write the comments of one item as an Atom feed (RFC 4287)."""

import re
from urllib.parse import urljoin

from feedgenerator import Atom1Feed, get_tag_uri

from ..comment_pages import page_name
from ..views import EditionView

_HREF = re.compile(r' href="([^"]*)"')


def comment_feed(view: EditionView, address: str, site_name: str) -> str:
    """Return the feed of a view's comments, newest first; empty where no comment has a time.

    An entry says when it was published: a comment whose time is reckoned has none that may stand there.
    """
    dated = [
        one for one in view.comments if one.comment.published and not one.comment.is_approximate
    ]
    if not dated:
        return ""
    feed = Atom1Feed(
        title=f"Comments on {view.title} – {site_name}",
        link=address,
        feed_url=f"{address.removesuffix('index.html')}comments.atom.xml",
        description="",
    )
    for comment in sorted(dated, key=lambda one: (one.time, one.id), reverse=True):
        published = comment.comment.published
        link = f"{address}#{comment.id}"
        feed.add_item(
            title=f"Comment by {comment.author}",
            link=link,
            description=None,
            content=_absolute(str(comment.html), address, comment.page),
            author_name=comment.author,
            pubdate=published,
            updateddate=published,
            unique_id=get_tag_uri(link, published),
        )
    return str(feed.writeString("utf-8"))


def _absolute(html: str, address: str, page: int) -> str:
    """Return the HTML of a comment on a *page* of the item, its links no longer relative to that.

    >>> _absolute('<a href="#note-1">', "https://a.example/rain/", 2)
    '<a href="https://a.example/rain/comments-2.html#note-1">'
    """
    base = address if page == 1 else urljoin(address, page_name(page))
    return _HREF.sub(lambda found: f' href="{_joined(base, found[1])}"', html)


def _joined(base: str, link: str) -> str:
    return link if link.startswith(("http://", "https://")) else urljoin(base, link)
