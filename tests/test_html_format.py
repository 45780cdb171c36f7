"""The HTML format reads comments, article and provenance of pages of many platforms and languages."""

import json
import os
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pelican.plugins.annotated_archive.captures.html import is_html, read_html
from pelican.plugins.annotated_archive.model import Capture, CapturedComment, Stamp

FOLDER = Path(__file__).parent / "captures"
PAGES = [path for name in ("html", "platforms") for path in sorted((FOLDER / name).glob("*.html"))]
REAL = Path(os.environ.get("ARCHIVE_PUBLIC_CAPTURES", "absent")) / "wordpress-html"
_MARK = re.compile(r"^(?:> ?|- |\d+\. )+")
_OWN_ID = re.compile(r"""<(?!a\b)\w+\b[^<>]*?\sid=["']?(?:li-|div-)?comment-(\d+)["'\s>]""")
_UNITS = {"hour": 1, "day": 1, "week": 7, "month": 31, "year": 366}


def plain(text: str) -> str:
    """Return the words of a text alone: our own has no marks of lists and quotations."""
    lines = (_MARK.sub("", line.strip()) for line in text.split("\n"))
    return " ".join(" ".join(lines).split())


def minute(stamp: Stamp | None, expected: str | None) -> str | None:
    """Return a stamp as precisely as it is expected."""
    if stamp is None or expected is None:
        return None if stamp is None else stamp.local.isoformat()
    has_time = stamp.has_time or len(expected) > 10
    return stamp.local.isoformat()[: min(len(expected), 16) if has_time else 10]


def find(capture: Capture, expected: dict[str, Any]) -> CapturedComment | None:
    """Return the comment that is expected, by its id, else by its name and words."""
    if expected["id"]:
        return next((c for c in capture.comments if c.source_id == expected["id"]), None)
    return next(
        (
            c
            for c in capture.comments
            if not c.source_id
            and (c.author, plain(c.text)) == (expected["author"], plain(expected["text"]))
        ),
        None,
    )


@pytest.fixture(scope="module", params=PAGES, ids=lambda path: path.stem)
def page(request: pytest.FixtureRequest) -> tuple[Capture, dict[str, Any], bytes]:
    path: Path = request.param
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    data = path.read_bytes()
    return read_html(data, captured=expected["captured"]), expected, data


Page = tuple[Capture, dict[str, Any], bytes]


def test_a_page_is_recognised_by_its_content(page: Page) -> None:
    """Each page is HTML by its first bytes."""
    assert is_html(page[2])


def test_the_article_and_its_title_are_read(page: Page) -> None:
    """Title, authors and time are the article's own; its text begins and ends where it does."""
    capture, expected, _ = page
    assert expected["title"] == capture.title
    assert expected["authors"] == list(capture.authors)
    published = expected["published"]
    assert (published and published[:16]) == minute(capture.stamp, published)
    text = plain("\n".join(block.text for block in capture.blocks if block.kind == "paragraph"))
    assert 0 <= text.find(plain(expected["article_begins"])) < 100
    assert text.endswith(plain(expected["article_ends"]))


def test_all_comments_are_read_in_order_and_each_once(page: Page) -> None:
    """The comments are those of the page, with their own ids."""
    capture, expected, _ = page
    assert [c["id"] or "" for c in expected["comments"]] == [c.source_id for c in capture.comments]


def test_each_comment_has_its_name_words_thread_and_kind(page: Page) -> None:
    """Name, text, the comment that is answered and the kind are those that the page shows."""
    capture, expected, _ = page
    for one in expected["comments"]:
        comment = find(capture, one)
        assert comment is not None, one
        assert one["author"] == comment.author
        assert plain(one["text"]) == plain(comment.text)
        assert (one["parent"] or "") == comment.reply_to
        is_ping = "pingback" in (one["kind"], comment.kind) and "trackback" in (
            one["kind"],
            comment.kind,
        )
        assert one["kind"] == comment.kind or is_ping


def test_each_comment_has_its_time(page: Page) -> None:
    """Times are the wall time that is printed; those reckoned from words are marked, and near."""
    capture, expected, _ = page
    for one in expected["comments"]:
        comment = find(capture, one)
        assert comment is not None
        if not one.get("approximate"):
            assert (one["published"] and one["published"][:16]) == minute(
                comment.stamp, one["published"]
            )
            continue
        assert comment.stamp is not None
        assert comment.stamp.is_approximate
        unit = max(
            (days for word, days in _UNITS.items() if word in comment.stamp.printed), default=31
        )
        apart = comment.stamp.local - datetime.fromisoformat(one["published"][:10])
        assert abs(apart) <= timedelta(days=unit + 1)


def test_what_is_declared_and_not_captured_is_known(page: Page) -> None:
    """The count that the page declares is read, and that more comments are elsewhere."""
    capture, expected, _ = page
    assert expected["declared"] == capture.declared
    elsewhere = any(note.code == "comments-elsewhere" for note in capture.notes)
    assert expected["more"] == bool(capture.pager or elsewhere)


def test_the_origin_is_read(page: Page) -> None:
    """Address, language and, of a saved page, the day of the capture are the file's own."""
    capture, expected, data = page
    assert expected["source"] == capture.source
    assert (expected["language"] or "") == capture.language.split("-")[0]
    if b"Page saved with SingleFile" in data[:2000]:
        assert (capture.captured or "").startswith(expected["captured"][:10])
    else:
        assert capture.captured is None


def test_nothing_private_is_in_the_capture(page: Page) -> None:
    """No address, no digest of one and no visitor's number is anywhere in the capture."""
    capture, expected, _ = page
    whole = repr(capture).lower()
    for private in expected["private"]:
        assert private.lower() not in whole


def test_every_character_is_accounted_for(page: Page) -> None:
    """The entries cover the page from its first character to its last, without a gap."""
    capture = page[0]
    at = 0
    for entry in capture.entries:
        assert at == entry.start
        assert entry.start < entry.end
        at = entry.end
    assert at == capture.characters


def test_styles_lie_within_their_texts(page: Page) -> None:
    """Each style is a part of its text, and each link leads to no mailbox and tracks nobody."""
    capture = page[0]
    for thing in (*capture.blocks, *capture.comments):
        for style in thing.styles:
            assert 0 <= style.start < style.end <= len(thing.text)
            assert not re.search(r"mailto:|utm_|fbclid|gclid", style.address)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real pages are not in this project")
@pytest.mark.parametrize(
    "name", sorted(json.loads((REAL / "counts.json").read_text())) if REAL.is_dir() else []
)
def test_real_pages_lose_no_comment(name: str) -> None:
    """On real WordPress pages every comment is found by its own id, with its name, and its time unless a ping."""
    data = (REAL / name).read_bytes()
    capture = read_html(data)
    own = {found[1] for found in _OWN_ID.finditer(data.decode("utf-8", "replace"))}
    assert own == {comment.source_id for comment in capture.comments}
    assert json.loads((REAL / "counts.json").read_text())[name]["comments"] == len(own)
    for comment in capture.comments:
        assert comment.author
        assert comment.kind != "comment" or comment.stamp


def test_what_only_mentions_html_is_no_page() -> None:
    """XML exports, mail and text that contains tags are not taken for pages."""
    assert not is_html(b'<?xml version="1.0"?><rss version="2.0"><channel>')
    assert not is_html(b"From: a\r\nContent-Type: multipart/related\r\n\r\n<html>")
    assert not is_html(b"He wrote <html> and <body> on the board.")
    assert is_html(b"\xef\xbb\xbf\n<!-- saved from url=(0014)about:internet -->\n<HTML>")
    assert is_html("<!DOCTYPE html>".encode("utf-16"))
