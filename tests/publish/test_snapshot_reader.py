from __future__ import annotations

import dataclasses
import inspect
import json
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fixture_snapshot import SCHOOLS, SNAPSHOT_ID, build_fixture

from models.observation import PUBLISHED_COLUMNS, Tier
from models.principal import PUBLIC, Principal
from models.settings import Settings
from publish.snapshot import NoSnapshot, Snapshot

PARTNER = Principal("a head", Tier.PARTNER)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("home")
    assert build_fixture(home) == SNAPSHOT_ID
    return Settings(home=home)


def test_every_query_asks_who_is_asking() -> None:
    for name, method in inspect.getmembers(Snapshot, inspect.isfunction):
        if not name.startswith("_"):
            first = list(inspect.signature(method).parameters.values())[1]
            assert first.name == "principal", name
            assert first.default is inspect.Parameter.empty, name


def test_a_call_without_a_principal_is_refused(settings: Settings) -> None:
    with pytest.raises(TypeError, match="Principal"):
        Snapshot.live(settings).headlines("open")  # type: ignore[arg-type]


def test_the_public_sees_no_partner_row_and_a_partner_does(settings: Settings) -> None:
    snapshot = Snapshot.live(settings)
    mine = snapshot.observations(PUBLIC, "semh_suspensions")
    assert set(mine["tier"]) == {"open"}
    assert tuple(mine.columns) == PUBLISHED_COLUMNS
    assert set(snapshot.observations(PARTNER, "semh_suspensions")["tier"]) == {"open", "partner"}
    assert snapshot.areas(PUBLIC, "school").empty
    assert len(snapshot.areas(PARTNER, "school")) == len(SCHOOLS)
    assert snapshot.unrecognised(PUBLIC).empty
    assert len(snapshot.unrecognised(PARTNER)) == 1


def test_observations_are_oldest_first_and_filtered(settings: Settings) -> None:
    snapshot = Snapshot.live(settings)
    frame = snapshot.observations(PUBLIC, "ehc_requests", breakdown="sex", category="female")
    assert len(frame) == 60
    assert frame["period_start"].is_monotonic_increasing
    assert snapshot.observations(PUBLIC, "no_such_metric").empty
    heads = snapshot.headlines(PUBLIC)
    assert heads["metric_id"].nunique() == 20
    assert set(heads["breakdown"]) == {"all"}


def test_a_changed_frame_does_not_change_the_next_readers(settings: Settings) -> None:
    snapshot = Snapshot.live(settings)
    frame = snapshot.headlines(PUBLIC)
    before = frame["value"].sum()
    frame["value"] = 0.0
    assert snapshot.headlines(PUBLIC)["value"].sum() == before


def test_documents_series_and_ledgers_are_readable(settings: Settings) -> None:
    snapshot = Snapshot.live(settings)
    assert snapshot.info(PUBLIC)["synthetic"] == "true"
    assert len(snapshot.metrics(PUBLIC)) == 20
    assert snapshot.metric(PUBLIC, "oob_spend")["kind"] == "money"
    with pytest.raises(KeyError, match="no_such_metric"):
        snapshot.metric(PUBLIC, "no_such_metric")
    named = set(snapshot.series(PUBLIC)["series"])
    assert named == set(snapshot.published(PUBLIC)["series"])
    england = snapshot.published(PUBLIC, series="TotAbs", area_kinds=("country",))
    assert set(england["area_name"]) == {"England"}
    assert len(snapshot.shapes(PUBLIC, "ward")) == 25 * 5
    assert len(snapshot.loads(PUBLIC)) == 5
    assert not snapshot.quality(PUBLIC)["passed"].iloc[0]


def test_suppressed_cells_have_no_numbers(settings: Settings) -> None:
    frame = Snapshot.live(settings).observations(PARTNER, "semh_suspensions")
    hidden = frame[frame["status"] == "suppressed"]
    assert len(hidden) > 0
    assert hidden[["numerator", "denominator", "value", "lower", "upper"]].isna().all(axis=None)


def test_restricted_rows_are_only_for_the_readers_own_school(tmp_path: Path) -> None:
    import duckdb

    build_fixture(tmp_path)
    path = tmp_path / "published" / f"{SNAPSHOT_ID}.duckdb"
    urn = SCHOOLS[0][0]
    with duckdb.connect(str(path)) as con:
        con.execute(
            "insert into observation"
            " select * replace ('restricted' as tier, 'ok' as status, 3 as value)"
            " from observation where metric_id = 'semh_suspensions' and area_kind = 'school'"
        )
    snapshot = Snapshot.live(Settings(home=tmp_path))
    head = Principal("head", Tier.RESTRICTED, schools=frozenset({urn}))
    frame = snapshot.observations(head, "semh_suspensions", area_kind="school")
    assert set(frame.loc[frame["tier"] == "restricted", "area_id"]) == {urn}
    assert not frame.duplicated(["period_start", "area_id"]).any()
    for other in (PUBLIC, PARTNER, dataclasses.replace(head, schools=frozenset())):
        assert "restricted" not in set(snapshot.observations(other, "semh_suspensions")["tier"])


def test_nothing_published_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoSnapshot, match="semh demo"):
        Snapshot.live(Settings(home=tmp_path))


@pytest.mark.parametrize("text", ["", "{", '{"other": 1}', "[]", "\x00"])
def test_a_broken_pointer_says_what_to_do(tmp_path: Path, text: str) -> None:
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "current.json").write_text(text)
    with pytest.raises(NoSnapshot, match="semh publish"):
        Snapshot.live(Settings(home=tmp_path))


def test_a_truncated_snapshot_says_what_to_do(tmp_path: Path) -> None:
    build_fixture(tmp_path)
    path = tmp_path / "published" / f"{SNAPSHOT_ID}.duckdb"
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(NoSnapshot, match="semh publish"):
        Snapshot.live(Settings(home=tmp_path))


def test_another_layout_version_is_refused_with_what_to_do(tmp_path: Path) -> None:
    import duckdb

    build_fixture(tmp_path)
    path = tmp_path / "published" / f"{SNAPSHOT_ID}.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("update info set value = '99' where key = 'snapshot_version'")
    with pytest.raises(NoSnapshot, match=r"version 99.*semh publish"):
        Snapshot.live(Settings(home=tmp_path))


def test_a_swap_is_noticed_within_two_seconds_and_a_bad_one_is_ignored(tmp_path: Path) -> None:
    build_fixture(tmp_path)
    settings = Settings(home=tmp_path)
    first = Snapshot.live(settings)
    assert Snapshot.live(settings) is first
    folder = tmp_path / "published"
    (folder / "other.duckdb").write_bytes((folder / f"{SNAPSHOT_ID}.duckdb").read_bytes())
    settings.current.write_text(json.dumps({"snapshot": "other"}))
    time.sleep(1.2)
    assert Snapshot.live(settings).id == "other"
    assert len(first.headlines(PUBLIC)) > 0
    settings.current.write_text("not json")
    time.sleep(1.2)
    assert Snapshot.live(settings).id == "other"


def test_no_reader_call_answers_who_does_not_say_who_they_are(settings: Settings) -> None:
    """Each public method of the reader, asked by nobody and by a mere word for a tier."""
    snapshot = Snapshot.live(settings)
    asked = 0
    for name, method in inspect.getmembers(snapshot, inspect.ismethod):
        if name.startswith("_") or name == "live":
            continue
        wanted = list(inspect.signature(method).parameters.values())[1:]
        needed = ["semh_suspensions" for one in wanted if one.default is inspect.Parameter.empty]
        for nobody in (None, "partner", Tier.PARTNER):
            with pytest.raises(TypeError, match="Principal"):
                method(nobody, *needed)
        asked += 1
    assert asked >= 15
