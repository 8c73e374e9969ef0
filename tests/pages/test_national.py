"""Published figures beside each other: same date, flagged, ranked with a spread."""

import pandas as pd
import pytest

from pages.indicators import (
    Indicator,
    _indicator,
    _table,
    gap_words,
    indicators,
    ordinal,
    rank_words,
)
from pages.national import breaks, drawable, flag_words, neighbour_median


def item(**change) -> Indicator:
    base = {
        "series": "s", "breakdown": "all", "category": "all", "title": "Rate", "unit": "%",
        "decimals": 1, "polarity": "low", "topic": "t", "source": "a", "source_date": "b",
        "period": "2024/25", "value": 12.8, "why_not": "", "flag": "", "england": 11.3,
        "region": 12.8, "median": 12.0, "low": 9.0, "high": 15.0, "rank": 3, "ranked": 11,
    }  # fmt: skip
    return Indicator(**(base | change))


def test_gap_says_the_unit_and_which_way_is_good():
    words = "1.5 percentage points higher than England (lower is better)"
    assert gap_words(item(), 11.3, "England") == words
    assert gap_words(item(polarity="none"), 14.0, "England") == (
        "1.2 percentage points lower than England"
    )
    assert gap_words(item(), 12.8, "the region") == "The same as the region"
    assert gap_words(item(), None, "England") == "England: not available"


def test_a_count_is_not_compared_in_size():
    plans = item(unit="plans", decimals=0, value=3623.0)
    assert gap_words(plans, 638745.0, "England") == "A count: England differs in size"
    assert rank_words(plans) == "A count, so not ranked; neighbours 9 to 15"


def test_a_rank_never_stands_without_its_spread():
    assert rank_words(item()) == "3rd highest of 11; neighbours 9.0 to 15.0"
    assert rank_words(item(rank=1)) == "Highest of 11; neighbours 9.0 to 15.0"
    assert rank_words(item(rank=11)) == "Lowest of 11; neighbours 9.0 to 15.0"
    assert rank_words(item(rank=None)) == "No neighbours' figures at this date"


@pytest.mark.parametrize(
    ("place", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (21, "21st")],
)
def test_ordinals(place, words):
    assert ordinal(place) == words


def test_flags_are_said_in_words_and_not_drawn():
    rows = pd.DataFrame(
        {
            "value": [1.0, 2.0, None, 3.0, 4.0],
            "flag": [None, "implausible: 6078 stands between 302 and 493", None,
                     "break: by pupil and negative parts left out", "break: new; negative: x"],
        }
    )  # fmt: skip
    assert list(drawable(rows)) == [True, False, False, True, False]
    assert list(breaks(rows)) == [False, False, False, True, True]
    assert flag_words("negative").startswith("Below nought")
    assert flag_words(rows["flag"][1]).endswith("(6078 stands between 302 and 493)")
    assert flag_words(None) == ""


def test_the_median_needs_enough_neighbours():
    rows = pd.DataFrame(
        {
            "area_kind": ["neighbour"] * 9 + ["country"],
            "period_start": pd.to_datetime(["2024-01-01"] * 5 + ["2025-01-01"] * 5),
            "period_label": ["2024"] * 5 + ["2025"] * 5,
            "value": [1.0, 2.0, 3.0, 4.0, 50.0, 1.0, 1.0, 1.0, 1.0, 9.0],
            "flag": [None] * 10,
        }
    )
    found = neighbour_median(rows)
    assert list(found["period_label"]) == ["2024"]
    assert list(found["value"]) == [3.0]


def test_every_series_has_the_boroughs_newest_figure(public):
    found = {i.key: i for i in indicators(public)}
    assert len(found) >= 14
    own = public.snapshot.published(
        public.principal, series="TotFixedEx", area_kinds=("borough", "country", "neighbour")
    )
    newest = own[own["period_label"] == "2025/26"].set_index("area_name")["value"]
    shown = found["TotFixedEx"]
    assert (shown.period, shown.value, shown.england) == (
        "2025/26", newest["Rotherham"], newest["England"],
    )  # fmt: skip
    others = newest.drop(["Rotherham", "England"])
    assert shown.median == pytest.approx(others.median())
    assert shown.rank == 1 + int((others > shown.value).sum())


def test_england_on_another_scale_is_no_comparison(public):
    rows = public.snapshot.published(public.principal, series="TotFixedEx", breakdown="all")
    odd = rows["area_kind"].eq("country")
    rows = rows.assign(flag=rows["flag"].where(~odd, "other scale: outside every authority's"))
    found = _indicator(_table(rows, public.snapshot.series(public.principal)).to_dict("records")[0])
    assert (found.england, found.median is not None) == (None, True)
