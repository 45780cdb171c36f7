"""An editor with the real YAML language server completes, explains and checks content files."""

import json
import queue
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from sites import ROOT, SAMPLE, unavailable

pytestmark = pytest.mark.slow

PACKAGE = Path(__file__).parent / "language_server"
CONTENT_FILES = [
    path.relative_to(ROOT).as_posix()
    for path in sorted((ROOT / "content").rglob("*.yaml"))
    if not path.name.endswith(".lock.yaml")  # nobody writes those by hand
]
CAPTURE = f"content/captures/{SAMPLE}/capture.yaml"

INSTALLING = 180
ANSWERING = 15
"""Seconds, at most, for npm and for one answer of the server."""

SETTINGS: Mapping[str, object] = {
    "yaml": {
        "validate": True,
        "hover": True,
        "completion": True,
        "schemaStore": {"enable": False},
        "kubernetesCRDStore": {"enable": False},
    }
}
CAPABILITIES = {
    "workspace": {"configuration": True},
    "textDocument": {
        "hover": {"contentFormat": ["markdown"]},
        "completion": {"completionItem": {"snippetSupport": True}},
        "publishDiagnostics": {},
    },
}
CURSOR = "‸"
HEAD = "# yaml-language-server: $schema=../../docs/schemas/annotations.schema.json\nannotations:\n"


class LanguageServer:
    """Speak JSON-RPC with a running server, which has files, settings and a state of its own."""

    def __init__(self, process: subprocess.Popen[bytes], root: Path) -> None:
        self.process, self.root = process, root
        self.sent = 0
        self.received: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self.receiver = threading.Thread(target=self._receive, daemon=True)
        self.receiver.start()
        parameters = {"processId": None, "rootUri": root.as_uri(), "capabilities": CAPABILITIES}
        self.ask("initialize", parameters)
        self._send(method="initialized", params={})
        self._wait_for(method="workspace/configuration")

    def ask(self, method: str, parameters: object) -> Any:
        """Return the result of a request."""
        self.sent += 1
        self._send(id=self.sent, method=method, params=parameters)
        answer = self._wait_for(id=self.sent, method=None)
        assert "error" not in answer, answer
        return answer["result"]

    def open(self, name: str, text: str) -> list[Any]:
        """Open *text* as the file *name*, and return the faults that the editor would show."""
        uri = (self.root / name).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send(method="textDocument/didOpen", params={"textDocument": document})
        while True:
            told = self._wait_for(method="textDocument/publishDiagnostics")["params"]
            if told["uri"] == uri:
                return list(told["diagnostics"])

    def at(self, name: str, text: str, what: str) -> Any:
        """Return a "hover" or "completion" where the cursor stands in *text*."""
        before = text.partition(CURSOR)[0]
        self.open(name, text.replace(CURSOR, ""))
        line, character = before.count("\n"), len(before.rpartition("\n")[2])
        place = {"line": line, "character": character}
        uri = (self.root / name).as_uri()
        return self.ask(f"textDocument/{what}", {"textDocument": {"uri": uri}, "position": place})

    def stop(self) -> None:
        """End the server as the protocol has it."""
        self.ask("shutdown", None)
        self._send(method="exit", params=None)
        self.receiver.join(ANSWERING)

    def _send(self, **message: object) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def _receive(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while header := stream.readline():
            if header.lower().startswith(b"content-length:"):
                size = int(header.partition(b":")[2])
            elif not header.strip():
                self.received.put(json.loads(stream.read(size)))
        self.received.put(None)

    def _wait_for(self, **wanted: object) -> dict[str, Any]:
        deadline = time.monotonic() + ANSWERING
        while True:
            try:
                message = self.received.get(timeout=max(0, deadline - time.monotonic()))
            except queue.Empty:
                pytest.fail(f"the language server said nothing of {wanted} in {ANSWERING} seconds")
            if message is None:
                self.received.put(None)
                pytest.fail("the language server ended by itself")
            if "method" in message and "id" in message:
                self._send(id=message["id"], result=_answer(message))
            if all(message.get(key) == value for key, value in wanted.items()):
                return message


def _answer(question: Mapping[str, Any]) -> object:
    """Answer what a server asks of its editor: settings; of all else, nothing."""
    if question["method"] != "workspace/configuration":
        return None
    return [SETTINGS.get(item["section"], {}) for item in question["params"]["items"]]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> list[str | Path]:
    """Return the command of the server, installed as the lock file says, outside the tree."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        unavailable("no Node.js here: node and npm must be installed")
    folder = tmp_path_factory.mktemp("language-server")
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(PACKAGE / name, folder)
    try:
        subprocess.run(
            [str(npm), "ci"], cwd=folder, capture_output=True, check=True, timeout=INSTALLING
        )
    except subprocess.CalledProcessError as error:
        unavailable(f"npm cannot install yaml-language-server: {error.stderr.decode()[:300]}")
    except subprocess.TimeoutExpired:
        unavailable(f"npm did not install yaml-language-server in {INSTALLING} seconds")
    server = folder / "node_modules/yaml-language-server/bin/yaml-language-server"
    return [str(node), "--require", PACKAGE / "offline.cjs", server, "--stdio"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the content files and the schemas, laid as they lie here."""
    folder = tmp_path_factory.mktemp("archive")
    for name in ("content", "docs/schemas"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def server(program: list[str | Path], archive: Path) -> Iterator[LanguageServer]:
    """Yield the running server, as an editor starts it in the archive's folder."""
    pipe = subprocess.PIPE
    with (
        (archive / "stderr").open("wb") as errors,
        subprocess.Popen(program, cwd=archive, stdin=pipe, stdout=pipe, stderr=errors) as process,
    ):
        try:
            running = LanguageServer(process, archive)
            yield running
            running.stop()
        finally:
            process.kill()


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """Return the name of an annotations file that no other test has opened."""
    return f"content/annotations/{re.sub('[^a-z0-9]+', '-', request.node.name.lower())}.yaml"


@pytest.fixture(scope="module")
def fields(archive: Path) -> Mapping[str, Any]:
    """Return the schemas of an annotation's fields."""
    schema = json.loads((archive / "docs/schemas/annotations.schema.json").read_text("utf-8"))
    found: Mapping[str, Any] = schema["properties"]["annotations"]["items"]["properties"]
    return found


def proposed(completion: Any) -> dict[str, str]:
    """Return what a completion proposes, each with what the editor shows beside it."""
    return {one["label"]: str(one.get("documentation") or "") for one in completion["items"]}


def shown(hover: Any) -> str:
    """Return the words of a hover, without the marks that keep them from being Markdown."""
    return re.sub(r"\\([^\w\s]|_)", r"\1", hover["contents"]["value"])


@pytest.mark.parametrize("file", CONTENT_FILES)
def test_content_files_name_a_schema_and_are_without_fault(
    server: LanguageServer, file: str
) -> None:
    """Each content file of the project names its schema, and the editor marks nothing in it."""
    text = (server.root / file).read_text("utf-8")
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert named is not None
    assert (server.root / file).parent.joinpath(named[1]).is_file()
    assert [] == server.open(file, text)


MISTAKES = {
    "a misspelt kind": "  - id: a\n    kind: glos  # here\n    body: b\n",
    "an unknown key": "  - id: a\n    kind: gloss\n    qoute: c  # here\n    body: b\n",
    "a field of another kind": "  - id: a\n    kind: gloss\n    verdict: c  # here\n    body: b\n",
    "no body": "  - id: b\n    kind: gloss\n    body: b\n  - id: a  # here\n    kind: gloss\n",
    "no kind": "  - id: a  # here\n    body: b\n",
    "a kind without what it needs": "  - id: a  # here\n    kind: cross-reference\n    body: b\n",
    "a day that is none": "  - id: a\n    kind: gloss\n    date: 2026  # here\n    body: b\n",
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_marked_on_its_line(server: LanguageServer, name: str, mistake: str) -> None:
    """The editor marks the line of the mistake, and no other."""
    lines = (HEAD + mistake).splitlines()
    here = [number for number, line in enumerate(lines) if line.endswith("# here")]
    marked = {one["range"]["start"]["line"] for one in server.open(name, HEAD + mistake)}
    assert set(here) == marked


@pytest.mark.parametrize(
    ("old", "new"), [("sha256: 9b2f", "sha256: 9b2"), ("source:", "sorce:"), ("format:", "fromat:")]
)
def test_a_mistake_in_a_capture_is_marked(server: LanguageServer, old: str, new: str) -> None:
    """The editor marks the line of a mistake in a capture's record."""
    text = (server.root / CAPTURE).read_text("utf-8").replace(old, new)
    line = text[: text.index(new)].count("\n")
    folder = re.sub("[^a-z0-9]+", "-", new)
    found = server.open(f"content/captures/{folder}/capture.yaml", text)
    assert line in [one["range"]["start"]["line"] for one in found]


def test_the_kinds_are_proposed(
    server: LanguageServer, fields: Mapping[str, Any], name: str
) -> None:
    """After "kind:" the editor proposes each kind, with words on it, and nothing else."""
    text = f"{HEAD}  - id: a\n    kind: {CURSOR}\n    body: b\n"
    found = proposed(server.at(name, text, "completion"))
    assert fields["kind"]["enum"] == list(found)
    assert all(found.values())


@pytest.mark.parametrize("kind", ["gloss", "fact-check", "cross-reference"])
def test_the_fields_are_proposed(
    server: LanguageServer, fields: Mapping[str, Any], name: str, kind: str
) -> None:
    """In an annotation the editor proposes the fields not yet written, each with its description."""
    own = {"gloss": (), "fact-check": ("claim", "verdict"), "cross-reference": ("to",)}[kind]
    wanted = ("in", "quote", "before", "after", "occurrence", "tags", "by", "date", "body", *own)
    text = f"{HEAD}  - id: a\n    kind: {kind}\n    {CURSOR}\n"
    found = proposed(server.at(name, text, "completion"))
    expected = {field: fields[field]["description"] for field in wanted}
    assert expected == {field: found.get(field) for field in wanted}
    assert set() == {"id", "kind"} & set(found)


def test_what_is_needed_is_proposed_in_one_piece(server: LanguageServer, name: str) -> None:
    """On a new file "annotations" brings an entry with all that it must have."""
    text = f"{HEAD.splitlines()[0]}\n{CURSOR}\n"
    items = server.at(name, text, "completion")["items"]
    (one,) = [item["textEdit"]["newText"] for item in items if item["label"] == "annotations"]
    assert ["id", "kind", "body"] == re.findall(r"(\w+): ", one)


@pytest.mark.parametrize("field", ["id", "kind", "in", "quote", "tags", "body"])
def test_a_key_explains_itself(
    server: LanguageServer, fields: Mapping[str, Any], name: str, field: str
) -> None:
    """A key of an annotation shows its description under the pointer."""
    entry = "  - id: a\n    kind: gloss\n    in: page\n    quote: b\n    tags: [c]\n    body: d\n"
    text = HEAD + entry.replace(f" {field}:", f" {field[0]}{CURSOR}{field[1:]}:")
    assert fields[field]["description"] in shown(server.at(name, text, "hover"))


def test_a_key_of_a_capture_explains_itself(server: LanguageServer) -> None:
    """A key of a capture's record shows its description under the pointer."""
    schema = json.loads((server.root / "docs/schemas/capture.schema.json").read_text("utf-8"))
    text = (server.root / CAPTURE).read_text("utf-8").replace("time-zone", f"time{CURSOR}-zone")
    found = server.at("content/captures/hover/capture.yaml", text, "hover")
    assert schema["properties"]["time-zone"]["description"] in shown(found)


def test_all_of_it_works_without_a_network(
    server: LanguageServer, archive: Path, name: str
) -> None:
    """The schemas beside the files are enough: the server asks no other machine."""
    assert server.open(name, f"{HEAD}  - id: a\n")
    assert "refused" not in (archive / "stderr").read_text("utf-8")


def test_the_lock_file_names_no_registry() -> None:
    """The lock file pins one version by its digest, and holds no address to fetch it from."""
    wanted = json.loads((PACKAGE / "package.json").read_text("utf-8"))["dependencies"]
    locked = json.loads((PACKAGE / "package-lock.json").read_text("utf-8"))["packages"]
    assert wanted == locked[""]["dependencies"]
    for package, version in wanted.items():
        assert version == locked[f"node_modules/{package}"]["version"]
    packages = {path: entry for path, entry in locked.items() if path}
    assert [] == [path for path, entry in packages.items() if "resolved" in entry]
    assert [] == [path for path, entry in packages.items() if "integrity" not in entry]


OWN = {"gloss": set(), "fact-check": {"claim", "verdict", "sources", "checked", "review-by"}}


@pytest.mark.parametrize("kind", OWN)
def test_no_field_of_another_kind_is_proposed(
    server: LanguageServer, fields: Mapping[str, Any], name: str, kind: str
) -> None:
    """Of the fields that some kinds alone have, the editor proposes this kind's, and only once."""
    some = {field for field, schema in fields.items() if schema.get("doNotSuggest")}
    text = f"{HEAD}  - id: a\n    kind: {kind}\n    {CURSOR}\n"
    found = [one["label"] for one in server.at(name, text, "completion")["items"]]
    assert OWN[kind] == some & set(found)
    assert len(found) == len(set(found))


def test_each_kind_says_what_it_is_for(
    server: LanguageServer, fields: Mapping[str, Any], name: str
) -> None:
    """Beside each proposed kind stands what it is for."""
    text = f"{HEAD}  - id: a\n    kind: {CURSOR}\n    body: b\n"
    found = proposed(server.at(name, text, "completion"))
    assert fields["kind"]["enumDescriptions"] == list(found.values())
    assert len(found) == len(set(found.values()))


@pytest.mark.parametrize("schema", ["annotations", "capture", "redactions", "editors", "glossary"])
def test_every_key_has_words_to_show(schema: str) -> None:
    """Each key that a person may write has a description."""
    found = json.loads((ROOT / f"docs/schemas/{schema}.schema.json").read_text("utf-8"))
    assert [] == list(undescribed(found))


def undescribed(schema: Any, place: str = "") -> Iterator[str]:
    """Yield where a property stands that has no description."""
    for name, one in schema.get("properties", {}).items():
        if "description" not in one:
            yield f"{place}{name}"
        yield from undescribed(one, f"{place}{name}.")
    if isinstance(schema.get("items"), dict):
        yield from undescribed(schema["items"], place)
