"""Keep compiled templates, in the program and in the cache, by the text of each.

Pelican makes an environment for each of its generators, and each would compile them all.
"""

import hashlib
import marshal
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket, bc_magic
from pelican import __version__

from ..file_states import is_private

NAME = "templates"
_MAGIC = b"annotated-archive templates 1\n" + __version__.encode() + b"\n" + bc_magic


class Templates(BytecodeCache):
    """Hold what was compiled of each template, and read and write it in *folder*, if there is one."""

    def __init__(self, folder: Path | None, way: str) -> None:
        digest = hashlib.sha256(way.encode()).hexdigest()[:16]
        self._file = folder / f"{NAME}-{digest}" if folder else None
        self._compiled = self._read()
        self._is_new = False

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled of a template, unless its text has changed."""
        if found := self._compiled.get(bucket.key):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._compiled[bucket.key] = bucket.bytecode_to_string()
        self._is_new = True

    def save(self) -> None:
        """Write what was compiled since it was read."""
        if self._file is None or not self._is_new:
            return
        rest = marshal.dumps(self._compiled)
        new = self._file.with_suffix(".new")
        with suppress(OSError):
            if not is_private(self._file.parent):
                return
            new.write_bytes(_MAGIC + hashlib.sha256(rest).digest() + rest)
            os.replace(new, self._file)
            self._is_new = False

    def _read(self) -> dict[str, bytes]:
        """Return what was kept: nothing where that is damaged, or others could have written it.

        It is code, which runs: so it is read only out of a folder that is this user's own.
        """
        try:
            if self._file is None or not is_private(self._file.parent):
                return {}
            data = self._file.read_bytes()
            start = len(_MAGIC) + 32
            is_whole = data[start - 32 : start] == hashlib.sha256(data[start:]).digest()
            found: Any = (
                marshal.loads(data[start:]) if is_whole and data[: start - 32] == _MAGIC else {}
            )
            return found if isinstance(found, dict) else {}
        except Exception:  # whatever is in the file, or nothing
            return {}
