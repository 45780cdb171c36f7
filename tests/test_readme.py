"""README's first two commands are what a newcomer copies, one line each."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    """Return what the first two sh blocks of README hold; .ci/run runs the same."""
    return BLOCK.findall((ROOT / "README.md").read_text("utf-8"))[:2]


def test_the_first_two_blocks_hold_one_command_each() -> None:
    """Each block is one line, without a comment or a continuation."""
    assert [1, 1] == [len(block.strip().splitlines()) for block in commands()]
    assert not re.search(r"[#\\;]", "".join(commands()))


def test_the_first_builds_and_the_second_tests() -> None:
    """Both do all set-up themselves: the environment, the installation, the task."""
    build, test = commands()
    for command, task in ((build, "build"), (test, "test")):
        assert command.startswith("python3 -m venv .venv && ")
        assert " install " in command
        assert command.strip().endswith(f".venv/bin/invoke {task}")
    assert "[test]" in test


def test_readme_says_what_to_open() -> None:
    """After the first command the reader learns which file to open."""
    after = (ROOT / "README.md").read_text("utf-8").split(commands()[0])[1]
    assert "output/index.html" in after.split("```sh")[0]
