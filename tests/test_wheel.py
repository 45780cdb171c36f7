"""The wheel alone, in an empty environment, serves another Pelican site."""

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from sites import CAPTURE, ROOT

pytestmark = pytest.mark.slow

SETTINGS = """
SITENAME = "Another site"
PATH = "content"
PLUGINS = ["annotated_archive"]
THEME = "annotated_archive"
TIMEZONE = "UTC"
SITEURL = ""
RELATIVE_URLS = True
ARTICLE_URL = ARTICLE_SAVE_AS = "{slug}/index.html"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""
SHIPPED = ("pyproject.toml", "README.md", "LICENSE")


def run(command: list[str | Path], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run *command* in *folder*, without what leads Python to the source tree."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    result = subprocess.run(
        list(map(str, command)), cwd=folder, env=kept, capture_output=True, text=True, check=False
    )
    assert 0 == result.returncode, f"{command}\n{result.stdout}\n{result.stderr}"
    return result


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel, built from a copy of the source: no older build can be in it."""
    source = tmp_path_factory.mktemp("source")
    for name in SHIPPED:
        shutil.copy(ROOT / name, source)
    for name in ("plugins", "theme"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    run([sys.executable, "-m", "build", "--wheel", "--outdir", "dist", "."], source)
    (built,) = (source / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def binaries(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of commands of an empty environment with the wheel installed."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    run([commands / "python", "-m", "pip", "install", "--quiet", wheel], folder)
    return commands


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return another person's Pelican site: settings, one page of their own, no captures yet."""
    (tmp_path / "pelicanconf.py").write_text(SETTINGS)
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "content/pages/hello.md").write_text("Title: Hello\n\nOur own page.\n")
    shutil.copy(CAPTURE, tmp_path / "a-page.txt")
    return tmp_path


def assert_whole(page: Path) -> None:
    """Assert that the page holds the sample's title and all of its comments."""
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    assert soup.h1 is not None
    assert "State Department to Twitter: Keep Iranian tweets coming" == soup.h1.get_text().strip()
    assert 27 == len(soup.select("article[id^=comment-2009]"))
    assert "The whole world has gone nuts...." in soup.get_text()


def test_the_wheel_holds_plugin_and_theme(wheel: Path) -> None:
    """Every file of plugin and theme is in the wheel, and nothing else."""
    names = {n for n in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in n}
    expected = set()
    for folder, inside in (
        (ROOT / "plugins/annotated_archive", "pelican/plugins/annotated_archive"),
        (ROOT / "theme", "pelican/themes/annotated_archive"),
    ):
        for path in folder.rglob("*"):
            relative = path.relative_to(folder)
            if path.is_file() and not any(p.startswith((".", "__py")) for p in relative.parts):
                expected.add(f"{inside}/{relative.as_posix()}")
    assert expected == names
    assert "pelican/plugins/annotated_archive/py.typed" in names
    assert "pelican/themes/annotated_archive/templates/article.html" in names


def test_the_plugin_is_imported_from_the_wheel(binaries: Path, tmp_path: Path) -> None:
    """Nothing of the source tree is on the path of the empty environment."""
    code = "import sys, pelican.plugins.annotated_archive as a; print(a.__file__, *sys.path)"
    said = run([binaries / "python", "-c", code], tmp_path).stdout
    assert str(ROOT) not in said
    assert "site-packages" in said.split()[0]


def test_another_site_is_built_by_the_console_script(binaries: Path, site: Path) -> None:
    """`capture` and `build` make an archive of another Pelican site; `pelican` alone does too."""
    script = binaries / "annotated-archive"
    run([script, "capture", "a-page.txt", "--time-zone", "America/New_York"], site)
    assert CAPTURE.read_bytes() == (site / "captures/a-page/capture.txt").read_bytes()
    said = run([script, "build"], site)
    assert "output" in said.stdout
    assert_whole(site / "output/a-page/index.html")
    assert "Our own page." in (site / "output/pages/hello.html").read_text("utf-8")
    by_task = (site / "output/a-page/index.html").read_bytes()
    shutil.rmtree(site / "output")
    pelican = binaries / "pelican"
    run([pelican, "content", "-s", "pelicanconf.py", "--fatal", "errors"], site)
    assert_whole(site / "output/a-page/index.html")
    assert by_task == (site / "output/a-page/index.html").read_bytes()
    run([script, "check", "--quiet"], site)
