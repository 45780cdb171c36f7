"""Put a finished site in the place of an old one, in one step.

A killed build leaves the old site whole or the new one, never a mixture. Where the system has no
call that exchanges two folders, two renames do it, and `recover` mends what a kill between them
leaves.
"""

import ctypes
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from .file_states import states_in
from .new_site import NewSite

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def staging_of(output: Path) -> Path:
    """Return the folder beside *output* in which the next site is built."""
    return output.with_name(f".{output.name}.new")


def _old_of(output: Path) -> Path:
    return output.with_name(f".{output.name}.old")


def recover(output: Path) -> None:
    """Clear what an interrupted build left, and bring back a site that was moved aside."""
    old = _old_of(output)
    if old.exists() and not output.exists():
        old.rename(output)
    for leftover in (old, staging_of(output)):
        if leftover.exists():
            shutil.rmtree(leftover)


def put_in_place(site: NewSite) -> None:
    """Make the folder of the former site hold the new one, with what is kept as hard links.

    So unchanged files keep their place on the disk and their times. Where nothing is to be changed,
    nothing is.
    """
    output = site.former.folder
    removed = {name for name, _ in states_in(output)} - {*site.kept, *site.fresh}
    if output.exists() and not site.fresh and not removed:
        _remove_empty(output)
        shutil.rmtree(site.staging)
        return
    for name in site.kept:
        _link(output / name, site.staging / name)
    _remove_empty(site.staging)
    exchange(site.staging, output)


def move_in(staging: Path, output: Path, names: Iterable[str]) -> None:
    """Move files of *staging* into *output*, each in one step."""
    for name in names:
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(staging / name, output / name)


def _remove_empty(folder: Path) -> None:
    """Remove each folder below one that holds nothing: no site has any."""
    for place, _, _ in os.walk(folder, topdown=False):
        if place != str(folder):
            with suppress(OSError):
                os.rmdir(place)


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
