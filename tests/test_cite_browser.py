"""Citing, opened from a disk in a real browser: to read, to copy, to save, by hand and by keyboard."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cited_site import build_cited_site
from test_browser import PATIENCE, until, uri

pytestmark = pytest.mark.slow

SOURCE = "https://blog.example/2010/06/ferry?p=1&q=2"
CAPTURED = f"<{SOURCE}>, captured 2 March 2011."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output folder of a site with a source, answers and checked claims."""
    return build_cited_site(tmp_path_factory.mktemp("cited"), "ARCHIVE_COMMENTS_PER_PAGE = 2")


@pytest.fixture
def ferry(browser: Any, site: Path) -> Iterator[Any]:
    """Yield the item's page; nothing on it may complain."""
    context = browser.new_context(accept_downloads=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(uri(site, "ferry/index.html"))
    yield page
    assert [] == said
    context.close()


def clipboard(page: Any) -> str:
    """Return what was copied."""
    return str(page.evaluate("navigator.clipboard.readText()"))


def status(box: Any, expected: str) -> None:
    """Wait until a box says what became of a wish."""
    box.locator("[role=status]", has_text=expected).wait_for(timeout=PATIENCE)


def test_an_item_is_copied_in_the_chosen_format(ferry: Any, site: Path) -> None:
    """Copy gives the format that is shown, the same as in the file beside the page."""
    box = ferry.locator("details.cite")
    box.locator("summary").click()
    for form, name, ending in (
        ("plain", "Plain text", "txt"),
        ("bibtex", "BibTeX", "bib"),
        ("ris", "RIS", "ris"),
        ("csl", "CSL-JSON", "csl.json"),
    ):
        box.get_by_label(name).check()
        assert [form] == [
            one.get_attribute("class").split("cite-")[-1]
            for one in box.locator(".cite-form:visible").all()
        ]
        box.get_by_role("button", name="Copy").click()
        status(box, f"{name} copied")
        text = (site / f"ferry/citation.{ending}").read_text("utf-8")
        assert text.split() == clipboard(ferry).split()


def test_an_item_is_saved(ferry: Any, site: Path) -> None:
    """Save gives a file of the chosen format, named for the item."""
    box = ferry.locator("details.cite")
    box.locator("summary").click()
    box.get_by_label("RIS").check()
    with ferry.expect_download() as started:
        box.get_by_role("button", name="Save as file").click()
    assert "ferry.ris" == started.value.suggested_filename
    saved = Path(started.value.path()).read_bytes()
    assert saved.strip() == (site / "ferry/citation.ris").read_bytes().strip()


def test_a_comment_is_cited_by_its_button(ferry: Any) -> None:
    """A comment's button opens its citation, in each format; the name stays text."""
    comment = ferry.locator("article.comment").nth(1)
    place = comment.get_attribute("id")
    comment.get_by_role("button", name="Cite").first.click()
    dialog = ferry.get_by_role("dialog", name="Cite this comment")
    expected = (
        "Cy <b>: Comment on “The ferry & </script> “quoted””, 4 June 2010. "
        f"Archived in Annotated Archive as ferry#{place}. {CAPTURED}"
    )
    assert expected == dialog.locator("pre").text_content()
    dialog.get_by_label("CSL-JSON").check()
    (record,) = json.loads(dialog.locator("pre").text_content())
    assert (f"ferry#{place}", [{"literal": "Cy <b>"}]) == (record["id"], record["author"])
    dialog.get_by_role("button", name="Copy").click()
    status(dialog, "CSL-JSON copied")
    assert [record] == json.loads(clipboard(ferry))
    with ferry.expect_download() as started:
        dialog.get_by_role("button", name="Save as file").click()
    assert f"ferry-{place}.csl.json" == started.value.suggested_filename


def test_a_note_is_cited_by_its_button(ferry: Any) -> None:
    """A note is cited as its editor's, of the day when it was written, in the archive itself."""
    ferry.locator("#note-sank button[data-cite]").click()
    dialog = ferry.get_by_role("dialog", name="Cite this note")
    expected = (
        "D. Roe: Fact check on “The ferry & </script> “quoted””, 23 November 2026. "
        "Published in Annotated Archive as ferry#note-sank. "
        f"Original: {SOURCE}, captured 2011-03-02."
    )
    assert expected == dialog.locator("pre").text_content()
    dialog.get_by_role("button", name="Close").click()
    ferry.locator("article.comment button[data-cite]").first.click()
    ferry.get_by_role("dialog", name="Cite this comment").wait_for()


def test_citing_works_by_keyboard(ferry: Any) -> None:
    """Enter opens, arrows choose, Tab reaches each button, Escape closes and gives the focus back."""
    button = ferry.locator("article.comment button[data-cite]").first
    button.focus()
    ferry.keyboard.press("Enter")
    dialog = ferry.get_by_role("dialog")
    dialog.wait_for()
    ferry.keyboard.press("ArrowRight")
    dialog.locator("pre", has_text=re.compile("^@misc{ferry-comment-")).wait_for()
    ferry.keyboard.press("Tab")
    ferry.keyboard.press("Enter")
    status(dialog, "BibTeX copied")
    ferry.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    until(
        ferry,
        "document.activeElement === document.querySelector('article.comment button[data-cite]')",
    )


def test_where_the_clipboard_is_refused_the_older_way_copies(ferry: Any) -> None:
    """A browser without the clipboard of today copies as browsers always did, also in the dialog."""
    ferry.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }"
    )
    ferry.locator("article.comment button[data-cite]").first.click()
    dialog = ferry.get_by_role("dialog")
    dialog.get_by_role("button", name="Copy").click()
    status(dialog, "Plain text copied")
    assert clipboard(ferry).startswith("Bo Quill: Comment on ")
    assert 0 == ferry.locator("textarea").count()


def test_comments_of_further_pages_are_cited(page: Any, site: Path) -> None:
    """A comment on a further page is cited like any other, a name from right to left as it is."""
    page.goto(uri(site, "ferry/comments-2.html"))
    page.locator("article.comment button[data-cite]").first.click()
    text = page.get_by_role("dialog").locator("pre").text_content()
    assert text.startswith("دانيال: Comment on “The ferry")


def test_without_a_script_an_item_is_cited_too(browser: Any, site: Path) -> None:
    """Each format can be chosen, read and followed to its file; no button is there that does nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(uri(site, "ferry/index.html"))
    assert 0 == page.locator("button[data-cite]:visible, [data-cite-actions]:visible").count()
    box = page.locator("details.cite")
    box.locator("summary").click()
    box.get_by_label("BibTeX").check()
    assert "@misc{ferry," in box.locator("pre:visible").inner_text()
    assert "ferry/citation.bib" in box.locator("a:visible").get_attribute("href")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_everyone_can_cite(browser: Any, axe: Any, site: Path, scheme: str, width: int) -> None:
    """axe finds nothing in the open box, in the dialog, or at links to the live web."""
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(uri(site, "ferry/index.html"))
    page.locator("details.cite summary").click()
    assert [] == [one["id"] for one in axe.run(page).response["violations"]]
    page.locator("article.comment button[data-cite]").first.click()
    assert [] == [one["id"] for one in axe.run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide
    context.close()


def test_links_to_the_live_web_say_so(ferry: Any) -> None:
    """A captured link shows a sign and is called one of the live web; its text stays what it was."""
    link = ferry.get_by_role("link", name="did not (live web)")
    assert "did not" == link.text_content()
    sign = link.evaluate("one => getComputedStyle(one, '::after').content")
    assert "↗" in sign
    assert ferry.get_by_text("(live web)", exact=True).is_visible()
