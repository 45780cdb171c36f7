"""Write the newest annotations of the archive as an Atom feed (RFC 4287)."""

from collections.abc import Sequence
from datetime import UTC, datetime

from feedgenerator import Atom1Feed, get_tag_uri

from ..note_index import NoteEntry


def annotation_feed(
    entries: Sequence[NoteEntry], site: str, site_name: str, limit: int | None = None
) -> str:
    """Return the feed of the dated annotations, newest first; empty where none has a date."""
    dated = sorted((one for one in entries if one.note.date), key=_rank)[::-1][:limit]
    if not dated:
        return ""
    feed = Atom1Feed(
        title=f"Annotations – {site_name}",
        link=f"{site}/notes/index.html",
        feed_url=f"{site}/feeds/annotations.atom.xml",
        description="",
    )
    for one in dated:
        when = datetime.fromisoformat(one.note.date).replace(tzinfo=UTC)
        link = f"{site}/{one.address}"
        about = f": {one.note.words}" if one.note.words else ""
        feed.add_item(
            title=f"{one.note.label}{about} – {one.title}",
            link=link,
            description=None,
            content=str(one.note.html_from(site)),
            author_name=one.note.by or site_name,
            pubdate=when,
            updateddate=when,
            unique_id=get_tag_uri(link, when),
            categories=list(one.note.tags),
        )
    return str(feed.writeString("utf-8"))


def _rank(one: NoteEntry) -> tuple[str, str]:
    return one.note.date, one.address
