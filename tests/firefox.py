"""Drive the machine's own Firefox by WebDriver BiDi, the standard that it speaks by itself.

No driver program is needed: https://w3c.github.io/webdriver-bidi/ over one WebSocket.
"""

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

FIREFOXES = ("firefox-esr", "firefox")
PREFERENCES = {
    # A test driver is given a looser policy than readers have: no file may read another file.
    "security.fileuri.strict_origin_policy": True,
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.enabled": False,
}
EVENTS = ["log.entryAdded", "network.beforeRequestSent", "network.fetchError"]
STARTING, ANSWERING, ENDING = 60, 60, 60
"""Seconds, at most."""

UNCOVERED = """(one) => {
  one?.scrollIntoView({ block: "center", behavior: "instant" });
  if (!one?.checkVisibility()) return false;
  const box = one.getBoundingClientRect();
  return one.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
}"""
"""Bring an element into the window; tell whether a pointer would reach its middle."""

KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c", "Space": " ", "Shift": "\ue008"}
KEYS |= {"ArrowUp": "\ue013", "ArrowDown": "\ue015", "ArrowLeft": "\ue012", "ArrowRight": "\ue014"}


class Refused(AssertionError):
    """A command that failed, or an expression that threw, as Firefox tells it."""


class Firefox:
    """Speak with a running Firefox, whose windows, profile and messages are a state of its own."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.sent = 0
        self.events: list[dict[str, Any]] = []
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=EVENTS)

    def ask(self, method: str, **parameters: object) -> Any:
        """Return the result of a command; keep what happened meanwhile."""
        self.sent += 1
        message = {"id": self.sent, "method": method, "params": parameters}
        self.socket.send(json.dumps(message))
        while True:
            answer = json.loads(self.socket.recv(timeout=ANSWERING))
            if answer.get("id") == self.sent:
                if "success" != answer["type"]:
                    raise Refused(method, answer)
                return answer["result"]
            if answer["type"] == "event":
                self.events.append(answer)

    @contextmanager
    def window(self, width: int = 1280, height: int = 800) -> Iterator["Window"]:
        """Yield a window that shares no cookie and no store with another."""
        person = self.ask("browser.createUserContext")["userContext"]
        made = self.ask("browsingContext.create", type="window", userContext=person)["context"]
        size = {"width": width, "height": height}
        self.ask("browsingContext.setViewport", context=made, viewport=size)
        try:
            yield Window(self, made)
        finally:
            self.ask("browser.removeUserContext", userContext=person)


class Window:
    """Look at pages in one window, and work its keys and its pointer."""

    def __init__(self, firefox: Firefox, context: str) -> None:
        self.firefox, self.context = firefox, context
        self.since = len(firefox.events)

    def goto(self, address: str) -> None:
        """Open an address, and wait until its page is loaded."""
        self._ask("browsingContext.navigate", url=address, wait="complete")

    def reload(self) -> None:
        """Read the page again."""
        self._ask("browsingContext.reload", wait="complete")

    def evaluate(self, expression: str) -> Any:
        """Return what an expression of JavaScript comes to, as JSON has it.

        It is read also where pages may run no script.
        """
        return json.loads(self._run(f"JSON.stringify(({expression}) ?? null)")["value"])

    def wait_for(self, expression: str, seconds: float = 30) -> Any:
        """Wait until an expression is true on a page that is loaded, and return what it is.

        Between two pages, when one is gone and the next is not there, nothing can be asked: a
        refusal counts as not yet, and the last one is told where the time is over.
        """
        end = time.monotonic() + seconds
        said: object = "false"
        while time.monotonic() < end:
            try:
                if value := self.evaluate(f"document.readyState === 'complete' && ({expression})"):
                    return value
                said = "false"
            except Refused as error:
                said = error
            time.sleep(0.05)
        raise AssertionError(f"not true in {seconds} s: {expression}: {said}")

    def press(self, *keys: str) -> None:
        """Press keys, one after the other; "Shift+Tab" is pressed together."""
        actions = []
        for key in keys:
            together = [KEYS.get(one, one) for one in key.split("+")] if len(key) > 1 else [key]
            actions += [{"type": "keyDown", "value": one} for one in together]
            actions += [{"type": "keyUp", "value": one} for one in reversed(together)]
        self._ask("input.performActions", actions=[{"type": "key", "id": "k", "actions": actions}])

    def type(self, words: str) -> None:
        """Type words where the focus is."""
        self.press(*words)

    def click(self, selector: str) -> None:
        """Click on the middle of the first element of that selector, as a mouse does.

        Wait until it is there, and nothing lies over it: a fold may be opening, or what stands
        above be laid out.
        """
        found = f"document.querySelector({json.dumps(selector)})"
        self.wait_for(f"({UNCOVERED})({found})")
        element = self._run(found)
        origin = {"type": "element", "element": {"sharedId": element["sharedId"]}}
        moves = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": origin},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._ask(
            "input.performActions", actions=[{"type": "pointer", "id": "p", "actions": moves}]
        )

    @property
    def address(self) -> str:
        """Return the address of the page."""
        tree = self.firefox.ask("browsingContext.getTree", root=self.context, maxDepth=0)
        return str(tree["contexts"][0]["url"])

    @property
    def console(self) -> list[str]:
        """Return what the pages of this window said, and what of theirs could not be read."""
        said = [f"{one['level']}: {one['text']}" for one in self._events("log.entryAdded")]
        failed = self._events("network.fetchError")
        return said + [f"failed: {one['request']['url']}" for one in failed]

    @property
    def requests(self) -> list[str]:
        """Return the address of each request that the pages of this window made."""
        return [one["request"]["url"] for one in self._events("network.beforeRequestSent")]

    def _ask(self, method: str, **parameters: object) -> Any:
        return self.firefox.ask(method, context=self.context, **parameters)

    def _run(self, expression: str) -> Any:
        answer = self.firefox.ask(
            "script.evaluate",
            expression=expression,
            target={"context": self.context},
            awaitPromise=False,
        )
        if "success" != answer["type"]:
            raise Refused(expression, answer)
        return answer["result"]

    def _events(self, method: str) -> list[dict[str, Any]]:
        self.firefox.ask("session.status")
        found = [
            one["params"] for one in self.firefox.events[self.since :] if one["method"] == method
        ]
        return [one for one in found if self.context in (one.get("context"), _source(one))]


def _source(event: dict[str, Any]) -> object:
    return event.get("source", {}).get("context")


@contextmanager
def running_firefox(program: str, profile: Path, **preferences: object) -> Iterator[Firefox]:
    """Yield a Firefox that runs headless on a fresh profile."""
    profile.mkdir()
    lines = (
        f"user_pref({json.dumps(name)}, {json.dumps(value)});\n"
        for name, value in (PREFERENCES | preferences).items()
    )
    (profile / "user.js").write_text("".join(lines), "utf-8")
    command = [program, "--headless", "--no-remote", "--profile", str(profile)]
    command += ["--remote-debugging-port", "0", "about:blank"]
    with (profile / "stderr").open("wb") as errors:
        process = subprocess.Popen(command, stdout=errors, stderr=errors)
    try:
        with connect(_address(profile, process), max_size=None) as socket:
            yield Firefox(socket)
    finally:
        process.terminate()
        process.wait(timeout=ENDING)


def _address(profile: Path, process: subprocess.Popen[bytes]) -> str:
    told = profile / "WebDriverBiDiServer.json"
    end = time.monotonic() + STARTING
    while time.monotonic() < end and process.poll() is None:
        if told.is_file() and (text := told.read_text("utf-8")):
            server = json.loads(text)
            return f"ws://{server['ws_host']}:{server['ws_port']}/session"
        time.sleep(0.1)
    raise AssertionError(f"Firefox did not start: {(profile / 'stderr').read_text()[-2000:]}")


def find_firefox() -> str | None:
    """Return the program of the machine's own Firefox."""
    return next(filter(None, map(shutil.which, FIREFOXES)), None)
