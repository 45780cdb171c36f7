"""Share what is slow to make: one built copy of the site, for all tests that look at it."""

from pathlib import Path

import pytest

from sites import copy_site, run


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output folder of this project's site, built as a person builds it."""
    folder = copy_site(tmp_path_factory.mktemp("built-site"))
    result = run(folder, "build")
    assert 0 == result.returncode, result.stderr
    return folder / "output"
