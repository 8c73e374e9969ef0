"""What was planted in the synthetic borough and its services is what the measures say."""

import json
import sys
from pathlib import Path

import duckdb
import pytest

from data.synthetic import camhs

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from planted_effects import effects, hits

SEEDS = 12
"""The benchmark tries a hundred; these few take seconds."""


@pytest.fixture(scope="module")
def found():
    return [effects(seed) for seed in range(SEEDS)]


def test_the_planted_effect_lies_in_its_interval_and_no_effect_covers_zero(found):
    effective, null = hits(found)
    assert effective >= SEEDS - 1
    assert null >= SEEDS - 1


def test_the_effective_intervention_is_told_from_none(found):
    assert all(service[camhs.EFFECTIVE].lower > 0 for service in found)
    means = [sum(s[name].value for s in found) / SEEDS for name in (camhs.EFFECTIVE, camhs.NULL)]
    assert means[0] == pytest.approx(camhs.EFFECT, rel=0.12)  # ends of scales take a little away
    assert means[1] == pytest.approx(0, abs=0.05)


def test_the_short_locality_has_by_far_the_fewest_places_for_its_plans(demo_home):
    truth = json.loads((demo_home / "synthetic" / "truth.json").read_text(encoding="utf-8"))
    with duckdb.connect(str(demo_home / "warehouse.duckdb"), read_only=True) as con:
        rows = con.execute(
            "select metric_id, area_id, max_by(value, period_end) from observation"
            " where area_kind = 'locality' and metric_id in ('semh_places', 'semh_ehc_plans')"
            " group by metric_id, area_id"
        ).fetchall()
    figures = {(metric, area): value for metric, area, value in rows}
    places = {
        area: (figures.get(("semh_places", area)) or 0) / plans
        for (metric, area), plans in figures.items()
        if metric == "semh_ehc_plans"
    }
    short = truth["planted"]["short_locality"]["locality"]
    assert min(places, key=places.__getitem__) == short
    assert places[short] < 0.5 * min(value for area, value in places.items() if area != short)
