"""Publishing to a branch brings the site there, and nothing else, or says why it does not."""

import subprocess
from pathlib import Path

import pytest
from pelican.plugins.annotated_archive.publishing.git import without_secrets

from sites import SAMPLE, copy_site, files_of, run

pytestmark = pytest.mark.slow

ADDRESS = ("--site-url", "https://archive.test/a")
TO = ("publish", "--to", "gh-pages", *ADDRESS)
EDITOR = f"content/annotations/{SAMPLE}.yaml"


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *words], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a clone of a bare repository, with the archive committed on main."""
    for kind in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{kind}_NAME", raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "remote.git")
    folder = tmp_path / "site"
    folder.mkdir()
    copy_site(folder)
    (folder / ".gitignore").write_text("/output/\n/.annotated-archive.lock\n__pycache__/\n")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "user.name", "An Editor")
    git(folder, "config", "user.email", "editor@archive.test")
    git(folder, "remote", "add", "origin", str(tmp_path / "remote.git"))
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "archive")
    return folder


def remote(site: Path) -> Path:
    return site.parent / "remote.git"


def branch_files(folder: Path, branch: str = "gh-pages") -> set[str]:
    return set(git(folder, "ls-tree", "-r", "--name-only", branch).splitlines())


def refused(site: Path, *words: str) -> str:
    """Run a task that must fail clearly, and leave the remote as it was; return what it says."""
    before = git(remote(site), "for-each-ref")
    result = run(site, *words)
    assert 1 == result.returncode, result.stdout
    assert "Traceback" not in result.stderr
    assert before == git(remote(site), "for-each-ref")
    return result.stderr


def test_the_branch_is_the_site(site: Path) -> None:
    """The branch here and at the remote holds output/, whole, and the working tree is untouched."""
    (site / "staged.txt").write_text("x")
    git(site, "add", "staged.txt")
    before = (git(site, "status", "--porcelain"), git(site, "rev-parse", "HEAD"))
    result = run(site, *TO, "--cname", "archive.test")
    assert 0 == result.returncode, result.stderr
    built = files_of(site / "output")
    assert set(built) | {"CNAME"} == branch_files(remote(site)) == branch_files(site)
    assert {".nojekyll", "_headers", "feeds/all.atom.xml"} <= set(built)
    assert "archive.test" == git(remote(site), "show", "gh-pages:CNAME")
    page = subprocess.run(
        ["git", "-C", remote(site), "show", f"gh-pages:{SAMPLE}/index.html"],
        capture_output=True,
        check=True,
    )
    assert built[f"{SAMPLE}/index.html"] == page.stdout
    assert before == (git(site, "status", "--porcelain"), git(site, "rev-parse", "HEAD"))
    assert ["gh-pages", "main"] == git(
        site, "for-each-ref", "--format=%(refname:short)", "refs/heads"
    ).split()


def test_what_was_withdrawn_is_not_in_the_history(site: Path) -> None:
    """Of two publications the branch holds the second alone: no earlier commit can be read there."""
    assert 0 == run(site, *TO).returncode
    first = git(remote(site), "rev-parse", "gh-pages")
    text = (site / EDITOR).read_text()
    (site / EDITOR).write_text(text.replace("diplomacy", "statecraft"))
    assert 0 == run(site, *TO).returncode
    commits = git(remote(site), "rev-list", "gh-pages").split()
    assert 1 == len(commits)
    assert first not in commits
    assert 1 == len(git(site, "rev-list", "gh-pages").split())


def test_history_is_kept_where_it_is_asked_for(site: Path) -> None:
    """With --keep-history each publication is a commit after the last, also from another clone."""
    assert 0 == run(site, *TO, "--keep-history").returncode
    other = site.parent / "other"
    git(site.parent, "clone", "--quiet", "--branch=gh-pages", str(remote(site)), str(other))
    (site / EDITOR).write_text((site / EDITOR).read_text().replace("diplomacy", "statecraft"))
    assert 0 == run(site, *TO, "--keep-history").returncode
    assert 2 == len(git(remote(site), "rev-list", "gh-pages").split())


def test_without_push_the_remote_is_as_it_was(site: Path) -> None:
    """--no-push commits here alone, and needs no remote."""
    git(site, "remote", "remove", "origin")
    result = run(site, *TO, "--no-push")
    assert 0 == result.returncode, result.stderr
    assert "index.html" in branch_files(site)
    assert "" == git(remote(site), "for-each-ref")


def test_nothing_is_published_that_the_build_refused(site: Path) -> None:
    """A mistake, and a word that is withheld, stop everything before the branch is touched."""
    assert 0 == run(site, *TO).returncode
    text = (site / EDITOR).read_text()
    (site / EDITOR).write_text(text.replace("tags:", "tagz:", 1))
    assert "[archive.schema]" in refused(site, *TO)
    (site / EDITOR).write_text(text)
    (site / "content/pages/telling.md").write_text("Title: Telling\n\nIt was Lenore Hollowell.\n")
    said = refused(site, *TO)
    assert "[archive.leak]" in said
    assert "Lenore" not in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--to", "main", *ADDRESS), "is checked out"),
        (("--to", "a b", *ADDRESS), "is no name of a branch"),
        (("--to=--force", *ADDRESS), "is no name of a branch"),
        (("--to", "gh-pages"), "placeholder https://archive.example"),
        (("--to", "gh-pages", "--remote", "upstream", *ADDRESS), "no remote 'upstream'"),
        (("--to", "gh-pages", "--cname", "https://x.test/", *ADDRESS), "host name alone"),
        (("--no-push", *ADDRESS), "no meaning without a branch"),
    ],
)
def test_what_cannot_be_meant_is_refused(site: Path, words: tuple[str, ...], told: str) -> None:
    """Each mistake is told before anything is built."""
    assert told in refused(site, "publish", *words)
    assert not (site / "output/index.html").exists()


def test_a_branch_of_other_work_is_kept(site: Path) -> None:
    """A branch that this program did not publish is neither replaced here nor at the remote."""
    git(site, "branch", "develop")
    said = refused(site, "publish", "--to", "develop", *ADDRESS)
    assert "did not publish" in said
    git(site, "push", "--quiet", "origin", "develop")
    git(site, "branch", "--quiet", "-D", "develop")
    assert "did not publish" in refused(site, "publish", "--to", "develop", *ADDRESS)


def test_no_repository_and_no_name_are_told(site: Path, tmp_path: Path) -> None:
    """Without git, or a name for the commit, the message says what to do."""
    git(site, "config", "--unset", "user.email")
    assert "git config user.email" in refused(site, *TO)
    bare = tmp_path / "bare"
    bare.mkdir()
    copy_site(bare)
    result = run(bare, *TO, GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert (1, True) == (result.returncode, "not a git repository" in result.stderr)


def test_a_remote_that_fails_tells_no_password(site: Path) -> None:
    """What git says of a remote is repeated without the name and password in its address."""
    git(site, "remote", "set-url", "origin", "http://me:s3cret@127.0.0.1:9/x.git")
    said = refused(site, *TO)
    assert "[archive.git]" in said
    assert "s3cret" not in said
    assert "https://h.test/a" == without_secrets("https://me:pa%40ss@h.test/a")


def test_a_rejected_push_is_told(site: Path) -> None:
    """Where the remote refuses, the exit status and the message say so."""
    hook = remote(site) / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho no room >&2\nexit 1\n")
    hook.chmod(0o755)
    assert "git push failed" in refused(site, *TO)


def test_a_dry_run_writes_neither_output_nor_branch(site: Path) -> None:
    """What would change is listed by item, and output/ and all branches stay as they were."""
    assert 0 == run(site, *TO).returncode
    before = (files_of(site / "output"), git(site, "for-each-ref"))
    quiet = run(site, "publish", "--dry-run", "--quiet", *ADDRESS)
    assert (0, "") == (quiet.returncode, quiet.stdout)
    same = run(site, "publish", "--dry-run", *ADDRESS).stdout
    assert "0 added, 0 changed, 0 removed" in same
    assert "against output/" in same
    (site / EDITOR).write_text((site / EDITOR).read_text().replace("diplomacy", "statecraft"))
    for words, against in (
        (ADDRESS, "output/"),
        (("--to", "gh-pages", *ADDRESS), "origin/gh-pages"),
    ):
        result = run(site, "publish", "--dry-run", *words)
        assert 0 == result.returncode, result.stderr
        assert f"against {against}" in result.stdout
        lines = result.stdout.splitlines()
        assert "  + tag/statecraft.html" in lines
        assert "  - tag/diplomacy.html" in lines
        assert lines.index(f"  ~ {SAMPLE}/index.html") < lines.index("  + tag/statecraft.html")
        assert any(line.startswith(f"item {SAMPLE}: ") for line in lines)
    assert before == (files_of(site / "output"), git(site, "for-each-ref"))


def test_a_dry_run_before_the_first_publication(site: Path) -> None:
    """Where nothing is published yet, everything would be added."""
    result = run(site, "publish", "--dry-run", "--to", "gh-pages", *ADDRESS)
    assert 0 == result.returncode, result.stderr
    assert "0 changed, 0 removed, 0 unchanged, against gh-pages" in result.stdout
    assert not (site / "output").exists()


def test_a_site_below_the_repository(site: Path, tmp_path: Path) -> None:
    """The archive may be a folder of a larger repository."""
    below = site / "parts/archive"
    below.mkdir(parents=True)
    copy_site(below)
    result = run(below, *TO)
    assert 0 == result.returncode, result.stderr
    assert set(files_of(below / "output")) == branch_files(remote(site))
    again = run(below, "publish", "--dry-run", "--to", "gh-pages", *ADDRESS).stdout
    assert "0 added, 0 changed, 0 removed" in again


@pytest.mark.parametrize(
    "unfit", ["/?q=1", "/#x", '/"><script>alert(1)</script>', "/a b", "/<b>", "/it's", "/{x}"]
)
def test_an_address_that_no_page_can_stand_below_is_refused(tmp_path: Path, unfit: str) -> None:
    """A query, a fragment, a quote, a space or a bracket in the site's address is said at once."""
    folder = copy_site(tmp_path, empty=True)
    given = run(folder, "publish", f"--site-url=https://a.example{unfit}")
    assert (1, False) == (given.returncode, "Traceback" in given.stderr)
    assert f"--site-url is 'https://a.example{unfit}', which holds " in given.stderr
    conf = folder / "publishconf.py"
    conf.write_text(f"{conf.read_text('utf-8')}\nSITEURL = {'https://a.example' + unfit!r}\n")
    said = run(folder, "publish")
    assert (1, False) == (said.returncode, "Traceback" in said.stderr)
    assert "SITEURL is " in said.stderr and ", which holds " in said.stderr
    assert not (folder / "output").exists()
