"""A reader searches, from a disk and from a host, by keyboard, and is led to the very place."""

import json
import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from sites import SAMPLE, add_item, copy_site, run
from test_browser import SHOW_ALL, until
from test_folded import RAIN, WARNED

pytestmark = pytest.mark.slow

COUNT = "#search-count"
COUNTED = "document.getElementById('search-count').textContent"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def hosted(built_site: Path) -> Iterator[str]:
    """Yield the address of the site on this machine's own host."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=built_site))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(params=["disk", "host"])
def site(request: pytest.FixtureRequest, built_site: Path) -> str:
    """Return the address of the site, from a disk or from a host."""
    return built_site.as_uri() if request.param == "disk" else request.getfixturevalue("hosted")


def typed(page: Any, words: str) -> list[str]:
    """Type words one key after the other; return the headings of the results."""
    page.locator("#search-words").fill("")
    page.locator("#search-words").press_sequentially(words)
    until(
        page, f"document.getElementById('search-results').dataset.answered === {json.dumps(words)}"
    )
    return list(page.locator(".result h3").all_inner_texts())


def opened(page: Any, address: str) -> None:
    """Open a search by its address, and wait until it is answered."""
    page.goto(address)
    page.wait_for_selector("#search-results[data-answered]", state="attached")


def test_search_answers_without_error_or_stranger(page: Any, site: str) -> None:
    """Typing finds, marks and counts, and no request leaves the disk or the host."""
    console, requests = list[str](), list[str]()
    page.on("console", lambda message: console.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: console.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{site}/search.html")
    assert ["Salma"] == [one for one in typed(page, "azizam") if one == "Salma"]
    assert "2 results" == page.inner_text(COUNT)
    assert {"azizam"} == {text.lower() for text in page.locator(".result mark").all_inner_texts()}
    assert [] == typed(page, "xyzzy")
    assert "Nothing found" == page.inner_text(COUNT)
    assert [] == console
    assert [] == [one for one in requests if not one.startswith(site)]


def test_a_result_leads_to_the_very_comment(page: Any, site: str) -> None:
    """The link of a comment opens its item at that comment; Back brings the search again."""
    page.goto(f"{site}/search.html")
    typed(page, "azizam salma")
    page.wait_for_url(re.compile(r"q=azizam\+salma"))
    page.locator(".result-comment h3 a").first.click()
    page.wait_for_url(f"**/{SAMPLE}/index.html#comment-20090617-0120")
    assert "Salma" in page.locator("#comment-20090617-0120").inner_text()
    page.go_back()
    page.wait_for_selector(".result")
    assert "azizam salma" == page.input_value("#search-words")


def test_every_result_leads_to_a_place(page: Any, built_site: Path) -> None:
    """Each result of a broad search names a file and a place in it that are there."""
    opened(page, f"{built_site.as_uri()}/search.html?q=iran")
    if page.locator("#search-more").is_visible():
        page.locator("#search-more").click()
        until(page, "document.querySelectorAll('.result').length > 20")
    links = page.locator(".result h3 a").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    assert len(links) > 20
    for link in links:
        name, _, place = link.partition("#")
        text = (built_site / name).read_text("utf-8")
        assert not place or f'id="{place}"' in text, link


def test_filters_narrow_down_and_are_kept_in_the_address(page: Any, site: str) -> None:
    """Kind, author, tag and day choose, alone or with words, and the address can be linked to."""
    opened(page, f"{site}/search.html?what=note&kind=translation")
    notes = page.locator(".result").count()
    assert f"{notes} results" == page.inner_text(COUNT)
    assert {"Translation"} == set(page.locator(".result-what").all_inner_texts())
    opened(page, f"{site}/search.html?author=david")
    assert ["David"] == page.locator(".result h3").all_inner_texts()
    opened(page, f"{site}/search.html?from=2009-06-17&to=2009-06-17&what=comment")
    assert "7 results" == page.inner_text(COUNT)
    page.select_option("#search-what", "note")
    until(page, f"{COUNTED} === 'Nothing found'")
    page.wait_for_url(re.compile("what=note"))
    opened(page, f"{site}/search.html?tag=people&q=moussavi")
    assert page.locator(".result").count() >= 1
    page.fill("#search-from", "yesterday")
    assert "true" == page.get_attribute("#search-from", "aria-invalid")


def test_results_by_keyboard(page: Any, built_site: Path) -> None:
    """Arrows move among the results, Escape and / lead back to the field, Enter opens."""
    page.goto((built_site / "search.html").as_uri())
    assert "search-words" == page.evaluate("document.activeElement.id")
    typed(page, "iran")
    focused = "[...document.querySelectorAll('.result h3 a')].indexOf(document.activeElement)"
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", -1)):
        page.keyboard.press(key)
        assert place == page.evaluate(focused)
    for key in ("Escape", "/"):
        page.locator("#search-words").press("ArrowDown")
        page.keyboard.press(key)
        assert "search-words" == page.evaluate("document.activeElement.id")
    assert "iran" == page.input_value("#search-words")
    page.locator("#search-words").press("ArrowDown")
    page.keyboard.press("Control+/")
    assert 0 == page.evaluate(focused)
    page.locator("#search-author").focus()
    page.keyboard.press("/")
    assert "/" == page.input_value("#search-author")
    until(page, f"{COUNTED} === 'Nothing found'")
    page.fill("#search-author", "")
    page.wait_for_selector(".result")
    page.locator("#search-words").press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(SAMPLE))


def test_more_results_take_the_focus(page: Any, built_site: Path) -> None:
    """Show more adds results below, and the first of them has the focus."""
    page.goto((built_site / "search.html").as_uri())
    typed(page, "a")
    assert 20 == page.locator(".result").count()
    page.locator("#search-more").click()
    until(page, "document.querySelectorAll('.result').length > 20")
    assert 20 == page.evaluate(
        "[...document.querySelectorAll('.result h3 a')].indexOf(document.activeElement)"
    )


def test_words_of_a_query_stay_words(page: Any, built_site: Path) -> None:
    """What the address asks for is never read as HTML."""
    opened(
        page,
        f"{built_site.as_uri()}/search.html?q=%3Cimg%20src=x%20onerror=alert(1)%3E&kind=%22%3E",
    )
    assert 0 == page.locator("main img").count()
    assert "Nothing found" == page.inner_text(COUNT)


def test_a_screen_reader_hears_the_count(page: Any, built_site: Path) -> None:
    """The count is a status message, said when typing pauses."""
    page.goto((built_site / "search.html").as_uri())
    typed(page, "azizam")
    until(page, "document.getElementById('search-status').textContent === '2 results'")
    assert "search" == page.get_attribute("#search", "role")


def test_without_scripts_the_indexes_are_there(browser: Any, built_site: Path) -> None:
    """Without JavaScript the page leads to the lists that need none, and shows no dead field."""
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto((built_site / "search.html").as_uri())
    assert not plain.locator("#search-words").is_visible()
    assert plain.locator("noscript p").is_visible()
    links = plain.locator("#search-start a")
    assert links.count() >= 5
    assert all(link.is_visible() for link in links.all())
    context.close()


def test_a_missing_shard_is_told(page: Any, hosted: str) -> None:
    """Where a file of the index is missing, the page says which."""
    page.route("**/search/words-0.js", lambda route: route.abort())
    page.goto(f"{hosted}/search.html")
    page.fill("#search-words", "iran")
    until(page, f"{COUNTED}.includes('words-0.js')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_violation(
    browser: Any, axe: Any, built_site: Path, scheme: str, width: int
) -> None:
    """Field, filters and results satisfy axe's rules, and nothing is wider than the window."""
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    shown = context.new_page()
    opened(shown, f"{built_site.as_uri()}/search.html?q=iran&what=note")
    shown.evaluate(SHOW_ALL)
    violations = axe.run(shown).response["violations"]
    wide = shown.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert [] == [(v["id"], [node["html"][:200] for node in v["nodes"]]) for v in violations]
    assert wide <= width


def test_a_result_does_not_show_what_a_warning_folds(page: Any, tmp_path: Path) -> None:
    """Folded words lead to their place by word and by phrase, and stand in no result."""
    site = copy_site(tmp_path, empty=True)
    add_item(site, "rain", RAIN)
    (site / "content/annotations/rain.yaml").write_text(WARNED)
    built = run(site, "build")
    assert 0 == built.returncode, built.stderr
    opened(page, f"{(site / 'output').as_uri()}/search.html?q=%22the+cistern+leaks%22")
    assert ["Folded by a content warning."] == page.locator(".result-excerpt").all_inner_texts()
    assert page.locator(".result h3 a").get_attribute("href").endswith("#comment-20100603-1704")
    assert {"Rain at last"} == set(typed(page, "master"))
    assert {"Folded by a content warning.", "An officer"} == {
        text.strip() for text in page.locator(".result-excerpt").all_inner_texts()
    }
    assert [] == page.locator(".result mark").all_inner_texts()
