"""Write the comments of one item as an Atom feed (RFC 4287)."""

from feedgenerator import Atom1Feed, get_tag_uri

from ..views import EditionView


def comment_feed(view: EditionView, address: str, site_name: str) -> str:
    """Return the feed of a view's comments, newest first; empty where no comment has a time."""
    dated = [comment for comment in view.comments if comment.comment.published]
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
            content=str(comment.html),
            author_name=comment.author,
            pubdate=published,
            updateddate=published,
            unique_id=get_tag_uri(link, published),
        )
    return str(feed.writeString("utf-8"))
