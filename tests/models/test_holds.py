"""What is held stays held until a role accepts it with a reason, for one check and load."""

from datetime import datetime

import duckdb
import pytest

from models.errors import SemhError
from models.holds import accept, accept_synthetic, held
from models.schema import bring_up
from publish.errors import PublishError
from publish.held import refuse_held

DAY = datetime(2026, 1, 5, 9)
GIVEN = {"reason": "One school closed in July", "by_role": "head of SEND", "at": DAY}


def _load(con, load_id: str, synthetic: bool = False) -> None:
    con.execute(
        "insert into load (load_id, file, content_hash, extract, rows_read, rows_accepted,"
        " rows_quarantined, loaded_at, code_version, synthetic)"
        " values (?, 'f', 'h', 'x', 0, 0, 0, '2026-01-01', '1', ?)", [load_id, synthetic],
    )  # fmt: skip


def _result(con, check_id: str, load_id: str, severity: str = "hold", passed: bool = False) -> None:
    con.execute(
        "insert into expectation_result (load_id, extract, label, severity, passed, found, unit,"
        " action, owner, checked_at, check_id) values (?, 'x', 'Volume is as before', ?, ?, 2,"
        " 'censuses', 'Look for schools that did not return.', 'the data team', ?, ?)",
        [load_id, severity, passed, DAY, check_id],
    )


@pytest.fixture
def con():
    with duckdb.connect() as made:
        bring_up(made)
        _load(made, "L1")
        _result(made, "volume", "L1")
        _result(made, "share", "L1")
        _result(made, "dates", "L1", severity="warn")
        _result(made, "codes", "L1", passed=True)
        yield made


def _names(con) -> list[tuple[str, str]]:
    return [(one.check_id, one.load_id) for one in held(con)]


def test_only_failed_holds_are_held(con) -> None:
    assert _names(con) == [("share", "L1"), ("volume", "L1")]


def test_publishing_is_refused_with_what_why_and_what_to_do(con) -> None:
    with pytest.raises(PublishError) as said:
        refuse_held(con)
    words = str(said.value)
    for part in ("volume", "Volume is as before", "2 censuses", "L1", "Look for schools",
                 "semh accept", "live still is"):  # fmt: skip
        assert part in words
    accept(con, "L1", **GIVEN)
    refuse_held(con)


def test_acceptance_is_per_check_and_is_written_down(con) -> None:
    assert [one.check_id for one in accept(con, "volume", **GIVEN)] == ["volume"]
    assert _names(con) == [("share", "L1")]
    assert con.execute("from acceptance").fetchall() == [
        ("volume", "L1", "One school closed in July", "head of SEND", DAY)
    ]


def test_a_new_load_asks_again(con) -> None:
    accept(con, "L1", **GIVEN)
    assert _names(con) == []
    con.execute("update load set superseded_by = 'L2'")
    _load(con, "L2")
    _result(con, "volume", "L2")
    assert _names(con) == [("volume", "L2")]


@pytest.mark.parametrize(
    "change", [{"reason": " "}, {"by_role": ""}, {"reason": "x" * 401}, {"target": "nothing"}]
)
def test_what_says_too_little_is_refused(con, change: dict) -> None:
    given = {"target": "volume", **GIVEN, **change}
    with pytest.raises(SemhError) as said:
        accept(con, given.pop("target"), **given)
    assert said.value.next_step
    assert len(held(con)) == 2


def test_the_demonstration_accepts_synthetic_loads_only(con) -> None:
    _load(con, "S", synthetic=True)
    _result(con, "volume", "S")
    assert [one.load_id for one in accept_synthetic(con, at=DAY)] == ["S"]
    assert _names(con) == [("share", "L1"), ("volume", "L1")]
