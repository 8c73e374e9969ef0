"""What the ledger tells the public: no name of a local file and no small count of its rows."""

from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd

from models.observation import Tier
from models.principal import PUBLIC, Principal
from publish.snapshot import Snapshot
from tests.fixture_snapshot import build_fixture

NAMED = "A Made-up Child exclusions.csv"


def _snapshot(home: Path) -> Snapshot:
    path = home / "published" / f"{build_fixture(home)}.duckdb"
    small = ("load-x", NAMED, "f" * 64, "sc_termlyexclusionsonroll", "2025/26", 4, 3, 1,
             datetime(2026, 8, 31), True, None)  # fmt: skip
    with duckdb.connect(str(path)) as con:
        con.execute(f"insert into load values ({', '.join('?' * len(small))})", small)
    return Snapshot(path)


def _row(loads: pd.DataFrame) -> dict:
    return loads[loads["load_id"] == "load-x"].iloc[0].to_dict()


def test_the_public_sees_no_file_name_and_no_small_count(tmp_path: Path) -> None:
    snapshot = _snapshot(tmp_path)
    told = _row(snapshot.loads(PUBLIC))
    assert (told["file"], told["content_hash"]) == ("", "")
    assert (told["rows_accepted"], told["rows_quarantined"], told["rows_read"]) == (10, 1, 11)
    assert NAMED not in snapshot.loads(PUBLIC).to_string()


def test_published_files_and_partners_see_all(tmp_path: Path) -> None:
    snapshot = _snapshot(tmp_path)
    assert "lait_made_up.csv" in snapshot.loads(PUBLIC)["file"].to_list()
    told = _row(snapshot.loads(Principal("officer", Tier.PARTNER)))
    assert (told["file"], told["rows_accepted"], told["rows_read"]) == (NAMED, 3, 4)
