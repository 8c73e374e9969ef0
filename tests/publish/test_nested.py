"""All pupils less those with SEMH are the rest, and the rest may be few."""

import numpy as np
import pandas as pd
import pytest

from models.borough import load_borough
from models.metric import Metric
from publish.nested import nested, rests_told, small_rests
from publish.outsider import attack
from publish.protect import protect

PROFILE = load_borough("rotherham")
SHARED = {
    "priority": "outcomes", "question": "q", "unit": "children", "polarity": "low",
    "period": "academic_year", "breakdowns": ["sex"], "sources": ["suspension"],
    "population": "children", "no_comparator": "none", "kind": "count",
}  # fmt: skip
SEN = Metric(id="sen_suspended", title="All", **SHARED)
SEMH = Metric(id="semh_suspended", title="SEMH", part_of=["sen_suspended"], **SHARED)
METRICS = {m.id: m for m in (SEN, SEMH)}
AREAS = pd.DataFrame(columns=["area_kind", "area_id", "name", "parent_id", "phase", "tier"])


def rows(counts: dict[str, dict[str, int]]) -> pd.DataFrame:
    """Observations of each metric: its total is the sum of its categories."""
    out = []
    for name, by_sex in counts.items():
        cells = {("all", "all"): sum(by_sex.values())}
        cells |= {("sex", category): n for category, n in by_sex.items()}
        for (breakdown, category), n in cells.items():
            out.append({
                "metric_id": name, "period_start": pd.Timestamp("2024-09-01"),
                "period_end": pd.Timestamp("2025-08-31"), "period_kind": "academic_year",
                "area_kind": "borough", "area_id": PROFILE.ons_code, "breakdown": breakdown,
                "category": category, "numerator": float(n), "denominator": np.nan,
                "value": float(n), "lower": np.nan, "upper": np.nan, "interval_method": None,
                "status": "ok", "tier": "open", "loads": "", "people": float(n), "base": np.nan,
            })  # fmt: skip
    return pd.DataFrame(out)


def published(counts: dict[str, dict[str, int]], metrics=METRICS) -> pd.DataFrame:
    areas = AREAS.assign(grouping=None)
    return protect(rows(counts), metrics, areas, PROFILE).observations


def leaks(observations: pd.DataFrame) -> list[str]:
    documents = [m.model_dump(mode="json") for m in METRICS.values()]
    rules = {rule.tier.value: rule for rule in PROFILE.thresholds}
    return attack(observations, documents, AREAS, rules).leaks


FEW_BOYS_LEFT = {
    "sen_suspended": {"Male": 42, "Female": 30},
    "semh_suspended": {"Male": 40, "Female": 14},
}


def test_without_the_rule_the_rest_is_told_and_the_attack_finds_it():
    """42 boys less 40 with SEMH are 2 boys."""
    bare = {m: x.model_copy(update={"part_of": []}) for m, x in METRICS.items()}
    found = leaks(published(FEW_BOYS_LEFT, bare))
    assert [words for words in found if "between 2 and 2" in words and "sex Male" in words]


def test_with_the_rule_it_is_not():
    result = published(FEW_BOYS_LEFT)
    assert (result["status"] == "suppressed").any()
    assert leaks(result) == []


def test_a_rest_of_many_or_of_nobody_hides_nothing():
    counts = {
        "sen_suspended": {"Male": 42, "Female": 30},
        "semh_suspended": {"Male": 30, "Female": 30},
    }
    assert (published(counts)["status"] == "ok").all()


@pytest.mark.parametrize("seed", range(12))
def test_no_rest_is_told_whatever_the_counts(seed):
    rng = np.random.default_rng(seed)
    whole = rng.integers(5, 40, 4)
    part = np.array([rng.integers(max(0, w - 6), w + 1) for w in whole])
    names = ["a", "b", "c", "d"]
    counts = {
        "sen_suspended": dict(zip(names, whole.tolist(), strict=True)),
        "semh_suspended": dict(zip(names, part.tolist(), strict=True)),
    }
    result = published(counts)
    assert leaks(result) == []
    shown = result[result["status"] == "ok"].set_index(["metric_id", "breakdown", "category"])
    for key in {k[1:] for k in shown.index}:
        both = [("sen_suspended", *key), ("semh_suspended", *key)]
        if all(b in shown.index for b in both):
            rest = shown.loc[both[0], "numerator"] - shown.loc[both[1], "numerator"]
            assert not 1 <= rest < 5


def test_pairs_are_of_the_same_time_place_and_group():
    table = rows(FEW_BOYS_LEFT)
    pairs = nested(table, {"semh_suspended": ["sen_suspended"]})
    assert len(pairs) == 3
    part, whole = table.iloc[pairs["part"]], table.iloc[pairs["whole"]]
    assert part["category"].tolist() == whole["category"].tolist()


def test_only_small_rests_make_cells():
    pairs = pd.DataFrame({"part": [0, 2], "whole": [1, 3]})
    cells, ties = small_rests(pairs, pd.Series([10.0, 13.0, 10.0, 30.0]), pd.Series([5.0] * 4))
    assert cells["n"].tolist() == [3.0]
    assert ties.to_dict("list") == {"rest": [0, 0], "cell_id": [1, 0], "coef": [1.0, -1.0]}


def test_a_wide_bound_tells_nothing():
    pairs = pd.DataFrame({"part": [0], "whole": [1]})
    low, high = np.array([10.0, 11.0]), np.array([10.0, 14.0])
    assert rests_told(pairs, low, high, 5).empty
    assert len(rests_told(pairs, low, np.array([10.0, 12.0]), 5)) == 1
