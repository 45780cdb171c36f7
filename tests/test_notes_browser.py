"""Notes, opened from a disk in a real browser: to choose among, to fold and open, to print, to follow."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from bs4 import BeautifulSoup

from noted_site import FLOOD, build_noted_site
from test_browser import PATIENCE, SHOW_ALL, in_sight, uri

pytestmark = pytest.mark.slow

PAGES = (
    "flood/index.html",
    "notes/index.html",
    "glossary/almanac.html",
    "tag/people.html",
    "notes/by-d-roe.html",
    "glossary/index.html",
    "tags.html",
    "index.html",
)
NOTES = 49


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output folder of a site with notes of every sort."""
    return build_noted_site(tmp_path_factory.mktemp("noted"))


@pytest.fixture
def plain(browser: Any) -> Iterator[Any]:
    """Yield a page of a window where no script runs."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def flood(site: Path, rest: str = "") -> str:
    """Return the address of the item with the many notes."""
    return uri(site, "flood/index.html") + rest


def shown(page: Any) -> set[str]:
    """Return the ids of the notes that are shown."""
    return {note.get_attribute("id") for note in page.locator(".note-box:visible").all()}


def status(page: Any, expected: str) -> None:
    """Wait until the page says *expected* of its notes."""
    page.locator("[role=status]", has_text=expected).wait_for(timeout=PATIENCE)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_error_or_stranger(page: Any, site: Path, name: str) -> None:
    """No console message, no failed request, and no request that leaves the folder."""
    console: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: console.append(message.text))
    page.on("pageerror", lambda error: console.append(str(error)))
    page.on("requestfailed", lambda request: console.append(f"failed: {request.url}"))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(uri(site, name), wait_until="load")
    page.wait_for_timeout(300)
    assert [] == console
    assert [] == [address for address in requests if not address.startswith(site.as_uri())]


def test_every_link_leads_to_a_place(site: Path) -> None:
    """Each link names a file, and after a # a place in it, whatever it asks with a ?."""
    soups = {
        path: BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in sorted(site.rglob("*.html"))
    }
    ids = {path: {tag["id"] for tag in soup.select("[id]")} for path, soup in soups.items()}
    broken = []
    for path, soup in soups.items():
        for tag in soup.select("[href], [src]"):
            link = str(tag.get("href") or tag.get("src"))
            address, fragment = urldefrag(urljoin(path.as_uri(), link))
            target = Path(unquote(address.partition("?")[0].removeprefix("file://")))
            if address.startswith("file:") and (
                not target.is_file() or (fragment and fragment not in ids[target])
            ):
                broken.append(f"{path.name}: {link}")
    assert [] == broken


def test_notes_are_chosen_by_a_click_and_kept_in_the_address(page: Any, site: Path) -> None:
    """A click chooses a kind, another an editor too; counts follow, and All leads back."""
    page.goto(flood(site))
    page.locator("a[data-value=gloss]").click()
    status(page, f"3 of {NOTES} notes shown")
    page.wait_for_url("**/index.html?kind=gloss#notes")
    assert {"note-master", "note-gone", "note-glossary-almanac"} == shown(page)
    assert page.locator("mark[aria-details=note-filled].left-out").count() > 0
    assert not page.locator("#ref-filled").is_visible()
    assert "true" == page.locator("a[data-value=gloss]").get_attribute("aria-current")
    page.goto(flood(site, "?kind=context#notes"))
    page.locator("a[data-value=d-roe]").click()
    status(page, f"1 of {NOTES} notes shown")
    page.wait_for_url("**/index.html?kind=context&by=d-roe#notes")
    assert {"note-cistern"} == shown(page)
    assert 1 == page.locator(".note-rows li:visible").count()
    page.locator("a[data-choose=kind][data-value='']").click()
    status(page, f"2 of {NOTES} notes shown")
    page.wait_for_url("**/index.html?by=d-roe#notes")
    assert ["Fact check 1"] == [
        one.inner_text() for one in page.locator(".choose li", has_text="fact").all()
    ]


def test_a_link_within_the_page_keeps_the_choice(page: Any, site: Path) -> None:
    """From the list to the note and back to its words, the address still says what is chosen."""
    page.goto(flood(site, "?by=d-roe#notes"))
    page.locator(".note-rows li:visible a").first.click()
    page.wait_for_url("**/index.html?by=d-roe#note-*")
    page.locator("#note-filled .note-back").click()
    page.wait_for_url("**/index.html?by=d-roe#ref-filled")
    assert {"note-filled", "note-cistern"} == shown(page)


@pytest.mark.parametrize("hash", ["#note-later", "#ref-later"])
def test_a_link_to_a_note_that_is_left_out_shows_it(page: Any, site: Path, hash: str) -> None:
    """What a link leads to is there, on loading and on a click."""
    page.goto(flood(site, f"?by=d-roe{hash}"))
    status(page, f"3 of {NOTES} notes shown")
    assert page.locator(hash).is_visible()
    page.goto("about:blank")
    page.goto(flood(site, "?by=d-roe#notes"))
    status(page, f"2 of {NOTES} notes shown")
    page.evaluate("hash => { location.hash = hash }", hash)
    status(page, f"3 of {NOTES} notes shown")
    assert page.locator(hash).is_visible()
    in_sight(page, hash[1:])


def test_an_unknown_choice_chooses_nothing(page: Any, site: Path) -> None:
    """An address that asks for what is not here shows all."""
    page.goto(flood(site, "?kind=nonsense&by=nobody#notes"))
    page.wait_for_timeout(300)
    assert NOTES == len(shown(page))


def test_without_a_script_all_notes_are_shown(plain: Any, site: Path) -> None:
    """Every note is there, the choices lead to the list, and links open what is folded."""
    plain.goto(flood(site))
    assert NOTES == len(shown(plain))
    plain.locator("a[data-value=gloss]").click()
    plain.wait_for_url("**/index.html?kind=gloss#notes")
    assert NOTES == len(shown(plain))
    assert f"{NOTES} notes" == plain.locator("[data-notes-status]").inner_text()
    plain.locator("#note-damned .note-back").click()
    plain.locator("#ref-damned").wait_for()


def test_the_captured_words_are_only_the_captured_words(page: Any, site: Path) -> None:
    """Marks and numbers add nothing to the text."""
    page.goto(flood(site))
    paragraphs = FLOOD.split("\n\n")[3:6]
    assert paragraphs == [page.locator(f"#p-{n}").text_content().strip() for n in (1, 2, 3)]


@pytest.mark.parametrize("place", ["#ref-drowned", "#p-2", "#ref-damned"])
def test_a_link_opens_what_is_folded(page: Any, site: Path, place: str) -> None:
    """A paragraph and a comment with a warned word are closed until a link leads into them."""
    page.goto(flood(site))
    assert not page.locator(place).is_visible()
    page.goto("about:blank")
    page.goto(flood(site, place))
    assert page.locator(place).is_visible()


def test_a_fold_opens_by_keyboard_and_names_its_note(page: Any, site: Path) -> None:
    """Enter on the summary opens the whole article, which says by which note it is folded."""
    page.goto(uri(site, "second/index.html"))
    summary = page.locator(".warned-article > summary")
    assert "Drownings." in summary.inner_text()
    assert not page.locator("#p-1").is_visible()
    summary.focus()
    page.keyboard.press("Enter")
    page.locator("#p-1").wait_for()


def test_folds_are_open_in_print(page: Any, site: Path) -> None:
    """On paper nothing is closed, and what is chosen is what is printed."""
    page.emulate_media(media="print")
    for name, place in (("flood", "#ref-drowned"), ("flood", "#ref-damned"), ("second", "#p-1")):
        page.goto(uri(site, f"{name}/index.html"))
        visible = (
            "one => one.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})"
        )
        assert page.locator(place).evaluate(visible)
        assert page.locator(place).bounding_box()["height"] > 0
    page.goto(flood(site, "?kind=gloss#notes"))
    status(page, f"3 of {NOTES} notes shown")
    assert 3 == len(shown(page))
    assert not page.locator(".choose").is_visible()


@pytest.mark.parametrize("width", [320, 1024, 1280, 1920])
def test_notes_never_overlap(browser: Any, site: Path, width: int) -> None:
    """However many there are, and however long, no two boxes meet, and none is too wide."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    wide = context.new_page()
    wide.goto(flood(site))
    wide.evaluate(SHOW_ALL)
    met = wide.evaluate("""() => {
      const boxes = [...document.querySelectorAll(".note-box, .captured, h2, .note-rows li")]
        .map((one) => [one.id || one.textContent.trim(), one.getBoundingClientRect()]);
      return boxes.flatMap(([name, a], n) => boxes.slice(n + 1)
        .filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
          && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)
        .map(([other]) => [name, other]));
    }""")
    over = wide.evaluate("document.documentElement.scrollWidth")
    beside = wide.evaluate(
        "['p-1', 'note-master'].map((id) => document.getElementById(id).getBoundingClientRect().top)"
    )
    context.close()
    assert [] == met
    assert over <= width
    assert beside[1] >= beside[0] - 10


def test_the_keyboard_reaches_every_link_of_a_note_and_shows_where_it_is(
    page: Any, site: Path
) -> None:
    """From the word to its note, its tag, its ways back, its address: each has a visible focus."""
    page.goto(flood(site, "?kind=gloss#notes"))
    page.locator("#note-master").scroll_into_view_if_needed()
    page.locator("#note-master .note-link").focus()
    reached = []
    for _ in range(5):
        reached.append(page.evaluate("document.activeElement.textContent.trim().split(' ')[0]"))
        assert "none" != page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        page.keyboard.press("Tab")
    assert ["Link", "Cite", "people", "to", "2"] == [
        word.split()[0].rstrip(",") for word in reached
    ]


def test_lists_join_items_notes_and_comments(page: Any, site: Path) -> None:
    """A tag that notes alone bear has a page; the glossary leads to each place of a term."""
    page.goto(uri(site, "tag/people.html"))
    assert page.locator(".tally", has_text="notes").first.is_visible()
    assert 0 == page.locator(".entries").count()
    assert "The lighthouse keeper." in page.locator("main").inner_text()
    assert page.locator(".rows a[href$='flood/index.html#comment-20100603-1704']").is_visible()
    page.goto(uri(site, "glossary/almanac.html"))
    page.locator(".occurrences a").nth(1).click()
    page.wait_for_url("**/flood/index.html#ref-glossary-almanac.2")
    page.goto(uri(site, "notes/by-d-roe.html"))
    assert "Engineer" in page.locator("header.page-header").inner_text()


def test_ways_lead_back(page: Any, site: Path) -> None:
    """A note says which notes elsewhere refer to it, and a comment which note is about its writer."""
    page.goto(flood(site))
    page.locator("#note-cistern .referred a").click()
    page.wait_for_url("**/second/index.html#note-back-2")
    page.goto(flood(site))
    page.locator("#comment-20100603-1804 .note-also").click()
    page.wait_for_url("**/index.html#note-quill")
    page.locator(".filed a", has_text="The second flood").wait_for()


@pytest.mark.parametrize("name", [*PAGES[:4], "flood/index.html?kind=gloss#note-master"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_violation(
    browser: Any, axe: Any, site: Path, name: str, scheme: str, width: int
) -> None:
    """The pages satisfy axe's rules in both schemes, with a choice and a place led to as well."""
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    shown = context.new_page()
    file, mark, rest = name.partition("?")
    shown.goto(uri(site, file) + mark + rest)
    shown.evaluate(SHOW_ALL)
    violations = axe.run(shown).response["violations"]
    context.close()
    assert [] == [(v["id"], [node["html"][:200] for node in v["nodes"]]) for v in violations]
