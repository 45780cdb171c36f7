"""Keep what the last build said, for every page that asks whether there is a newer one."""

import threading
import time
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Notice:
    """Say which build is shown, with what problems, and since which build pages are as they are.

    *version* grows with each build that changed anything, *pages* is the version of the last one
    that changed more than stylesheets. Where *failed* is true there is no new site: the one before
    is shown.
    """

    version: int
    pages: int
    problems: tuple[str, ...] = ()
    failed: bool = False

    def news_since(self, seen: int) -> str:
        """Say what a page of the version *seen* must do: reload itself, its sheets, or nothing.

        >>> notice = Notice(version=9, pages=7)
        >>> notice.news_since(6), notice.news_since(8), notice.news_since(9)
        ('page', 'sheets', '')
        """
        if seen == self.version:
            return ""
        return "sheets" if self.pages <= seen < self.version else "page"


class Board:
    """Hold the newest notice."""

    def __init__(self) -> None:
        now = int(time.time() * 1000)  # never a version that an earlier run had
        self._lock = threading.Lock()
        self._notice = Notice(now, now)

    @property
    def notice(self) -> Notice:
        """Return the newest notice."""
        return self._notice

    def renew(self) -> None:
        """Tell pages that one of them is new, before the build says what came of it."""
        with self._lock:
            version = self._notice.version + 1
            self._notice = replace(self._notice, version=version, pages=version)

    def put(self, problems: tuple[str, ...], *, failed: bool, changed: bool, sheets: bool) -> None:
        """Publish what a build said; where nothing is new, no page is told.

        *changed* tells that the site differs from the one before, *sheets* that only its stylesheets do.
        """
        with self._lock:
            old = self._notice
            same = (old.problems, old.failed) == (problems, failed)
            if same and not changed:
                return
            version = old.version + 1
            pages = old.pages if same and sheets else version
            self._notice = replace(
                old, version=version, pages=pages, problems=problems, failed=failed
            )
