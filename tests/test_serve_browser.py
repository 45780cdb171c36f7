"""A page of `invoke serve`, open in a real browser, follows each save and keeps the reader's place."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from served_site import served_site
from sites import SAMPLE, copy_site
from test_browser import PATIENCE, until

pytestmark = pytest.mark.slow

EDITOR = f"content/annotations/{SAMPLE}.yaml"
READY = "document.documentElement.dataset.annotatedArchivePreview === 'ready'"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    folder = copy_site(tmp_path_factory.mktemp("served"))
    with served_site(folder) as port:
        yield folder, port


@pytest.fixture
def opened(page: Any, served: tuple[Path, int]) -> Iterator[tuple[Any, Path, str]]:
    """Yield a page that tells of every console message, the site's folder and address."""
    folder, port = served
    console: list[str] = []
    page.on("console", lambda message: console.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: console.append(str(error)))
    yield page, folder, f"http://localhost:{port}"
    page.goto("about:blank")
    assert [] == console


def show(page: Any, address: str) -> None:
    page.goto(address)
    until(page, READY)


def change(path: Path, edit: Callable[[str], str]) -> Callable[[], None]:
    """Edit a file as an editor saves it, by renaming; return what brings it back."""
    text = path.read_text("utf-8")
    assert edit(text) != text

    def save(new: str) -> None:
        beside = path.with_name(f".{path.name}.tmp")
        beside.write_text(new, "utf-8")
        beside.replace(path)

    save(edit(text))
    return lambda: save(text)


def rested(page: Any, place: str) -> None:
    """Wait until an element stays where it is: what stands above is laid out bit by bit."""
    at = None
    for _ in range(100):
        if at == (at := top_of(page, place)):
            return
        page.wait_for_timeout(300)
    pytest.fail(f"{place} does not come to rest")


def top_of(page: Any, place: str) -> float:
    return float(page.evaluate(f"document.getElementById('{place}').getBoundingClientRect().top"))


def test_the_same_comment_is_at_the_same_place(opened: tuple[Any, Path, str]) -> None:
    """After an edit that makes what stands above much longer, the comment is where it was."""
    page, folder, site = opened
    show(page, f"{site}/{SAMPLE}/index.html")
    comment = page.evaluate("[...document.querySelectorAll('article[id^=comment-]')].at(-4).id")
    page.evaluate(f"document.getElementById('{comment}').scrollIntoView()")
    page.evaluate("window.scrollBy(0, -37)")
    rested(page, comment)
    before, height = top_of(page, comment), page.evaluate("document.body.scrollHeight")
    capture = folder / f"content/captures/{SAMPLE}/capture.yaml"
    back = change(capture, lambda text: text + 'title: "' + "A longer title " * 60 + '"\n')
    until(page, "document.title.startsWith('A longer title')")
    until(page, READY)
    assert page.evaluate("document.body.scrollHeight") > height + 100
    assert abs(before - top_of(page, comment)) <= 3
    back()
    until(page, "!document.title.startsWith('A longer title')")
    until(page, READY)
    assert abs(before - top_of(page, comment)) <= 3


def test_fragment_boxes_and_focus_are_kept(opened: tuple[Any, Path, str]) -> None:
    """What was open is open, what had the focus has it, and the address keeps its fragment."""
    page, folder, site = opened
    show(page, f"{site}/{SAMPLE}/index.html#comment-20090616-1959")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = !one.open")
    states = "[...document.querySelectorAll('details')].map(one => one.open)"
    link = "document.querySelector('#comment-20090616-1959 a')"
    page.evaluate(f"{link}.focus({{preventScroll: true}})")
    opened_before, top = page.evaluate(states), top_of(page, "comment-20090616-1959")
    assert True in opened_before
    back = change(folder / EDITOR, lambda text: text.replace("diplomacy", "kept places"))
    until(page, "document.body.innerText.includes('kept places')")
    until(page, READY)
    assert opened_before == page.evaluate(states)
    assert page.evaluate(f"document.activeElement === {link}")
    assert page.url.endswith("#comment-20090616-1959")
    assert abs(top - top_of(page, "comment-20090616-1959")) <= 3
    back()
    until(page, "!document.body.innerText.includes('kept places')")


def test_a_mistake_is_shown_over_the_page_and_goes(opened: tuple[Any, Path, str]) -> None:
    """The list of problems is in the window wherever the reader is, and goes when they are mended."""
    page, folder, site = opened
    show(page, f"{site}/{SAMPLE}/index.html")
    page.evaluate("window.scrollTo(0, 2000)")
    back = change(
        folder / "theme/templates/base.html",
        lambda text: text.replace("<footer", "{% if %}<footer", 1),
    )
    problems = page.locator("#annotated-archive-problems")
    problems.wait_for(timeout=PATIENCE)
    until(page, READY)
    assert "theme/templates/base.html:" in problems.inner_text()
    box = problems.bounding_box()
    assert box
    assert page.viewport_size["height"] == round(box["y"] + box["height"])
    assert abs(2000 - page.evaluate("window.scrollY")) <= 3
    back()
    problems.wait_for(state="detached", timeout=PATIENCE)
    until(page, READY)
    assert abs(2000 - page.evaluate("window.scrollY")) <= 3


def test_a_sheet_is_changed_without_a_reload(opened: tuple[Any, Path, str]) -> None:
    """A saved stylesheet takes effect in the page that is there."""
    page, folder, site = opened
    show(page, f"{site}/index.html")
    page.evaluate("window.here = true")
    rule = "\nbody { outline: 3px solid rgb(1, 2, 3) !important; }\n"
    back = change(folder / "theme/static/css/base.css", lambda text: text + rule)
    colour = "getComputedStyle(document.body).outlineColor === 'rgb(1, 2, 3)'"
    until(page, colour)
    assert page.evaluate("window.here")
    back()
    until(page, f"!({colour})")
    assert page.evaluate("window.here")


def test_a_page_that_was_behind_another_catches_up(opened: tuple[Any, Path, str]) -> None:
    """Tabs beyond the six connections of a browser are all up to date."""
    page, folder, site = opened
    tabs = [page.context.new_page() for _ in range(8)]
    for tab in tabs:
        show(tab, f"{site}/tags.html")
    back = change(folder / EDITOR, lambda text: text.replace("diplomacy", "many tabs"))
    for tab in tabs:
        tab.bring_to_front()
        until(tab, "document.body.innerText.includes('many tabs')")
    back()
    for tab in tabs:
        tab.bring_to_front()
        until(tab, "!document.body.innerText.includes('many tabs')")
        until(tab, READY)
        tab.goto("about:blank")  # Chromium may never end pages that are being loaded
        tab.close()
