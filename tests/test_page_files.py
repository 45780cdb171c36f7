"""What the build writes satisfies the checkers of HTML, CSS, scripts and links that others use."""

import json
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from node_tools import INSTALLED, PACKAGE, install_node_tools, run_node_tool
from sites import ROOT, unavailable
from web_server import WebServer

pytestmark = pytest.mark.slow

STYLES = ROOT / "theme" / "static" / "css"
SCRIPTS = ROOT / "theme" / "static" / "js"
UNKNOWN_TO_VNU = r".*(“vector-effect”|“container”|“@container”).*"
"""Properties and rules that browsers know and the checker's list of CSS does not."""


@pytest.fixture(scope="module", autouse=True)
def tools() -> Path:
    """Return the folder of the checkers."""
    return install_node_tools()


def counted(messages: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Return each message once, with the first places that it stands at."""
    found = defaultdict(list)
    for text, place in messages:
        found[text].append(place)
    return {text: places[:3] for text, places in found.items()}


def vnu(folder: Path) -> dict[str, list[str]]:
    """Return the errors of the Nu Html Checker, the one of the W3C and the WHATWG."""
    java = shutil.which("java")
    if java is None:
        unavailable("no Java here: vnu needs java 11 or newer")
    options = ["--errors-only", "--skip-non-html", "--also-check-css", "--also-check-svg"]
    result = subprocess.run(
        [str(java), "-jar", INSTALLED / "vnu-jar/build/dist/vnu.jar", "--format", "json"]
        + [*options, "--filterpattern", UNKNOWN_TO_VNU, folder],
        capture_output=True,
        check=False,
        timeout=300,
    )
    messages = json.loads(result.stderr)["messages"]
    return counted(
        [(one["message"], f"{one.get('url')}:{one.get('lastLine')}") for one in messages]
    )


def test_pages_for_a_disk_are_valid(gate_site: Path) -> None:
    """The Nu Html Checker finds no error in any page, stylesheet or picture."""
    assert {} == vnu(gate_site)


def test_pages_for_a_host_are_valid(hosted_site: WebServer) -> None:
    """The same holds for the site with absolute addresses."""
    assert {} == vnu(hosted_site.folder)


def test_the_checker_finds_a_fault(tmp_path: Path) -> None:
    """The checker would tell: a page without a title is an error."""
    (tmp_path / "page.html").write_text("<!doctype html><html lang=en><body><p>Text.", "utf-8")
    assert vnu(tmp_path)


def test_pages_keep_the_recommended_rules(gate_site: Path) -> None:
    """html-validate's recommended rules hold in every page, but for those its settings name."""
    ended, said = run_node_tool(
        "html-validate",
        "--config",
        ".htmlvalidate.json",
        "--formatter",
        "json",
        f"{gate_site}/**/*.html",
    )
    messages = [
        (f"{one['ruleId']}: {one['message']}", f"{file['filePath']}:{one['line']}")
        for file in json.loads(said)
        for one in file["messages"]
    ]
    assert ({}, 0) == (counted(messages), ended)


def test_stylesheets_keep_the_standard_rules() -> None:
    """stylelint's standard rules hold in every stylesheet of the theme."""
    assert (0, "") == run_node_tool("stylelint", STYLES / "*.css")


def test_scripts_keep_the_recommended_rules() -> None:
    """ESLint's recommended rules hold in every script, and none asks for a file by itself."""
    names = sorted(SCRIPTS.glob("*.js"))
    settings = ("--no-config-lookup", "--config", PACKAGE / "eslint.config.cjs")
    assert (0, "") == run_node_tool("eslint", *settings, *names, folder=ROOT)
    assert names


def test_every_link_of_a_hosted_site_leads_somewhere(hosted_site: WebServer) -> None:
    """linkinator follows each link of the site over http, fragments too; other hosts are not asked."""
    elsewhere = rf"^(?!{hosted_site.address})"
    words = ("--recurse", "--check-fragments", "--skip", elsewhere, "--format", "json")
    ended, said = run_node_tool("linkinator", hosted_site.address + "/", *words)
    links: list[dict[str, Any]] = json.loads(said[said.index("{") :])["links"]
    broken = [(one["url"], one.get("parent")) for one in links if one["state"] == "BROKEN"]
    assert ([], 0) == (broken[:20], ended)
    assert len([one for one in links if one["state"] == "OK"]) > 30
