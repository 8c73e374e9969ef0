"""What may be said of a change between two figures, checked by hand."""

from datetime import date

import pandas as pd
import pytest

from pages.points import Point, difference, settled, to_points, unfinished, year_before


def year(start: int, value: float | None = None, half: float | None = None, **rest) -> Point:
    span = {} if half is None else {"lower": value - half, "upper": value + half}
    return Point(date(start, 9, 1), date(start + 1, 8, 31), "academic_year", value, **(span | rest))


def test_rows_become_points_oldest_first():
    rows = {
        "period_start": [date(2024, 9, 1), date(2023, 9, 1)],
        "period_end": [date(2025, 8, 31), date(2024, 8, 31)],
        "period_kind": ["academic_year"] * 2,
        "value": [12.5, None],
        "lower": [12.0, None],
        "upper": [13.0, None],
        "numerator": [125.0, None],
        "denominator": [1000.0, None],
        "status": ["ok", "suppressed"],
    }
    old, new = to_points(pd.DataFrame(rows))
    assert (old.words, old.shown, old.status) == ("2023/24", False, "suppressed")
    assert (new.words, new.value, new.has_range) == ("2024/25", 12.5, True)


def test_an_unfinished_year_is_set_aside():
    points = [year(2023, 10), year(2024, 11), year(2025, 4)]
    reach = date(2026, 1, 15)
    assert [p.words for p in settled(points, reach)] == ["2023/24", "2024/25"]
    assert unfinished(points, reach) == points[2]
    assert unfinished(points[:2], reach) is None
    assert settled(points, None) == points


@pytest.mark.parametrize(
    ("earlier", "later", "found"),
    [
        (date(2025, 1, 16), date(2026, 1, 15), True),  # census day moves
        (date(2024, 1, 18), date(2026, 1, 15), False),
        (date(2025, 12, 1), date(2026, 1, 1), False),
    ],
)
def test_the_same_time_a_year_before(earlier, later, found):
    line = [Point(day, day, "census", 1.0) for day in (earlier, later)]
    assert (year_before(line, line[1]) is not None) is found


def test_overlapping_ranges_are_no_change():
    # 12 ± 1 against 11 ± 1: the difference 1 has half-width sqrt(2) = 1.41, so 0 is inside.
    gap = difference(year(2024, 12.0, 1.0), year(2023, 11.0, 1.0))
    assert gap.amount == pytest.approx(1.0)
    assert (gap.lower, gap.upper) == pytest.approx((1 - 2**0.5, 1 + 2**0.5))
    assert gap.direction == "same"


def test_ranges_that_touch_may_still_be_a_change():
    # 12 ± 0.6 against 11 ± 0.6: half-width 0.85, so 0 is outside though the ranges overlap.
    assert difference(year(2024, 12.0, 0.6), year(2023, 11.0, 0.6)).direction == "up"
    assert difference(year(2024, 11.0, 0.6), year(2023, 12.0, 0.6)).direction == "down"


def test_newcombe_by_the_published_example():
    # Newcombe 1998, table II: 56/70 against 48/80, method 10: 0.0524 to 0.3339.
    a = year(2024, 0.8, lower=0.6919, upper=0.8773)
    b = year(2023, 0.6, lower=0.4904, upper=0.7002)
    gap = difference(a, b)
    assert (gap.lower, gap.upper) == pytest.approx((0.0524, 0.3339), abs=6e-4)


def test_nothing_is_claimed_of_what_is_not_shown():
    hidden = year(2023, None, status="suppressed")
    assert difference(year(2024, 12.0), hidden).direction == "unknown"
    assert difference(year(2024, 12.0), None).direction == "unknown"


def test_without_ranges_it_is_arithmetic_not_a_test():
    gap = difference(year(2024, 12.0), year(2023, 11.0))
    assert (gap.direction, gap.tested) == ("up", False)
    assert difference(year(2024, 12.0), year(2023, 12.0)).direction == "same"
