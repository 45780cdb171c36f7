"""Serving builds again on a change, shows what is wrong, and leaves output/ alone."""

import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pelican.plugins.annotated_archive.serve import serve_site

from sites import SAMPLE, copy_site, files_of, run

EDITOR = f"content/annotations/{SAMPLE}.yaml"


def get(port: int, path: str) -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=5) as answer:
            return str(answer.read().decode())
    except (urllib.error.URLError, ConnectionError):
        return ""


def wait_for(true: Callable[[], bool]) -> bool:
    """Wait up to a minute until something is true: machines are slow at times."""
    for _ in range(240):
        if true():
            return True
        time.sleep(0.25)
    return False


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    folder = copy_site(tmp_path)
    assert 0 == run(folder, "build").returncode
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    stop = threading.Event()
    thread = threading.Thread(target=serve_site, args=(folder / "pelicanconf.py", port, stop))
    thread.start()
    assert wait_for(lambda: bool(get(port, "")))
    time.sleep(0.5)
    yield folder, port
    stop.set()
    thread.join(timeout=60)


def test_a_change_is_built_and_a_mistake_is_shown(served: tuple[Path, int]) -> None:
    """A saved tag has its page, a mistake stands in the page, and output/ stays as it was."""
    folder, port = served
    before = files_of(folder / "output")
    text = (folder / EDITOR).read_text()
    (folder / EDITOR).write_text(text.replace("diplomacy", "new tag"))
    assert wait_for(lambda: "new tag" in get(port, "tags.html"))
    (folder / EDITOR).write_text(text.replace("tags:", "tagz:"))
    assert wait_for(lambda: "did you mean" in get(port, ""))
    (folder / EDITOR).write_text(text)
    assert wait_for(
        lambda: "did you mean" not in get(port, "") and "diplomacy" in get(port, "tags.html")
    )
    assert before == files_of(folder / "output")
