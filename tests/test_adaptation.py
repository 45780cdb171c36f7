"""A page keeps its words and ways however a reader sets the browser: zoom, spacing, colours, motion."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from gate_site import kinds
from sites import SAMPLE
from test_browser import SHOW_ALL, uri

pytestmark = pytest.mark.slow

ARTICLE = f"{SAMPLE}/index.html"

SPACING = """
for (const one of document.querySelectorAll("*")) {
  one.style.setProperty("line-height", "1.5", "important");
  one.style.setProperty("letter-spacing", "0.12em", "important");
  one.style.setProperty("word-spacing", "0.16em", "important");
  if (one.tagName === "P") one.style.setProperty("margin-block-end", "2em", "important");
}
"""
"""What WCAG 2.2, 1.4.12 lets a reader ask for."""

CUT = """
() => [...document.querySelectorAll("body *")].filter((one) => {
  if (!one.checkVisibility() || one.closest(".visually-hidden, .skip, svg, select, input, [aria-hidden=true]")) return false;
  const style = getComputedStyle(one);
  if (style.position === "absolute" && one.clientWidth <= 1) return false;  // for ears alone
  const hides = (way) => ["hidden", "clip"].includes(way);
  return (hides(style.overflowX) && one.scrollWidth > one.clientWidth + 1)
    || (hides(style.overflowY) && one.scrollHeight > one.clientHeight + 1);
}).map((one) => one.outerHTML.slice(0, 140))
"""
"""Elements that hide a part of what they hold."""


@contextmanager
def opened(browser: Any, address: str, **options: Any) -> Iterator[Any]:
    """Yield a page that is open in a window so set."""
    context = browser.new_context(**options)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def test_pages_read_at_four_hundred_per_cent(browser: Any, gate_site: Path) -> None:
    """In a window of 320 by 256 pixels, nothing goes over the side and no bar takes half the height."""
    faults = {}
    with opened(browser, "about:blank", viewport={"width": 320, "height": 256}) as page:
        for name in kinds(gate_site):
            page.goto(uri(gate_site, name))
            page.evaluate("scrollTo(0, 600)")
            wide = page.evaluate("document.documentElement.scrollWidth")
            fixed = page.evaluate(
                "[...document.querySelectorAll('body *')].filter((one) =>"
                " ['fixed', 'sticky'].includes(getComputedStyle(one).position) && one.checkVisibility())"
                ".map((one) => one.getBoundingClientRect())"
                ".filter((box) => box.bottom > 0 && box.top < innerHeight && box.height > innerHeight / 2)"
                ".length"
            )
            if wide > 320 or fixed:
                faults[name] = (wide, fixed)
    assert {} == faults


def test_no_word_is_lost_by_wider_spacing(browser: Any, gate_site: Path) -> None:
    """With WCAG's spacing of lines, words and letters nothing is cut off or goes over the side."""
    faults = {}
    with opened(browser, "about:blank", viewport={"width": 360, "height": 800}) as page:
        for name in kinds(gate_site):
            page.goto(uri(gate_site, name))
            page.evaluate(SHOW_ALL)
            page.evaluate(SPACING)
            wide = page.evaluate("document.documentElement.scrollWidth")
            cut = page.evaluate(CUT)
            if wide > 360 or cut:
                faults[name] = (wide, cut[:3])
    assert {} == faults


def test_a_larger_font_of_the_browser_is_followed(browser: Any, gate_site: Path) -> None:
    """Text grows with the text size of the browser: it is set in no fixed unit."""
    sizes = []
    for percent in ("100%", "200%"):
        with opened(
            browser, uri(gate_site, ARTICLE), viewport={"width": 640, "height": 800}
        ) as page:
            page.evaluate(f"document.documentElement.style.fontSize = '{percent}'")
            sizes.append(
                page.evaluate(
                    "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
                )
            )
            assert 640 >= page.evaluate("document.documentElement.scrollWidth")
    assert sizes[1] >= 1.9 * sizes[0]


@pytest.mark.parametrize("name", ["index.html", ARTICLE, "search.html"])
def test_forced_colours_are_the_readers(browser: Any, gate_site: Path, name: str) -> None:
    """With forced colours the page is drawn in them, text and marks on it can be told apart."""
    pictures = {}
    for forced in ("none", "active"):
        with opened(
            browser, uri(gate_site, name), forced_colors=forced, color_scheme="dark"
        ) as page:
            pictures[forced] = Image.open(BytesIO(page.screenshot())).convert("RGB")
            if forced == "active":
                canvas = page.evaluate(
                    "(() => { document.body.style.backgroundColor = 'Canvas';"
                    " return getComputedStyle(document.body).backgroundColor })()"
                )
                marks = page.evaluate(
                    "[...document.querySelectorAll('main mark')].map((one) => getComputedStyle(one))"
                    ".filter((look) => look.backgroundColor === 'rgba(0, 0, 0, 0)'"
                    " && look.textDecorationLine === 'none' && look.borderBottomStyle === 'none').length"
                )
    assert 0 == marks
    colours = pictures["active"].getcolors(1 << 24)
    common = max(colours)[1]
    assert f"rgb({', '.join(map(str, common))})" == canvas
    assert len(colours) > 2
    assert pictures["none"].tobytes() != pictures["active"].tobytes()


def test_nothing_moves_for_who_wants_no_motion(browser: Any, gate_site: Path) -> None:
    """Where less motion is asked for, nothing runs, glides or scrolls smoothly."""
    moving = {}
    with opened(browser, "about:blank", reduced_motion="reduce") as page:
        for name in kinds(gate_site):
            page.goto(uri(gate_site, name))
            page.evaluate(SHOW_ALL)
            found = page.evaluate(
                "[...document.getAnimations().map(String), ...[...document.querySelectorAll('*')]"
                ".filter((one) => { const look = getComputedStyle(one);"
                " return look.scrollBehavior === 'smooth' || (look.animationName !== 'none'"
                " && parseFloat(look.animationDuration) > 0.01)"
                " || Math.max(...look.transitionDuration.split(',').map(parseFloat)) > 0.01 })"
                ".map((one) => one.outerHTML.slice(0, 100))]"
            )
            if found:
                moving[name] = found[:3]
    assert {} == moving
