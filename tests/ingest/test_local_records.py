"""Local records and money: what accepted rows become, and what a row is refused for."""

from pathlib import Path

import pytest

from ingest.pipeline import load_paths
from models.extracts.local_records import LOCAL_RECORDS
from models.settings import Settings
from tests.ingest.tiny import ask, census, pupil, table

UPN = "Z000000000001"
CASE = {
    "case_id": "A1", "upn": UPN, "panel": "inclusion panel", "partnership": "North partnership",
    "urn_from": 999001, "received_date": "2024-11-04", "due_date": "2024-12-02",
    "decided_date": "2024-11-25", "decision": "managed move", "urn_to": 999002,
}  # fmt: skip
SUPPORT = {
    "delivery_id": "D1", "upn": UPN, "intervention_id": "I1", "start_date": "2024-09-09",
    "end_date": "2024-12-06", "cost": "410.50", "completed": "True", "tool": "SWEMWBS",
    "score_before": "17", "score_after": "21.5",
}  # fmt: skip
REGISTER = {
    "intervention_id": "I1", "name": "Nurture group", "evidence_rating": "moderate",
    "evidence_source": "Made up for this test", "response_level": "targeted",
    "cost_per_place": "400",
}  # fmt: skip
TRAINING = {"urn": 999001, "course": "senior mental health lead", "role": "senior leader",
            "on_date": "2024-10-10", "attended": 0, "eligible": 4}  # fmt: skip
STAFF = {"urn": 999001, "role": "teacher", "on_date": "2025-03-14", "question": "confident",
         "answer": "agree", "answers": 12}  # fmt: skip
POSTS = {"service": "educational psychology", "post": "practitioner", "on_date": "2025-03-31",
         "establishment_fte": "10.5", "in_post_fte": "8", "caseload": 420}  # fmt: skip
VOICE = {"answer_id": "V1", "on_date": "2025-06-30", "audience": "young people",
         "service": "school", "question": "listened to", "answer": "agree",
         "answers": 30}  # fmt: skip
LINE = {"line": "1.2.3", "part": "independent day", "financial_year": "2025-26",
        "forecast_month": "2025-09-01", "budget": "1000000",
        "forecast_outturn": "1200000.50"}  # fmt: skip
BALANCE = {"financial_year": "2024-25", "brought_forward": "-500000", "allocation": "9000000",
           "carried_forward": "-250000"}  # fmt: skip
SCHEME = {
    "scheme_id": "S1", "scheme_name": "Made-up unit", "programme_phase": "phase 2",
    "establishment": "sen_unit", "designation": "SEMH", "key_stage": "KS3", "locality": "north",
    "places_promised": 12, "promised_date": "2024-09-01", "places_opened": 10,
    "opened_date": "2025-01-06", "places_filled": 7, "filled_date": "2025-05-15",
}  # fmt: skip
CANDIDATE = {
    "scheme_id": "N1", "scheme_name": "Made-up site", "establishment": "special",
    "designation": "SEMH", "phase": "secondary", "locality": "south", "places": 20,
    "capital_cost": "1500000", "running_cost_per_place": "26000", "start_date": "2027-04-01",
    "opening_date": "2028-09-01",
}  # fmt: skip
RETURN = {"partner": "Made-up service", "partner_kind": "health", "dataset": "monthly activity",
          "due_date": "2025-01-31"}  # fmt: skip
ROWS = {
    "panel_cases": CASE, "data_returns": RETURN, "intervention_register": REGISTER,
    "interventions_delivered": SUPPORT, "training_attendance": TRAINING, "staff_survey": STAFF,
    "workforce_in_post": POSTS, "voice_survey": VOICE, "budget_lines": LINE,
    "dsg_balance": BALANCE, "capital_schemes": SCHEME, "candidate_schemes": CANDIDATE,
}  # fmt: skip


def _load(settings: Settings, folder: Path, **rows: list[dict]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for extract, given in rows.items():
        (folder / f"{extract}.csv").write_text(table(extract, given), encoding="utf-8")
    report = load_paths(settings, [folder])
    assert report.ok and not report.unrecognised, (report.failed, report.unrecognised)


def test_the_rows_here_are_of_every_local_record() -> None:
    assert set(ROWS) == {contract.extract for contract in LOCAL_RECORDS}


@pytest.fixture
def loaded_rows(tmp_path: Path, settings: Settings) -> Settings:
    _load(settings, tmp_path / "in", **{name: [row] for name, row in ROWS.items()})
    return settings


def test_every_row_is_accepted_under_its_own_extract(loaded_rows: Settings) -> None:
    rows = ask(loaded_rows, "select extract, rows_read, rows_quarantined from load")
    assert sorted(row for row in rows if row[0] in ROWS) == sorted((name, 1, 0) for name in ROWS)


def test_a_child_of_the_panel_is_the_child_of_the_census(
    tmp_path: Path, settings: Settings
) -> None:
    folder = census(tmp_path / "in", [pupil(1)])
    _load(settings, folder, panel_cases=[CASE], interventions_delivered=[SUPPORT])
    assert ask(
        settings,
        "select p.decision, p.urn_to, i.score_after - i.score_before, i.cost::varchar"
        " from live_pupil_census c join live_panel_case p using (person_id)"
        " join live_intervention i using (person_id)",
    ) == [("managed move", 999002, 4.5, "410.50")]
    assert ask(settings, "select count(*), count(birth_month) from person") == [(1, 1)]


def test_no_identifier_of_a_local_record_is_kept(loaded_rows: Settings) -> None:
    held = [p.read_bytes() for p in loaded_rows.home.rglob("*") if p.is_file()]
    assert held and not any(UPN.encode() in content for content in held)


def test_a_zero_is_an_answer_and_a_blank_is_none(tmp_path: Path, settings: Settings) -> None:
    """A nil return and one that never came, a course nobody came to."""
    nil = RETURN | {"due_date": "2025-02-28", "received_date": "2025-02-27", "nil_return": "True"}
    _load(settings, tmp_path / "in", data_returns=[RETURN, nil], training_attendance=[TRAINING])
    assert ask(
        settings, "select received_date is null, nil_return from live_data_return order by due_date"
    ) == [(True, False), (False, True)]
    assert ask(settings, "select attended, eligible from live_training") == [(0, 4)]


def test_money_years_and_places(loaded_rows: Settings) -> None:
    assert ask(
        loaded_rows,
        "select financial_year, (forecast_outturn - budget)::varchar from live_budget_line",
    ) == [(2025, "200000.50")]
    assert ask(
        loaded_rows, "select financial_year, carried_forward::varchar from live_dsg_balance"
    ) == [(2024, "-250000.00")]
    assert ask(
        loaded_rows,
        "select places_promised, places_opened, places_filled from live_capital_scheme"
        " join live_capital_place_filled using (scheme_id, key_stage)",
    ) == [(12, 10, 7)]


WRONG = [
    ("panel_cases", {"upn": "123"}, "upn does not have the right form"),
    ("panel_cases", {"panel": "tea party"}, "panel is not in the code set"),
    ("panel_cases", {"decided_date": "2024-11-01"}, "decided_date is before received_date"),
    ("interventions_delivered", {"end_date": "2024-09-01"}, "end_date is before start_date"),
    ("interventions_delivered", {"score_after": "better"}, "score_after is not a number"),
    ("intervention_register", {"evidence_rating": "good"}, "evidence_rating is not in"),
    ("training_attendance", {"attended": "-1"}, "attended is below 0"),
    ("staff_survey", {"answers": ""}, "answers is missing"),
    ("workforce_in_post", {"in_post_fte": "eight"}, "in_post_fte is not a number"),
    ("voice_survey", {"on_date": "2025-02-30"}, "on_date is not a date"),
    ("budget_lines", {"line": "9.9.9"}, "line is not in the code set"),
    ("budget_lines", {"financial_year": "2025"}, "financial_year does not have"),
    ("dsg_balance", {"carried_forward": "deficit"}, "carried_forward is not an amount"),
    ("capital_schemes", {"places_promised": "-12"}, "places_promised is below 0"),
    ("candidate_schemes", {"opening_date": "2027-01-04"}, "opening_date is before start_date"),
    ("candidate_schemes", {"capital_cost": "-1"}, "capital_cost is below 0"),
    ("candidate_schemes", {"places": "0"}, "places is below 1"),
    ("data_returns", {"received_date": "2031-01-01"}, "received_date is in the future"),
]


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """What each wrong row, in a file of its own, was refused for, and what to do about it."""
    folder = tmp_path_factory.mktemp("wrong")
    for number, (extract, wrong, _) in enumerate(WRONG):
        rows = [ROWS[extract] | wrong]
        (folder / f"{number}.csv").write_text(table(extract, rows), encoding="utf-8")
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    assert load_paths(settings, [folder]).ok
    accepted = ask(settings, "select extract from load where rows_accepted > 0")
    assert not {extract for (extract,) in accepted} & set(ROWS)
    found = ask(settings, "select file, reason, action from quarantine")
    return {file: (reason, action) for file, reason, action in found}


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_a_wrong_row_is_refused_with_its_reason(
    refused: dict[str, tuple[str, str]], number: int
) -> None:
    reason, action = refused[f"{number}.csv"]
    assert WRONG[number][2] in reason and action
