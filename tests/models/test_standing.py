"""A figure against its target: met, near or off, and whether chance could have put it there."""

import pytest

from metrics.catalogue import load_catalogue
from models.borough import Target, load_borough
from models.standing import standing

AIM = Target(metric="share", year="2026", value=80, tolerance=2, source="Made up")


@pytest.mark.parametrize(
    ("value", "lower", "upper", "polarity", "expected"),
    [
        (85, 82, 88, "high", ("met", True)),
        (81, 76, 86, "high", ("met", False)),
        (79, 75, 83, "high", ("near", False)),
        (70, 65, 75, "high", ("off", True)),
        (70, 65, 75, "low", ("met", True)),
        (90, 78, 99, "low", ("off", False)),
        (80, None, None, "low", ("met", None)),
        (90, float("nan"), float("nan"), "low", ("off", None)),
        (None, None, None, "high", ("none", None)),
        (90, 85, 95, "none", ("none", None)),
    ],
)
def test_a_figure_stands_by_its_interval(value, lower, upper, polarity, expected):
    assert standing(value, lower, upper, AIM, polarity) == expected


def test_without_a_target_nothing_is_judged():
    assert standing(90, 85, 95, None, "high") == ("none", None)


def test_every_target_of_the_profile_is_of_a_metric_with_a_good_side():
    sides = {file.metric.id: file.metric.polarity for file in load_catalogue()}
    for target in load_borough("rotherham").targets:
        assert sides[target.metric] in ("high", "low")
        assert target.tolerance >= 0
