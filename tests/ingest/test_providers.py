"""Health submissions of two providers add up; a provider's own later one replaces its earlier."""

from pathlib import Path

import pytest

from ingest.pipeline import load_paths
from models.settings import Settings
from tests.ingest.tiny import ask, table

RECEIVED = "2025-01-10"


def submission(
    folder: Path, provider: str | None, referrals: int, procedure: str = "SYN0001"
) -> Path:
    """A submission in which every provider numbers its referrals R1, R2, …"""
    folder.mkdir(parents=True, exist_ok=True)
    layout = {
        "mhs101": ["UniqServReqID,Person_ID,ReferralRequestReceivedDate"]
        + [f"R{n},{provider}-{n},{RECEIVED}" for n in range(1, referrals + 1)],
        "mhs201": ["UniqCareContID,UniqServReqID,Person_ID,CareContDate,AttendStatus"]
        + [f"C{n},R{n},{provider}-{n},2025-02-{n:02d},5" for n in range(1, referrals + 1)],
        "mhs202": ["UniqCareActID,UniqCareContID,UniqServReqID,Person_ID,Procedure"]
        + [f"A{n},C{n},R{n},{provider}-{n},{procedure}" for n in range(1, referrals + 1)],
    }
    if provider:
        layout["mhs000"] = ["OrgIDProvider,ReportingPeriodEndDate", f"{provider},2025-03-31"]
    for name, lines in layout.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def held(settings: Settings) -> list[tuple]:
    return ask(
        settings,
        "select count(distinct r.referral_id), count(distinct c.contact_id),"
        " count(distinct a.activity_id) from live_referral r"
        " left join live_contact c using (referral_id)"
        " left join live_care_activity a using (contact_id)",
    )


def test_a_second_provider_adds_to_the_first(tmp_path: Path, settings: Settings) -> None:
    load_paths(settings, [submission(tmp_path / "one", "AAA", 3)])
    load_paths(settings, [submission(tmp_path / "two", "BBB", 2)])
    assert held(settings) == [(5, 5, 5)]
    assert ask(settings, "select count(*) from load where superseded_by is not null") == [(0,)]
    providers = "select distinct split_part(period, ' ', 1) from load where extract like 'mhs%'"
    assert ask(settings, f"{providers} order by 1") == [("AAA",), ("BBB",)]


def test_a_providers_later_submission_replaces_its_own_only(
    tmp_path: Path, settings: Settings
) -> None:
    both = tmp_path / "both"
    submission(both / "one", "AAA", 3)
    submission(both / "two", "BBB", 2)
    load_paths(settings, [both])
    assert held(settings) == [(5, 5, 5)]
    load_paths(settings, [submission(tmp_path / "again", "AAA", 4)])
    assert held(settings) == [(6, 6, 6)]


@pytest.mark.parametrize("provider", [None, "AAA"])
def test_a_referral_keeps_its_number_from_one_submission_to_the_next(
    tmp_path: Path, settings: Settings, provider: str | None
) -> None:
    load_paths(settings, [submission(tmp_path / "one", provider, 2)])
    first = ask(settings, "select referral_id from live_referral order by 1")
    load_paths(settings, [submission(tmp_path / "two", provider, 3)])
    assert set(first) < set(ask(settings, "select referral_id from live_referral"))
    assert held(settings) == [(3, 3, 3)]


def test_what_was_done_in_a_contact_is_kept(tmp_path: Path, settings: Settings) -> None:
    load_paths(settings, [submission(tmp_path / "one", "AAA", 1, "SYN0002")])
    assert ask(settings, "select procedure, activity_date::varchar from live_care_activity") == [
        ("SYN0002", "2025-02-01")
    ]


def test_monthly_totals_stand_beside_submissions(tmp_path: Path, settings: Settings) -> None:
    folder = submission(tmp_path / "one", "AAA", 2)
    row = {"provider_code": "CCC", "month": "2025-03-01", "referrals_received": 7, "waiting": 0}
    (folder / "monthly.csv").write_text(table("camhs_monthly", [row]), encoding="utf-8")
    load_paths(settings, [folder])
    kept = ask(
        settings, "select provider_code, referrals_received, waiting, seen from camhs_monthly"
    )
    assert kept == [("CCC", 7, 0, None)]
    assert held(settings) == [(2, 2, 2)]
