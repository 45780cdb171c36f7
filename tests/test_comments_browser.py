"""Readers order comments, go among them by keyboard, and copy their permanent addresses."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sites import SAMPLE
from test_browser import in_sight, until
from test_comment_pages import build_paged_site

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a site whose pages have ten comments at most, and one thread."""
    return build_paged_site(tmp_path_factory.mktemp("paged")) / "output"


@pytest.fixture
def quiet(browser: Any) -> Iterator[Any]:
    """Yield a page that must say nothing to the console, with a clipboard of its own."""
    context = browser.new_context(reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert [] == said
    context.close()


def order(page: Any) -> list[str]:
    """Return the ids of the comments that are shown, from the top."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('[data-comments] > li:not([hidden]) > .comment')].map(one => one.id)"
    )
    return found


def test_comments_are_ordered(quiet: Any, built_site: Path) -> None:
    """By time, by author and back; the choice is kept in the address and said aloud."""
    address = (built_site / SAMPLE / "index.html").as_uri()
    quiet.goto(address)
    captured = order(quiet)
    assert 27 == len(captured)
    quiet.select_option("#order", "oldest")
    oldest = order(quiet)
    times = quiet.evaluate(
        "[...document.querySelectorAll('[data-comments] > li time')].map(one => Date.parse(one.dateTime))"
    )
    assert sorted(times) == times
    assert set(captured) == set(oldest)
    assert captured != oldest
    assert "Oldest first." == quiet.locator("[data-order-status]").inner_text()
    quiet.wait_for_url("**/index.html?order=oldest")
    quiet.select_option("#order", "author")
    names = quiet.locator("[data-comments] > li > .comment h3").all_inner_texts()
    assert names[0].casefold() <= names[1].casefold() <= names[-1].casefold()
    quiet.reload()
    assert "author" == quiet.input_value("#order")
    quiet.select_option("#order", "captured")
    assert captured == order(quiet)
    quiet.wait_for_url(address)


def test_only_annotated_comments(quiet: Any, built_site: Path) -> None:
    """Only comments with notes are shown; a link to another one shows it."""
    quiet.goto((built_site / SAMPLE / "index.html").as_uri())
    quiet.get_by_label("Only annotated").check()
    shown = order(quiet)
    assert 0 < len(shown) < 27
    assert f"{len(shown)} of 27 shown." in quiet.locator("[data-order-status]").inner_text().lower()
    for one in shown:
        assert quiet.locator(f"#{one} .note-box, #{one} mark, #{one} .note-also").count()
    hidden = quiet.evaluate("document.querySelector('[data-comments] > li[hidden] > .comment').id")
    quiet.evaluate(f"location.hash = '{hidden}'")
    until(quiet, f"document.getElementById('{hidden}').checkVisibility()")
    assert quiet.locator(f"#{hidden}").is_visible()


def test_keys_move_among_comments(quiet: Any, paged: Path) -> None:
    """N and P go on and back, U to the comment that is answered; elsewhere they are letters."""
    quiet.goto((paged / "thread" / "index.html").as_uri())
    focused = "document.activeElement.id"
    quiet.keyboard.press("n")
    assert "top" == quiet.evaluate(focused), "the body, whose id is top"
    quiet.locator("#comment-1").focus()
    seen = []
    for key in ("n", "j", "u", "p", "k"):
        quiet.keyboard.press(key)
        seen.append(quiet.evaluate(focused))
    assert ["comment-2", "comment-3", "comment-2", "comment-1", "comment-1"] == seen
    quiet.locator("#order").focus()
    quiet.keyboard.press("n")
    assert "order" == quiet.evaluate(focused)


def test_the_end_of_a_page_leads_on(quiet: Any, paged: Path) -> None:
    """After the last comment of a page comes the next page."""
    quiet.goto((paged / SAMPLE / "index.html").as_uri())
    quiet.locator("article.comment").last.focus()
    quiet.keyboard.press("n")
    quiet.wait_for_url("**/comments-2.html*")


def test_an_old_address_leads_to_the_page(quiet: Any, paged: Path) -> None:
    """The permanent address of a comment or a note of a further page shows it there."""
    folder = paged / SAMPLE
    last = quiet.goto((folder / "comments-3.html").as_uri()) and quiet.evaluate(
        "document.querySelector('.discussion .comment:has(.note-box)').id"
    )
    note = quiet.evaluate("document.querySelector('.discussion .note-box').id")
    for place in (last, note):
        quiet.goto("about:blank")
        quiet.goto(f"{(folder / 'index.html').as_uri()}#{place}")
        quiet.wait_for_url(f"**/comments-3.html#{place}")
        in_sight(quiet, place)


def test_a_place_of_a_further_page_is_found_without_scripts(browser: Any, paged: Path) -> None:
    """Without a script the old address shows a link to the comment, and the link leads there."""
    folder = paged / SAMPLE
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "comments-3.html").as_uri())
    last = page.locator("article.comment").last.get_attribute("id")
    page.goto(f"{(folder / 'index.html').as_uri()}#{last}")
    link = page.locator(f"[id='{last}']")
    assert link.is_visible()
    link.click()
    page.wait_for_url(f"**/comments-3.html#{last}")
    assert not page.locator("[data-order-tools]").first.is_visible()
    context.close()


def test_the_order_goes_along(quiet: Any, paged: Path) -> None:
    """The chosen order holds on the next page, and says that it is within the page."""
    quiet.goto((paged / SAMPLE / "index.html").as_uri())
    quiet.select_option("#order", "oldest")
    assert "within page 1 of 3" in quiet.locator("[data-order-status]").inner_text()
    quiet.locator(".comment-pages a[rel=next]").first.click()
    quiet.wait_for_url("**/comments-2.html?order=oldest*")
    assert "oldest" == quiet.input_value("#order")
    times = quiet.evaluate(
        "[...document.querySelectorAll('[data-comments] > li time')].map(one => Date.parse(one.dateTime))"
    )
    assert sorted(times) == times


def test_one_click_copies_a_permanent_address(quiet: Any, paged: Path) -> None:
    """The address copied is that of the item's own page, from whatever page of comments."""
    folder = paged / SAMPLE
    quiet.goto((folder / "comments-2.html").as_uri())
    place = quiet.locator("article.comment").nth(3).get_attribute("id")
    quiet.locator(f"#{place} a.permalink").click()
    until(quiet, "document.querySelector('.copied')?.textContent")
    copied = quiet.evaluate("navigator.clipboard.readText()")
    assert f"{(folder / 'index.html').as_uri()}#{place}" == copied
    quiet.wait_for_url(f"**/comments-2.html#{place}")
    assert "Link copied" == quiet.locator(".copied").inner_text()
    assert quiet.evaluate(f"document.getElementById('{place}').matches(':target')")


def test_answers_fold(quiet: Any, paged: Path) -> None:
    """All answers fold with one button; a link to one of them opens its fold."""
    quiet.goto((paged / "thread" / "index.html").as_uri())
    quiet.get_by_role("button", name="Fold answers").click()
    quiet.locator("#comment-3").wait_for(state="hidden")
    quiet.evaluate("location.hash = 'comment-3'")
    until(quiet, "document.getElementById('comment-3').checkVisibility()")
    quiet.get_by_role("button", name="Unfold answers").click()
    quiet.locator("#comment-2").wait_for()
