"""The site, opened from a disk in Firefox, is as whole as in Chromium, where a file may read no other."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from firefox import Firefox, Window
from gate_site import COMMENTS, LONG, kinds
from sites import SAMPLE
from test_browser import uri
from traffic import strangers

pytestmark = pytest.mark.slow

ARTICLE = f"{SAMPLE}/index.html"
CHOSEN = "document.documentElement.dataset.scheme"


@pytest.fixture
def window(firefox: Firefox) -> Iterator[Window]:
    """Yield a window that has seen nothing yet; it must say nothing and ask for nothing outside."""
    with firefox.window() as opened:
        yield opened
        assert [] == opened.console
        assert [] == strangers(opened.requests, "file://")


def test_no_file_may_read_another(firefox: Firefox, tmp_path: Path) -> None:
    """The browser that is tested is as strict as a reader's own, and tells what it refused."""
    (tmp_path / "other.txt").write_text("secret", "utf-8")
    script = (
        "fetch('other.txt').then(() => document.title = 'read', () => document.title = 'refused')"
    )
    page = f"<!doctype html><title>-</title><img src='http://127.0.0.2:47123/x.png'><script>{script}</script>"
    (tmp_path / "page.html").write_text(page, "utf-8")
    with firefox.window() as window:
        window.goto(uri(tmp_path, "page.html"))
        assert "refused" == window.wait_for("document.title !== '-' && document.title")
        assert window.console
        assert ["http://127.0.0.2:47123/x.png"] == strangers(window.requests, "file://")


def test_every_kind_of_page_opens_without_error_or_stranger(
    firefox: Firefox, gate_site: Path
) -> None:
    """No page says a word in the console or asks for anything that is not on the disk."""
    faults = {}
    for name in kinds(gate_site):
        with firefox.window() as window:
            window.goto(uri(gate_site, name))
            assert window.evaluate("document.styleSheets.length") > 0
            assert "rgba(0, 0, 0, 0)" != window.evaluate(
                "getComputedStyle(document.body).backgroundColor"
            )
            found = window.console + strangers(window.requests, "file://")
            if found:
                faults[name] = found
    assert {} == faults


def test_settings_are_kept_from_page_to_page(window: Window, gate_site: Path) -> None:
    """A dark page chosen by keyboard stays dark on another page and when it is read again."""
    window.goto(uri(gate_site, "index.html"))
    light = window.evaluate("getComputedStyle(document.body).backgroundColor")
    window.click(".settings summary")
    focus(window, "[name=reading-scheme]")
    window.press("ArrowDown", "ArrowDown")
    assert "dark" == window.wait_for(CHOSEN)
    dark = window.evaluate("getComputedStyle(document.body).backgroundColor")
    window.goto(uri(gate_site, ARTICLE))
    assert ("dark", dark) == (
        window.evaluate(CHOSEN),
        window.evaluate("getComputedStyle(document.body).backgroundColor"),
    )
    assert dark != light
    window.reload()
    assert "dark" == window.evaluate(CHOSEN)


def test_a_choice_of_notes_is_in_the_address(window: Window, gate_site: Path) -> None:
    """One kind of note is shown, the address says which, and opened anew it shows the same."""
    shown = (
        "[...document.querySelectorAll('.note-box')].filter(one => one.checkVisibility()).length"
    )
    window.goto(uri(gate_site, "flood/index.html"))
    every = window.evaluate(shown)
    focus(window, "[data-choose=kind][data-value=fact-check]")
    window.press("Enter")
    window.wait_for("location.search.includes('kind=fact-check')")
    few = window.wait_for(f"{shown} < {every} && {shown}")
    address = window.address
    window.goto(uri(gate_site, "index.html"))
    window.goto(address)
    window.wait_for(f"{shown} === {few}")
    assert 1 == few


def test_search_finds_a_comment_and_leads_to_it(window: Window, gate_site: Path) -> None:
    """Typed words find a comment, and by keyboard alone a reader comes to it."""
    window.goto(uri(gate_site, "search.html"))
    focus(window, "#search-words")
    window.type("almanac never")
    window.wait_for(
        "document.querySelector('#search-results').dataset.answered === 'almanac never'"
    )
    focus(window, "#search-found a[href*='comment-20100603-1704']")
    window.press("Enter")
    window.wait_for("location.hash === '#comment-20100603-1704'")
    assert "flood/index.html" in window.address
    assert in_sight(window, "comment-20100603-1704")


@pytest.mark.parametrize("number", [2, 600, COMMENTS])
def test_a_permanent_address_lands_on_its_comment(
    window: Window, gate_site: Path, number: int
) -> None:
    """The address on the item's page brings a reader to the comment, on whichever page it is."""
    window.goto(uri(gate_site, f"{LONG}/index.html"))
    pages = [path.name for path in sorted((gate_site / LONG).glob("*.html"))]
    ids = []
    for name in sorted(pages, key=lambda one: (one != "index.html", one)):
        window.goto(uri(gate_site, f"{LONG}/{name}"))
        ids += window.evaluate(
            "[...document.querySelectorAll('article.comment')].map(one => one.id)"
        )
    assert COMMENTS == len(set(ids))
    wanted = ids[number - 1]
    window.goto(uri(gate_site, f"{LONG}/index.html") + f"#{wanted}")
    window.wait_for(f"!!document.querySelector('article.comment#{wanted}')")
    assert in_sight(window, wanted)


def focus(window: Window, selector: str) -> None:
    """Give the focus to an element, once it is there and takes it."""
    found = f"document.querySelector({json.dumps(selector)})"
    window.wait_for(f"({found}.focus(), {found} === document.activeElement)")


def in_sight(window: Window, name: str) -> Any:
    """Wait until the top of an element is in the window."""
    top = f"document.getElementById('{name}')?.getBoundingClientRect().top"
    return window.wait_for(f"{top} >= -1 && {top} < innerHeight")


def test_comments_are_ordered(window: Window, gate_site: Path) -> None:
    """The oldest comments come first by choice of a reader, from the keyboard."""
    ids = "[...document.querySelectorAll('article.comment')].map(one => one.id)"
    window.goto(uri(gate_site, ARTICLE))
    captured = window.evaluate(ids)
    focus(window, "#order")
    window.type("o")
    window.wait_for("document.querySelector('#order').value === 'oldest'")
    oldest = window.wait_for(f"{ids}.join() !== '{','.join(captured)}' && {ids}")
    times = window.evaluate(
        "[...document.querySelectorAll('article.comment')]"
        ".map(one => Date.parse(one.querySelector('time')?.dateTime)).filter(one => one)"
    )
    assert sorted(captured) == sorted(oldest)
    assert sorted(times) == times


def test_a_citation_is_copied(window: Window, gate_site: Path) -> None:
    """The button copies the citation from a file too, and says so."""
    window.goto(uri(gate_site, ARTICLE))
    window.click("details.cite > summary")
    window.click("[data-cite-box] [data-copy]")
    window.wait_for("/copied/.test(document.querySelector('.cite-status').textContent)")


def test_pages_read_without_scripts(firefox_without_scripts: Firefox, gate_site: Path) -> None:
    """Where no script may run, every word of the article and its comments can be seen."""
    unseen = (
        "[...document.querySelectorAll('h1, [id^=p-], article.comment')]"
        ".filter(one => !one.closest('details:not([open])') && !one.checkVisibility()).length"
    )
    with firefox_without_scripts.window() as window:
        window.goto(uri(gate_site, ARTICLE))
        assert window.evaluate("matchMedia('(scripting: none)').matches")
        assert 27 == window.evaluate("document.querySelectorAll('article.comment').length")
        assert 0 == window.evaluate(unseen)
        window.goto(uri(gate_site, "search.html"))
        assert window.evaluate(
            "[...document.querySelectorAll('main a')].some(one => one.checkVisibility())"
        )
