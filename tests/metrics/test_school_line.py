"""A school that became an academy is one line, however many times it changed hands."""

from datetime import date

from metrics.measure.steps import load_steps
from tests.metrics.tiny import warehouse


def lines(*schools: dict) -> dict[int, int]:
    """URN to the URN its series goes on under."""
    con = warehouse(school=list(schools))
    return dict(con.execute(load_steps()["school_line"].sql).fetchall())


def school(urn: int, before: int | None = None, opened: date = date(2001, 9, 1)) -> dict:
    return {"urn": urn, "predecessor_urn": before, "open_date": opened}


def test_a_converted_academy_goes_on_under_its_own_urn() -> None:
    assert lines(school(900001), school(900002, 900001)) == {900001: 900002, 900002: 900002}


def test_three_conversions_in_a_row_are_followed() -> None:
    chain = [school(900001), *(school(900001 + n, 900000 + n) for n in (1, 2, 3))]
    assert set(lines(*chain).values()) == {900004}


def test_a_school_without_successor_is_its_own_line_and_stands_once() -> None:
    found = lines(school(900001), school(900002), school(900003, 900001), school(900004, 900001))
    assert found == {900001: 900003, 900002: 900002, 900003: 900003, 900004: 900004}
