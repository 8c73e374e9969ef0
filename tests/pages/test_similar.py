"""A school beside similar ones, for those who may see it."""

import pandas as pd
import pytest

from pages.similar import beside, measures, pooled, rolls, schools, similar_to

RATE = {"kind": "rate", "multiplier": 100.0, "unit": "suspensions per 100 pupils", "decimals": 1}


def test_the_public_sees_no_school(public):
    assert schools(public) == {}


def test_similar_means_same_phase_nearest_in_size(partner):
    school = next(iter(schools(partner).values()))
    sizes = rolls(partner)
    alike = similar_to(partner, school)
    assert len(alike) <= 10
    assert {s.phase for s in alike} == {school.phase}
    assert school.urn not in {s.urn for s in alike}
    far = max(abs(sizes[s.urn] - sizes[school.urn]) for s in alike)
    left_out = [
        s
        for s in schools(partner).values()
        if s.phase == school.phase and s not in alike and s != school and s.urn in sizes
    ]
    assert all(abs(sizes[s.urn] - sizes[school.urn]) >= far for s in left_out)


def test_similar_schools_are_pooled_not_averaged():
    rows = pd.DataFrame({"numerator": [1.0, 2.0, 30.0], "denominator": [10.0, 10.0, 100.0]})
    assert pooled(RATE, rows) == pytest.approx(27.5)


def test_two_schools_are_too_few_to_pool():
    rows = pd.DataFrame({"numerator": [1.0, None, 30.0], "denominator": [10.0, 10.0, 100.0]})
    assert pooled(RATE, rows) is None


def test_a_school_that_sent_nothing_is_not_returned(partner):
    known = schools(partner)
    found = {
        urn: beside(partner, measures(partner)[0], school, set()).why_not
        for urn, school in known.items()
    }
    absent = [urn for urn, why in found.items() if why.startswith("Not returned")]
    assert set(absent) == {"900007", "900018"}


def test_a_hidden_figure_says_why(partner):
    metric = partner.metric("semh_suspensions")
    rows = partner.snapshot.observations(partner.principal, metric["id"], area_kind="school")
    hidden = rows[rows["status"] == "suppressed"]
    assert len(hidden)
    newest = hidden[hidden["period_start"] == rows["period_start"].max()]
    for urn in newest["area_id"].head(2):
        school = schools(partner)[urn]
        assert beside(partner, metric, school, set()).why_not.startswith("[c] Hidden")
