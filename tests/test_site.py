"""The built site holds everything, is the same everywhere, and is never half a site."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator
from pelican.plugins.annotated_archive.edition_schema import EDITION
from pelican.plugins.annotated_archive.new_site import site_of
from pelican.plugins.annotated_archive.output_check import check_output
from pelican.plugins.annotated_archive.pipeline import Archive

from sites import CAPTURE, SAMPLE, add_item, copy_site, files_of, run

HOSTILE = """<script>alert(1)</script> {static}/etc/passwd {{ 7*7 }} "x" onload=y

June 3, 2010 at 5:04 pm

By Ann" <i>Lee</i>

[x](javascript:alert(1)) <img src=x onerror=alert(1)> {attach}../../etc/passwd |filename|y

[caption image=javascript:alert(1) caption="<svg/onload=alert(1)>"]

Filed under: <b>bold</b> • a;b • →

3 Comments

  1. <script>alert(1)</script>

    {{ SITEURL }} {% raw %} &lt;b&gt; &amp; <b>bold</b>

    <textarea> <!-- open

    June 3, 2010 at 5:04 pm |
  2. " onmouseover="alert(1)

    [1]: javascript:alert(1)
    [^1]: note [^1]

    June 3, 2010 at 5:05 pm |
  3. Bo\x07\u202e\u200f

    bell \x07 and override \u202e here ]]> <![CDATA[

    June 3, 2010 at 5:06 pm |
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site that was built with the sample and a hostile item."""
    folder = copy_site(tmp_path_factory.mktemp("site"))
    add_item(folder, "hostile", HOSTILE, "America/New_York")
    result = run(folder, "build")
    assert 0 == result.returncode, result.stderr
    return folder


def paragraphs_of_sample() -> list[str]:
    """Return the article's paragraphs, cut from the capture by hand-written marks."""
    text = CAPTURE.read_text("utf-8")
    start = text.index("The halls of Foggy Bottom")
    return text[start : text.index("Filed under")].strip().split("\n\n")


def comments_of_sample() -> list[tuple[str, str, str]]:
    """Return name, text and printed time of each comment, cut from the capture line by line.

    What the sample's editor withholds is replaced as the editor says.
    """
    captured = CAPTURE.read_text("utf-8").replace("11. Caren\n", "11. Name withheld\n")
    lines = (
        captured.replace("Lenore Hollowell", "[Name withheld]")
        .split("Responses)\n")[1]
        .splitlines()
    )
    found, name, body = [], "", list[str]()
    for line in lines:
        if line[:2] == "  " and line[2:4].strip(" .").isdigit() and ". " in line[:6]:
            name, body = line.split(". ", 1)[1], []
        elif line.endswith(" |"):
            found.append((name, "\n".join(body).strip("\n"), line.strip(" |")))
        else:
            body.append(line.removeprefix("    "))
    return found


def record(folder: Path, slug: str) -> dict[str, object]:
    """Return an item's published record."""
    value: dict[str, object] = json.loads((folder / "output" / slug / "edition.json").read_text())
    return value


def text_with_breaks(element: object) -> str:
    """Return what an element of captured paragraphs says, as the record writes it."""
    for line_break in element.find_all("br"):  # type: ignore[attr-defined]
        line_break.replace_with("\n")
    return "\n\n".join(p.get_text() for p in element.find_all("p"))  # type: ignore[attr-defined]


def test_the_page_holds_the_sample_verbatim(built: Path) -> None:
    """Title, 11 paragraphs and 27 comments stand on the page as they stand in the capture."""
    html = (built / "output" / SAMPLE / "index.html").read_text("utf-8")
    soup = BeautifulSoup(html, "html.parser")
    assert "State Department to Twitter: Keep Iranian tweets coming" == soup.h1.get_text().strip()
    paragraphs = paragraphs_of_sample()
    assert 11 == len(paragraphs)
    assert paragraphs == [p.get_text() for p in soup.select("[id^=p-]")]
    expected = comments_of_sample()
    assert 27 == len(expected)
    page = soup.get_text()
    for comment, (name, text, printed) in zip(
        soup.select("article[id^=comment-2009]"), expected, strict=True
    ):
        assert name in comment.get_text()
        assert printed in comment.get_text()
        for part in text.split("\n\n"):
            assert part.strip("\n") in text_with_breaks(comment)
    for words in ("360° Radar", "82", "27", "55", "1 2", "before the post's own stamp"):
        assert words in page.replace("’", "'")


def test_the_record_satisfies_its_schema_and_the_capture(built: Path) -> None:
    """edition.json is valid, and says what the capture says, with the right times."""
    sample = record(built, SAMPLE)
    for slug in (SAMPLE, "hostile"):
        Draft202012Validator(EDITION).validate(record(built, slug))
    comments = sample["comments"]
    assert {"declared": 82, "captured": 27, "missing": 55} == sample["responses"]
    assert paragraphs_of_sample() == [block["text"] for block in sample["blocks"]]
    assert [(n, t.replace("\n\n\n", "\n\n")) for n, t, _ in comments_of_sample()] == [
        (comment["author"], comment["text"]) for comment in comments
    ]
    times = [comment["published"] for comment in comments]
    assert ("2009-06-17T07:49:00-04:00", "2009-06-16T15:11:00-04:00") == (times[0], times[-1])
    assert 27 == len(set(times)) and "comment-20090617-0749" == comments[0]["id"]
    assert ["360° Radar", "Elise Labott", "Technology"] == sample["filed_under"]
    assert 0 == sample["ledger"]["remainder"]
    (early,) = (note for note in sample["notes"] if note["code"] == "comment-before-post")
    assert 19 == len(early["comments"])


def test_hostile_text_stays_text(built: Path) -> None:
    """What looks like markup, a link or a template is shown as its own words, and does nothing."""
    for path in (built / "output").rglob("*.html"):
        soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for script in soup.find_all("script"):
            if script.get("type"):  # a data block, which no browser runs
                assert json.loads(script.get_text()) and "<" not in script.get_text()
                continue
            assert re.search("theme/js/|^(?:[./]*)search/index.js$", str(script.get("src")))
            assert "" == script.get_text()
        own = ["form"] if path.name == "search.html" else []
        assert own == [
            one.name for one in soup.find_all(["textarea", "iframe", "form", "img", "b", "i"])
        ]
        for element in soup.find_all(True):
            assert not [name for name in element.attrs if name.startswith("on") or name == "style"]
            for name in ("href", "src"):
                assert "javascript:" not in str(element.get(name, "")).lower()
    html = (built / "output/hostile/index.html").read_text("utf-8")
    shown = BeautifulSoup(html, "html.parser").get_text()
    for words in (
        "<script>alert(1)</script> {static}/etc/passwd {{ 7*7 }}",
        "[x](javascript:alert(1)) <img src=x onerror=alert(1)> {attach}../../etc/passwd |filename|y",
        "{{ SITEURL }} {% raw %} &lt;b&gt; &amp; <b>bold</b>",
        "bell ␇ and override ⟦U+202E⟧ here ]]> <![CDATA[",
    ):
        assert words in shown
    assert "root:" not in html and not any("passwd" in p.name for p in built.rglob("output/*"))


def test_comments_keep_characters_in_the_record(built: Path) -> None:
    """The record has the control characters that the page shows as marks, and a note on them."""
    hostile = record(built, "hostile")
    assert "\x07" in hostile["comments"][2]["text"]
    assert "marks" in {note["code"] for note in hostile["notes"]}


def test_two_builds_are_equal_everywhere(built: Path, tmp_path: Path) -> None:
    """Another folder, time zone, locale and hash seed give the same bytes."""
    folder = copy_site(tmp_path)
    add_item(folder, "hostile", HOSTILE, "America/New_York")
    result = run(
        folder, "build", TZ="Asia/Kathmandu", LANG="C", LC_ALL="C", PYTHONHASHSEED="7",
        PYTHONUTF8="0",
    )  # fmt: skip
    assert 0 == result.returncode, result.stderr
    assert files_of(built / "output") == files_of(folder / "output")


def test_publish_gives_absolute_addresses_feeds_and_a_map(tmp_path: Path) -> None:
    """For a host, links are absolute, feeds are there, and two builds are equal."""
    folder = copy_site(tmp_path)
    add_item(folder, "hostile", HOSTILE, "America/New_York")
    words = ("publish", "--site-url", "https://archive.test/a")
    result = run(folder, *words)
    assert 0 == result.returncode, result.stderr
    output = folder / "output"
    first = files_of(output)
    names = {"sitemap.xml", "feeds/all.atom.xml", f"{SAMPLE}/comments.atom.xml", "404.html"}
    assert names <= set(first)
    feed = ElementTree.fromstring(first[f"{SAMPLE}/comments.atom.xml"])
    assert 27 == len(feed.findall("{http://www.w3.org/2005/Atom}entry"))
    page = first[f"{SAMPLE}/index.html"].decode()
    links = [a["href"] for a in BeautifulSoup(page, "html.parser").find_all("a", href=True)]
    assert all(link.startswith(("https://", "#")) for link in links)
    assert f"https://archive.test/a/{SAMPLE}/" in first["sitemap.xml"].decode()
    assert 0 == run(folder, *words, TZ="Pacific/Apia").returncode
    assert first == files_of(output)


def test_unchanged_files_keep_their_time(built: Path) -> None:
    """A second build leaves the time of change of every file that did not change."""
    output = built / "output"
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*") if path.is_file()}
    time.sleep(0.05)
    assert 0 == run(built, "build").returncode
    assert before == {path: path.stat().st_mtime_ns for path in before}


def test_a_mistake_leaves_the_old_site(tmp_path: Path) -> None:
    """Problems are all told on standard error, exit status 1, and the site stays as it was."""
    folder = copy_site(tmp_path)
    assert 0 == run(folder, "build").returncode
    before = files_of(folder / "output")
    (folder / "content/annotations" / f"{SAMPLE}.yaml").write_text("tagz: [a]\ntags: 3\n")
    (folder / "content/pages/broken.md").write_text("no title here\n")
    result = run(folder, "build")
    assert 1 == result.returncode
    assert "did you mean 'tags'" in result.stderr and ":2: tags must be a list" in result.stderr
    assert before == files_of(folder / "output")
    (folder / "content/annotations" / f"{SAMPLE}.yaml").unlink()
    result = run(folder, "build")
    assert (1, True) == (result.returncode, "archive.pelican]" in result.stderr)
    assert before == files_of(folder / "output")
    assert "Traceback" not in result.stderr


def test_what_lost_its_source_leaves_the_site(tmp_path: Path) -> None:
    """A removed item leaves no page behind."""
    folder = copy_site(tmp_path)
    add_item(folder, "item", "A title\n\nJune 3, 2010\n\nText.\n")
    assert 0 == run(folder, "build").returncode
    assert (folder / "output/item/index.html").is_file()
    for path in (folder / "content/captures/item").iterdir():
        path.unlink()
    (folder / "content/captures/item").rmdir()
    (folder / "content/annotations/item.yaml").unlink()
    assert 0 == run(folder, "build").returncode
    assert not (folder / "output/item").exists()


@pytest.mark.skipif(os.name != "posix", reason="needs kill -9")
def test_a_killed_build_leaves_a_whole_site(tmp_path: Path) -> None:
    """After kill -9 at 20 random moments the site is the old one or the new one, whole."""
    folder = copy_site(tmp_path)
    started = time.monotonic()
    assert 0 == run(folder, "build").returncode
    duration = time.monotonic() - started
    whole = {frozenset(files_of(folder / "output").items())}
    chance = random.Random(20090616)
    annotations = folder / "content/annotations" / f"{SAMPLE}.yaml"
    for attempt in range(20):
        annotations.write_text(f"tags: [attempt-{attempt}]\n")
        process = subprocess.Popen(
            [sys.executable, "-m", "invoke", "build", "--quiet"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.1, 1.1) * duration)
        process.send_signal(signal.SIGKILL)
        process.wait()
        after = files_of(folder / "output")
        if frozenset(after.items()) not in whole:
            assert f"tag/attempt-{attempt}.html" in after
            assert 0 == run(folder, "build").returncode
            assert after == files_of(folder / "output")
            whole = {frozenset(after.items())}
    assert 0 == run(folder, "build").returncode
    assert not list(folder.glob(".output.*"))


def test_clean_removes_the_site_and_nothing_else(tmp_path: Path) -> None:
    """Content stays."""
    folder = copy_site(tmp_path)
    content = files_of(folder / "content")
    assert 0 == run(folder, "build").returncode
    assert 0 == run(folder, "clean").returncode
    assert ([], content) == (list((folder / "output").iterdir()), files_of(folder / "content"))


def test_check_prints_the_ledger() -> None:
    """`check` on the sample: no remainder, 82 declared, 27 captured, 55 missing."""
    result = run(Path(__file__).parents[1], "check")
    assert 0 == result.returncode, result.stderr
    words = " ".join(result.stdout.split())
    assert "remainder 0 characters" in words
    assert "82 declared, 27 captured, 55 missing" in words


@pytest.mark.parametrize(
    "task", ["build", "capture", "check", "clean", "pages", "publish", "serve", "test"]
)
def test_every_task_has_help(task: str) -> None:
    """Each task says what it does, and what each option is for."""
    result = run(Path(__file__).parents[1], "--help", task)
    assert 0 == result.returncode
    assert "Docstring:" in result.stdout and "none" not in result.stdout.split("Options")[0]


@pytest.mark.parametrize("site", ["", "https://a.example"])
def test_no_address_stops_the_check_of_links(tmp_path: Path, site: str) -> None:
    """An address that is none leads to the world outside; one too long for a file leads nowhere."""
    links = [
        "http://[bad]/x",
        "https://x.example/[Name withheld]/",
        "//[",
        "a" * 5000,
        "no%00thing",
    ]
    words = "".join(f'<a href="{link}">x</a>' for link in links)
    (tmp_path / "index.html").write_text(f"<p>{words}</p>", "utf-8")
    found = check_output(site_of(tmp_path), Archive((), ()), site)
    assert [f"{links[3]} leads nowhere", f"{links[4]} leads nowhere"] == [
        problem.fault for problem in found
    ]
