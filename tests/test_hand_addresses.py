"""A page by hand never stands where the archive writes; a theme without pages of comments builds."""

from pathlib import Path

import pytest
from pelican.plugins.annotated_archive.build import build
from pelican.plugins.annotated_archive.errors import Problems

from gate_site import long_thread
from sites import SAMPLE, add_item, copy_site

HAND = "---\ntitle: By hand\n{fields}---\n\nHello.\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_site(tmp_path_factory.mktemp("hand"))


def lay(site: Path, address: str) -> Path:
    """Write a page by hand that is to stand at an address."""
    fields = f"save_as: {address}\nurl: {address}\n"
    (site / "content/pages/hand.md").write_text(HAND.format(fields=fields))
    return site / "pelicanconf.py"


@pytest.mark.parametrize(
    "address",
    [
        "search.html",
        "Search/index.js",
        "commenters/index.html",
        "sources/mine.html",
        "notes/mine.html",
        "glossary/index.html",
        "feeds/all.atom.xml",
        "theme/css/site.css",
        f"{SAMPLE}/citation.txt",
        f"{SAMPLE}/comments-2.html",
        "manifest-sha256.txt",
        "robots.txt",
        "_redirects",
    ],
)
def test_an_address_of_the_site_itself_is_refused(
    site: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names the page by hand and its address, and the site stays as it was."""
    monkeypatch.chdir(site)
    with pytest.raises(Problems) as found:
        build(lay(site, address))
    [problem] = found.value.problems
    assert "taken-address" == problem.code
    assert "content/pages/hand.md" == problem.path
    assert address in problem.fault
    assert not (site / "output" / "index.html").exists()


def test_a_slug_may_not_lead_there_either(site: Path) -> None:
    """What counts is where the page would stand, by whatever field."""
    (site / "content/pages/hand.md").write_text(HAND.format(fields="slug: index\n"))
    settings = site / "pelicanconf.py"
    with pytest.raises(Problems, match=r"hand\.md.*save_as: notes/index\.html"):
        build(settings, {"PAGE_SAVE_AS": "notes/{slug}.html"})


def test_a_page_by_hand_has_any_other_address(tmp_path: Path) -> None:
    """Other folders are free, and a home page may be written by hand, as Pelican allows."""
    site = copy_site(tmp_path, empty=True)
    for address in ("essays/rain.html", "index.html"):
        build(lay(site, address))
        assert "Hello." in (site / "output" / address).read_text()


def test_a_theme_without_pages_of_comments_builds(tmp_path: Path) -> None:
    """Pelican's own theme shows a thread of more than a page: all of it on the item's page.

    Its links name folders, so its site is for a host.
    """
    site = copy_site(tmp_path, empty=True)
    add_item(site, "long", long_thread(12))
    hosted = {"SITEURL": "https://a.test", "RELATIVE_URLS": False, "ARTICLE_URL": "{slug}/"}
    few = {"THEME": "simple", "ARCHIVE_COMMENTS_PER_PAGE": 5}
    build(site / "pelicanconf.py", {**hosted, **few})
    folder = site / "output/long"
    page = (folder / "index.html").read_text()
    assert 12 == page.count('id="comment-')
    assert not (folder / "comments-2.html").exists()
