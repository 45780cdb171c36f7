"""Old addresses lead on, from a host and from a disk, and none leads nowhere."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pelican.plugins.annotated_archive.build import build
from pelican.plugins.annotated_archive.errors import Problems
from pelican.plugins.annotated_archive.exports.headers import HEADERS, POLICY
from pelican.plugins.annotated_archive.redirects import MOST, read_redirects

from sites import ROOT, SAMPLE, copy_site, run

HOSTED = {"SITEURL": "https://a.test/b", "RELATIVE_URLS": False, "ARTICLE_URL": "{slug}/"}
SOUND = f"""redirects:
  - from: /2009/06/16/state/
    to: {SAMPLE}
  - from: /caf%C3%A9.php
    to: {SAMPLE}#comment-20090617-0749
  - from: /old.html
    to: /
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_site(tmp_path_factory.mktemp("redirects"))


def name(site: Path, text: str) -> Path:
    (site / "content/redirects.yaml").write_text(text)
    return site / "pelicanconf.py"


def faults(site: Path, text: str) -> str:
    with pytest.raises(Problems) as found:
        build(name(site, text))
    return str(found.value)


def one(source: str, target: str = SAMPLE) -> str:
    return f"redirects:\n  - from: {source}\n    to: {target}\n"


def test_on_a_host_there_are_rules_and_pages(site: Path) -> None:
    """Hosts that read rules get them, with the path of the site; for others stand pages."""
    build(name(site, SOUND), HOSTED)
    output = site / "output"
    expected = (
        f"/b/2009/06/16/state/ /b/{SAMPLE}/ 301\n"
        f"/b/caf%C3%A9.php /b/{SAMPLE}/#comment-20090617-0749 301\n"
        "/b/old.html /b/ 301\n"
    )
    assert expected == (output / "_redirects").read_text()
    page = BeautifulSoup((output / "café.php/index.html").read_text(), "html.parser")
    address = f"https://a.test/b/{SAMPLE}/"
    assert f"{address}#comment-20090617-0749" == page.a["href"]
    assert (
        f"0; url={address}#comment-20090617-0749"
        == page.find(attrs={"http-equiv": "refresh"})["content"]
    )
    assert address == page.find("link", rel="canonical")["href"]
    assert "2009/06" not in (output / "sitemap.xml").read_text()
    assert f"Sitemap: {HOSTED['SITEURL']}/sitemap.xml" in (output / "robots.txt").read_text()
    assert (output / ".nojekyll").is_file()
    assert HEADERS == (output / "_headers").read_text()


def test_on_a_disk_there_are_pages_alone(site: Path) -> None:
    """From a disk each old address is a page whose link names a file."""
    build(name(site, SOUND))
    output = site / "output"
    for hosted in ("_redirects", "_headers", "robots.txt", ".nojekyll"):
        assert not (output / hosted).exists()
    page = output / "2009/06/16/state/index.html"
    link = BeautifulSoup(page.read_text(), "html.parser").a["href"]
    assert (output / SAMPLE / "index.html").resolve() == (page.parent / link).resolve()
    assert "canonical" not in page.read_text()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (one("/old/", "state-department"), "leads to state-department/index.html, which is not there"),
        (one("/old/", f"{SAMPLE}#comment-1"), "leads to #comment-1, which is not in"),
        (one("/old/", "../../etc/passwd"), "which is not there"),
        (one(f"/{SAMPLE}/"), "is an address of the site itself"),
        (one("/INDEX.html"), "is an address of the site itself"),
        (one("/tags.html/x"), "is an address of the site itself"),
        (one("/"), "has not the right form"),
        (one("/a/../b"), "cannot be the address of a page"),
        (one("/a/%2e%2e/b"), "cannot be the address of a page"),
        (one("/.git/x"), "cannot be the address of a page"),
        (one("//evil.example/x"), "cannot be the address of a page"),
        (one("/a%0Ab"), "cannot be the address of a page"),
        (one("/" + "x" * 300), "cannot be the address of a page"),
        (one("/?p=12"), "has not the right form"),
        (one("/*"), "has not the right form"),
        (one("old/"), "has not the right form"),
        (one("/old/", "https://evil.example/"), "has not the right form"),
        (one("/old/") + one("/old").partition("\n")[2], "stands twice"),
        (one("/a/", "/b/") + one("/b/", "/a/").partition("\n")[2], "leads to another redirect"),
        (one("/a.html") + one("/a.html/b").partition("\n")[2], "lies below /a.html"),
        ("redirects:\n  - from: /a\n", "lacks 'to:'"),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_told(site: Path, text: str, told: str) -> None:
    """Each fault is told with file and line, and the site is not built."""
    message = faults(site, text)
    assert told in message
    assert "content/redirects.yaml:" in message


def test_as_many_as_hosts_take(tmp_path: Path) -> None:
    """Two thousand are read; one more is an error, as hosts would pass over it."""
    path = tmp_path / "redirects.yaml"
    entries = [f"  - {{from: /old-{number}/, to: rain}}\n" for number in range(MOST + 1)]
    path.write_text("redirects:\n" + "".join(entries[:MOST]))
    assert MOST == len(read_redirects(path, "r"))
    path.write_text("redirects:\n" + "".join(entries))
    with pytest.raises(Problems, match="2,001 redirects"):
        read_redirects(path, "r")


def test_an_old_address_may_not_tell_what_is_withheld(site: Path) -> None:
    """The search of the finished site reads old addresses too."""
    assert "[archive.leak]" in faults(site, one("/lenore-hollowell/"))


def test_check_tells_of_redirects(site: Path) -> None:
    """`invoke check` tells what is wrong with the file; a preview shows the rest of the site."""
    settings = name(site, "redirects:\n  - from: /a\n")
    assert "lacks 'to:'" in run(site, "check").stderr
    built = build(settings, {"OUTPUT_PATH": str(site / ".preview")}, tolerant=True)
    assert ["schema"] == [problem.code for problem in built.problems]
    name(site, one("/old/", "gone"))
    built = build(settings, {"OUTPUT_PATH": str(site / ".preview")}, tolerant=True)
    assert ["redirect"] == [problem.code for problem in built.problems]


def test_the_host_says_the_policy_that_pages_have() -> None:
    """The header is what each page says of itself, and who may frame it."""
    base = (ROOT / "theme/templates/base.html").read_text()
    policy = base.partition('http-equiv="Content-Security-Policy" content="')[2].partition('"')[0]
    policy = re.sub(r"{%.*?%}", "", policy)  # what a host's pages have, not those on a disk
    assert f"{policy}; frame-ancestors 'none'" == POLICY
    assert 1 == HEADERS.count("/*")
    names = [line.partition(":")[0].strip() for line in HEADERS.splitlines()[1:]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "source",
    ["/manifest-sha256.txt", "/Manifest-SHA256.txt/x", "/bag-info.txt", "/_redirects/", "/_headers",
     "/CNAME", "/robots.txt", "/sitemap.xml"],
)  # fmt: skip
def test_no_old_address_stands_where_the_build_writes_later(tmp_path: Path, source: str) -> None:
    """The site's own records are written after redirects; an old address there is told at once."""
    path = tmp_path / "redirects.yaml"
    path.write_text(one("/old/", "rain") + one(source, "rain").partition("\n")[2])
    with pytest.raises(Problems) as found:
        read_redirects(path, "r.yaml")
    [problem] = found.value.problems
    assert f"{source} is a file that the site itself writes" == problem.fault
    assert ("r.yaml", 4) == (problem.path, problem.line)


@pytest.mark.parametrize(
    "source",
    ["/con/", "/a/NUL.html", "/aux.php", "/x/Com1.tar.gz", "/a./b", "/a%20/b", "/.nojekyll"],
)
def test_no_old_address_is_a_name_that_a_system_refuses(tmp_path: Path, source: str) -> None:
    """Devices of Windows, and names that end in a dot or a space, are no files on every system."""
    path = tmp_path / "redirects.yaml"
    path.write_text(one(source, "rain"))
    with pytest.raises(Problems, match="cannot be the address of a page"):
        read_redirects(path, "r.yaml")
    path.write_text(one("/console/auxiliary.html", "rain"))
    assert "console/auxiliary.html" == read_redirects(path, "r.yaml")[0].file
