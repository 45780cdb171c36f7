"""Draw the pictures of README: the sample's pages in a headless Chromium, into docs/images.

``invoke images`` runs this file. It builds the sample into a throw-away folder first.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican.plugins.annotated_archive.build import build
from pelican.plugins.annotated_archive.errors import Problem, Problems

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ITEM = "state-department-to-twitter/index.html"
LARGEST = 300_000
"""A picture may have so many bytes: every clone fetches all of them."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Say what a picture shows: a *page* of the site in a window of a *size*, in a scheme or in print.

    *shown* is an element that must be there before it is drawn, *at* one that the page is scrolled to.
    """

    name: str
    page: str
    size: tuple[int, int]
    scheme: str = "light"
    media: str = "screen"
    shown: str = "h1"
    at: str = ""


PICTURES = (
    Picture("home", "index.html", (1280, 860)),
    Picture("article", ITEM, (1280, 860)),
    Picture("article-narrow", ITEM, (390, 844)),
    Picture("article-dark", ITEM, (1280, 860), scheme="dark"),
    Picture("comments", ITEM, (1280, 860), at="#comment-20090617-0749"),
    Picture("print", ITEM, (794, 1123), media="print"),
    Picture("search", "search.html?q=iran", (1280, 860), shown=".result mark"),
)

PAPER = "document.documentElement.style.padding = '20mm 22mm'"
"""The margins of a page of paper, which a picture of print does not have by itself."""


@contextmanager
def chromium() -> Iterator[Any]:
    """Yield a running Chromium; end with words that say what is missing here."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        sys.exit("images: playwright is not installed; pip install --editable '.[test]'")
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        sys.exit(f"images: no browser here; install one of {', '.join(BROWSERS)}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, chromium_sandbox=False)
        yield browser
        browser.close()


def draw(browser: Any, site: Path, picture: Picture) -> None:
    """Write one picture."""
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=picture.scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    name, mark, query = picture.page.partition("?")
    page.goto(f"{(site / name).as_uri()}{mark}{query}")
    page.emulate_media(media=picture.media)
    if picture.media == "print":
        page.evaluate(PAPER)
    page.locator(picture.shown).first.wait_for()
    if picture.at:
        page.locator(picture.at).evaluate("one => one.scrollIntoView()")
    page.wait_for_timeout(300)
    path = IMAGES / f"{picture.name}.png"
    page.screenshot(path=path)
    context.close()
    if path.stat().st_size > LARGEST:
        sys.exit(f"images: {path.name} has more than {LARGEST:,} bytes; show less of the page")


def main() -> None:
    """Build the sample, and draw every picture of it."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        output = Path(folder) / "output"
        try:
            build(ROOT / "pelicanconf.py", {"OUTPUT_PATH": str(output)})
        except (Problem, Problems) as error:
            sys.exit(str(error))
        for picture in PICTURES:
            draw(browser, output, picture)
            print(f"wrote: docs/images/{picture.name}.png")


if __name__ == "__main__":
    main()
