"""Each symbol has its use, and a snapshot of an older layout is still read."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from made_up_warehouse import make_warehouse

from models.metric import Metric
from models.observation import OBSERVATION_COLUMNS, PUBLISHED_COLUMNS
from models.principal import PUBLIC
from models.settings import Settings
from models.symbols import SYMBOLS
from publish.audit import audit_snapshot
from publish.classify import KEY
from publish.marks import add_marks
from publish.snapshot import NoSnapshot, Snapshot, live_path
from publish.write import publish


def metric(**more: object) -> Metric:
    given = {
        "id": "made_up", "title": "Made up", "priority": "demand", "question": "?",
        "kind": "proportion", "unit": "%", "polarity": "none", "period": "academic_year",
        "sources": ["attendance"], "population": "nobody", "decimals": 1,
    }  # fmt: skip
    return Metric.model_validate(given | more)


def years(values: dict[int, float | None], **more: object) -> pd.DataFrame:
    """A figure for each academic year, by the year it begins in."""
    rows = [
        {
            "metric_id": "made_up", "period_start": pd.Timestamp(year, 9, 1),
            "period_end": pd.Timestamp(year + 1, 8, 31), "period_kind": "academic_year",
            "area_kind": "borough", "area_id": "E1", "breakdown": "all", "category": "all",
            "value": value, "status": "ok", "tier": "open", "loads": "",
        } | more
        for year, value in values.items()
    ]  # fmt: skip
    return pd.DataFrame(rows).reindex(columns=OBSERVATION_COLUMNS).astype({"value": float})


def marks(rows: pd.DataFrame, made_up: Metric, before: pd.DataFrame | None = None) -> list:
    found = add_marks(rows, {"made_up": made_up}, before)
    assert tuple(found.columns) == PUBLISHED_COLUMNS
    return found["marks"].where(found["marks"].notna(), None).tolist()


@pytest.mark.parametrize(
    ("status", "mark"),
    [("suppressed", "c"), ("not_available", "x"), ("not_applicable", "z"), ("low_base", "u")],
)
def test_a_status_has_its_symbol(status: str, mark: str) -> None:
    value = 50.0 if status == "low_base" else None
    assert marks(years({2023: value}, status=status), metric()) == [mark]


def test_what_prints_as_nothing_but_is_not_is_low() -> None:
    rows = years({2021: 0.04, 2022: 0.0, 2023: 0.05, 2024: 12.0})
    assert marks(rows, metric()) == ["low", None, None, None]
    assert marks(rows, metric(decimals=0)) == ["low", None, "low", None]


def test_the_first_year_after_a_break_is_marked_where_one_came_before() -> None:
    broken = metric(breaks={"2024-09-01": "other codes"})
    assert marks(years({2022: 5.0, 2023: 5.0, 2024: 5.0, 2025: 5.0}), broken) == [
        None, None, "b", None,
    ]  # fmt: skip
    assert marks(years({2024: 5.0, 2025: 5.0}), broken) == [None, None]


def test_the_latest_month_of_a_service_that_sends_again_is_provisional() -> None:
    rows = years({2023: 5.0, 2024: 5.0})
    assert marks(rows, metric(sources=["referral", "contact"])) == [None, "p"]
    assert marks(rows, metric(sources=["ehc_plan"])) == [None, None]


def test_a_figure_with_another_value_than_at_first_is_revised() -> None:
    first = years({2022: 5.0, 2023: 6.0})[[*KEY, "value"]]
    assert marks(years({2022: 5.0, 2023: 7.0, 2024: 8.0}), metric(), first) == [None, "r", None]


def test_a_low_base_that_was_revised_has_both_symbols() -> None:
    first = years({2022: 5.0})[[*KEY, "value"]]
    assert marks(years({2022: 6.0}, status="low_base"), metric(), first) == ["u r"]


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Published, one large figure changed in the warehouse, and published again."""
    settings = make_warehouse(tmp_path_factory.mktemp("marks"), seed=3, small=True)
    publish(settings)
    with duckdb.connect(str(settings.warehouse)) as con:
        con.execute("update observation set loads = 'load-2'")
    publish(settings)
    return settings


def test_published_rows_carry_their_symbols(twice: Settings) -> None:
    rows = Snapshot.live(twice).release(PUBLIC)
    assert tuple(rows.columns) == PUBLISHED_COLUMNS
    assert rows.loc[rows["status"].eq("suppressed"), "marks"].eq("c").all()
    assert rows["status"].eq("suppressed").any() and rows["marks"].isna().any()
    told = set(" ".join(rows["marks"].dropna()).split())
    assert told <= set(SYMBOLS)


def older(settings: Settings, version: str) -> Path:
    """The live file as a program of another version would have left it."""
    path = live_path(settings.current.resolve())
    with duckdb.connect(str(path)) as con:
        con.execute("alter table observation drop column marks")
        con.execute("drop table forecast")
        con.execute("update info set value = ? where key = 'snapshot_version'", [version])
    return path


def test_an_older_snapshot_is_read_as_if_what_came_since_were_empty(
    twice: Settings, tmp_path: Path
) -> None:
    made = Snapshot.live(twice).release(PUBLIC)
    home = Settings(home=tmp_path)
    home.published.mkdir(parents=True)
    for file in twice.published.iterdir():
        (home.published / file.name).write_bytes(file.read_bytes())
    snapshot = Snapshot(older(home, "1"))
    rows = snapshot.release(PUBLIC)
    assert tuple(rows.columns) == PUBLISHED_COLUMNS and rows["marks"].isna().all()
    columns = list(OBSERVATION_COLUMNS)
    assert rows[columns].equals(made[columns])
    assert snapshot._frame(PUBLIC, "select * from forecast").empty
    failures = audit_snapshot(home).failures
    assert failures and all("altered after" in words for words in failures)


def test_a_layout_not_known_is_refused_with_what_to_do(tmp_path: Path) -> None:
    settings = make_warehouse(tmp_path, seed=3, small=True)
    publish(settings)
    path = older(settings, "0")
    with pytest.raises(NoSnapshot, match="layout version 0; this program reads 1 and 2") as found:
        Snapshot(path)
    assert "semh measure, then semh publish" in found.value.next_step
    publish(settings)
    assert len(Snapshot.live(settings).release(PUBLIC))
