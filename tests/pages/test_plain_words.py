"""Figures and dates carry no more digits than people use."""

import pytest

from pages.words import amount_words, plain_dates, short

SHARE = {"kind": "proportion", "unit": "% of plans", "decimals": 1}
MONEY = {"kind": "money", "unit": "£ a year", "decimals": 0}


@pytest.mark.parametrize(("value", "words"), [(100.0, "100%"), (0.0, "0%"), (99.96, "100.0%")])
def test_a_whole_share_has_no_decimal(value, words):
    assert short(SHARE, value) == words


@pytest.mark.parametrize(
    ("amount", "words"), [(1_129.4, "£1,100"), (640.0, "£640"), (116_243.0, "£116,200")]
)
def test_a_difference_of_money_is_as_rounded_as_its_figures(amount, words):
    assert amount_words(MONEY, amount) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("DfE tool; next update 2026-06-01", "DfE tool; next update 1 June 2026"),
        ("table 2026-13-45 of 2025", "table 2026-13-45 of 2025"),
    ],
)
def test_days_are_written_as_people_write_them(said, words):
    assert plain_dates(said) == words
