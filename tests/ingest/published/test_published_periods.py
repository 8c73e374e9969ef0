"""Year labels of every style become one period, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.published.periods import (
    CENSUS_MONTHS,
    YEAR_KINDS,
    parse_period,
    term_period,
    week_period,
)

KINDS = (*YEAR_KINDS, *CENSUS_MONTHS)


@pytest.mark.parametrize(
    ("text", "kind", "label", "start", "end", "symbol"),
    [
        ("2025", "academic_year", "2024/25", "2024-09-01", "2025-08-31", ""),
        ("202223", "academic_year", "2022/23", "2022-09-01", "2023-08-31", ""),
        ("2022/23", "academic_year", "2022/23", "2022-09-01", "2023-08-31", ""),
        ("2022-23", "financial_year", "2022/23", "2022-04-01", "2023-03-31", ""),
        ("2022–23", "financial_year", "2022/23", "2022-04-01", "2023-03-31", ""),  # noqa: RUF001
        ("2016-17 (OT)", "financial_year", "2016/17", "2016-04-01", "2017-03-31", ""),
        ("2021 (Final)", "academic_year", "2020/21", "2020-09-01", "2021-08-31", ""),
        ("2025 (prov)", "academic_year", "2024/25", "2024-09-01", "2025-08-31", "p"),
        ("2018 (Rev)", "academic_year", "2017/18", "2017-09-01", "2018-08-31", "r"),
        ("202425", "january", "January 2025", "2025-01-01", "2025-01-31", ""),
        ("2025", "january", "January 2025", "2025-01-01", "2025-01-31", ""),
        ("2025", "march", "March 2025", "2025-03-01", "2025-03-31", ""),
        ("2024", "calendar_year", "2024", "2024-01-01", "2024-12-31", ""),
        ("2022.0", "calendar_year", "2022", "2022-01-01", "2022-12-31", ""),
        ("2014-16", "calendar_year", "2014 to 2016", "2014-01-01", "2016-12-31", ""),
        ("2013/14-15/16", "financial_year", "2013/14 to 2015/16", "2013-04-01", "2016-03-31", ""),
        ("1999/00", "academic_year", "1999/00", "1999-09-01", "2000-08-31", ""),
        ("2022 / 23", "academic_year", "2022/23", "2022-09-01", "2023-08-31", ""),
    ],
)
def test_labels_in_use(text: str, kind: str, label: str, start: str, end: str, symbol: str) -> None:
    period = parse_period(text, kind)
    assert period is not None
    assert (period.label, str(period.start), str(period.end)) == (label, start, end)
    assert period.symbol == symbol


@pytest.mark.parametrize("text", ["0", "", "nan", "202230", "20", "2022/22", "1066", "2022 (guess)",
                                  "20222", "2025-2024", "Total", None])  # fmt: skip
def test_what_is_not_a_year_is_refused(text: object) -> None:
    assert parse_period(text, "academic_year") is None


@given(st.integers(1990, 2098))
def test_every_style_of_one_academic_year_is_the_same_period(first: int) -> None:
    last = first + 1
    short = f"{last % 100:02d}"
    styles = [f"{last}", f"{first}{short}", f"{first}/{short}", f"{first}-{short}",
              f"{first}/{last}", f"{first}-{short} (OT)", f"{last} (Final)",
              f" {first}/{short} "]  # fmt: skip
    found = {parse_period(s, "academic_year") for s in styles}
    assert len(found) == 1
    period = found.pop()
    assert period is not None
    assert (period.start.year, period.end.year) == (first, last)
    assert period.label == f"{first}/{short}"


@given(st.text(max_size=20), st.sampled_from(KINDS))
def test_any_text_is_a_sound_period_or_none(text: str, kind: str) -> None:
    period = parse_period(text, kind)
    if period is not None:
        assert period.start <= period.end
        assert any(c.isdigit() for c in text)


@given(st.integers(1991, 2098), st.sampled_from(KINDS))
def test_a_label_parsed_again_is_the_same_year(first: int, kind: str) -> None:
    period = parse_period(str(first), kind)
    assert period is not None
    if kind in YEAR_KINDS:
        assert parse_period(period.label, kind) == period


def test_terms() -> None:
    autumn, spring = term_period("202425", "Autumn term"), term_period("202425", "Spring term")
    assert autumn is not None
    assert spring is not None
    assert (autumn.label, autumn.kind) == ("autumn term 2024", "term")
    assert (spring.label, str(spring.start)) == ("spring term 2025", "2025-01-01")
    both = term_period("202223", "Autumn and spring term")
    assert both is not None
    assert (both.label, both.kind) == ("autumn and spring terms 2022/23", "terms")
    assert term_period("202425", "Trinity") is None


def test_weeks() -> None:
    week = week_period("2025", "Week 45")
    assert week is not None
    assert (str(week.start), str(week.end)) == ("2025-11-03", "2025-11-07")
    assert week_period("2025", "Week 60") is None
