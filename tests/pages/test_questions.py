"""Measures stand under the questions they answer; vacancies follow from published figures."""

from dataclasses import dataclass, field

import pandas as pd
import pytest

from metrics.catalogue import load_catalogue
from pages import demand, pathways, sufficiency
from pages.blocks import Details, Note, Section, Table
from pages.points import Point
from pages.questions import Question, by_question, in_order
from pages.vacancies import vacancies

METRICS = [{"id": name} for name in ("a", "b", "c")]


def test_measures_follow_the_questions_and_the_rest_come_last():
    questions = [Question("First?", ("c", "gone")), Question("Gone?", ("gone",))]
    named = [(title, [m["id"] for m in found]) for title, found in by_question(METRICS, questions)]
    assert named == [("First?", ["c"]), ("More measures", ["a", "b"])]
    assert [m["id"] for m in in_order(METRICS, questions)] == ["c", "a", "b"]


@pytest.mark.parametrize("page", [demand, sufficiency, pathways], ids=lambda page: page.PATH)
def test_every_question_names_measures_of_the_catalogue_once(page):
    known = {f.metric.id for f in load_catalogue() if f.metric.priority in page.TOPIC.priorities}
    named = [name for question in page.QUESTIONS for name in question.measures]
    assert len(named) == len(set(named))
    assert set(named) <= known


@dataclass
class Seen:
    """A reader's view of two measures of places, by provision."""

    filled: pd.DataFrame
    places: pd.DataFrame
    metrics: dict = field(
        default_factory=lambda: {
            name: {"id": name} for name in ("semh_places_filled", "semh_places")
        }
    )

    def metric(self, name):
        return self.metrics.get(name)

    def points(self, metric):
        day = pd.Timestamp("2025-12-19").date()
        return [Point(pd.Timestamp("2025-09-01").date(), day, "term", 90.0)]

    def groups(self, metric, show):
        rows = self.filled if metric["id"] == "semh_places_filled" else self.places
        return rows if show == "provision" else rows.iloc[:0]


def rows(*numbers):
    frame = pd.DataFrame(
        numbers, columns=["area_id", "numerator", "denominator", "value", "status"]
    )
    return frame.assign(name=frame["area_id"].str.upper(), period_end=pd.Timestamp("2025-12-19"))


def test_vacant_places_are_what_is_left_and_a_hidden_number_stays_hidden():
    nan = float("nan")
    filled = rows(
        ("a", 6, 8, 75.0, "ok"), ("b", 10, 8, 125.0, "ok"), ("c", nan, nan, nan, "suppressed")
    )
    places = rows(("a", 8, nan, 8, "ok"), ("b", 8, nan, 8, "ok"), ("c", 5, nan, 5, "ok"))
    (section,) = vacancies(Seen(filled, places))
    table, note = section.parts
    assert isinstance(table, Table) and isinstance(note, Note)
    assert table.rows.to_numpy().tolist() == [
        ["A", "8", "6", "2"], ["B", "8", "10", "None; 2 over"], ["C", "5", "[c]", "[c]"],
    ]  # fmt: skip


def test_no_figure_of_places_no_table():
    seen = Seen(rows(), rows())
    seen.metrics = {}
    assert list(vacancies(seen)) == []


def test_measures_no_question_names_open_on_demand(partner):
    page = demand.page(partner, demand.TopicQuery())
    kinds = [type(part) for part in page.parts]
    assert kinds.count(Section) >= 1
    assert all(part.parts for part in page.parts if isinstance(part, Details))
