"""The workflow that publishes on GitHub runs what there is, with no more rights than it needs."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from pelican.plugins.annotated_archive.tasks import namespace

PATH = Path(__file__).parents[1] / ".github/workflows/publish.yml"
TEXT = PATH.read_text("utf-8")
WORKFLOW: dict[Any, Any] = yaml.safe_load(TEXT)
STEPS = [step for job in WORKFLOW["jobs"].values() for step in job["steps"]]


def test_each_action_is_pinned_to_a_commit() -> None:
    """What an action does cannot change behind our back; the version stands beside it."""
    uses = re.findall(r"uses: (.+)$", TEXT, re.MULTILINE)
    assert len([step for step in STEPS if "uses" in step]) == len(uses)
    assert [] == [
        use
        for use in uses
        if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use)
    ]


def test_rights_are_the_least() -> None:
    """Nothing is granted for all jobs; only the job that deploys may write, and only pages."""
    jobs = WORKFLOW["jobs"]
    assert {} == WORKFLOW["permissions"]
    assert {"contents": "read", "pages": "read"} == jobs["build"]["permissions"]
    assert {"pages": "write", "id-token": "write"} == jobs["deploy"]["permissions"]
    assert [] == [step for step in jobs["deploy"]["steps"] if "run" in step]


@pytest.mark.parametrize("command", re.findall(r"run: (invoke .+)$", TEXT, re.MULTILINE))
def test_each_command_exists(command: str) -> None:
    """Every task and option that the workflow runs is one of ours."""
    _, name, *options = command.split()
    known = {f"--{argument.name.replace('_', '-')}" for argument in namespace[name].get_arguments()}
    assert set() == {option for option in options if option.startswith("--")} - known


def test_it_checks_before_it_publishes_and_publishes_what_it_built() -> None:
    """The archive is checked, then built with the site's address, then that folder is uploaded."""
    build = WORKFLOW["jobs"]["build"]["steps"]
    runs = [step["run"] for step in build if "run" in step]
    assert ["invoke check --quiet", "invoke publish"] == runs[-2:]
    assert (
        "vars.SITEURL"
        in next(s for s in build if s.get("run") == "invoke publish")["env"]["SITEURL"]
    )
    assert "output" == build[-1]["with"]["path"]
    assert "build" == WORKFLOW["jobs"]["deploy"]["needs"]


def test_no_step_runs_what_others_wrote() -> None:
    """No expression stands in a command: a branch's name or a title cannot become a program."""
    assert [] == [step["run"] for step in STEPS if "${{" in step.get("run", "")]
