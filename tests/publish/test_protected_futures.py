"""What is withheld of plans by setting can't be read from the futures either."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from publish.ahead import FLOOR, STEP, protect_outlook
from publish.errors import PublishError

EHE = "Elective home education"
GROUPS = pd.DataFrame(
    [
        (0, "SEMH", "secondary", "Mainstream school", True, 231),
        (1, "SEMH", "secondary", EHE, True, 12),
        (2, "SEMH", "all", "Other settings", True, 11),
        (3, "SEMH", "secondary", "Further education", True, 21),
        (4, "other", "primary", EHE, True, 18),
        (5, "other", "primary", "Mainstream school", True, 803),
    ],
    columns=["group_id", "need", "phase", "setting", "in_borough", "base"],
).assign(tier="open")


def observations(need_hidden: str | None) -> pd.DataFrame:
    """Counts of plans by setting, EHE withheld where asked."""
    rows = [
        (metric, category, "suppressed" if hidden else "ok")
        for metric in ("semh_plans_placed", "all_plans_placed")
        for category in (EHE, "Mainstream school")
        for hidden in [metric == need_hidden and category == EHE]
    ]
    frame = pd.DataFrame(rows, columns=["metric_id", "category", "status"])
    return frame.assign(
        breakdown="setting", area_kind="borough", tier="open", period_start=date(2026, 1, 15)
    )


def tables(need_hidden: str | None) -> dict[str, pd.DataFrame]:
    """Two futures of one January, whose children are ten times the group's number plus the draw."""
    draw, group = (part.ravel() for part in np.meshgrid([0, 1], range(6), indexing="ij"))
    future = pd.DataFrame(
        {"draw": draw, "year": 2027, "group_id": group, "children": 10 * group + draw}
    )
    kernel = pd.DataFrame({"need": "SEMH", "phase": "primary", "lag": 0, "group_id": range(6),
                           "share": 0.1})  # fmt: skip
    forecast = pd.DataFrame({"need": ["SEMH", "other", "SEMH"], "setting": [EHE, EHE, "all"]})
    return {"observation": observations(need_hidden), "future_group": GROUPS, "future": future,
            "future_kernel": kernel, "forecast": forecast, "forecast_choice": forecast}  # fmt: skip


def test_a_withheld_setting_joins_the_others_of_its_need() -> None:
    given = tables("semh_plans_placed")
    found = protect_outlook(given)
    groups = found["future_group"]
    mine = groups[groups["need"] == "SEMH"]
    assert EHE not in set(mine["setting"])
    assert EHE in set(groups.loc[groups["need"] == "other", "setting"])
    for name, value in (("future", "children"), ("future_kernel", "share")):
        assert found[name][value].sum() == pytest.approx(given[name][value].sum())
        assert set(found[name]["group_id"]) == set(groups["group_id"])
    joined = found["future"].query("group_id == 2 and draw == 1")["children"]
    assert joined.tolist() == [11 + 21]
    assert found["forecast"]["need"].tolist() == ["other", "SEMH"]


def test_withheld_of_all_needs_is_withheld_of_each() -> None:
    groups = protect_outlook(tables("all_plans_placed"))["future_group"]
    assert EHE not in set(groups["setting"])
    # Where a need has no other settings, the next smallest group is in it too.
    rest = groups[groups["need"] == "other"]
    assert rest["setting"].tolist() == ["Other settings"] and rest["base"].tolist() == [821]


def test_starting_numbers_are_blurred_and_totals_stay() -> None:
    groups = protect_outlook(tables(None))["future_group"]
    for need in ("SEMH", "other"):
        mine, was = groups[groups["need"] == need], GROUPS[GROUPS["need"] == need]
        assert mine["base"].sum() == was["base"].sum()
        small = mine.sort_values("base")["base"].iloc[:-1]
        assert (small % STEP == 0).all()


def test_a_small_group_is_not_published() -> None:
    given = tables(None)
    given["future_group"] = GROUPS.assign(base=GROUPS["base"].where(GROUPS.index != 1, FLOOR - 1))
    with pytest.raises(PublishError, match="fewer than 10"):
        protect_outlook(given)
