"""The main figure of the overview says what its own numbers show."""

import pandas as pd
import pytest

from pages.overview import rise, rise_title


def rows(own, country, flags=None) -> pd.DataFrame:
    years = pd.to_datetime([f"{2017 + i}-01-01" for i in range(len(own))])
    frames = [
        pd.DataFrame(
            {
                "area_kind": kind,
                "period_start": years,
                "period_label": [f"January {y.year}" for y in years],
                "value": values,
                "flag": flags or [None] * len(values),
            }
        )
        for kind, values in (("borough", own), ("country", country))
    ]
    return pd.concat(frames)


def test_the_real_figures_of_the_sketch():
    # LAIT SEN_TotStat: Rotherham 2.6 to 6.4, England 2.8 to 5.3, 2017 to 2025.
    moved = rise(rows([2.6, 4.2, 6.4], [2.8, 3.7, 5.3]))
    assert moved == (3.8, 2.5, "January 2017 to January 2019")
    assert rise_title(*moved[:2]) == "EHC plans rose faster here than in England"


@pytest.mark.parametrize(
    ("here", "there", "words"),
    [
        (0.5, 0.7, "EHC plans rose more slowly here than in England"),
        (0.7, 0.7, "EHC plans rose here as in England"),
        (-0.2, 0.7, "EHC plans fell here; in England they rose"),
        (0.0, 0.7, "EHC plans did not change here; in England they rose"),
    ],
)
def test_title(here, there, words):
    assert rise_title(here, there) == words


def test_only_years_that_both_have_and_that_can_be_drawn():
    odd = [None, None, "implausible: 60 stands between 4 and 5"]
    assert rise(rows([2.0, 3.0, 60.0], [2.0, 2.5, 5.0], odd)) == (
        1.0,
        0.5,
        "January 2017 to January 2018",
    )
    assert rise(rows([2.0], [2.0])) is None
