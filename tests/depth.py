"""How much is tried: some in `make check`, enough for any change in `make test`, and all of it in `make test-deep`."""

from typing import TypeVar

from hypothesis import settings

QUICK, DEEP = "quick", "deep"  # the names of Hypothesis's profiles; `tests.conftest` registers them
T = TypeVar("T")


def tried(usually: T, *, deep: T, quick: T | None = None) -> T:
    """Choose by the profile that this run has; without a quick choice it is the usual one."""
    profile = settings.get_current_profile_name()
    if profile == QUICK and quick is not None:
        return quick
    return deep if profile == DEEP else usually
