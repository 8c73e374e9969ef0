"""What the accepted rows become: one child across sources, needs carried, terms, money."""

import json
from pathlib import Path

import pytest

from ingest.pipeline import LoadReport, load_paths
from models.settings import Settings
from tests.ingest.tiny import HEADER, ask, census, pupil, table

UPN = "Z000000000001"


def _write(folder: Path, extract: str, rows: list[dict]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{extract}.csv").write_text(table(extract, rows), encoding="utf-8")


def _census_of(folder: Path, name: str, day: str, term: str, need: str | None) -> None:
    year = int(day[:4])
    header = HEADER | {
        "schoolcensustableid": f"C{name}", "referencedate": day, "term": term, "year": year,
    }  # fmt: skip
    row = pupil(1, pupilonrolltableid=f"P{name}", schoolcensustableid=f"C{name}")
    tables = {"sc_schoolcensus": [header], "sc_pupilonroll": [row]}
    if need:
        need_row = {"pupilonrolltableid": f"P{name}", "sentyperank": 1, "sentype": need}
        tables["sc_senneeds"] = [need_row]
    for extract, rows in tables.items():
        path = folder / f"{name}_{extract}.csv"
        path.write_text(table(extract, rows), encoding="utf-8")


@pytest.fixture
def three_censuses(tmp_path: Path) -> Path:
    folder = tmp_path / "censuses"
    folder.mkdir()
    _census_of(folder, "a", "2024-01-18", "SPR", "MLD")
    _census_of(folder, "b", "2024-10-03", "AUT", None)
    _census_of(folder, "c", "2025-01-16", "SPR", "SEMH")
    return folder


def test_a_need_holds_until_the_next_spring(three_censuses: Path, settings: Settings) -> None:
    load_paths(settings, [three_censuses])
    needs = ask(settings, "select term, primary_need from live_pupil_census order by census_date")
    assert needs == [("spring", "MLD"), ("autumn", "MLD"), ("spring", "SEMH")]


def test_a_corrected_spring_reaches_the_autumn_that_leans_on_it(
    three_censuses: Path, settings: Settings, tmp_path: Path
) -> None:
    load_paths(settings, [three_censuses])
    again = tmp_path / "again"
    again.mkdir()
    _census_of(again, "a", "2024-01-18", "SPR", "ASD")
    load_paths(settings, [again])
    needs = ask(settings, "select term, primary_need from live_pupil_census order by census_date")
    assert needs == [("spring", "ASD"), ("autumn", "ASD"), ("spring", "SEMH")]


def test_a_pupil_without_sen_has_no_need(tmp_path: Path, settings: Settings) -> None:
    needs = [{"pupilonrolltableid": "P1", "sentyperank": 1, "sentype": "SEMH"}]
    load_paths(settings, [census(tmp_path / "in", [pupil(1, senprovision="N")], needs)])
    assert ask(settings, "select primary_need from pupil_census") == [(None,)]


def test_meals_home_area_and_attendance_of_the_term_before(
    tmp_path: Path, settings: Settings
) -> None:
    folder = census(tmp_path / "in", [pupil(1, termlysessionspossible="120"), pupil(2)])
    key = "pupilonrolltableid"
    _write(folder, "sc_fsmperiod", [{key: "P1", "fsmstartdate": "2024-09-01"}])
    _write(folder, "sc_addressesonroll", [{key: "P1", "postcode": "zz1 1aa"}])
    _write(folder, "sc_termlysessiondetailsonroll",
           [{key: "P1", "sessions": 7, "attendancereason": "I"}])  # fmt: skip
    _write(folder, "postcode_lookup", [{"pcds": "ZZ1 1AA", "lsoa21": "E01990001",
           "ward_code": "E05013003", "imd_decile": 1}])  # fmt: skip
    load_paths(settings, [folder])
    rows = ask(settings, "select fsm, lsoa, sessions_possible from pupil_census order by lsoa")
    assert rows == [(True, "E01990001", 120), (False, None, None)]
    assert ask(settings, "select ward_name, locality from area") == [("Hoober", "north")]
    assert ask(
        settings, "select term_start::varchar, term_end::varchar, code, sessions from attendance"
    ) == [("2024-09-02", "2024-12-20", "I", 7)]


def test_meals_are_unknown_where_no_periods_came(tmp_path: Path, settings: Settings) -> None:
    load_paths(settings, [census(tmp_path / "in", [pupil(1)])])
    assert ask(settings, "select fsm from pupil_census") == [(None,)]


def test_one_suspension_sent_twice_is_one(three_censuses: Path, settings: Settings) -> None:
    for name in ("b", "c"):
        row = {"pupilonrolltableid": f"P{name}", "startdate": "2024-09-20", "category": "FIXD",
               "sessions": 3 if name == "b" else 4, "reason1": "DB"}  # fmt: skip
        (three_censuses / f"{name}_exclusions.csv").write_text(
            table("sc_termlyexclusionsonroll", [row]), encoding="utf-8"
        )
    load_paths(settings, [three_censuses])
    assert ask(settings, "select category, sessions from live_suspension") == [("SUSP", 4.0)]


def _sen2(folder: Path) -> None:
    _write(folder, "sen2_sen2", [{"sen2tableid": "S1", "year": 2025, "collection": "SEN2",
           "referencedate": "2025-Jan-16 00:00:00"}])  # fmt: skip
    _write(folder, "sen2_person", [{"persontableid": "1", "sen2tableid": "S1", "upn": UPN,
           "personbirthdate": "2012-Mar-04 00:00:00"}])  # fmt: skip
    _write(folder, "sen2_requests", [{"requeststableid": "1", "persontableid": "1",
           "receiveddate": "2024-01-10", "requestoutcome": "Y"}])  # fmt: skip
    _write(folder, "sen2_assessment", [{"assessmenttableid": "1", "requeststableid": "1",
           "assessmentoutcome": "Y", "assessmentoutcomedate": "2024-05-29"}])  # fmt: skip
    _write(folder, "sen2_namedplan", [{"namedplantableid": "1", "assessmenttableid": "1",
           "startdate": "2024-05-29"}])  # fmt: skip
    _write(folder, "sen2_activeplans", [{"activeplanstableid": "1", "requeststableid": "1"}])
    _write(folder, "sen2_senneed", [{"senneedtableid": "1", "activeplanstableid": "1",
           "sentype": "SEMH", "sentyperank": 1}])  # fmt: skip
    _write(folder, "sen2_placementdetail", [{"placementdetailtableid": "1", "urn": 999001,
           "activeplanstableid": "1", "placementrank": 1, "entrydate": "2024-09-02"}])  # fmt: skip


def test_a_child_is_one_across_census_plan_and_register(tmp_path: Path, settings: Settings) -> None:
    folder = census(tmp_path / "in", [pupil(1)])
    _sen2(folder / "sen2")
    _write(folder, "commissioning_register", [{
        "placement_id": "PL1", "upn": UPN, "provider_id": "A", "placement_type": "special",
        "start_date": "2024-09-02", "weeks_a_year": 38, "weekly_education": "612.50",
        "host_authority": "373",
    }])  # fmt: skip
    report = load_paths(settings, [folder])
    assert report.ok, report.failed
    people = ask(settings, "select count(*) from person")
    assert people == [(1,)]
    joined = ask(
        settings,
        "select p.primary_need, p.start_date::varchar, q.rank, c.weekly_education::varchar,"
        " c.in_borough from pupil_census k join ehc_plan p using (person_id)"
        " join placement q on q.plan_id = p.plan_id join placement_cost c using (person_id)",
    )
    assert joined == [("SEMH", "2024-05-29", 1, "612.50", False)]


def test_a_referral_without_a_person_stands_for_one(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "in"
    received = {"ReferralRequestReceivedDate": "2025-01-10"}
    _write(folder, "mhs101", [])
    layout = "UniqServReqID,Person_ID,ReferralRequestReceivedDate\n"
    rows = "".join(f"R{n},{who},{received['ReferralRequestReceivedDate']}\n"
                   for n, who in enumerate(["SYN1", "SYN1", "", ""]))  # fmt: skip
    (folder / "mhs101.csv").write_text(layout + rows, encoding="utf-8")
    load_paths(settings, [folder])
    assert ask(settings, "select count(*), count(distinct person_id) from live_referral") == [
        (4, 3)
    ]


def test_the_borough_in_the_warehouse_is_the_one_simulated(
    borough: Path, loaded: tuple[Settings, LoadReport]
) -> None:
    """Plans in force each January, as planted, but for those with a planted fault."""
    settings, _ = loaded
    truth = json.loads((borough / "truth.json").read_text(encoding="utf-8"))
    spoiled = sum(f["file"].startswith("sen2/") for f in truth["faults"])
    held = ask(
        settings,
        "select year(snapshot_date), count(*), count(*) filter (primary_need = 'SEMH')"
        " from live_ehc_plan where cease_date is null or cease_date > snapshot_date group by 1",
    )
    assert len(held) == len(truth["happened"]["plans_by_january"])
    for year, plans, semh in held:
        planted = truth["happened"]["plans_by_january"][str(year)]
        assert abs(planted["all"] - plans) <= spoiled
        assert abs(planted["semh"] - semh) <= spoiled


def test_schools_that_sent_nothing_have_no_return(
    borough: Path, loaded: tuple[Settings, LoadReport]
) -> None:
    settings, _ = loaded
    truth = json.loads((borough / "truth.json").read_text(encoding="utf-8"))
    returned = set(ask(settings, "select year(census_date), term, urn from live_census_return"))
    assert returned
    for missing in truth["not_returned"]:
        year, term = missing["census"].split()
        assert (int(year), term, missing["urn"]) not in returned


def test_every_pupil_has_a_home_area_and_a_school(loaded: tuple[Settings, LoadReport]) -> None:
    settings, _ = loaded
    [(rows, areas, schools)] = ask(
        settings,
        "select count(*), count(a.lsoa), count(s.urn) from live_pupil_census c"
        " left join area a on a.lsoa = c.lsoa left join school s on s.urn = c.urn",
    )
    assert rows > 1000
    assert areas > 0.95 * rows and schools == rows
