"""One contract, one verdict for each kind of wrong value, in SQL that people can read."""

from datetime import date, timedelta

import duckdb
import pytest

from ingest.checks import SQL_TYPE, kept, mark_sql, rules, split_sql, table_sql, view_sql
from models.extract import OnFail
from models.extracts import EXTRACTS
from tests.ingest.tiny import pupil

TOMORROW = (date.today() + timedelta(days=1)).isoformat()


def _verdict(extract: str, rows: list[dict]) -> list[tuple[str, ...]]:
    """For each row, the reasons it is faulty; the parent rows it needs are there."""
    contract = EXTRACTS[extract]
    with duckdb.connect() as con:
        con.execute("attach ':memory:' as staging")
        con.execute("create type staging.source_file as enum ('one')")
        for needed in EXTRACTS.values():
            con.execute(table_sql(needed))
            con.execute(view_sql(needed))
        con.execute(
            "insert into staging.judged_sc_schoolcensus (file, schoolcensustableid, faults)"
            " values ('one', 'C1', 0)"
        )
        con.execute("set variable latest_day = (select current_date)")
        fields = list(kept(contract))
        con.execute(
            "create table staging.raw (file staging.source_file, "
            + ", ".join(f"{f} varchar" for f in fields) + ")"
        )  # fmt: skip
        for row in rows:
            con.execute(
                f"insert into staging.raw values ('one', {', '.join('?' * len(fields))})",
                [row.get(f) for f in fields],
            )
        con.execute(split_sql(contract, "from staging.raw"))
        for statement in mark_sql(contract):
            con.execute(statement)
        faults = con.execute(
            f"select faults from staging.judged_{extract} order by rowid"
        ).fetchall()
    reasons = [rule.reason for rule in rules(contract)]
    return [tuple(r for b, r in enumerate(reasons) if bits >> b & 1) for (bits,) in faults]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"upn": None}, "upn is missing"),
        ({"upn": "  "}, "upn is missing"),
        ({"upn": "123"}, "upn does not have the right form"),
        ({"dob": "2012-Feb-31 00:00:00"}, "dob is not a date"),
        ({"dob": TOMORROW}, "dob is in the future"),
        ({"dob": "1985-01-01"}, "dob is below"),
        ({"ncyearactual": "15"}, "ncyearactual is not in the code set"),
        ({"senprovision": "k"}, "senprovision is not in the code set"),
        ({"termlysessionspossible": "-1"}, "termlysessionspossible is below"),
        ({"termlysessionspossible": "12.5"}, "termlysessionspossible is not a whole number"),
        ({"termlysessionspossible": "nan"}, "termlysessionspossible is not a whole number"),
        ({"termlysessionspossible": "1e300"}, "termlysessionspossible is not a whole number"),
        ({"senunitindicator": "perhaps"}, "senunitindicator is not true or false"),
        ({"schoolcensustableid": "C2"}, "its row of sc_schoolcensus was refused"),
    ],
)
def test_each_rule_finds_its_fault_and_no_other(change: dict, reason: str) -> None:
    clean, faulty = _verdict("sc_pupilonroll", [pupil(1), pupil(2, **change)])
    assert clean == ()
    assert len(faulty) == 1 and reason in faulty[0]


@pytest.mark.parametrize(
    "change",
    [
        {"termlysessionspossible": "134.0"},
        {"senunitindicator": "True"},
        {"senunitindicator": "0"},
        {"dob": "04/03/2012"},
        {"entrydate": ""},
        {"upn": " Z000000000002 "},
    ],
)
def test_what_suppliers_really_send_is_clean(change: dict) -> None:
    assert _verdict("sc_pupilonroll", [pupil(2, **change)]) == [()]


def test_a_repeat_is_refused_and_the_first_stands() -> None:
    first, second = _verdict("sc_pupilonroll", [pupil(1), pupil(1)])
    assert first == () and "repeats" in second[0]


def test_dates_in_the_wrong_order() -> None:
    row = {
        "placement_id": "PL1", "upn": "Z000000000001", "provider_id": "A", "weeks_a_year": "38",
        "placement_type": "special", "start_date": "2025-09-01", "end_date": "2024-09-01",
    }  # fmt: skip
    [reasons] = _verdict("commissioning_register", [row])
    assert reasons == ("end_date is before start_date",)


@pytest.mark.parametrize("name", EXTRACTS)
def test_every_contract_is_whole(name: str) -> None:
    """Each field says what it means and where that comes from; each rule says what to do."""
    contract = EXTRACTS[name]
    assert contract.extract == name and contract.title and contract.owner and contract.__doc__
    assert set(contract.recognised_by) <= set(contract.columns())
    for field, spec in contract.columns().items():
        assert spec.meaning and spec.source, field
    for field, (kind, _) in kept(contract).items():
        assert kind in SQL_TYPE, field
    assert len(rules(contract)) <= 62


@pytest.mark.parametrize("name", EXTRACTS)
def test_a_layout_is_recognised_as_itself(name: str) -> None:
    from ingest.recognise import recognise

    for year in (2021, 2023, 2024, 2026):
        for term in ("autumn", "spring", "summer"):
            columns = tuple(EXTRACTS[name].layout(year, term).values())
            assert recognise(columns) is EXTRACTS[name], (year, term)


def test_a_blanked_field_keeps_its_row() -> None:
    sex = EXTRACTS["sc_pupilonroll"].columns()["sex"]
    assert sex.on_fail is OnFail.BLANK
    [reasons] = _verdict("sc_pupilonroll", [pupil(1, sex="X")])
    assert reasons == ("sex is not in the code set",)
    blanks = [r for r in rules(EXTRACTS["sc_pupilonroll"]) if r.field == "sex"]
    assert blanks and not any(rule.quarantines for rule in blanks)


def test_the_sql_is_readable() -> None:
    text = split_sql(EXTRACTS["sc_senneeds"], "from staging.raw")
    steps = [step for step in ("raw", "trimmed", "typed", "faulty") if f"{step} as (" in text]
    assert steps == ["raw", "trimmed", "typed", "faulty"]
    assert max(map(len, text.splitlines())) < 600
