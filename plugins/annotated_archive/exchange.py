"""Put a finished folder in the place of an old one, in one step.

A killed build leaves the old site whole or the new one, never a mixture. Where the system has no
call that exchanges two folders, two renames do it, and `recover` mends what a kill between them
leaves.
"""

import ctypes
import filecmp
import os
import shutil
from pathlib import Path

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


def link_unchanged(new: Path, old: Path) -> int:
    """Make each file of *new* that equals its namesake in *old* a hard link to it; count them.

    An unchanged file so keeps its inode and its time of change, which rsync and hosts look at.
    """
    count = 0
    for path in sorted(new.rglob("*")):
        former = old / path.relative_to(new)
        if not path.is_file() or not former.is_file() or former.is_symlink():
            continue
        if not filecmp.cmp(path, former, shallow=False):
            continue
        link = path.with_name(f"{path.name}.link")
        try:
            os.link(former, link)
        except OSError:
            return count  # no hard links here: the copies serve as well
        os.replace(link, path)
        count += 1
    return count


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
