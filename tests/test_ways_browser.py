"""The ways into an archive, opened from a disk in a real browser: on a phone, in the dark, without scripts."""

from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from bs4 import BeautifulSoup

from rich_archive import add_rich_items, build_rich_site
from sites import copy_site, run
from test_browser import until, uri

pytestmark = pytest.mark.slow

PAGES = (
    "archives.html",
    "item-000/index.html",
    "commenters/index.html",
    "commenters/initial-a.html",
    "commenters/cindy.html",
    "sources/index.html",
    "sources/not-recorded.html",
)
NOTED = """# The editor's room for 'item-001'.
tags: []
annotations:
"""
NOTES = 120


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of an archive of forty items."""
    return build_rich_site(tmp_path_factory.mktemp("ways"))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of an archive that is too large for one page of dates, with a tag of many notes."""
    folder = copy_site(tmp_path_factory.mktemp("large"))
    add_rich_items(folder, 320, comments=(9, 2))
    notes = folder / "content" / "annotations" / "item-001.yaml"
    rows = [
        f"  - {{id: n{n}, kind: context, in: page, tags: [{'cC'[n % 2]}++], body: Words {n}.}}\n"
        for n in range(NOTES)
    ]
    notes.write_text(NOTED + "".join(rows), "utf-8")
    result = run(folder, "build")
    assert 0 == result.returncode, result.stderr
    return folder / "output"


def broken(site: Path, pages: list[Path]) -> list[str]:
    """Return the links of *pages* that lead to no file, or to no place in it."""
    ids: dict[Path, set[str]] = {}
    found = []
    for path in pages:
        soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for tag in soup.select("[href]"):
            address, fragment = urldefrag(urljoin(path.as_uri(), str(tag["href"])))
            target = Path(unquote(address.partition("?")[0].removeprefix("file://")))
            if not address.startswith("file:"):
                continue
            if target.is_file() and fragment and target not in ids:
                there = BeautifulSoup(target.read_text("utf-8"), "html.parser")
                ids[target] = {str(one["id"]) for one in there.select("[id]")}
            if not target.is_file() or (fragment and fragment not in ids[target]):
                found.append(f"{path.name}: {tag['href']}")
    return found


def test_every_link_leads_to_a_place(site: Path) -> None:
    """Bars, rows, names, sources and years lead to files and places that are there."""
    folders = [site / "commenters", site / "sources"]
    pages = [path for folder in folders for path in sorted(folder.rglob("*.html"))]
    pages += [site / "archives.html", site / "item-000" / "index.html"]
    assert [] == broken(site, pages)


def test_a_large_archive_is_reached_year_by_year(large: Path) -> None:
    """No page lists everything, every item is on a page of its year, and every link leads there."""
    pages = sorted((large / "archives").rglob("*.html"))
    assert [] == broken(large, [large / "archives.html", *pages])
    top = BeautifulSoup((large / "archives.html").read_text("utf-8"), "html.parser")
    assert [] == top.select(".row-title")
    listed = []
    for path in pages:
        soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        rows = [str(a["href"]).rpartition("../")[2] for a in soup.select(".row-title a")]
        assert len(rows) <= 200
        listed += rows
    assert 321 == len(listed) == len(set(listed))
    assert (large / "archives" / "undated.html").is_file()


def test_a_tag_of_many_notes_has_pages_of_them(large: Path) -> None:
    """Its own page shows a hundred and leads on; the list has all, in capitals or not."""
    soup = BeautifulSoup(next((large / "tag").glob("c-*.html")).read_text("utf-8"), "html.parser")
    assert 100 == len(soup.select(".note-entry"))
    link = soup.select_one(".all-notes a")
    assert link is not None
    assert f"All {NOTES} notes with this tag" == link.get_text()
    folder = large / "notes"
    pages = [path for path in folder.rglob("*.html") if "tag-c-" in path.as_posix()]
    assert 2 == len(pages)
    count = sum(path.read_text("utf-8").count('class="note-entry') for path in pages)
    assert NOTES == count
    assert [] == broken(large, pages)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_everybody_can_use_it(browser: Any, axe: Any, site: Path, width: int, scheme: str) -> None:
    """axe finds no violation of WCAG 2.2 AA, and no page is wider than its window."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = []
    for name in PAGES:
        page.goto(uri(site, name))
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        options = {"runOnly": {"type": "tag", "values": tags}}
        result = axe.run(page, options=options)
        found += [f"{name}: {one['id']}" for one in result.response["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    context.close()
    assert [] == found


def test_a_bar_and_its_row_lead_to_the_same_comment(browser: Any, site: Path) -> None:
    """Without a script too: a click on the drawing, or on the table, shows the comment."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(uri(site, "item-000/index.html"))
    page.locator(".timeline-plot a").nth(3).click()
    page.wait_for_url("**/*#comment-*")
    by_bar = page.url
    page.locator(".comment:target").wait_for()
    page.goto(uri(site, "item-000/index.html"))
    page.locator(".timeline-table summary").click()
    page.locator(".timeline-table tbody a").nth(3).click()
    page.wait_for_url(by_bar)
    context.close()


def test_the_keyboard_passes_the_drawing_and_reaches_the_table(page: Any, site: Path) -> None:
    """A drawing of fifty bars is no row of fifty stops; its table is one press away."""
    page.goto(uri(site, "archives.html"))
    page.locator("main").focus()
    reached = []
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert ["Home", "In figures"] == reached[:2]
    page.locator(".timeline-table summary").focus()
    page.keyboard.press("Enter")
    page.locator(".timeline-table[open]").wait_for()
    page.keyboard.press("Tab")
    until(page, "document.activeElement.matches('.timeline-table tbody *')")


def test_the_drawing_is_read_without_colour(page: Any, site: Path) -> None:
    """In forced colours bars, hollow bars and the post's stamp are still told apart."""
    page.emulate_media(forced_colors="active")
    page.goto(uri(site, "item-000/index.html"))
    style = (
        "one => { const s = getComputedStyle(one); return [s.fill, s.stroke, s.strokeDasharray] }"
    )
    looks = [
        page.locator(f".timeline-plot {name}").first.evaluate(style)
        for name in (".timeline-bar", ".timeline-hollow", ".timeline-stamp")
    ]
    assert 3 == len({str(look) for look in looks})
    assert looks[0][0] != looks[1][0]


def test_labels_of_the_axis_never_meet(browser: Any, site: Path) -> None:
    """At every width the words below a drawing stand apart."""
    context = browser.new_context()
    page = context.new_page()
    for name in ("archives.html", "item-000/index.html", "item-004/index.html"):
        for width in (320, 360, 768, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(uri(site, name))
            boxes = page.evaluate("""() => [...document.querySelectorAll(".timeline-axis text")]
              .map((one) => one.getBoundingClientRect()).filter((box) => box.width)
              .map((box) => [box.left, box.right]).sort((a, b) => a[0] - b[0])""")
            assert len(boxes) >= 2
            assert all(a[1] < b[0] for a, b in pairwise(boxes)), (name, width)
            assert boxes[0][0] >= 0
            assert boxes[-1][1] <= width
    context.close()


def test_a_page_of_a_name_opens_without_error_or_stranger(page: Any, site: Path) -> None:
    """No console message, and no request that leaves the folder."""
    console: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: console.append(message.text))
    page.on("pageerror", lambda error: console.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    for name in PAGES:
        page.goto(uri(site, name), wait_until="load")
    assert [] == console
    assert [] == [address for address in requests if not address.startswith(site.as_uri())]
