"""Make an archive of one small item, and import annotations into it."""

import json
from pathlib import Path
from typing import Any

from pelican.plugins.annotated_archive.interchange.importing import Imported, import_annotations
from pelican.plugins.annotated_archive.model import Edition
from pelican.plugins.annotated_archive.pipeline import read_archive
from pelican.plugins.annotated_archive.project import Project
from pelican.plugins.annotated_archive.yaml_file import load_yaml

from sites import add_item, project_in

PAGE = """Rain at last

June 3, 2010

The harbour master said that the rain came at last. The rain filled the old cistern in one night.

Nobody had seen so much rain since 1987, said Ada Quill, who keeps the [[weather]] book.
“It’s 2\u00a0inches”, she said: 👩‍👩‍👧 cafe\u0301.

In May a man named Linus was acquitted. Cannot the machines tell? The rain came at last.

2 Comments

  1. Bo Quill

    The cistern was dug in 1890. The cistern leaks.

    The rain came … at last.

    June 3, 2010 at 5:04 pm |

  2. Cy Dunn

    Il pleut, enfin. THE CISTERN!

    June 3, 2010 at 5:09 pm |

  3. Bo Quill

    Rain.

    June 3, 2010 at 5:12 pm |
"""
FIRST, SECOND = "comment-20100603-1704", "comment-20100603-1709"
WITHHELD = """redactions:
  - {id: name-1, in: page, withhold: term, term: Ada Quill, replacement: Name withheld}
"""


def edition_of(project: Project) -> Edition:
    archive = read_archive(project)
    assert () == archive.problems
    return archive.editions[0]


def site(folder: Path, text: str = "tags: []\n") -> Project:
    """Make an archive of one item, with the annotations file *text*."""
    add_item(folder, "rain", PAGE)
    project = project_in(folder)
    (project.annotations / "rain.yaml").write_text(text, "utf-8")
    return project


def imported(project: Project, value: object, slug: str = "rain") -> Imported:
    """Import a value as a JSON file."""
    path = project.root / "in.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return import_annotations(project, slug, path)


def entries(project: Project, slug: str = "rain") -> list[dict[str, Any]]:
    value: Any = load_yaml((project.annotations / f"{slug}.yaml").read_bytes(), "").value
    return value.get("annotations") or []
