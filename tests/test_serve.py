"""Serving builds again on a change, shows what is wrong, survives it, and leaves output/ alone."""

import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from pelican.plugins.annotated_archive.errors import Problem
from pelican.plugins.annotated_archive.preview.board import Board, Notice
from pelican.plugins.annotated_archive.preview.server import open_server
from pelican.plugins.annotated_archive.preview.shown import OWN, with_notice
from pelican.plugins.annotated_archive.serve import Preview, serve_site

from served_site import ask, get, served_site, wait_for
from sites import SAMPLE, copy_site, files_of, run

EDITOR = f"content/annotations/{SAMPLE}.yaml"
PAGE = '<html><head><meta http-equiv="Content-Security-Policy" content="default-src \'none\'"></head><body id="x"><p>Text.</p></body></html>'


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    folder = copy_site(tmp_path_factory.mktemp("served"))
    assert 0 == run(folder, "build").returncode
    with served_site(folder) as port:
        yield folder, port


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[tuple[Path, int, Board]]:
    """Yield a folder that is served without being built, its port, and the board."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text(PAGE)
    board = Board()
    server = open_server(folder, 0, board)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield folder, server.server_port, board
    server.shutdown()
    server.server_close()


def news(port: int, version: int) -> str:
    """Return what a page of this version is told to do."""
    return get(port, f"{OWN[1:]}news?version={version}").partition(" ")[0]


def put(board: Board, *problems: str, sheets: bool = False, changed: bool = True) -> None:
    board.put(problems, failed=False, changed=changed, sheets=sheets)


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


def test_the_files_hold_nothing_of_the_preview(served: tuple[Path, int]) -> None:
    """The script that reloads is in what is sent, and in no file."""
    folder, port = served
    assert OWN in get(port, "")
    for name, data in files_of(folder / ".preview").items():
        assert OWN.encode() not in data, name


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("theme/templates/base.html", "<footer", "{% if %}<footer", "theme/templates/base.html:"),
        ("theme/templates/base.html", "<footer", "{{ 1 // 0 }}<footer", "ZeroDivisionError"),
        ("pelicanconf.py", 'SITENAME = "', 'SITENAME = ("', "pelicanconf.py:"),
        ("pelicanconf.py", "PATH =", "raise SystemExit\nPATH =", "SystemExit"),
    ],
)
def test_a_build_that_fails_shows_why_over_the_last_site(
    served: tuple[Path, int], name: str, old: str, new: str, told: str
) -> None:
    """A template or settings that do not run are told by file and line; mended, all is as before."""
    folder, port = served
    text = (folder / name).read_text()
    (folder / name).write_text(text.replace(old, new, 1))
    assert wait_for(lambda: told in get(port, ""))
    page = get(port, f"{SAMPLE}/index.html")
    assert "Foggy Bottom" in page
    assert "could not be built again" in page
    (folder / name).write_text(text)
    assert wait_for(lambda: "annotated-archive-problems" not in get(port, ""))


def test_settings_take_effect(served: tuple[Path, int]) -> None:
    """A setting that is saved by renaming, as editors do, is read again, each time."""
    folder, port = served
    text = (folder / "pelicanconf.py").read_text()
    for name in ("First Name", "Other Name"):
        (folder / "new.tmp").write_text(text.replace("Annotated Archive", name))
        (folder / "new.tmp").replace(folder / "pelicanconf.py")
        assert wait_for(lambda name=name: f">{name}</" in get(port, ""))
    (folder / "pelicanconf.py").write_text(text)
    assert wait_for(lambda: ">Other Name</" not in get(port, ""))


def test_what_the_build_writes_makes_no_build(served: tuple[Path, int]) -> None:
    """One save is one build, although the build writes the item's page and lock file."""
    folder, port = served
    text = (folder / EDITOR).read_text()
    (folder / EDITOR).write_text(text.replace("diplomacy", "once"))
    assert wait_for(lambda: "once" in get(port, "tags.html"))
    time.sleep(1)
    version = version_of(get(port, ""))
    (folder / EDITOR).write_text(text)
    assert wait_for(lambda: version < version_of(get(port, "")))
    time.sleep(1.5)
    assert version + 1 == version_of(get(port, ""))


def version_of(page: str) -> int:
    return int(page.partition("reload.js?version=")[2].partition('"')[0])


@pytest.mark.parametrize("name", [".rain.yaml.swp", "4913", "rain.yaml~", ".#rain.yaml", "#rain#"])
def test_what_editors_leave_is_no_mistake(served: tuple[Path, int], name: str) -> None:
    """Swap files and backups beside a content file are no problem of the archive."""
    folder, port = served
    (folder / "content/annotations" / name).write_text("half a fi")
    time.sleep(0.7)
    (folder / "content/annotations" / name).unlink()
    assert "annotated-archive-problems" not in get(port, "")


def test_another_host_is_refused(bare: tuple[Path, int, Board]) -> None:
    """A name that somebody points at this machine gets nothing: only its own names are answered."""
    _, port, _ = bare
    for host in ("localhost:8000", "127.0.0.1", "[::1]:80", "LOCALHOST"):
        assert 200 == ask(port, "/", host)[0], host
    for host in ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "[::2]"):
        assert 403 == ask(port, "/", host)[0], host


def test_only_this_machine_is_served(bare: tuple[Path, int, Board]) -> None:
    """The server listens on the loopback address alone."""
    server = open_server(bare[0], 0, Board())
    assert "127.0.0.1" == server.server_address[0]
    server.server_close()


def test_pages_may_connect_here_and_nowhere_else(bare: tuple[Path, int, Board]) -> None:
    """The policy of a page is widened to this server alone, and nothing is cached."""
    status, headers, text = ask(bare[1], "/")
    assert 200 == status
    assert "content=\"connect-src 'self'; default-src 'none'\"" in text
    assert text.index(OWN) < text.index("</head>")
    assert ("no-store", str(len(text.encode()))) == (
        headers["Cache-Control"],
        headers["Content-Length"],
    )
    assert (200, "") == (ask(bare[1], "/", method="HEAD")[0], ask(bare[1], "/", method="HEAD")[2])
    assert 501 == ask(bare[1], "/", method="POST")[0]


def test_problems_are_escaped(bare: tuple[Path, int, Board]) -> None:
    """What stands in a captured name or a file's name is text in the list of problems."""
    _, port, board = bare
    put(board, "a.yaml:1: <script>alert(1)</script> \\1 \\g<0> {x}")
    text = ask(port, "/")[2]
    assert "&lt;script&gt;alert(1)&lt;/script&gt; \\1 \\g&lt;0&gt; {x}" in text
    assert "1 problem<" in text


def test_a_page_without_head_or_body_reloads_too() -> None:
    """Whatever another theme writes, the script stands in it."""
    assert OWN in with_notice("<p>bare", Notice(1, 1))
    assert "wrong" in with_notice("<p>bare", Notice(1, 1, ("wrong",)))


def test_what_is_not_there_is_told(bare: tuple[Path, int, Board]) -> None:
    """A missing page is a page that reloads; folders are not listed; the path is escaped."""
    folder, port, _ = bare
    (folder / "empty").mkdir()
    for path in ("/none.html", "/empty/", "/index.html/", "/a%00b", "/../../etc/passwd", "/<b>"):
        status, _, text = ask(port, path)
        assert (404, True, False) == (status, OWN in text, "<b>" in text), path
    assert 404 == ask(port, f"{OWN}../server.py")[0]


def test_without_a_site_the_page_says_what_is_wrong(bare: tuple[Path, int, Board]) -> None:
    """Where nothing was ever built, each address shows the problems, and waits."""
    folder, port, board = bare
    (folder / "index.html").unlink()
    put(board, "pelicanconf.py:3: it is wrong")
    status, _, text = ask(port, "/any/page.html")
    assert (503, True, True) == (status, "not built yet" in text, "it is wrong" in text)
    assert OWN in text


def test_a_page_hears_of_each_build(bare: tuple[Path, int, Board]) -> None:
    """Sheets alone are told as such; a page that missed a build is told of it later."""
    _, port, board = bare
    start = board.notice.version
    assert "" == news(port, start)
    put(board, sheets=True)
    assert ("sheets", "") == (news(port, start), news(port, start + 1))
    put(board, sheets=False)
    put(board, sheets=True)
    expected = ["page", "page", "sheets", ""]
    assert expected == [news(port, start + number) for number in range(4)]
    assert "page" == news(port, 5) == news(port, 10**18)
    assert "page" == get(port, f"{OWN[1:]}news?version=%00x").partition(" ")[0]


def test_a_build_that_changes_nothing_reloads_nothing(bare: tuple[Path, int, Board]) -> None:
    """A save without a change moves no page; one that mends a problem does."""
    board = bare[2]
    version = board.notice.version
    put(board, changed=False)
    assert version == board.notice.version
    put(board, "wrong", changed=False)
    put(board, "wrong", changed=False)
    assert version + 1 == board.notice.version
    put(board, changed=False)
    assert version + 2 == board.notice.version == board.notice.pages


def test_browsers_may_go_away(
    bare: tuple[Path, int, Board], capfd: pytest.CaptureFixture[str]
) -> None:
    """Connections that say nothing, or end in the middle of an answer, leave no trace."""
    folder, port, _ = bare
    (folder / "long.txt").write_text("x" * 20_000_000)
    silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(40)]
    for one in silent[::2]:
        one.sendall(b"GET /long.txt HTTP/1.1\r\nHost: localhost\r\n\r\n")
        one.recv(100)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        one.close()
    assert 200 == ask(port, "/")[0]
    for one in silent[1::2]:
        one.close()
    time.sleep(0.3)
    assert "Traceback" not in capfd.readouterr().err


def test_a_build_waits_for_another_run(tmp_path: Path) -> None:
    """While another run writes into the archive, a preview waits instead of failing."""
    folder = copy_site(tmp_path)
    preview = Preview(folder / "pelicanconf.py", folder / ".preview", Board())
    lock = FileLock(folder / ".annotated-archive.lock", thread_local=False)
    lock.acquire()
    threading.Timer(0.6, lambda: lock.release(force=True)).start()
    assert () == preview.rebuild()


def test_what_breaks_a_build_breaks_no_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Any error of a build is a problem in the page; the next build is as if nothing had been."""
    board = Board()
    preview = Preview(tmp_path / "pelicanconf.py", tmp_path / ".preview", board)

    def fall(*_: object, **__: object) -> None:
        raise RuntimeError("fell over")

    monkeypatch.setattr("pelican.plugins.annotated_archive.serve.build", fall)
    problems = preview.rebuild()
    assert 1 == len(problems)
    assert "RuntimeError: fell over" in problems[0]
    assert board.notice.failed


def test_a_port_in_use_is_told(bare: tuple[Path, int, Board], tmp_path: Path) -> None:
    """A port that another program has, or that is none, is a clear error."""
    for port in (bare[1], 70000):
        with pytest.raises(Problem, match=str(port)):
            open_server(bare[0], port, Board())
    folder = copy_site(tmp_path)
    with pytest.raises(Problem, match="--port"):
        serve_site(folder / "pelicanconf.py", bare[1])


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_ctrl_c_ends_it_without_a_trace(tmp_path: Path) -> None:
    """A person's Ctrl-C ends the server at once and in peace, while a browser is connected."""
    folder = copy_site(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-m", "invoke", "serve", "--port", "0"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        waiting = socket.create_connection(("127.0.0.1", int(line.split(":")[2].split("/")[0])))
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
        waiting.close()
    assert (1, "stopped") == (process.returncode, errors.strip())
    assert time.monotonic() - start < 5
