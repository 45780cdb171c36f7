"""The feeds of a published site are Atom (RFC 4287), by its own schema and by a reader of feeds."""

from pathlib import Path

import pytest
from lxml import etree

from gate_site import LONG
from sites import SAMPLE
from web_server import WebServer

pytestmark = pytest.mark.slow

SCHEMA = Path(__file__).parent / "atom.rng"
FEEDS = (
    "feeds/all.atom.xml",
    "feeds/annotations.atom.xml",
    "feeds/category-misc.atom.xml",
    f"{SAMPLE}/comments.atom.xml",
    f"{LONG}/comments.atom.xml",
)


def test_the_feeds_are_all_of_the_feeds(hosted_site: WebServer) -> None:
    """Each feed of the site is one of those that are looked at, or like one."""
    found = {
        path.relative_to(hosted_site.folder) for path in hosted_site.folder.rglob("*.atom.xml")
    }
    assert set(map(Path, FEEDS)) <= found
    kinds = {
        (name.parts[0] == "feeds", name.name.partition("-")[0].split(".")[0]) for name in found
    }
    assert {(True, "all"), (True, "annotations"), (True, "category"), (False, "comments")} == kinds


@pytest.fixture(scope="module")
def schema() -> etree.RelaxNG:
    """Return the schema of RFC 4287, appendix B."""
    return etree.RelaxNG(etree.parse(SCHEMA))


def test_every_feed_is_valid(hosted_site: WebServer, schema: etree.RelaxNG) -> None:
    """Each feed follows the schema of RFC 4287."""
    faults = {}
    for path in sorted(hosted_site.folder.rglob("*.atom.xml")):
        if not schema.validate(etree.parse(path)):
            faults[path.name] = [str(error) for error in schema.error_log][:3]
    assert {} == faults


def test_the_schema_finds_a_fault(hosted_site: WebServer, schema: etree.RelaxNG) -> None:
    """The schema would tell: a feed without its id is none."""
    feed = etree.parse(hosted_site.folder / FEEDS[0])
    root = feed.getroot()
    root.remove(root.find("{http://www.w3.org/2005/Atom}id"))
    assert not schema.validate(feed)


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_reads(hosted_site: WebServer, name: str) -> None:
    """A reader of feeds finds entries, each with an id of its own and an address in the site."""
    feedparser = pytest.importorskip("feedparser")
    feed = feedparser.parse((hosted_site.folder / name).read_bytes())
    assert (False, "atom10") == (bool(feed.bozo), feed.version)
    assert feed.entries
    assert len(feed.entries) == len({entry.id for entry in feed.entries})
    links = [entry.link for entry in feed.entries]
    assert [] == [link for link in links if not link.startswith(hosted_site.address + "/")]
    pages = [link.removeprefix(hosted_site.address + "/").partition("#")[0] for link in links]
    files = [page + "index.html" if page.endswith("/") or not page else page for page in pages]
    assert [] == [file for file in files if not (hosted_site.folder / file).is_file()]
