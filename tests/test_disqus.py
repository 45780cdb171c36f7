"""A Disqus export gives the comments of each article, and nobody's secrets."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pelican.plugins.annotated_archive.captures.disqus import (
    FORMAT,
    ThreadFacts,
    read_disqus,
    thread_key,
)
from pelican.plugins.annotated_archive.containers.base import Contained
from pelican.plugins.annotated_archive.containers.disqus import CONTAINER
from pelican.plugins.annotated_archive.errors import Unreadable
from pelican.plugins.annotated_archive.exported.export_times import iso_stamp
from pelican.plugins.annotated_archive.model import Capture

from export_shapes import (
    PUBLIC,
    accounted,
    contained,
    fixtures,
    local_time,
    mutations,
    record,
    shown,
    told,
)

FIXTURES = fixtures("disqus")
LEFT_OUT = ("deleted", "thread missing")
needs_public = pytest.mark.skipif(not PUBLIC.exists(), reason="the public exports are not here")


def articles(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the threads of a fixture's record by their article."""
    found: dict[str, list[dict[str, Any]]] = {}
    for thread in record(path)["threads"]:
        key = thread_key(ThreadFacts(thread["id"], thread["link"] or "", "", False))
        found.setdefault(key, []).append(thread)
    return found


def public_entries(path: Path) -> list[Contained]:
    return [one for one in contained(CONTAINER, path) if one.state not in LEFT_OUT]


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_articles_are_the_threads_of_one_address(path: Path) -> None:
    """Threads are joined by their article's address; titles and addresses are those of the first."""
    expected = articles(path)
    entries = public_entries(path)
    assert list(expected) == [entry.key for entry in entries]
    for threads, entry in zip(expected.values(), entries, strict=True):
        got = read_disqus(entry.read())
        first = next((one["title"] for one in threads if one["title"]), None)
        assert (threads[0]["link"], first) == (got.source, got.title)
        assert ("" if any(one["posts"] for one in threads) else "no comments") == entry.state


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_posts_of_a_fixture_are_read_as_its_author_meant(path: Path) -> None:
    """Every public post has its id, author, time, words and parent; no other is there."""
    for threads, entry in zip(articles(path).values(), public_entries(path), strict=True):
        want = sorted((p for one in threads for p in one["posts"]), key=lambda p: str(p["id"]))
        got = sorted(read_disqus(entry.read()).comments, key=lambda c: c.source_id or "None")
        assert [one["id"] or "" for one in want] == [one.source_id for one in got]
        for told_of, one in zip(want, got, strict=True):
            stamp = iso_stamp(told_of["published"] or "")
            assert (told_of["author"], told_of["text"]) == (one.author, shown(one.text, one.styles))
            assert (told_of["parent"] or "") == one.reply_to
            assert local_time(stamp) == local_time(one.stamp)
            assert one.stamp is None or one.stamp.zone == "+00:00"


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_nothing_private_enters_a_capture(path: Path) -> None:
    """No address, IP number or word of a post that is not public is in any capture."""
    words = "".join(told(read_disqus(entry.read())) for entry in public_entries(path))
    words += told(read_disqus(path.read_bytes()))
    assert [] == [secret for secret in record(path)["private"] if secret in words]


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_what_is_left_out_is_counted(path: Path) -> None:
    """Deleted posts and threads, spam, and posts without a thread are said, not dropped."""
    expected = record(path)
    entries = contained(CONTAINER, path)
    notes = [n.text for one in entries for n in read_disqus(one.read()).notes]
    spam = sum("in spam" in text for text in notes)
    assert expected["excluded"]["spam"] == spam
    deleted = sum("deleted" in text for text in notes) + [e.state for e in entries].count("deleted")
    assert expected["excluded"]["deleted"] == deleted
    assert bool(expected.get("orphans")) == ("thread missing" in [e.state for e in entries])


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_every_character_is_accounted_for(path: Path) -> None:
    """The ledger covers a whole export, and each article of it, without a gap or an overlap."""
    captures = [read_disqus(path.read_bytes())]
    captures += [read_disqus(one.read()) for one in contained(CONTAINER, path)]
    assert all(accounted(one) for one in captures)
    assert all(one.remainder == () for one in captures)


def test_sizes_are_those_of_the_bytes() -> None:
    """A list tells the size of what will be written."""
    for path in FIXTURES:
        for entry in contained(CONTAINER, path):
            assert entry.size == len(entry.read())


@needs_public
@pytest.mark.parametrize(
    ("name", "ids"),
    [
        (
            "disqus.xml",
            {
                "example.org/": ["4", "5", "11"],
                "localhost:4000/blog/2013/02/12/redacted/index.html": ["8"],
            },
        ),
        (
            "remark42-disqus.xml",
            {
                "radio-t.umputun.com/2011/03/229_8880.html": ["299986072", ""],
                "radio-t.com/p/2011/03/05/podcast-229/": ["299619020", "299744309"],
            },
        ),
    ],
)
def test_public_exports_are_read(name: str, ids: dict[str, list[str]]) -> None:
    """Empty ids, deleted posts, missing threads and broken tags of real exports stop nothing."""
    entries = [one for one in contained(CONTAINER, PUBLIC / name) if not one.state]
    got = {one.key: [c.source_id for c in read_disqus(one.read()).comments] for one in entries}
    assert ids == got


def test_a_post_that_is_not_clearly_public_is_left_out() -> None:
    """Any word but false for deleted and spam leaves a post out; so does a missing approval."""
    head = b'<disqus xmlns:dsq="d"><thread dsq:id="1"><link>http://a.example/</link></thread>'
    fields = [
        b"<isSpam>123</isSpam>",
        b"<isDeleted>TRUE</isDeleted>",
        b"<isApproved>false</isApproved>",
        b"",
    ]
    posts = b"".join(
        b'<post dsq:id="%d">%s<message>m</message><thread dsq:id="1"/></post>' % (number, field)
        for number, field in enumerate(fields)
    )
    capture = read_disqus(head + posts + b"</disqus>")
    assert ["3"] == [one.source_id for one in capture.comments]


def test_markup_in_a_message_is_no_post() -> None:
    """A message that shows an export's own markup does not end its post, or begin another."""
    data = (
        b'<disqus xmlns:dsq="d"><thread dsq:id="1"><link>http://a.example/</link></thread>'
        b'<post dsq:id="2"><message><![CDATA[<p>&lt;/post&gt; </post><post dsq:id="9"><thread dsq:id="7"/></p>]]></message>'
        b'<author><name>A</name></author><thread dsq:id="1"/></post></disqus>'
    )
    (comment,) = read_disqus(data).comments
    assert ("2", "A") == (comment.source_id, comment.author)


def test_an_export_without_threads_is_refused() -> None:
    """An export that holds nothing has nothing to read."""
    with pytest.raises(Unreadable) as caught:
        read_disqus(b"<disqus></disqus>")
    assert "no-item" == caught.value.code
    assert FORMAT.sniff(b"<disqus></disqus>")


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, len(FIXTURES) - 1),
    st.lists(
        st.tuples(
            st.integers(0, 12_000),
            st.binary(max_size=12)
            | st.sampled_from([b"<post>", b"</thread>", b"<![CDATA[", b"]]>", b"<!--"]),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_any_damage_is_accounted_for_or_refused(
    which: int, places: list[tuple[int, bytes]]
) -> None:
    """Whatever bytes are changed, added or cut off, all characters are accounted for, or it is refused."""
    for data in mutations(FIXTURES[which].read_bytes(), places):
        try:
            capture: Capture = read_disqus(data)
        except Unreadable:
            continue
        assert accounted(capture)
