"""Build the site in this folder once, and print how long each stage took, as JSON.

``invoke bench`` runs this file in the corpus. The program itself holds no clock: the functions that
`build` calls are wrapped here, by name. One that is no longer there is left out, and so is seen.
"""

import importlib
import json
import sys
import time
from collections.abc import Callable
from typing import Any

PACKAGE = "pelican.plugins.annotated_archive"
STAGES = {
    "read captures and annotations": ("read_archive",),
    "write Markdown pages": ("write_pages",),
    "Pelican: pages, exports, search": ("run_pelican",),
    "check links and items": ("check_output",),
    "leak gate": ("leaks_in",),
    "manifest": ("add_manifest",),
    "put in place": ("put_in_place",),
    "look at files, remember them": ("read_former", "inputs_of", "_remember"),
}
INNER = {
    "in Pelican: read pages": ("pelican.readers", "Readers", "read_file"),
    "in Pelican: render and write pages": (
        f"{PACKAGE}.pelican_glue.writer",
        "ArchiveWriter",
        "flush",
    ),
    "in Pelican: write feeds": ("pelican.writers", "Writer", "write_feed"),
    "in Pelican: wait for the search": (f"{PACKAGE}.hands", "Beside", "result"),
}
"""What is a part of the stage of Pelican; what other processes do is not in it."""


def timed(call: Callable[..., Any], spent: dict[str, float], stage: str) -> Callable[..., Any]:
    """Return a function that does the same, and adds its seconds to a stage."""

    def run(*words: Any, **named: Any) -> Any:
        start = time.perf_counter()
        try:
            return call(*words, **named)
        finally:
            spent[stage] = spent.get(stage, 0.0) + time.perf_counter() - start

    return run


def wrap(module: Any, spent: dict[str, float]) -> None:
    """Wrap each function of a stage that a module has."""
    for stage, names in STAGES.items():
        for name in names:
            if call := getattr(module, name, None):
                setattr(module, name, timed(call, spent, stage))


def wrap_inner(spent: dict[str, float]) -> None:
    """Wrap the methods of Pelican that do what most of its time goes into."""
    for stage, (module, kind, name) in INNER.items():
        owner = getattr(importlib.import_module(module), kind)
        setattr(owner, name, timed(getattr(owner, name), spent, stage))


def main() -> None:
    """Build as ``invoke build`` does, and print."""
    start = time.perf_counter()
    cli = importlib.import_module(f"{PACKAGE}.cli")
    spent: dict[str, float] = {}
    inner: dict[str, float] = {}
    wrap(importlib.import_module(f"{PACKAGE}.build"), spent)
    wrap_inner(inner)
    cli.build_and_tell("pelicanconf.py", True, False)
    whole = time.perf_counter() - start
    rest = whole - sum(spent.values())
    json.dump({**spent, **inner, "the rest, imports among it": rest, "all": whole}, sys.stdout)


if __name__ == "__main__":
    main()
