"""A reader with a keyboard alone comes to everything, sees where, and is never held."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sites import SAMPLE
from test_browser import drawn, until, uri

pytestmark = pytest.mark.slow

STOPS = 400
"""More than any of these pages has."""

LOOK = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  one.dataset.stop ??= String(window.stops = (window.stops ?? 0) + 1);
  const box = one.getClientRects()[0] ?? one.getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const top = document.elementFromPoint(x, y);
  const style = getComputedStyle(one);
  const drawn = (look) =>
    (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 1.5) || look.boxShadow !== "none";
  const marked = drawn(style)
    || [...one.parentElement.children, one.parentElement].some((near) => drawn(getComputedStyle(near)));
  const labels = [...(one.labels ?? [])];
  const seen = top && (one.contains(top) || top.contains(one) || labels.some((label) => label.contains(top)));
  const first = document.querySelector("a[href], button, input, select, summary, [tabindex]");
  return {
    name: one.outerHTML.slice(0, 140), stop: Number(one.dataset.stop), marked,
    inside: x >= 0 && x <= innerWidth && y >= 0 && y <= innerHeight,
    seen: Boolean(seen), first: one === first,
    href: one.getAttribute("href"), radio: one.type === "radio",
  };
}
"""
"""What has the focus: whether it is marked, inside the window and under nothing else."""

IN_ORDER = """
() => {
  const stops = [...document.querySelectorAll("[data-stop]")].map((one) => Number(one.dataset.stop));
  return stops.every((one, place) => !place || one > stops[place - 1]) ? [] : stops;
}
"""

PAGES = (
    "index.html",
    f"{SAMPLE}/index.html",
    "flood/index.html",
    "search.html",
    "notes/index.html",
)


@pytest.fixture
def still(browser: Any) -> Iterator[Any]:
    """Yield a page of a window where nothing moves by itself."""
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


def stops(page: Any, key: str = "Tab") -> list[dict[str, Any]]:
    """Press *key* until the page has been left; return each place that the focus was at."""
    found: list[dict[str, Any]] = []
    while len(found) < STOPS:
        page.keyboard.press(key)
        drawn(page)
        one = page.evaluate(LOOK)
        if one is None or (found and one["stop"] == found[0]["stop"]):
            return found
        if found and one["stop"] <= found[-1]["stop"]:
            pytest.fail(f"the focus goes back from {found[-1]['name']} to {one['name']}")
        found.append(one)
    pytest.fail(f"the focus does not leave the page: {found[-1]['name']}")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [360, 1280])
def test_the_focus_goes_through_the_page(
    still: Any, gate_site: Path, name: str, width: int
) -> None:
    """Tab begins at the link that skips, is always seen, follows the document, and comes out."""
    still.set_viewport_size({"width": width, "height": 800})
    still.goto(uri(gate_site, name))
    # Search puts the focus into its field; what stands before that is to be reached too.
    still.evaluate("document.body.tabIndex = -1, document.body.focus()")
    found = stops(still)
    assert "#main" == found[0]["href"]
    assert len(found) > 5
    assert [] == [one["name"] for one in found if not one["marked"]]
    assert [] == [one["name"] for one in found if not one["inside"]]
    assert [] == [one["name"] for one in found if not one["seen"]]
    assert [] == still.evaluate(IN_ORDER)


def test_the_link_that_skips_leads_past_the_menu(still: Any, gate_site: Path) -> None:
    """Enter on the first stop, and the next stop is in the text."""
    still.goto(uri(gate_site, PAGES[1]))
    still.keyboard.press("Tab")
    still.keyboard.press("Enter")
    until(still, "document.activeElement.matches('main')")
    still.keyboard.press("Tab")
    until(still, "document.activeElement.matches('main *')")


def test_what_is_open_closes_by_escape(still: Any, gate_site: Path) -> None:
    """The reading settings open by Enter, close by Escape, and give the focus back."""
    still.goto(uri(gate_site, "index.html"))
    still.locator(".settings summary").focus()
    still.keyboard.press("Enter")
    still.locator(".settings-panel").wait_for()
    still.keyboard.press("Tab")
    still.keyboard.press("Escape")
    still.locator(".settings-panel").wait_for(state="hidden")
    until(still, "document.activeElement.matches('.settings summary')")
