"""Number times unit cost is the total, and price and volume add up to the change."""

from datetime import date

import pytest

from models.metric import Kind
from pages.costs import PARTS, Split, drivers, ratio, sum_of
from pages.measure import NOT_DIVIDED
from pages.points import Point


def year(start: int, unit: float | None, places: float | None) -> Point:
    return Point(
        date(start, 4, 1), date(start + 1, 3, 31), "financial_year", unit, denominator=places
    )


def test_the_sum_in_words():
    found = sum_of(year(2025, 68_400.0, 104.0))
    assert found.words == (
        "104 places on 31 March at £68,400 a year each come to £7.11 million for a whole year"
        " (2025/26)"
    )
    assert found.total == pytest.approx(7_113_600)


def test_part_years_of_places_are_said_as_such():
    assert sum_of(year(2025, 50_000.0, 10.5)).words.startswith("10.5 places on 31 March at")


@pytest.mark.parametrize("point", [None, year(2025, None, None), year(2025, 60_000.0, None)])
def test_no_sum_where_a_part_is_hidden(point):
    assert sum_of(point) is None


def test_price_and_volume_add_up():
    # 100 at £60,000 is £6.0m; 110 at £66,000 is £7.26m. Volume 10 * 60,000; price 110 * 6,000.
    found = drivers([year(2024, 60_000.0, 100.0), year(2025, 66_000.0, 110.0)])
    assert (found.volume, found.price) == (600_000.0, 660_000.0)
    assert found.volume + found.price == found.change == 1_260_000.0
    assert found.words == (
        "£1.26 million more for a whole year than in 2024/25: +£600,000 from the number of places"
        " and +£660,000 from what a place costs, with its mix"
    )


def test_a_fall_is_said_as_a_fall():
    found = drivers([year(2024, 60_000.0, 110.0), year(2025, 66_000.0, 90.0)])
    assert found.words.startswith(
        "£660,000 less for a whole year than in 2024/25: \u2212£1.20 million from"
    )


def test_no_drivers_across_a_missing_year():
    assert drivers([year(2023, 60_000.0, 100.0), year(2025, 66_000.0, 110.0)]) is None
    assert drivers([year(2025, 66_000.0, 110.0)]) is None
    assert drivers([]) is None


def test_the_ratio_comes_from_the_same_year(public):
    found = ratio(public)
    away = public.points(public.metric("oob_cost_per_placement"))[-1]
    local = public.points(public.metric("local_cost_per_place"))[-1]
    assert (found.away, found.local) == (away.value, local.value)
    assert f"{away.value / local.value:.1f} times" in found.words
    assert "2025/26" in found.words


def test_mix_is_told_from_price_where_every_kind_is_shown():
    # Day places stay at £40,000, residential at £120,000; only the mix moves.
    day = [year(2024, 40_000.0, 50.0), year(2025, 40_000.0, 40.0)]
    away = [year(2024, 120_000.0, 50.0), year(2025, 120_000.0, 60.0)]
    found = drivers([year(2024, 80_000.0, 100.0), year(2025, 88_000.0, 100.0)], [day, away])
    assert (found.volume, found.price, found.mix) == (0.0, 0.0, 800_000.0)
    assert found.volume + found.price + found.mix == found.change
    assert found.title == "The rise came mostly from the mix of places"


@pytest.mark.parametrize(
    "kinds",
    [
        [],
        [[year(2024, 40_000.0, 50.0), year(2025, None, None)]],
        [[year(2025, 80_000.0, 110.0)]],
        [[year(2024, 60_000.0, 99.0), year(2025, 66_000.0, 110.0)]],
    ],
)
def test_mix_stays_with_price_where_a_kind_is_hidden_or_missing(kinds):
    found = drivers([year(2024, 60_000.0, 100.0), year(2025, 66_000.0, 110.0)], kinds)
    assert found.mix is None
    assert found.volume + found.price == found.change
    assert found.title == "The rise came mostly from what a place costs"


@pytest.mark.parametrize(
    ("was", "amounts", "title"),
    [
        (100.0, (60.0, 30.0, -10.0), "The rise came mostly from the number of places"),
        (100.0, (-5.0, 40.0, 5.0), "The rise came mostly from what a place costs"),
        (100.0, (-5.0, 10.0, -45.0), "The fall came mostly from the mix of places"),
        (100.0, (0.0, 0.0, 0.0), "The bill did not change"),
        (100.0, (50.0, -50.0, 0.0), "The bill did not change"),
    ],
)
def test_the_largest_part_that_went_the_way_of_the_bill_is_its_title(was, amounts, title):
    parts = dict(zip(PARTS, amounts, strict=True))
    assert Split("2024/25", "2025/26", was, was + sum(amounts), parts).title == title


def test_a_page_has_words_for_every_kind_that_divides_by_nothing():
    assert set(NOT_DIVIDED) == set(Kind)
