"""Put a finished site in the place of an old one.

Two folders are exchanged in one step, or, where the system has no call for that, by two renames.
Where few files changed they are moved by themselves. What a kill leaves, `recover` mends: the site
is then the old one whole or the new one.
"""

import ctypes
import json
import os
import shutil
from pathlib import Path

from .file_states import states_in
from .files import write_atomically
from .new_site import NewSite

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_FEW = 64
"""So many files are moved one by one, even if they are most of a small site."""


def staging_of(output: Path) -> Path:
    """Return the folder beside *output* in which the next site is built."""
    return output.with_name(f".{output.name}.new")


def _old_of(output: Path) -> Path:
    return output.with_name(f".{output.name}.old")


def recover(output: Path) -> None:
    """Finish what an interrupted build began to put in place, and clear what it left.

    A site that was moved aside comes back.
    """
    old = _old_of(output)
    if old.exists() and not output.exists():
        old.rename(output)
    if _plan_of(output).exists():
        _finish(output)
    for leftover in (old, staging_of(output)):
        if leftover.exists():
            shutil.rmtree(leftover)


def put_in_place(site: NewSite) -> None:
    """Make the folder of the former site hold the new one.

    Where little has changed, the files that did are moved one by one, by a plan that is on the disk
    before the first: what a kill interrupts is finished by the next build. Else the folders are
    exchanged, with what is kept as hard links.
    """
    output = site.former.folder
    removed = sorted({name for name, _ in states_in(output)} - {*site.kept, *site.fresh})
    if not output.exists() or len(site.fresh) + len(removed) > max(_FEW, len(site.kept) // 4):
        for name in site.kept:
            _link(output / name, site.staging / name)
        exchange(site.staging, output)
        return
    if not site.fresh and not removed:
        shutil.rmtree(site.staging)
        return
    plan = json.dumps({"put": sorted(site.fresh), "remove": removed})
    write_atomically(_plan_of(output), plan.encode())
    _finish(output)


def _finish(output: Path) -> None:
    """Do what a plan says and was not done yet."""
    staging, plan = staging_of(output), _plan_of(output)
    found = json.loads(plan.read_text("utf-8"))
    for name in found["remove"]:
        (output / name).unlink(missing_ok=True)
        _remove_empty(output, (output / name).parent)
    for name in found["put"]:
        new = staging / name
        if new.exists():
            (output / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(new, output / name)
    plan.unlink()
    shutil.rmtree(staging, ignore_errors=True)


def _remove_empty(output: Path, folder: Path) -> None:
    while folder != output:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _plan_of(output: Path) -> Path:
    return output.with_name(f".{output.name}.plan")


def _link(former: Path, new: Path) -> None:
    """Make *new* the same file as *former*, or a copy where the system has no hard links."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(former, new)
    except OSError:
        shutil.copy2(former, new)


def exchange(new: Path, output: Path) -> None:
    """Put *new* in the place of *output*, and remove what *output* was."""
    old = _old_of(output)
    if not output.exists():
        new.rename(output)
        return
    if _exchange_in_one_step(new, output):
        new.rename(old)
    else:
        output.rename(old)
        new.rename(output)
    shutil.rmtree(old)


def _exchange_in_one_step(first: Path, second: Path) -> bool:
    """Exchange two folders by Linux's renameat2; tell whether the system could."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    names = (os.fsencode(first), os.fsencode(second))
    return bool(rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)
