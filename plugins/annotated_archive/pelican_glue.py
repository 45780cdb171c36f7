"""Connect the archive to Pelican: the only module that imports it.

Nothing that protects anyone runs in here: Pelican goes on without a plugin that fails. What must
hold is checked by `build`, before and after Pelican runs.
"""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.generators import Generator, PelicanTemplateNotFound
from pelican.log import console
from pelican.readers import HTMLReader, MarkdownReader, RstReader
from pelican.settings import read_settings
from pelican.urlwrappers import URLWrapper
from pelican.utils import slugify

from . import __version__
from .errors import Problem, Problems
from .exports.comment_feed import comment_feed
from .exports.edition_json import NAME, edition_json
from .exports.headers import HEADERS
from .exports.sitemap import sitemap
from .fixity import sha256
from .hand_pages import harmless_html, outside_links, render_markdown, split_front
from .marks import show_marks
from .pages import harmless, is_ours, page_html
from .pipeline import Archive, read_archive
from .project import RESERVED, Project
from .views import EditionView

ARCHIVE = "ANNOTATED_ARCHIVE"
_LOG = logging.getLogger(__name__)


def connect() -> None:
    """Connect the receivers; they are functions of this module, which nothing collects."""
    signals.initialized.connect(load_archive)
    signals.readers_init.connect(add_reader)
    signals.get_generators.connect(add_generators)


def load_settings(path: Path, overrides: Mapping[str, Any]) -> dict[str, Any]:
    """Return Pelican's settings of the file *path*, *overrides* going before them.

    Raises `Problem` where the file, which is Python, does not run, or Pelican refuses it.
    """
    try:
        settings: dict[str, Any] = read_settings(str(path), override=dict(overrides))
    except Exception as error:
        line = error.lineno if isinstance(error, SyntaxError) else None
        fault = f"{type(error).__name__}: {error}"
        raise Problem(
            "settings", fault, path=path, line=line, remedy="correct the settings"
        ) from error
    return settings


def project_of(settings: Mapping[str, Any], settings_file: Path) -> Project:
    """Return where the rooms are: beside Pelican's PATH, unless settings say otherwise.

    Raises `Problem` where captures or annotations lie where Pelican would publish them.
    """
    content = Path(settings["PATH"]).resolve()
    root = settings_file.resolve().parent
    captures = root / settings.get("ARCHIVE_CAPTURES", content.parent / "captures")
    annotations = root / settings.get("ARCHIVE_ANNOTATIONS", content.parent / "annotations")
    first = next(iter(settings["ARTICLE_PATHS"]), "") or "articles"
    for name, folder in (("ARCHIVE_CAPTURES", captures), ("ARCHIVE_ANNOTATIONS", annotations)):
        if folder.resolve().is_relative_to(content):
            fault = f"{folder} lies in PATH, where Pelican publishes what it finds"
            remedy = f"set {name} to a folder outside {content}"
            raise Problem("inside-path", fault, path=settings_file, remedy=remedy)
    return Project(
        root=root,
        settings=settings_file.resolve(),
        captures=captures,
        annotations=annotations,
        pages=content / settings.get("ARCHIVE_PAGES", first),
        output=Path(settings["OUTPUT_PATH"]).resolve(),
        redactions=root / settings.get("ARCHIVE_REDACTIONS", content.parent / "redactions.yaml"),
        key_file=_key_file(settings, root, settings_file),
    )


def _key_file(settings: Mapping[str, Any], root: Path, settings_file: Path) -> Path | None:
    """Return where the key for digests is; raise `Problem` where it would be published or kept in git."""
    given = settings.get("ARCHIVE_KEY_FILE")
    if not given:
        return None
    path = (root / Path(given).expanduser()).resolve()
    if path.is_relative_to(root):
        remedy = "keep it outside the project, as in ~/.config/annotated-archive/key"
        raise Problem(
            "key-inside", "ARCHIVE_KEY_FILE lies in the project", path=settings_file, remedy=remedy
        )
    return path


class _Faults(logging.Handler):
    """Collect what Pelican says at level warning and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.errors: list[str] = []
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        kept = self.errors if record.levelno >= logging.ERROR else self.warnings
        kept.append(" ".join(record.getMessage().split()))


def run_pelican(settings: dict[str, Any], archive: Archive) -> tuple[str, ...]:
    """Run Pelican once; return its warnings, raise `Problems` with all of its errors.

    This is as strict as ``--fatal errors``, and tells of every error instead of the first.
    """
    faults = _Faults()
    root = logging.getLogger()
    before, quiet = root.handlers[:], console.quiet
    root.handlers[:] = [faults]
    console.quiet = True
    settings[ARCHIVE] = archive
    try:
        Pelican(settings).run()
    except Exception as error:
        _LOG.debug("Pelican stopped", exc_info=True)
        faults.errors.append(f"{type(error).__name__}: {error}")
    finally:
        root.handlers[:] = before
        console.quiet = quiet
    if faults.errors:
        raise Problems(Problem("pelican", text) for text in dict.fromkeys(faults.errors))
    return tuple(dict.fromkeys(faults.warnings))


def load_archive(pelican: Pelican) -> None:
    """Read the archive where Pelican was started by itself, without `build`."""
    settings = pelican.settings
    if isinstance(settings.get(ARCHIVE), Archive):
        return
    here = Path("pelicanconf.py")
    root = here if here.is_file() else Path(settings["PATH"]).parent / here
    project = project_of(settings, root)
    archive = read_archive(project)
    for problem in archive.problems:
        _LOG.error("%s", problem)
    settings[ARCHIVE] = archive


def add_reader(readers: Any) -> None:
    """Put the reader of generated pages in the place of the Markdown reader."""
    for extension in MarkdownReader.file_extensions:
        readers.reader_classes[extension] = PageReader
    for reader in (HtmlPageReader, RstPageReader):
        for extension in reader.file_extensions:
            if extension in readers.reader_classes:
                readers.reader_classes[extension] = reader


class PageReader(MarkdownReader):  # type: ignore[misc]
    """Read generated pages without parsing what we wrote, and render those written by hand."""

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the content and metadata of one page."""
        text = Path(source_path).read_text("utf-8")
        edition = None
        if is_ours(text):
            slug = Path(source_path).stem
            edition = _editions(self.settings).get(slug)
        if edition is None:
            return self._read_by_hand(source_path)
        metadata = self._metadata(split_front(text)[0])
        for name, values in (("tags", edition.edition.tags), ("authors", edition.document.authors)):
            shown = {harmless(value): value for value in values if harmless(value)}
            if shown:
                wrappers = self.process_metadata(name, list(shown))
                metadata[name] = [_named(one, shown[one.name]) for one in wrappers]
        if "category" in metadata:
            _named(metadata["category"], edition.edition.category)
        printed = {*edition.document.filed_under, *edition.document.tags}
        for tag in metadata.get("tags", ()):
            tag.by_editor = tag.captured not in printed
        metadata["edition"] = edition
        return page_html(edition.edition), metadata

    def _read_by_hand(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return a page that a person wrote: its markup is trusted, its scripts and paths are not."""
        front, body = split_front(Path(source_path).read_text("utf-8"))
        content = render_markdown(body)
        metadata = _inside(self._metadata(front), source_path)
        for link in outside_links(content, Path(source_path), Path(self.settings["PATH"])):
            _LOG.error("%s: the link %s leads out of %s", source_path, link, self.settings["PATH"])
        return content, metadata

    def _metadata(self, front: str) -> dict[str, Any]:
        """Return what the front matter of a page says, as Pelican reads it."""
        from markdown import Markdown

        self._md = Markdown(**self.settings["MARKDOWN"])
        self._md.convert(front)
        metadata: dict[str, Any] = self._parse_metadata(vars(self._md).get("Meta", {}))
        return metadata


class HtmlPageReader(HTMLReader):  # type: ignore[misc]
    """Read pages of HTML without their scripts."""

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the content and metadata of one page."""
        content, metadata = super().read(source_path)
        return harmless_html(content), _inside(metadata, source_path)


class RstPageReader(RstReader):  # type: ignore[misc]
    """Read pages of reStructuredText without raw markup, and without other files."""

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the content and metadata of one page."""
        options = self.settings.get("DOCUTILS_SETTINGS") or {}
        options |= {"file_insertion_enabled": False, "raw_enabled": False}
        self.settings["DOCUTILS_SETTINGS"] = options
        content, metadata = super().read(source_path)
        return harmless_html(content), _inside(metadata, source_path)


def _inside(metadata: dict[str, Any], source_path: str) -> dict[str, Any]:
    """Refuse metadata that would write a page outside the site, or into its own folders."""
    for name in ("save_as", "url", "slug"):
        value = str(metadata.get(name, ""))
        parts = Path(value).parts
        if ".." in parts or Path(value).is_absolute():
            raise ValueError(f"{name}: {value} leads out of the site")
        if name == "slug" and "articles" in Path(source_path).parts and value in RESERVED:
            raise ValueError(f"slug: {value} is a name that the site needs")
    return metadata


def _named(wrapper: URLWrapper, captured: str) -> URLWrapper:
    """Keep a tag's, author's or category's name as captured, for themes that escape it.

    One of signs alone gets an address: their code points.
    """
    wrapper.captured = show_marks(captured)
    slug = slugify(wrapper.name, wrapper.settings["SLUG_REGEX_SUBSTITUTIONS"])
    if not slug:
        wrapper.slug = "-".join(["u", *(f"{ord(char):x}" for char in wrapper.name[:20])])
    elif len(slug) > 80:
        wrapper.slug = f"{slug[:60].rstrip('-')}-{sha256(slug.encode())[:12]}"
    return wrapper


def _editions(settings: Mapping[str, Any]) -> Mapping[str, EditionView]:
    archive: Archive = settings[ARCHIVE]
    views: dict[str, EditionView] = settings.setdefault(f"{ARCHIVE}_VIEWS", {})  # type: ignore[attr-defined]
    if len(views) != len(archive.editions):
        views.update({e.document.slug: EditionView(e) for e in archive.editions})
    return views


def add_generators(_: Pelican) -> type[Generator]:
    """Return the generator of what goes out beside the pages."""
    return ExportGenerator


class ExportGenerator(Generator):  # type: ignore[misc]
    """Write each item's record and feed of comments, and the site's map."""

    def generate_context(self) -> None:
        """Give templates the words of problems, which only `serve` shows."""
        archive: Archive = self.settings[ARCHIVE]
        self.context["ARCHIVE_VERSION"] = __version__
        self.context["ARCHIVE_PROBLEMS"] = [str(problem) for problem in archive.problems]

    def generate_output(self, writer: Any) -> None:
        """Write the files."""
        self._write_not_found(writer)
        site = self.settings["SITEURL"]
        absolute = bool(site) and not self.settings["RELATIVE_URLS"]
        for article in self.context["articles"]:
            view = getattr(article, "edition", None)
            if view is None:
                continue
            folder = Path(self.output_path) / Path(article.save_as).parent
            self._write(folder / NAME, edition_json(view.edition))
            if absolute:
                feed = comment_feed(view, f"{site}/{article.url}", self.settings["SITENAME"])
                if feed:
                    self._write(folder / "comments.atom.xml", feed)
        if absolute:
            self._write(Path(self.output_path) / "sitemap.xml", sitemap(site, self._addresses()))
            self._write(Path(self.output_path) / "_headers", HEADERS)

    def _write_not_found(self, writer: Any) -> None:
        """Write what hosts show for an address that is not there, if the theme has it."""
        try:
            template = self.get_template("404")
        except PelicanTemplateNotFound:
            return
        relative = self.settings["RELATIVE_URLS"]
        writer.write_file("404.html", template, self.context, relative, url="404.html")

    def _write(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

    def _addresses(self) -> list[str]:
        """Return the address of each page below SITEURL, the home page first."""
        context = self.context
        pages = [*context["articles"], *context["pages"]]
        wrappers = [w for name in ("categories", "authors") for w, _ in context[name]]
        tags = [tag for tag, _ in context["tags"]]
        direct = [
            self.settings.get(f"{name.upper()}_URL", f"{name}.html")
            for name in self.settings["DIRECT_TEMPLATES"]
            if name != "index"
        ]
        return ["", *sorted({str(page.url) for page in (*pages, *wrappers, *tags)} | set(direct))]


__all__ = ["connect", "load_settings", "project_of", "run_pelican"]
