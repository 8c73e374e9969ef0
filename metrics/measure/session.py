"""What many metrics ask of the same warehouse in one run, asked once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import pandas as pd

from metrics.measure.coverage import Coverage, coverage
from metrics.measure.loads import has_rows, in_few_words, latest_day, loads_of
from metrics.measure.returns import RETURNS, census_days
from models.borough import Borough
from models.metric import Metric

T = TypeVar("T")


class Session:
    """One run over one warehouse that doesn't change while it lasts."""

    def __init__(self, con: Any, profile: Borough) -> None:
        self.con, self.profile = con, profile
        self._told: dict[tuple[str, ...], Any] = {}
        self._asking = threading.RLock()

    def beside(self) -> Session:
        """Another session over the same warehouse, for another thread, that shares the answers."""
        other = Session(self.con.cursor(), self.profile)
        other._told, other._asking = self._told, self._asking
        return other

    def _once(self, key: tuple[str, ...], ask: Callable[[], T]) -> T:
        with self._asking:
            if key not in self._told:
                self._told[key] = ask()
            told: T = self._told[key]
        return told

    def missing(self, metric: Metric) -> list[str]:
        """The sources of a metric of which no current load has a row."""
        return [fact for fact in metric.sources if not self._has(fact)]

    def _has(self, fact: str) -> bool:
        return self._once(("has", fact), lambda: has_rows(self.con, fact))

    def loads(self, metric: Metric) -> str:
        """The loads behind a metric's sources in few characters."""
        sources = sorted(metric.sources)
        return self._once(("loads", *sources), lambda: in_few_words(map(self._loads, sources)))

    def _loads(self, fact: str) -> list[tuple[str, str]]:
        return self._once(("loads of", fact), lambda: loads_of(self.con, fact))

    def latest_day(self) -> date:
        """The latest day any fact knows."""
        return self._once(("latest",), lambda: latest_day(self.con))

    def coverage(self, fact: str) -> Coverage | None:
        """From when to when a fact is known."""
        return self._once(("known", fact), lambda: coverage(self.con, self.profile, fact))

    def returns(self, metric: Metric, *, events: bool) -> pd.DataFrame:
        """Census returns owed by period of the metric's kind and setting, and which came.

        Columns period_start, period_end, urn, returned.
        """
        key = ("returns", metric.period, str(events))
        return self._once(key, lambda: self._returns(metric.period, events))

    def _returns(self, kind: str, events: bool) -> pd.DataFrame:
        days = census_days(self.con, self.profile, events=events)
        self.con.register("measured_census", days)
        start, end = (f"{kind}_start", f"{kind}_end") if kind != "census" else ("day", "day")
        owed: pd.DataFrame = self.con.execute(RETURNS.format(start=start, end=end)).df()
        self.con.unregister("measured_census")
        dates = ["period_start", "period_end"]
        return owed.astype(dict.fromkeys(dates, "datetime64[us]"))
