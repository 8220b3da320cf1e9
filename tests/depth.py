"""How much is tried: enough for every change in `make test`, and all of it each night in `make test-deep`."""

from typing import TypeVar

from hypothesis import settings

DEEP = "deep"  # the name of Hypothesis's profile; `tests.conftest` registers it
T = TypeVar("T")


def tried(usually: T, deep: T) -> T:
    """Choose by the profile that this run has."""
    return deep if settings.get_current_profile_name() == DEEP else usually
