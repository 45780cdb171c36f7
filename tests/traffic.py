"""Record what a page of Chromium says in its console, and every address that it asks for."""

from typing import Any

LOADED = "document.readyState === 'complete'"


class Traffic:
    """Watch a page from before it is opened."""

    def __init__(self, page: Any) -> None:
        self.said: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        page.on("requestfailed", lambda request: self.said.append(f"failed: {request.url}"))
        page.on("request", lambda request: self.requests.append(request.url))

    def strangers(self, base: str) -> list[str]:
        """Return the addresses asked for that are not below *base*."""
        return strangers(self.requests, base)


def strangers(addresses: list[str], base: str) -> list[str]:
    """Return the addresses that are not below *base*; what a page holds in itself is no request."""
    return [one for one in addresses if not one.startswith((base, "data:", "blob:"))]
