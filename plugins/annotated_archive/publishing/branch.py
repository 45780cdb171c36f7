"""Commit a built site to a branch of its own, as GitHub Pages and others read it, and push it.

The branch holds one commit alone, unless its history is asked for: a name that is withheld today
may stand in what was published yesterday, and whoever can read the branch can read its history.
The working tree and the index are never touched.
"""

import os
import re
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

import ghp_import

from .. import __version__
from ..errors import Problem
from ..manifest import INFO
from .git import git, try_git, without_secrets

_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_MARK = "Bag-Software-Agent: annotated-archive"
MESSAGE = f"Publish the site, built by annotated-archive {__version__}"


@dataclass(frozen=True, slots=True)
class Destination:
    """Say where a site goes: a branch, and the remote that it is pushed to, or none.

    *cname* is the host name of the site's own domain. Where *history* is true, earlier published
    versions stay as commits.
    """

    root: Path
    branch: str
    remote: str = "origin"
    push: bool = True
    cname: str = ""
    history: bool = False

    @property
    def ref(self) -> str:
        """Return the full name of the branch."""
        return f"refs/heads/{self.branch}"


def refuse_unfit(to: Destination, site: str) -> None:
    """Raise `Problem` where nothing may be published to *to*; asks no other machine."""
    root, branch = to.root, to.branch
    if try_git(root, "rev-parse", "--git-dir") is None:
        remedy = "run it in a clone, or upload output/ by another way"
        raise Problem("git", "this is not a git repository", remedy=remedy)
    if branch.startswith("-") or try_git(root, "check-ref-format", to.ref) is None:
        raise Problem("option", f"--to '{branch}' is no name of a branch", remedy="try: gh-pages")
    if f"branch {to.ref}" in git(root, "worktree", "list", "--porcelain", remedy="").splitlines():
        fault = f"the branch '{branch}' is checked out, and publishing would replace its files"
        raise Problem("branch", fault, remedy="publish to a branch of its own, such as gh-pages")
    if to.push and try_git(root, "remote", "get-url", to.remote) is None:
        remedy = "name another with --remote, or keep the commit here with --no-push"
        raise Problem("git", f"there is no remote '{without_secrets(to.remote)}'", remedy=remedy)
    if to.cname and not _HOST.fullmatch(to.cname):
        remedy = "give a host name alone, as in archive.example.org"
        raise Problem("option", f"--cname is '{to.cname}'", remedy=remedy)
    if site.rpartition("//")[2].partition("/")[0].endswith(".example"):
        remedy = "set SITEURL in the settings, or give --site-url"
        raise Problem("placeholder", f"SITEURL is the placeholder {site}", remedy=remedy)
    for field in ("user.name", "user.email"):
        variable = f"GIT_COMMITTER_{field.removeprefix('user.').upper()}"
        if not os.environ.get(variable) and not try_git(root, "config", field):
            remedy = f"set it with: git config {field} …; it is published with the commit"
            raise Problem("git", f"git has no {field} for the commit", remedy=remedy)


def refuse_foreign(to: Destination) -> str:
    """Return the commit that the branch has where it is published, or nothing for a new branch.

    Raises `Problem` where the branch, here or there, holds what this program did not publish.
    """
    remedy = "publish to a branch of its own, such as gh-pages, or delete that one first"
    commits = [try_git(to.root, "rev-parse", "--verify", "--quiet", to.ref) or ""]
    if to.push:
        ask = "see that the remote can be reached, and that you may write there"
        if git(to.root, "ls-remote", "--heads", to.remote, to.ref, remedy=ask):
            git(to.root, "fetch", "--quiet", "--no-tags", to.remote, to.ref, remedy=ask)
            commits.append(git(to.root, "rev-parse", "FETCH_HEAD", remedy=ask))
        else:
            commits.append("")
    for commit in filter(None, commits):
        if _MARK not in (try_git(to.root, "show", f"{commit}:{INFO}") or ""):
            fault = f"the branch '{to.branch}' holds what this program did not publish"
            raise Problem("branch", fault, remedy=remedy)
    return commits[-1]


def publish_branch(folder: Path, to: Destination, published: str) -> str:
    """Commit *folder* to the branch, and push it; return the commit.

    *published* is what the branch has now. The commit is made aside, and checked, before the branch
    is moved to it.
    """
    aside = f"annotated-archive-{os.getpid()}"
    try:
        if to.history and published:
            git(to.root, "update-ref", f"refs/heads/{aside}", published, remedy="")
        commit = _import(folder, to, aside)
        git(to.root, "update-ref", "-m", "publish", to.ref, commit, remedy="")
    finally:
        try_git(to.root, "update-ref", "-d", f"refs/heads/{aside}")
    if to.push:
        remedy = "another has published meanwhile, or you may not write there; publish again"
        lease = f"--force-with-lease={to.ref}:{published}"
        git(to.root, "push", "--quiet", lease, to.remote, f"{commit}:{to.ref}", remedy=remedy)
    return commit


def _import(folder: Path, to: Destination, aside: str) -> str:
    """Commit the folder's files to a branch aside; return the commit, once it holds every file."""
    remedy = "see what git says above"
    with chdir(to.root):
        try:
            ghp_import.ghp_import(
                str(folder),
                branch=aside,
                remote="",
                mesg=MESSAGE,
                nojekyll=True,
                cname=to.cname or None,
                followlinks=False,
            )
        except (ghp_import.GhpError, TypeError) as error:
            # ghp-import raises TypeError where git refuses the commit: it prints bytes
            raise Problem("git", "git did not take the site", remedy=remedy) from error
    commit = git(to.root, "rev-parse", f"refs/heads/{aside}", remedy=remedy)
    listed = git(to.root, "ls-tree", "-rz", "--full-tree", "--name-only", commit, remedy=remedy)
    names = set(filter(None, listed.split("\0")))
    wanted = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    wanted |= {".nojekyll"} | ({"CNAME"} if to.cname else set())
    if names != wanted:
        odd = min(names ^ wanted)
        raise Problem("git", f"git did not take every file of the site: {odd}", remedy=remedy)
    return commit
