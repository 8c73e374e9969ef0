"""The borough's futures: whole, alike for every part, in groups large enough to tell of."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pytest

from metrics.outlook import forecasts, tested
from metrics.outlook.base import Outlook
from metrics.outlook.futures import Futures, look
from metrics.outlook.groups import NEEDS, PHASES
from metrics.outlook.moves import FLOOR, read_moves
from models.borough import load_borough


@pytest.fixture(scope="session")
def outlook(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Outlook:
    """The part `futures` over the small synthetic borough."""
    con = duckdb.connect(str(demo_home / "warehouse.duckdb"), read_only=True)
    found = Outlook(con, load_borough("rotherham"))
    look(found)
    return found


@pytest.fixture(scope="session")
def futures(outlook: Outlook) -> Futures:
    found = outlook.left["futures"]
    assert isinstance(found, Futures)
    return found


def test_children_at_the_origin_are_the_plans_counted(outlook: Outlook, futures: Futures) -> None:
    plans = """select count(distinct person_id) from live_ehc_plan
        where snapshot_date = (select max(snapshot_date) from live_ehc_plan)
        and start_date <= snapshot_date
        and (cease_date is null or cease_date > snapshot_date)"""
    (counted,) = outlook.con.execute(plans).fetchall()[0]
    assert futures.groups["base"].sum() == counted


def test_no_group_is_small(futures: Futures) -> None:
    assert futures.groups["base"].min() >= FLOOR


def test_moves_carry_nobody(outlook: Outlook) -> None:
    moves = read_moves(outlook.con)
    assert "person_id" not in moves.frame and "person_id" not in moves.homes
    assert not {"outlook_state"} & set(outlook.con.execute("show tables").df()["name"])


def test_those_who_join_and_those_who_stay_come_near_the_mean(futures: Futures) -> None:
    kernel = np.zeros((len(NEEDS), len(PHASES), len(futures.years), len(futures.groups)))
    for row in futures.kernel.itertuples():
        kernel[NEEDS.index(row.need), PHASES.index(row.phase), row.lag, row.group_id] = row.share
    assert kernel.sum(axis=3).max() <= 1 + 1e-9
    joined, base = futures.joined.mean(axis=0), futures.groups["base"].to_numpy()
    first = np.einsum("np,npg->g", joined[0], kernel[:, :, 0])
    stayed = futures.children[:, 0].mean(axis=0) - first
    assert stayed.sum() < base.sum()
    came = sum(np.einsum("np,npg->", joined[y], kernel[:, :, 1 - y]) for y in (0, 1))
    assert came == pytest.approx(joined[:2].sum(), rel=0.1)


def test_localities_share_out_all(futures: Futures) -> None:
    share = futures.locality("SEMH", "secondary")
    assert share.shape == (futures.draws, len(futures.localities))
    assert share.sum(axis=1) == pytest.approx(1)


def test_every_forecast_can_be_told_apart_and_is_in_order(outlook: Outlook) -> None:
    forecasts.look(outlook)
    tested.look(outlook)
    rows = outlook.tables["forecast"]
    keys = ["subject", "need", "phase", "setting", "locality", "year", "method", "forecast_id"]
    assert not rows.duplicated(keys).any()
    levels = rows[["q025", "q10", "q50", "q90", "q975"]].to_numpy()
    assert (np.diff(levels, axis=1) >= 0).all()
    assert set(rows["tier"][rows["locality"] != "all"]) == {"partner"}


def test_what_came_of_past_ranges_is_what_was_counted(outlook: Outlook, futures: Futures) -> None:
    scores = outlook.tables["forecast_score"]
    newest = scores[(scores["year"] == futures.origin) & (scores["subject"] == "plans")]
    for need in ("all", "SEMH"):
        mine = futures.groups["need"].isin([need] if need != "all" else NEEDS)
        counted = futures.groups.loc[mine, "base"].sum()
        assert set(newest.loc[newest["need"] == need, "actual"]) == {counted}
    assert scores["actual"].min() >= FLOOR
    choice = outlook.tables["forecast_choice"]
    assert (choice["held"] <= choice["tried"]).all() and choice["tried"].min() >= 1
