"""What a content warning folds, what was reckoned and who is withheld is told nowhere else."""

from dataclasses import replace
from pathlib import Path

import pytest
from pelican.plugins.annotated_archive.exports.meta_tags import meta_tags
from pelican.plugins.annotated_archive.exports.structured_data import Described
from pelican.plugins.annotated_archive.pages import compose_page
from pelican.plugins.annotated_archive.pipeline import read_archive
from pelican.plugins.annotated_archive.search import search_files
from pelican.plugins.annotated_archive.search.records import item_of
from pelican.plugins.annotated_archive.views import EditionView

from search_reader import called, postings
from sites import add_item, copy_site, project_in

RAIN = """Rain at last

June 3, 2010

By Ann Lee

The harbour master said that the rain came at last.

Nobody had seen so much rain since 1987.

2 Comments

  1. Bo Quill

    The cistern was dug in 1890. The cistern leaks.

    June 3, 2010 at 5:04 pm |

  2. Cy Dunn

    Il pleut, enfin.

    June 3, 2010 at 5:09 pm |
"""


def folded_view(tmp_path: Path, warnings: str, text: str = RAIN) -> EditionView:
    """Return the view of an item with content warnings."""
    site = copy_site(tmp_path, empty=True)
    add_item(site, "rain", text)
    path = site / "content/annotations/rain.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(warnings)
    archive = read_archive(project_in(site))
    assert () == tuple(archive.problems)
    return EditionView(archive.editions[0])


WARNED = """annotations:
  - {id: w-1, kind: content-warning, in: comment-20100603-1704, body: Harsh}
  - {id: w-2, kind: content-warning, quote: the rain came at last, body: Harsh}
  - {id: g-1, kind: gloss, quote: harbour master, body: An officer}
"""


def test_what_a_warning_folds_is_found_and_not_shown(tmp_path: Path) -> None:
    """Folded words are in the index, but a result says so in their place; no title has them."""
    view = folded_view(tmp_path, WARNED)
    records = item_of(view, "rain/index.html").records
    comments = [r for r in records if r.what == "comment"]
    assert [(0,), ()] == [r.folded for r in comments]
    assert (0,) == records[-1].folded
    assert {""} == {r.title for r in records if r.what == "note"}
    files = dict(search_files([(view, "rain/index.html")]))
    assert {"cistern", "harbour"} <= set(postings(files))
    assert [[0], 0] == [
        row[4] for row in called(files["search/texts-0.js"])[3] if row[1] == "comment"
    ]


def test_a_warning_that_covers_nothing_folds_nothing(tmp_path: Path) -> None:
    """Where a warning covers nothing, results show the words."""
    view = folded_view(tmp_path, WARNED.replace("body: Harsh", "covers: nothing, body: Harsh"))
    records = item_of(view, "rain/index.html").records
    assert {()} == {r.folded for r in records}
    assert "harbour master" in {r.title for r in records}


@pytest.mark.parametrize(
    ("warnings", "summary"),
    [
        ("annotations: []\n", "The harbour master said that the rain came at last."),
        (WARNED, "Nobody had seen so much rain since 1987."),
        (
            "annotations:\n  - {id: w, kind: content-warning, in: article, body: Harsh}\n",
            "Folded by a content warning.",
        ),
    ],
)
def test_no_summary_tells_what_a_warning_folds(tmp_path: Path, warnings: str, summary: str) -> None:
    """Lists, feeds and descriptions begin with the first paragraph that is not folded."""
    view = folded_view(tmp_path, warnings)
    assert summary == view.summary
    assert f"Summary: {summary}" in compose_page(view.edition).text
    told = {name: words for _, name, words in meta_tags(view.edition, Described("Site"))}
    assert summary == told["og:description"]


def test_reckoned_times_are_no_days(tmp_path: Path) -> None:
    """A time that was reckoned from "2 days ago" is no day that a result shows or a filter knows."""
    view = folded_view(tmp_path, "annotations: []\n")
    [first, second] = view.document.comments
    reckoned = replace(first, is_approximate=True)
    document = replace(view.document, comments=(reckoned, second))
    changed = EditionView(replace(view.edition, document=document))
    days = [r.day for r in item_of(changed, "x").records if r.what == "comment"]
    assert ["", "2010-06-03"] == days


def test_nobody_is_chosen_by_a_replacement(tmp_path: Path) -> None:
    """Two persons withheld are not one author, and no name captured is none."""
    text = "redactions:\n" + "".join(
        f"  - {{id: r{n}, in: comment-20100603-170{n}, withhold: author}}\n" for n in (4, 9)
    )
    view = folded_view(tmp_path, text)
    files = dict(search_files([(view, "rain/index.html")]))
    assert {"ann_lee"} == set(postings(files, "authors"))
    shown = [row[3] for row in called(files["search/texts-0.js"])[3] if row[1] == "comment"]
    assert ["Name withheld", "Name withheld"] == shown
    nameless = replace(view.document.comments[0], author="")
    document = replace(view.document, comments=(nameless,))
    unnamed = EditionView(replace(view.edition, document=document))
    files = dict(search_files([(unnamed, "rain/index.html")]))
    assert {"ann_lee"} == set(postings(files, "authors"))
