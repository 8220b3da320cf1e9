"""A shell with a database that does not exist yet."""

from pathlib import Path

import pytest

from tests.cli.stage import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path, f"sqlite:///{tmp_path}/new/onewip.db")
