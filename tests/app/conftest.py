"""What every test of the command line wants: the log goes back to what it was."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from emergency_desk.app import log, paths


@pytest.fixture(autouse=True)
def quiet_log() -> Iterator[None]:
    """Stop the log that a command began."""
    level = logging.getLogger().level
    yield
    log.stop(paths.logs())
    logging.getLogger().setLevel(level)
