"""Put a finished site in the place of an old one.

Two folders are exchanged in one step, or, where the system has no call for that, by two renames.
Where few files changed they are moved by themselves. What a kill leaves, `recover` mends: the site
is then the old one whole or the new one.
"""

import ctypes
import json
import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from .file_states import states_in
from .files import write_atomically
from .fixity import sha256
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
        _finish_plan(output)
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
        _remove_empty(site.staging)
        exchange(site.staging, output)
        return
    if site.fresh or removed:
        plan = json.dumps({"put": sorted(site.fresh), "remove": removed}).encode()
        write_atomically(_plan_of(output), sha256(plan).encode() + plan)
        _finish(output, sorted(site.fresh), removed)
    else:
        _remove_empty(output)
        shutil.rmtree(site.staging)


def move_in(staging: Path, output: Path, names: Iterable[str]) -> None:
    """Move files of *staging* into *output*, each in one step, unless they were moved already."""
    for name in names:
        new = staging / name
        if new.exists():
            (output / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(new, output / name)


def _finish(output: Path, put: Sequence[str], remove: Sequence[str]) -> None:
    """Do what a plan says and was not done yet."""
    staging = staging_of(output)
    for name in remove:
        (output / name).unlink(missing_ok=True)
    _remove_empty(output)
    move_in(staging, output, put)
    _plan_of(output).unlink()
    shutil.rmtree(staging, ignore_errors=True)


def _finish_plan(output: Path) -> None:
    """Do what the plan on the disk says; nothing where it is not whole, or its site is gone."""
    path = _plan_of(output)
    data = path.read_bytes()
    if data[:64] != sha256(data[64:]).encode() or not output.exists():
        path.unlink()
        return
    plan = json.loads(data[64:])
    _finish(output, plan["put"], plan["remove"])


def _remove_empty(folder: Path) -> None:
    """Remove each folder below one that holds nothing: no site has any."""
    for place, _, _ in os.walk(folder, topdown=False):
        if place != str(folder):
            with suppress(OSError):
                os.rmdir(place)


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
