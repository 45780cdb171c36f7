"""Share what is slow to make: one built copy of the site, and a browser to look at it."""

import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from firefox import Firefox, find_firefox, running_firefox
from gate_site import build_gate_site, lay_gate_site
from sites import copy_site, run, unavailable
from web_server import WebServer, running_server

CLOSING = 60
"""After so many seconds a browser is ended that does not close."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output folder of this project's site, built as a person builds it."""
    folder = copy_site(tmp_path_factory.mktemp("built-site"))
    result = run(folder, "build")
    assert 0 == result.returncode, result.stderr
    return folder / "output"


@pytest.fixture(scope="session")
def gate_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output folder of a site of every kind of page, for reading from a disk."""
    folder = tmp_path_factory.mktemp("gate-site")
    lay_gate_site(folder)
    return build_gate_site(folder)


@pytest.fixture(scope="session")
def hosted_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    """Yield the server of that site, published for the address that it has here."""
    folder = tmp_path_factory.mktemp("hosted-site")
    lay_gate_site(folder)
    with running_server() as server:
        server.folder = build_gate_site(folder, "publish", SITEURL=server.address)
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Yield Chromium as the machine has it."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        unavailable(f"no browser here: none of {', '.join(BROWSERS)} is installed")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        unavailable(f"playwright is not installed: {error}")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, chromium_sandbox=False)
        yield running
        with ended_for_sure(running):
            running.close()


@pytest.fixture(scope="module")
def axe() -> Any:
    """Return the checker of accessibility, which runs in the page."""
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError as error:
        unavailable(f"axe-playwright-python is not installed: {error}")
    return Axe()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """Yield a page of a fresh window."""
    context = browser.new_context()
    yield context.new_page()
    with ended_for_sure(browser):
        context.close()


@contextmanager
def ended_for_sure(browser: Any) -> Iterator[None]:
    """End Chromium by force where it does not close what it should: it may not, for ever."""
    told = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    number = next(one["id"] for one in told["processInfo"] if one["type"] == "browser")
    watch = threading.Timer(CLOSING, os.kill, (number, signal.SIGKILL))
    watch.start()
    try:
        yield
    except Exception:
        if watch.is_alive():
            raise
    finally:
        watch.cancel()


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Yield Firefox as the machine has it, on a fresh profile."""
    with running_firefox(_firefox(), tmp_path_factory.mktemp("firefox") / "profile") as running:
        yield running


@pytest.fixture(scope="module")
def firefox_without_scripts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Yield a Firefox whose reader lets no page run a script."""
    profile = tmp_path_factory.mktemp("firefox") / "profile"
    with running_firefox(_firefox(), profile, **{"javascript.enabled": False}) as running:
        yield running


def _firefox() -> str:
    program = find_firefox()
    if program is None:
        unavailable("no Firefox here: firefox-esr is not installed")
    return str(program)
