"""A text bears the language that its page or its editor says, and no other."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pelican.plugins.annotated_archive.captures.html import FORMAT
from pelican.plugins.annotated_archive.errors import Problems
from pelican.plugins.annotated_archive.items import read_item

from sites import SAMPLE, copy_site, project_in, run
from test_comment_pages import THREAD


def test_a_page_says_the_language_of_a_comment() -> None:
    """What a comment's own element says is kept; what is no language is not."""
    page = THREAD.replace('id="comment-2">', 'id="comment-2" lang="fa">', 1)
    page = page.replace('id="comment-4">', 'id="comment-4" lang="!">', 1)
    capture = FORMAT.read(page.encode(), None)
    assert ["", "fa", "", ""] == [one.language for one in capture.comments]
    assert "en" == capture.language


def say(folder: Path, words: str) -> None:
    path = folder / "content" / "annotations" / f"{SAMPLE}.yaml"
    path.write_text(path.read_text("utf-8") + f"\n{words}\n", "utf-8")


def test_an_unknown_place_is_told(tmp_path: Path) -> None:
    """A comment that the item does not have is an error with its line and the one that was meant."""
    folder = copy_site(tmp_path)
    say(folder, "languages:\n  article: en\n  comment-20090617-0794: fa")
    with pytest.raises(Problems) as raised:
        read_item(project_in(folder), SAMPLE)
    told = str(raised.value)
    assert "there is no comment-20090617-0794 in this item" in told
    assert "did you mean 'comment-20090617-0749'?" in told
    assert f"{SAMPLE}.yaml:" in told


@pytest.mark.slow
def test_an_editor_says_the_language(tmp_path: Path) -> None:
    """The title, the article and the comment bear it; a comment that is not named bears the article's."""
    folder = copy_site(tmp_path)
    say(folder, "languages: {article: en-US, comment-20090617-0749: fa}")
    result = run(folder, "build")
    assert 0 == result.returncode, result.stderr
    item = folder / "output" / SAMPLE
    page = BeautifulSoup((item / "index.html").read_text("utf-8"), "html.parser")
    assert "en-US" == page.h1["lang"]
    assert {"en-US"} == {
        one["lang"] for one in page.select(".reading > .captured, .noted-words > .captured")
    }
    assert "fa" == page.find(id="comment-20090617-0749").select_one(".captured")["lang"]
    assert "en-US" == page.find(id="comment-20090617-0341").select_one(".captured")["lang"]
    record = json.loads((item / "edition.json").read_text("utf-8"))
    assert "fa" == record["comments"][0]["language"]
    assert "en-US" == record["language"]
