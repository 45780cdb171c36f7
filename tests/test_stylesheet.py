"""One sheet is made of the many that a theme is written in."""

from pathlib import Path

import pytest
from pelican.plugins.annotated_archive.build import check_leaks
from pelican.plugins.annotated_archive.errors import Problem
from pelican.plugins.annotated_archive.pipeline import read_archive
from pelican.plugins.annotated_archive.stylesheet import one_sheet, write_one_sheet

from sites import ROOT, copy_site, project_in


def sheets(folder: Path, entry: str, **others: str) -> Path:
    """Write a theme's static files; return their folder."""
    css = folder / "css"
    css.mkdir()
    (css / "site.css").write_text(entry, "utf-8")
    for name, text in others.items():
        (css / f"{name}.css").write_text(text, "utf-8")
    return folder


def test_sheets_stand_in_the_order_of_their_names(tmp_path: Path) -> None:
    """Each name is replaced by the sheet; comments and indentation go, strings stay."""
    static = sheets(
        tmp_path,
        '/* All. */\n@import url("b.css");\n@import "a.css";\n',
        a='p {\n  content: "/* a */";\n}\n',
        b="/* one\n   two */\nq { color: red }\n",
    )
    assert 'q { color: red }\np {\ncontent: "/* a */";\n}\n' == one_sheet(static)


def test_a_theme_without_the_sheet_is_left_alone(tmp_path: Path) -> None:
    """Another theme need not have one."""
    (tmp_path / "css").mkdir()
    write_one_sheet(tmp_path)
    assert "" == one_sheet(tmp_path)
    assert [] == list((tmp_path / "css").iterdir())


def test_a_sheet_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The error says which name is wrong, and in which file."""
    static = sheets(tmp_path, '@import "gone.css";\n')
    with pytest.raises(Problem) as caught:
        one_sheet(static)
    assert "theme" == caught.value.code
    assert "gone.css" in str(caught.value)


def test_the_theme_names_every_sheet() -> None:
    """Each sheet of the theme is in site.css, or a template asks for it by itself."""
    css = ROOT / "theme" / "static" / "css"
    entry = (css / "site.css").read_text("utf-8")
    templates = "".join(p.read_text("utf-8") for p in (ROOT / "theme/templates").glob("*.html"))
    names = sorted(path.name for path in css.glob("*.css") if path.name != "site.css")
    assert [] == [n for n in names if f'"{n}"' not in entry and f"css/{n}" not in templates]


def test_the_sheet_needs_no_search_for_what_is_withheld(tmp_path: Path) -> None:
    """A withheld word that is also a word of the style, such as a name, stops no build there."""
    (tmp_path / "site").mkdir()
    folder = copy_site(tmp_path / "site")
    archive = read_archive(project_in(folder))
    output = tmp_path / "output" / "css"
    output.mkdir(parents=True)
    static = folder / "theme" / "static"
    (static / "css" / "tokens.css").write_text(
        f'p {{ font-family: "{archive.secrets[0].words}" }}\n'
    )
    (output / "site.css").write_text(one_sheet(static), "utf-8")
    assert () == check_leaks(tmp_path / "output", archive, str(folder / "theme"))
    (output / "other.css").write_text((output / "site.css").read_text("utf-8") + "\n", "utf-8")
    assert check_leaks(tmp_path / "output", archive, str(folder / "theme"))
