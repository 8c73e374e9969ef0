"""Many files of anything: rows conserved, the same again changes nothing, a correction supersedes,
and what was known before can still be told."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from ingest.pipeline import load_paths
from models.history import as_known_on
from models.settings import Settings
from models.store import open_warehouse
from tests.ingest.tiny import ask, census, pupil, table

cell = st.one_of(
    st.sampled_from(["", " ", "Z000000000001", "2012-Mar-04 00:00:00", "K", "SEMH", "1", "8", "C"]),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=8),
)
pupils = st.lists(
    st.fixed_dictionaries(
        {}, optional={"upn": cell, "dob": cell, "senprovision": cell, "ncyearactual": cell}
    ),
    min_size=1, max_size=15,
)  # fmt: skip
needs = st.lists(
    st.fixed_dictionaries(
        {"pupilonrolltableid": st.sampled_from(["P0", "P1", "P2", "nobody", ""]),
         "sentyperank": cell, "sentype": cell}
    ),
    max_size=10,
)  # fmt: skip
register = st.lists(
    st.fixed_dictionaries({"pcds": cell, "lsoa21": cell, "ward_code": cell}), max_size=10
)


def _write(folder: Path, given: tuple[list[dict], list[dict], list[dict]]) -> dict[str, int]:
    """A census and a postcode lookup; returns how many rows each extract has."""
    changes, need_rows, places = given
    census(folder, [pupil(n) | change for n, change in enumerate(changes)], need_rows)
    (folder / "postcodes.csv").write_text(table("postcode_lookup", places), encoding="utf-8")
    return {
        "sc_schoolcensus": 1, "sc_pupilonroll": len(changes), "sc_senneeds": len(need_rows),
        "postcode_lookup": len(places),
    }  # fmt: skip


def _ledger(settings: Settings) -> dict[str, tuple]:
    rows = ask(
        settings,
        "select extract, rows_read, rows_accepted, rows_quarantined, (select count(distinct line)"
        " from quarantine q where q.load_id = l.load_id) from load l"
        " where superseded_by is null and extract in"
        " ('sc_schoolcensus', 'sc_pupilonroll', 'sc_senneeds', 'postcode_lookup')",
    )
    return {row[0]: row[1:] for row in rows}


def _check(settings: Settings, sent: dict[str, int]) -> None:
    ledger = _ledger(settings)
    assert {name: row[0] for name, row in ledger.items()} == sent
    for read, accepted, refused, lines in ledger.values():
        assert read == accepted + refused and lines == refused


def _everything(settings: Settings) -> list:
    tables = ask(settings, "select table_name from duckdb_tables() where table_name <> 'calendar'")
    return [sorted(ask(settings, f"from {name}"), key=str) for (name,) in sorted(tables)]


batch = st.tuples(pupils, needs, register)


@tuned(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=batch, second=batch)
def test_rows_are_conserved_through_loads_and_corrections(
    tmp_path_factory: pytest.TempPathFactory, first: tuple, second: tuple
) -> None:
    folder = tmp_path_factory.mktemp("many")
    settings = Settings(home=folder / "home")
    sent = _write(folder / "in", first)
    assert load_paths(settings, [folder / "in"]).ok
    _check(settings, sent)
    before, known = _everything(settings), _ledger(settings)["sc_pupilonroll"][1]
    assert load_paths(settings, [folder / "in"]).loads == []
    assert _everything(settings) == before, "the same files again change nothing"
    _age(settings)
    corrected = _write(folder / "in", second)
    assert load_paths(settings, [folder / "in"]).ok
    _check(settings, corrected)
    now = _ledger(settings)["sc_pupilonroll"][1]
    assert _known(settings, 0) == now and _known(settings, 5) == known


def _age(settings: Settings) -> None:
    """What is loaded so far was loaded ten days ago."""
    with open_warehouse(settings) as con:
        con.execute("update load set loaded_at = loaded_at - interval 10 day")


def _known(settings: Settings, days_ago: int) -> int:
    with open_warehouse(settings, read_only=True) as con:
        (today,) = con.execute("select current_date").fetchall()[0]
        as_known_on(con, today - timedelta(days=days_ago))
        return con.execute("select count(*) from live_pupil_census").fetchall()[0][0]
