"""The site, opened from a disk in a real browser, is whole, quiet and open to everyone."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from bs4 import BeautifulSoup

from sites import SAMPLE

pytestmark = pytest.mark.slow

PAGES = (
    "index.html",
    f"{SAMPLE}/index.html",
    "tag/iran.html",
    "pages/about-this-archive.html",
    "404.html",
)

SHOW_ALL = """
for (const one of document.querySelectorAll("*")) {
  if (one.tagName === "DETAILS") one.open = true;
  one.style.contentVisibility = "visible";
}
"""
"""Open what is folded, and lay out what a browser leaves until it is scrolled to."""


PATIENCE = 30_000
"""Milliseconds, at most: machines that test are slow and shared."""

IN_SIGHT = """
place => {
  const box = document.getElementById(place)?.getBoundingClientRect();
  return box && box.top >= -1 && box.top < innerHeight;
}
"""


def uri(site: Path, name: str) -> str:
    """Return the address of a file of the site, as a double click opens it."""
    return (site / name).as_uri()


def until(page: Any, true: str) -> None:
    """Wait until an expression is true on a page that is loaded.

    It is handed over as a function, which is compiled once: a bare expression would be evaluated
    at each look, and from the second on the policy of the pages forbids that.
    """
    looked = f"() => document.readyState === 'complete' && ({true})"
    page.wait_for_function(looked, timeout=PATIENCE)


def in_sight(page: Any, place: str) -> None:
    """Wait until the top of an element is in the window."""
    page.wait_for_function(IN_SIGHT, arg=place, timeout=PATIENCE)


def drawn(page: Any) -> None:
    """Wait until the page has been laid out and drawn as it is now."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_error_or_stranger(page: Any, built_site: Path, name: str) -> None:
    """No console message, no failed request, and no request that leaves the disk."""
    console: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: console.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: console.append(str(error)))
    page.on("requestfailed", lambda request: console.append(f"failed: {request.url}"))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(uri(built_site, name), wait_until="load")
    assert [] == console
    assert [] == [address for address in requests if not address.startswith("file://")]
    assert any(address.endswith(".css") for address in requests)
    assert page.title()


@pytest.mark.parametrize("name", PAGES)
def test_the_theme_is_applied(page: Any, built_site: Path, name: str) -> None:
    """Every stylesheet that the page names is read, the policy of its own head allowing it."""
    page.goto(uri(built_site, name), wait_until="load")
    sheets = page.evaluate("[...document.styleSheets].map(sheet => sheet.href)")
    named = page.locator("link[rel=stylesheet]").count()
    assert 0 < named == len(sheets)
    assert "rgba(0, 0, 0, 0)" != page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_every_link_leads_to_a_file(built_site: Path) -> None:
    """Each link of every page names a file that is there and, after a #, a place in it."""
    soups = {
        path: BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in sorted(built_site.rglob("*.html"))
    }
    ids = {path: {tag["id"] for tag in soup.select("[id]")} for path, soup in soups.items()}
    seen, broken = 0, []
    for path, soup in soups.items():
        for tag in soup.select("[href], [src]"):
            link = str(tag.get("href") or tag.get("src"))
            address, fragment = urldefrag(urljoin(path.as_uri(), link))
            if not address.startswith("file://"):
                continue
            seen += 1
            target = Path(unquote(address.partition("?")[0].removeprefix("file://")))
            if not target.is_file() or (fragment and unquote(fragment) not in ids[target]):
                broken.append(f"{path.relative_to(built_site)}: {link}")
    assert [] == broken
    assert seen > 100


def test_links_work_as_clicks(page: Any, built_site: Path) -> None:
    """From the index a reader comes to the article, and from there to a comment of its own."""
    page.goto(uri(built_site, "index.html"))
    page.locator(f"main a[href$='{SAMPLE}/index.html']").first.click()
    page.wait_for_url(f"**/{SAMPLE}/index.html")
    page.goto(f"{uri(built_site, f'{SAMPLE}/index.html')}#comment-20090617-0749")
    place = page.locator("#comment-20090617-0749")
    place.wait_for()
    in_sight(page, "comment-20090617-0749")
    assert "David" in place.inner_text()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_without_javascript(browser: Any, built_site: Path, name: str) -> None:
    """All words are there, visible, where no script runs."""
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(uri(built_site, name))
    assert plain.locator("h1").is_visible()
    if SAMPLE in name:
        comments = plain.locator("article[id^=comment-2009]").all()
        assert 27 == len(comments)
        shown = []
        for one in (*comments, *plain.locator("[id^=p-]").all()):
            one.scroll_into_view_if_needed()
            assert one.is_visible()
            shown.append(one.text_content())
        assert "The whole world has gone nuts...." in shown[3]
    context.close()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_a_page_never_scrolls_sideways(
    browser: Any, built_site: Path, name: str, width: int
) -> None:
    """Nothing is wider than the window."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    narrow = context.new_page()
    narrow.goto(uri(built_site, name))
    wide = narrow.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert wide <= width


def test_dark_and_light_differ(browser: Any, built_site: Path) -> None:
    """The page follows the reader's choice of a dark scheme."""
    seen = set()
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        shown = context.new_page()
        shown.goto(uri(built_site, PAGES[1]))
        seen.add(shown.evaluate("getComputedStyle(document.body).backgroundColor"))
        context.close()
    assert 2 == len(seen)
