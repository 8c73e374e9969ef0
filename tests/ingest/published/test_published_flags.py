"""Doubtful figures are found by rule and kept; sound ones are left alone."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from ingest.published.flags import add_flags
from ingest.published.reference import reference_table


def figures(values: list[float | None], **same: object) -> pd.DataFrame:
    """A made-up series of yearly figures from 2019."""
    row = {"series": "made.up", "title": "Made up", "unit": "plans", "area_code": "E1",
           "area_kind": "borough", "breakdown": "all", "category": "all",
           "period_kind": "calendar_year"} | same  # fmt: skip
    years = [date(2019 + i, 1, 1) for i in range(len(values))]
    return pd.DataFrame(
        [row | {"value": v, "period_start": y} for v, y in zip(values, years, strict=True)]
    )


def flags(values: list[float | None], **same: object) -> list[str | None]:
    found = add_flags(figures(values, **same))["flag"]
    return [None if pd.isna(f) else str(f) for f in found]


def test_the_jump_of_2022_is_found_without_being_told_of() -> None:
    assert flags([303, 331, 302, 6078, 493, 596]) == [
        None, None, None, "implausible: 6078 stands between 302 and 493", None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([100, 500, 100], True),  # five times both
        ([100, 499, 100], False),
        ([100, 20, 100], True),  # a fifth of both
        ([100, 21, 100], False),
        ([9, 49, 9], False),  # too small to tell
        ([10, 50, 10], True),
        ([0, 600, 0], False),  # from nothing and back
        ([100, 600, 600], False),  # a step, not a jump
        ([100, None, 600, 100], True),  # neighbours are the nearest figures there are
        ([600, 100], False),
    ],
)
def test_the_rule_of_jumps(values: list[float | None], found: bool) -> None:
    assert any(f and "implausible" in f for f in flags(values)) is found


def test_a_jump_is_within_one_area_and_one_category() -> None:
    two = pd.concat([figures([100, 100]), figures([900, 100, 100], area_code="E2")])
    assert add_flags(two)["flag"].isna().all()


def test_a_count_below_nought_is_flagged_and_a_score_is_not() -> None:
    assert flags([-225]) == ["negative: a count or share below nought"]
    assert flags([-1.27], unit="Score per pupil") == [None]
    assert flags([-0.2], title="Average Progress 8 score") == [None]


def whole(unit: str, england: float, authorities: int = 60) -> pd.DataFrame:
    many = [figures([100 + i], area_code=f"E{i}", area_kind="authority", unit=unit)
            for i in range(authorities)]  # fmt: skip
    return pd.concat([*many, figures([england], area_code="E92", area_kind="country", unit=unit)])


@pytest.mark.parametrize(
    ("unit", "england", "authorities", "found"),
    [("Rate per 100,000", 1258, 60, True), ("Rate per 100,000", 130, 60, False),
     ("plans", 1258, 60, False), ("% of pupils", 50, 60, True), ("% of pupils", 50, 10, False)],
)  # fmt: skip
def test_a_rate_outside_every_authoritys_is_on_another_scale(
    unit: str, england: float, authorities: int, found: bool
) -> None:
    flagged = add_flags(whole(unit, england, authorities)).query("area_kind == 'country'")["flag"]
    assert flagged.fillna("").str.startswith("other scale").tolist() == [found]


def test_the_first_figure_after_a_break_says_so() -> None:
    found = flags([102, 133, 138, 150, 126], series="sen2.caseload.ap_pru_total")
    assert [f is not None for f in found] == [False, False, False, False, True]
    assert str(found[4]).startswith("break: From January 2023")
    assert flags([102, 133], series="sen2.caseload.ap_pru_total") == [None, None]


def test_reasons_stand_together_and_can_be_split() -> None:
    found = flags([302, 302, 302, 6078, 493], series="sen2.newplans.new_ehc_plans")[3]
    assert found is not None
    assert [part.split(":")[0] for part in found.split("; ")] == ["implausible", "break"]
    assert "," not in found


def test_breaks_have_a_reason_and_a_source() -> None:
    table = reference_table("breaks")
    assert (table["reason"].str.len() > 10).all()
    assert (table["source"].str.len() > 3).all()
    assert not table["reason"].str.contains("[,;]").any()


def test_nothing_in_nothing_out() -> None:
    assert add_flags(figures([]).reindex(columns=figures([1]).columns)).empty
