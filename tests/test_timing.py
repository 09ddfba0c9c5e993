"""The helper of the timing tests tells work that is linear from work that is not."""

from collections.abc import Callable
from itertools import product

import pytest
from timing import MOMENT, WHILE, assert_in_proportion


def linear(text: str) -> Callable[[], object]:
    return lambda: [letter.upper() for letter in text]


def quadratic(text: str) -> Callable[[], object]:
    return lambda: sum(a is b for a, b in product(text, text[: len(text) // 100]))


@pytest.mark.parametrize("busy", [MOMENT, WHILE])
def test_linear_work_passes(busy: float) -> None:
    assert_in_proportion("abc ", linear, busy=busy)


def test_work_that_looks_at_nothing_passes() -> None:
    assert_in_proportion("abc ", lambda _: lambda: None)


def test_quadratic_work_fails() -> None:
    with pytest.raises(AssertionError, match="times less"):
        assert_in_proportion("abc ", quadratic, busy=MOMENT / 10)
