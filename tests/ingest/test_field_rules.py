"""The rules the field already runs: each finds what it is for in a return made by hand."""

from datetime import datetime
from pathlib import Path

import pytest

from expectations.run import check_batch
from ingest.pipeline import load_paths
from models.settings import Settings
from models.store import open_warehouse
from tests.ingest.tiny import ask, table

DAY = "2025-Jan-16 00:00:00"
SCHOOLS = (
    (100001, "primary", "mainstream"), (100002, "secondary", "mainstream"),
    (100003, "special", "special"),
)  # fmt: skip


def _child(n: int, **changes: object) -> dict:
    """One child with a plan in force, in a special school, and nothing wrong."""
    given: dict = {
        "upn": f"Z{n:012d}", "uln": "", "unknown": "", "dob": "2012-Mar-04 00:00:00", "sex": "F",
        "ethnicity": "WBRI", "start": "2020-Sep-01 00:00:00", "urn": 100003, "setting": "",
        "ukprn": "", "unit": "False", "rp": "False", "need": "SEMH", "transfer": "", "plan": True,
        "place": True, "meeting": "2024-Jun-03 00:00:00", "review": "2024-Jun-20 00:00:00",
    }  # fmt: skip
    return {"n": n} | given | changes


def _return(folder: Path, children: list[dict]) -> Path:
    rows: dict[str, list[dict]] = {
        "sen2": [{"sen2tableid": "S", "collection": "SEN2", "year": 2025, "referencedate": DAY}],
        "person": [], "requests": [], "assessment": [], "namedplan": [], "activeplans": [],
        "placementdetail": [], "senneed": [],
    }  # fmt: skip
    for c in children:
        _add(rows, c, f"{c['n']}")
    folder.mkdir(parents=True)
    for name, listed in rows.items():
        path = folder / f"Blade-Export_16-01-2025_{name}.csv"
        path.write_text(table(f"sen2_{name}", listed), encoding="utf-8")
    register = [
        {"urn": urn, "la_code": "372", "establishment_number": f"{urn % 10000:04d}",
         "establishment_name": f"School {urn}", "phase": phase, "establishment": kind,
         "expects_census": "true"}
        for urn, phase, kind in SCHOOLS
    ]  # fmt: skip
    (folder / "school_register.csv").write_text(table("school_register", register), "utf-8")
    return folder


def _add(rows: dict[str, list[dict]], c: dict, n: str) -> None:
    rows["person"].append({
        "persontableid": f"P{n}", "sen2tableid": "S", "personbirthdate": c["dob"], "sex": c["sex"],
        "ethnicity": c["ethnicity"], "upn": c["upn"], "uniquelearnernumber": c["uln"],
        "upnunknown": c["unknown"]})  # fmt: skip
    rows["requests"].append({
        "requeststableid": f"R{n}", "persontableid": f"P{n}", "receiveddate": c.get("asked", DAY),
        "requestoutcome": "Y"})  # fmt: skip
    if c["plan"]:
        rows["assessment"].append(
            {"assessmenttableid": f"A{n}", "requeststableid": f"R{n}", "assessmentoutcome": "Y"}
        )
        rows["namedplan"].append(
            {"namedplantableid": f"N{n}", "assessmenttableid": f"A{n}", "startdate": c["start"]}
        )
    rows["activeplans"].append({
        "activeplanstableid": f"C{n}", "requeststableid": f"R{n}", "transferla": c["transfer"],
        "reviewmeeting": c["meeting"], "lastreview": c["review"]})  # fmt: skip
    if c["place"]:
        rows["placementdetail"].append({
            "placementdetailtableid": f"D{n}", "activeplanstableid": f"C{n}", "urn": c["urn"],
            "ukprn": c["ukprn"], "sensetting": c["setting"], "placementrank": 1,
            "entrydate": c["start"], "senunitindicator": c["unit"],
            "resourcedprovisionindicator": c["rp"]})  # fmt: skip
    if c["need"]:
        rows["senneed"].append({
            "senneedtableid": f"E{n}", "activeplanstableid": f"C{n}", "sentype": c["need"],
            "sentyperank": 1})  # fmt: skip


def _failed(settings: Settings) -> dict[str, int]:
    rows = ask(
        settings,
        "select check_id, found from expectation_result where not passed"
        " and check_id not like '%-fresh' and check_id not like '%-refused'"
        " and check_id not like 'census-%' and check_id not like '%-blank-%'",
    )
    return dict(rows)


PLANTED: dict[str, tuple[dict, set[str]]] = {
    "no-upn-or-uln": ({"upn": ""}, {"aged-six-without-number"}),
    "no-upn-or-uln-reason-given": ({"upn": "", "unknown": "UN8"}, {"aged-six-without-number"}),
    "aged-six-without-number": ({"upn": "", "unknown": "UN8"}, {"no-upn-or-uln-reason-given"}),
    "age-25": ({"dob": "1999-Jun-04 00:00:00"}, set()),
    "age-outside-send": ({"dob": "1995-Jun-04 00:00:00"}, set()),
    "no-named-plan": ({"plan": False}, set()),
    "no-placement": ({"place": False}, {"school-age-without-establishment"}),
    "no-placement-moved-in": (
        {"place": False, "transfer": "373"}, {"school-age-without-establishment"}),
    "placement-without-establishment": ({"urn": ""}, {"school-age-without-establishment"}),
    "unit-not-said": ({"unit": "", "rp": ""}, set()),
    "establishment-not-in-register": ({"urn": 123456}, set()),
    "establishment-of-unexpected-type": (
        {"urn": 100001, "dob": "2005-Mar-04 00:00:00"}, set()),
    "plan-without-need": ({"need": ""}, set()),
    "plan-without-sex": ({"sex": ""}, set()),
    "plan-without-ethnic-group": ({"ethnicity": ""}, set()),
    "review-in-future": ({"meeting": "2025-Jun-03 00:00:00"}, set()),
    "first-issued-after-review": ({"start": "2024-Sep-01 00:00:00"}, set()),
}  # fmt: skip


def test_a_clean_return_has_nothing_to_put_right(tmp_path: Path, settings: Settings) -> None:
    load_paths(settings, [_return(tmp_path / "in", [_child(n) for n in range(1, 9)])])
    assert ask(settings, "select count(*) from live_ehc_plan") == [(8,)]
    assert _failed(settings) == {}


def test_each_rule_finds_its_child_and_only_that(tmp_path: Path, settings: Settings) -> None:
    """All faults in one return, each of a child of its own: every rule counts its own children."""
    children = [_child(n) for n in range(1, 9)]
    expected: dict[str, int] = {}
    for n, (rule, (change, more)) in enumerate(PLANTED.items(), start=20):
        children.append(_child(n, **change))
        for name in {rule, *more}:
            expected[name] = expected.get(name, 0) + 1
    twice = _child(60, upn=f"Z{1:012d}", asked="2024-Jan-10 00:00:00")
    expected |= {"person-twice-in-return": 1, "plans-of-several-requests": 1}
    load_paths(settings, [_return(tmp_path / "in", [*children, twice])])
    refused = ask(settings, "select reason from quarantine")
    assert refused == []
    assert _failed(settings) == expected


def test_a_unit_at_a_school_that_has_none_is_found(tmp_path: Path, settings: Settings) -> None:
    load_paths(settings, [_return(tmp_path / "in", [_child(n) for n in range(1, 5)])])
    with open_warehouse(settings) as con:
        con.execute(
            "insert into provision (provision_id, establishment, urn)"
            " values ('u', 'sen_unit', 100002)"
        )
        con.execute("update school set in_borough = true")
        con.execute("update placement set sen_unit = true, urn = 100002")
        wrong = "update placement set urn = 100001 where placement_id in"
        con.execute(f"{wrong} (select min(placement_id) from placement)")
        results = check_batch(con, {"sen2_placementdetail"}, datetime(2025, 2, 1))
    found = {r.check_id: r.found for r in results}
    assert found["unit-contradicts-register"] == 1


@pytest.mark.parametrize(("now", "found"), [(12, 0), (5, 0), (4, 1)])
def test_an_establishment_that_lost_its_children_is_found(
    settings: Settings, tmp_path: Path, now: int, found: int
) -> None:
    load_paths(settings, [_return(tmp_path / "in", [_child(1)])])
    with open_warehouse(settings) as con:
        for day, n in (("2026-01-15", 10), ("2027-01-21", now)):
            con.execute(
                "insert into placement (placement_id, person_id, urn, rank, snapshot_date, load_id)"
                f" select 'x' || i, 'p' || i, 100003, 1, '{day}', (select min(load_id) from load"
                f" where extract = 'sen2_placementdetail') from range({n}) r(i)"
            )
        results = check_batch(con, {"sen2_placementdetail"}, datetime(2027, 2, 1))
    assert {r.check_id: r.found for r in results}["fewer-placed-than-before"] == found
