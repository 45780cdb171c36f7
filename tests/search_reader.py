"""Read the files of a search as the reader's browser does, in Python; and ask its scripts in Node."""

import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pelican.plugins.annotated_archive.search.postings import HEAD, decode
from pelican.plugins.annotated_archive.search.records import SearchItem, SearchRecord

from sites import ROOT, unavailable

SCRIPTS = ROOT / "theme" / "static" / "js"
ASK = ROOT / "tests" / "search" / "ask.cjs"


def comment(text: str, author: str = "", day: str = "", tags: Sequence[str] = ()) -> SearchRecord:
    """Return the record of a comment."""
    where = (("#comment-1", text),)
    return SearchRecord(
        "comment", "", (author,) if author else (), day, tuple(tags), "", author, where
    )


def item(*records: SearchRecord, slug: str = "one", tags: Sequence[str] = ()) -> SearchItem:
    """Return an item of some records, each with an address of its own."""
    named = tuple(
        SearchRecord(r.what, r.kind, r.authors, r.day, r.tags, r.title, r.head,
                     tuple((f"#c-{n}", text) for _, text in r.passages))
        for n, r in enumerate(records)
    )  # fmt: skip
    return SearchItem(f"{slug}/index.html", f"Title of {slug}", tuple(tags), named)


def called(script: str) -> list[Any]:
    """Return the values that a script hands over."""
    assert script.startswith("annotatedArchiveSearch.") and script.endswith(");\n")
    return list(json.loads(f"[{script.partition('(')[2][:-3]}]"))


def postings(files: Mapping[str, str], family: str = "words") -> dict[str, tuple[int, ...]]:
    """Return each term of a family with the numbers of its records."""
    found: dict[str, tuple[int, ...]] = {}
    for name, script in files.items():
        if name.startswith(f"search/{family}-"):
            _, _, terms, lists, *_ = called(script)
            for term, listed in zip(terms.split(" ")[::2], lists.split(" "), strict=True):
                text, _, head = listed.partition(HEAD)
                numbers = found.get(term, ()) + decode(text) + decode(head)
                found[term] = tuple(sorted(numbers))
    return found


def ask(questions: Sequence[Mapping[str, Any]], site: Path | None = None) -> list[Any]:
    """Return what the theme's scripts answer; skip where there is no Node."""
    node = shutil.which("node")
    if node is None:
        unavailable("node is not installed: the theme's scripts are tried in the browser alone")
    words = [str(node), str(ASK), str(SCRIPTS), *([str(site)] if site else [])]
    told = subprocess.run(
        words, input=json.dumps(questions), capture_output=True, text=True, check=False, timeout=120
    )
    assert 0 == told.returncode, told.stderr
    return list(json.loads(told.stdout))


def written(files: Iterable[tuple[str, str]], folder: Path) -> Path:
    """Write files below a folder."""
    for name, text in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder
