"""Every page of a site with pages of every kind is quiet, and open to everyone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from gate_site import kinds
from test_browser import SHOW_ALL, uri
from traffic import Traffic
from web_server import WebServer

pytestmark = pytest.mark.slow

SETTLING = 100
"""Milliseconds in which a page's scripts do what they do at once."""


def pages(site: Path) -> list[str]:
    """Return the address of every page below the site's own."""
    return [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html"))]


@contextmanager
def window(browser: Any, **options: Any) -> Iterator[Any]:
    """Yield a page of a fresh window that is so set."""
    context = browser.new_context(**options)
    yield context.new_page()
    context.close()


def faults_of(browser: Any, address: str, base: str) -> list[str]:
    """Return what a page says, and what it asks for that is not below *base*."""
    with window(browser) as page:
        traffic = Traffic(page)
        page.goto(address, wait_until="load")
        page.wait_for_timeout(SETTLING)
        return traffic.said + traffic.strangers(base) + ([] if page.title() else ["no title"])


def test_every_page_opens_from_a_disk_without_error_or_stranger(
    browser: Any, gate_site: Path
) -> None:
    """No page says a word in the console, fails to read a file, or asks for one outside the site."""
    base = gate_site.as_uri() + "/"
    faults = {name: faults_of(browser, uri(gate_site, name), base) for name in pages(gate_site)}
    assert {} == {name: found for name, found in faults.items() if found}
    assert len(faults) > 30


def test_every_page_opens_from_a_host_without_error_or_stranger(
    browser: Any, hosted_site: WebServer
) -> None:
    """The same holds over http: nothing is asked of another host."""
    base = hosted_site.address + "/"
    faults = {
        name: faults_of(browser, base + name, base)
        for name in pages(hosted_site.folder)
        if name != "404.html"
    }
    assert {} == {name: found for name, found in faults.items() if found}
    assert len(faults) > 30


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_on_any_kind_of_page(
    browser: Any, axe: Any, gate_site: Path, scheme: str
) -> None:
    """Each kind of page satisfies axe's rules in both schemes, on a phone and on a desk."""
    faults = {}
    for name in kinds(gate_site):
        with window(browser, color_scheme=scheme, reduced_motion="reduce") as page:
            page.goto(uri(gate_site, name))
            shorten(page)
            page.evaluate(SHOW_ALL)
            for width in (360, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                for one in axe.run(page).response["violations"]:
                    where = [node["html"][:160] for node in one["nodes"]][:3]
                    faults[name, width, one["id"]] = where
    assert {} == faults


def shorten(page: Any) -> None:
    """Keep 40 comments of a long page: they are alike, and axe takes 14 s for 500."""
    page.evaluate(
        "for (const one of [...document.querySelectorAll('article[id^=comment-]')].slice(40))"
        " one.remove()"
    )


@pytest.mark.parametrize("width", [320, 1920])
def test_no_page_scrolls_sideways(browser: Any, gate_site: Path, width: int) -> None:
    """Nothing is wider than the window, be it a phone's or a wall's."""
    wide = {}
    with window(browser, viewport={"width": width, "height": 800}) as page:
        for name in kinds(gate_site):
            page.goto(uri(gate_site, name))
            wide[name] = page.evaluate("document.documentElement.scrollWidth")
    assert {} == {name: found for name, found in wide.items() if found > width}
