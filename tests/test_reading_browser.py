"""Reading, in a real browser from a disk: the reader's settings, the table of contents, the place, print, zoom."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from noted_site import build_noted_site
from sites import SAMPLE
from test_browser import drawn, in_sight, until, uri

pytestmark = pytest.mark.slow

ITEM = f"{SAMPLE}/index.html"
KINDS_OF_PAGE = ("index.html", ITEM, "archives.html", "notes/index.html", "glossary/index.html")
Open = Callable[..., Any]

TEXT_SPACING = """
for (const one of document.querySelectorAll("body *")) {
  one.style.setProperty("line-height", "1.5", "important");
  one.style.setProperty("letter-spacing", "0.12em", "important");
  one.style.setProperty("word-spacing", "0.16em", "important");
}
"""
"""What WCAG 2.2, 1.4.12 lets a reader do, set as properties: the page's policy allows no further sheet."""


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output folder of a site with notes of every sort."""
    return build_noted_site(tmp_path_factory.mktemp("noted"))


@pytest.fixture
def opened(browser: Any, built_site: Path) -> Iterator[Open]:
    """Return a function that opens a page of the site in a window of its own."""
    contexts = []

    def open_page(name: str, width: int = 1280, height: int = 800, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(uri(built_site, name))
        return page

    yield open_page
    for context in contexts:
        context.close()


def ground(page: Any) -> str:
    """Return the colour behind the text."""
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def letters(page: Any) -> float:
    """Return the size of the root's letters in pixels."""
    return float(page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)"))


def choose(page: Any, name: str, value: str) -> None:
    """Choose one of the reader's settings as a press does."""
    if page.locator(".settings[open]").count() == 0:
        page.locator(".settings > summary").click()
    page.locator(f"input[name=reading-{name}][value='{value}']").check()


def test_a_choice_holds_on_the_next_page(opened: Open, built_site: Path) -> None:
    """The scheme and the size that a reader chose are those of every page, before it is drawn."""
    page = opened(ITEM, color_scheme="light")
    light, normal = ground(page), letters(page)
    choose(page, "scheme", "dark")
    choose(page, "size", "larger")
    assert ground(page) != light
    page.goto(uri(built_site, "index.html"))
    assert "dark" == page.evaluate("document.documentElement.dataset.scheme")
    assert ground(page) != light
    assert letters(page) > normal * 1.3
    assert page.locator("input[name=reading-scheme][value=dark]").is_checked()


def test_as_the_system_takes_a_choice_back(opened: Open, built_site: Path) -> None:
    """A reader comes back to the system's scheme, and it stays so on the next page."""
    page = opened(ITEM, color_scheme="dark")
    dark = ground(page)
    choose(page, "scheme", "light")
    assert ground(page) != dark
    choose(page, "scheme", "")
    page.goto(uri(built_site, "index.html"))
    assert ground(page) == dark


def test_settings_are_read_before_the_page_is_drawn(built_site: Path) -> None:
    """The script stands in the head of every page and waits for nothing."""
    for path in built_site.rglob("*.html"):
        head = path.read_text("utf-8").partition("</head>")[0]
        tag = next(line for line in head.splitlines() if "js/settings.js" in line)
        assert "defer" not in tag and "async" not in tag, path


def test_settings_work_by_keyboard_alone(opened: Open) -> None:
    """Enter unfolds them, arrows choose, Escape folds them and gives the focus back."""
    page = opened(ITEM, color_scheme="light")
    summary = page.locator(".settings > summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.locator(".settings[open]").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    until(page, "document.documentElement.dataset.scheme === 'dark'")
    page.keyboard.press("Escape")
    until(page, "document.activeElement.matches('.settings:not([open]) > summary')")


def test_a_storage_of_nonsense_harms_nothing(opened: Open) -> None:
    """What another page left under the name, however odd, is not taken over."""
    page = opened(ITEM)
    page.evaluate(
        "localStorage.setItem('annotated-archive:settings', 'scheme.\"><b>~__proto__.x~~size')"
    )
    console: list[str] = []
    page.on("pageerror", lambda error: console.append(str(error)))
    page.reload()
    assert [] == console
    assert page.evaluate("!('scheme' in document.documentElement.dataset)")


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("name", KINDS_OF_PAGE)
def test_the_largest_letters_fit(opened: Open, built_site: Path, name: str, width: int) -> None:
    """With the largest text nothing is wider than the window, and no column is squeezed."""
    page = opened(name, width)
    choose(page, "size", "largest")
    page.locator(".settings > summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    text = page.locator("main .text").first.bounding_box()
    assert text["width"] >= min(width * 0.8, 500)


@pytest.mark.parametrize("name", KINDS_OF_PAGE)
def test_a_page_bears_wider_spacing(opened: Open, name: str) -> None:
    """At 400 % zoom, with the spacing of WCAG 1.4.12, nothing is cut off or runs out of the window."""
    page = opened(name, 320, 256)
    page.evaluate(TEXT_SPACING)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_masthead_is_calm_on_a_phone(opened: Open) -> None:
    """On a narrow window the masthead has at most two rows, and all that is pressed is large enough."""
    page = opened(ITEM, 360, 740)
    assert page.locator(".masthead").bounding_box()["height"] <= 100
    for one in page.locator(".masthead summary, .masthead a").all():
        if one.is_visible():
            box = one.bounding_box()
            assert min(box["width"], box["height"]) >= 24


@pytest.mark.parametrize("width", [360, 1280])
def test_the_menu_needs_no_script(opened: Open, width: int) -> None:
    """Every entry of the menu can be seen and followed without a script; settings are not offered."""
    page = opened(ITEM, width, java_script_enabled=False)
    assert not page.locator(".settings").is_visible()
    if width == 360:
        page.locator(".menu-fold > summary").click()
    links = page.locator(".menu a").all()
    assert len(links) > 4
    assert all(link.is_visible() for link in links)


def test_the_contents_follow_the_reader(opened: Open) -> None:
    """The part of the page that is read is marked in the table of contents, for every sense."""
    page = opened(ITEM)
    current = page.locator("[data-contents] [aria-current=location]")
    current.get_by_text("Article", exact=True).wait_for()
    page.locator("#comment-20090616-1852").scroll_into_view_if_needed()
    page.locator("[data-contents] [aria-current=location]", has_text="Comments").wait_for()
    assert 1 == current.count()
    page.keyboard.press("End")
    page.locator("[data-contents] [aria-current=location]", has_text="capture").wait_for()
    assert 1 == current.count()


def test_the_bar_tells_the_place_in_the_discussion(opened: Open) -> None:
    """While the discussion is read a bar says which comment it is; its buttons lead to the next."""
    page = opened(ITEM)
    bar = page.locator("[data-place]")
    assert bar.bounding_box()["y"] > 800
    page.goto(page.url + "#comment-20090616-1852")
    words = bar.locator("[data-place-words]")
    words.get_by_text("15 of 27").wait_for()
    until(
        page,
        "(y => 700 < y && y < 800)(document.querySelector('[data-place]').getBoundingClientRect().y)",
    )
    bar.locator("[data-move=next]").click()
    words.get_by_text("16 of 27").wait_for()
    bar.locator("[data-move=previous]").click()
    words.get_by_text("15 of 27").wait_for()


def test_the_bar_hides_nothing_that_has_the_focus(opened: Open) -> None:
    """Whatever a reader comes to by keyboard stands clear of the bar (WCAG 2.4.11)."""
    page = opened(ITEM, 360, 640)
    page.goto(page.url + "#comment-20090616-1852")
    in_sight(page, "comment-20090616-1852")
    page.locator("#comment-20090616-1852 a").first.focus()
    for _ in range(25):
        page.keyboard.press("Tab")
        drawn(page)
        inside = page.evaluate(
            """() => {
              const [one, bar] = [document.activeElement, document.querySelector("[data-place]")];
              if (bar.contains(one)) return true;
              const box = one.getBoundingClientRect();
              return box.bottom <= bar.getBoundingClientRect().top + 1 && box.top >= -1;
            }"""
        )
        assert inside, page.evaluate("document.activeElement.outerHTML")[:200]


def test_the_keyboard_meets_the_page_in_its_order(opened: Open) -> None:
    """First the skips, then the masthead, then the text; each shows that it has the focus."""
    page = opened(ITEM)
    met = []
    for _ in range(6):
        page.keyboard.press("Tab")
        met.append(page.evaluate("document.activeElement.textContent.trim()"))
        assert "none" != page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ["Skip to the text", "Skip to the comments", "Annotated Archive", "By date"] == met[:4]


def test_a_skip_leads_to_the_comments(opened: Open) -> None:
    """One press passes the article by."""
    page = opened(ITEM)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    until(page, "document.getElementById('comments').getBoundingClientRect().top < 200")


def test_what_a_link_led_to_stays_marked(opened: Open) -> None:
    """A comment, a note and a paragraph look different as long as the address names them."""
    page = opened(ITEM)
    for place in ("comment-20090616-1852", "note-foggy-bottom", "p-2"):
        page.goto(page.url.partition("#")[0] + f"#{place}")
        page.locator(f"#{place}:target").wait_for()
        colour = page.locator(f"#{place}").evaluate("one => getComputedStyle(one).backgroundColor")
        assert "rgba(0, 0, 0, 0)" != colour, place


def test_the_readers_own_colours_hold(opened: Open) -> None:
    """With forced colours, marks, focus, current part and choices still show."""
    page = opened(ITEM, forced_colors="active")
    page.locator(".settings > summary").focus()
    assert "none" != page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    page.locator(".settings > summary").click()
    checked = page.locator("input[name=reading-scheme]:checked")
    assert "solid" == checked.evaluate("one => getComputedStyle(one).outlineStyle")
    mark = page.locator("mark").first
    assert "underline" == mark.evaluate("one => getComputedStyle(one).textDecorationLine")


@pytest.mark.parametrize("name", KINDS_OF_PAGE)
def test_nothing_moves_for_who_wants_rest(opened: Open, name: str) -> None:
    """With reduced motion no element has a transition, an animation or smooth scrolling."""
    page = opened(name, reduced_motion="reduce")
    moving = page.evaluate(
        """[...document.querySelectorAll("*")].filter((one) => {
          const look = getComputedStyle(one);
          return look.transitionDuration !== "0s" || look.animationName !== "none" || look.scrollBehavior === "smooth";
        }).length"""
    )
    assert 0 == moving


def test_paper_has_the_notes_with_their_numbers(opened: Open) -> None:
    """In print each note stands with its number, its words are marked with it, and no control is left."""
    page = opened(ITEM)
    page.emulate_media(media="print")
    for gone in (".tools", ".menu", "[data-place]", ".order-tools", ".margin", ".permalink"):
        assert all(not one.is_visible() for one in page.locator(gone).all()), gone
    reference = page.locator(".note-ref").first
    shown = reference.evaluate("one => getComputedStyle(one, '::before').content")
    assert '"1"' == shown
    number = page.locator(".note-box .note-number").first
    assert number.is_visible() and "1" == number.inner_text()


def test_paper_has_the_addresses_of_links(browser: Any, noted: Path) -> None:
    """In print a link's address follows its words."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(uri(noted, "notes/by-d-roe.html"))
    page.emulate_media(media="print")
    link = page.locator("main a[href='https://roe.example']").first
    assert "https://roe.example" in link.evaluate("one => getComputedStyle(one, '::after').content")
    context.close()


def test_paper_is_light(opened: Open, built_site: Path) -> None:
    """A reader who reads in the dark prints in black on white."""
    page = opened(ITEM, color_scheme="dark")
    choose(page, "scheme", "dark")
    page.emulate_media(media="print")
    assert "rgb(255, 255, 255)" == ground(page)
    assert "rgb(0, 0, 0)" == page.evaluate("getComputedStyle(document.body).color")


def test_home_presents_the_archive(opened: Open) -> None:
    """Home has the figures, the newest item, what editors say, and each way in leads to a file."""
    page = opened("index.html")
    figures = dict(
        zip(
            page.locator(".holdings dt").all_inner_texts(),
            page.locator(".holdings dd").all_inner_texts(),
            strict=True,
        )
    )
    assert "1" == figures["item"]
    assert "27" == figures["comments captured"]
    assert "55" == figures["declared, not captured"]
    assert page.locator(".said-note").count() in range(1, 5)
    assert page.locator(".ways-in a").count() > 4
    page.locator(".said-words a").first.click()
    page.wait_for_url(re.compile("#note-"))
