"""Run the tests of work that is shared out where a process can be copied."""

import subprocess
import sys
from pathlib import Path

import pytest

CASES = Path(__file__).with_name("hands_cases.py")


@pytest.mark.skipif(sys.platform != "linux", reason="this system makes no copies")
def test_work_is_shared_out() -> None:
    """All cases pass in a process of their own: one that runs tests beside others has threads, and so
    has one that a time limit watches.
    """
    command = [sys.executable, "-m", "pytest", "-q", "--timeout=0", "-p", "no:xdist"]
    done = subprocess.run(
        [*command, CASES],
        cwd=CASES.parent.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert 0 == done.returncode, done.stdout
    assert "skipped" not in done.stdout
