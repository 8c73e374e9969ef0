"""Printed figures: each symbol to its status, never nought; every number to itself."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.published.figures import parse_figure, parse_figures, symbols
from models.observation import Status


@pytest.mark.parametrize(
    ("text", "status"),
    [("c", "suppressed"), ("[c]", "suppressed"), ("*", "suppressed"), ("SUPP", "suppressed"),
     ("~", "suppressed"), ("x", "not_available"), (":", "not_available"), ("-", "not_available"),
     ("..", "not_available"), ("", "not_available"), (" ", "not_available"),
     ("Not returned", "not_available"), ("z", "not_applicable"), ("[z]", "not_applicable"),
     ("low", "low_base"), ("k", "low_base"), ("u", "low_base")],
)  # fmt: skip
def test_symbols(text: str, status: str) -> None:
    value, symbol, found = parse_figure(text)
    assert value is None
    assert found == status
    assert symbol == text.strip("[] ").lower()


@pytest.mark.parametrize(
    ("text", "value"),
    [("3623", 3623), ("1,071", 1071), (" 7.7670", 7.767), ("0.40%", 0.4), ("£1,234.50", 1234.5),
     ("-225", -225), ("9.3699999999999992", 9.37), ("1.0170603674540682E-2", 0.010170603674540682),
     ("0", 0), (".5", 0.5)],
)  # fmt: skip
def test_numbers(text: str, value: float) -> None:
    assert parse_figure(text) == (value, "", "ok")


@pytest.mark.parametrize("text", ["abc", "1.2.3", "12 or more", "nan", "inf", "1-2", "--"])
def test_what_is_neither_is_kept_as_printed_and_has_no_value(text: str) -> None:
    assert parse_figure(text) == (None, text, "not_available")


@pytest.mark.parametrize("text", [None, float("nan")])
def test_nothing_is_not_nought(text: object) -> None:
    assert parse_figure(text) == (None, "", "not_available")


def test_every_symbol_has_a_status_of_ours() -> None:
    assert set(symbols().values()) <= {s.value for s in Status} - {"ok"}


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_is_itself(number: float) -> None:
    value, symbol, status = parse_figure(repr(number))
    assert (symbol, status) == ("", "ok")
    assert value == number


@given(st.integers(-(10**12), 10**12))
def test_thousands_may_be_marked(number: int) -> None:
    assert parse_figure(f"{number:,}")[0] == number


@given(st.text(max_size=12))
def test_a_value_is_there_exactly_when_the_status_is_ok(text: str) -> None:
    value, _, status = parse_figure(text)
    assert (value is not None) == (status == "ok")
    if value is not None:
        assert math.isfinite(value)
        assert any(c.isdigit() for c in text)


@given(st.lists(st.sampled_from(["1", "c", "", "2.5", "x", "-3"]), max_size=30))
def test_a_column_is_its_cells(texts: list[str]) -> None:
    column = parse_figures(pd.Series(texts, dtype="str"))
    assert len(column) == len(texts)
    for text, (value, symbol, status) in zip(texts, column.itertuples(index=False), strict=True):
        one = parse_figure(text)
        assert (None if math.isnan(value) else value, symbol, status) == one
