"""The measure of growth tells a line from a square, or the tests that use it could not fail."""

from collections.abc import Callable, Sequence
from functools import partial

from tests.growth import LIMIT, growth


def each_once(numbers: Sequence[int]) -> int:
    return sum(number % 7 for number in numbers)


def each_with_each(numbers: Sequence[int]) -> int:
    return sum((number + other) % 7 for number in numbers for other in numbers)


def over(work: Callable[[Sequence[int]], int]) -> Callable[[int], Callable[[], object]]:
    return lambda size: partial(work, range(size))


def test_what_looks_at_everything_once_is_below_the_limit() -> None:
    assert growth(over(each_once), 2000) < LIMIT


def test_what_compares_each_with_each_is_above_it() -> None:
    assert growth(over(each_with_each), 200) >= LIMIT
