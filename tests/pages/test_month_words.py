"""The board's headline counts targets in whole, grammatical clauses."""

import pytest

from pages.month import target_count


@pytest.mark.parametrize(
    ("off", "aimed", "words"),
    [
        (0, 1, "the one with a target is on or near it"),
        (1, 1, "the one with a target is off it"),
        (0, 2, "both with a target are on or near it"),
        (1, 2, "1 of 2 with a target is off it"),
        (2, 2, "both with a target are off it"),
        (0, 5, "all 5 with a target are on or near it"),
        (3, 5, "3 of 5 with a target are off it"),
        (5, 5, "all 5 with a target are off it"),
    ],
)
def test_target_count(off, aimed, words):
    assert target_count(off, aimed) == words
