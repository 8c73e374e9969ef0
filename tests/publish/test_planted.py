"""A leak planted in each channel makes `semh audit` fail with status 1, for that leak alone."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import typer

sys.path.insert(0, str(Path(__file__).resolve().parent))

from made_up_warehouse import WARDS, make_warehouse
from test_audit import live, reveal

from commands.publishing import audit
from models.settings import Settings
from publish.check import content_hash
from publish.write import publish
from reports.export import export

NO_NUMBERS = "numerator = null, denominator = null, value = null, lower = null, upper = null"
CATEGORY = "o.breakdown = 'age_band' and o.metric_id = 'camhs_referrals'"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = make_warehouse(tmp_path_factory.mktemp("planted"), seed=5)
    publish(settings)
    return settings


@pytest.fixture
def home(published: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    shutil.copytree(published.home, tmp_path / "home")
    monkeypatch.setenv("SEMH_HOME", str(tmp_path / "home"))
    return Settings(home=tmp_path / "home")


def write(path: Path, settings: Settings, *statements: str) -> None:
    """Change a snapshot as a faulty publisher would: its content hash is that of the leak."""
    with duckdb.connect(str(path)) as con:
        con.execute(f"attach '{settings.warehouse}' as w (read_only)")
        con.execute("create temp table truth as select * from w.observation")
        for statement in statements:
            assert con.execute(statement).fetchall()[0][0] > 0, "nothing was planted"
        con.execute("drop table temp.truth")
        con.execute("detach w")
        digest = content_hash(con)
        con.execute("update info set value = ? where key = 'content_hash'", [digest])


def said(capsys: pytest.CaptureFixture[str], exported: Path | None = None) -> str:
    with pytest.raises(typer.Exit) as stopped:
        audit(exported)
    assert stopped.value.exit_code == 1
    text = " ".join(capsys.readouterr().out.split())
    assert "altered after" not in text
    return text


def test_nothing_planted_nothing_found(home: Settings) -> None:
    export(home, home.home / "out")
    audit(home.home / "out")


def total(path: Path, home: Settings) -> None:
    write(path, home, reveal(CATEGORY, "o.breakdown"))


def filters(path: Path, home: Settings) -> None:
    """A locality, less its other wards, is the one that is hidden."""
    wards = [code for code, place in WARDS if place == "north"]
    rows = [("locality", "north", 30 + 2 + 20 * (len(wards) - 2)), ("ward", wards[0], None)]
    rows += [("ward", wards[1], 30)] + [("ward", code, 20) for code in wards[2:]]
    figures = ", ".join(f"('{k}', '{c}', {'null' if n is None else n})" for k, c, n in rows)
    write(
        path, home,
        "insert into observation select 'ehc_requests', '2010-01-01', '2010-01-31', 'month', kind,"
        " code, 'all', 'all', n, null, n, null, null, null,"
        " case when n is null then 'suppressed' else 'ok' end, 'open', '', null"
        f" from (values {figures}) t(kind, code, n)",
    )  # fmt: skip


def times(path: Path, home: Settings) -> None:
    """Eight years of another metric, made of these months; one month of the last is hidden."""
    month = (
        "insert into observation select 'ehc_requests', make_date(y, m, 1),"
        " last_day(make_date(y, m, 1)), 'month', 'locality', 'north', 'all', 'all',"
        " {n}, null, {n}, null, null, null, '{status}', 'open', '', null"
        " from range(2001, 2009) t(y), range(1, 13) u(m) where {where}"
    )
    last = "y = 2008 and m = 7"
    write(
        path, home,
        month.format(n="10.0", status="ok", where=f"not ({last})"),
        month.format(n="null", status="suppressed", where=last),
        "insert into observation select 'all_new_plans', make_date(y, 1, 1),"
        " make_date(y, 12, 31), 'calendar_year', 'locality', 'north', 'all', 'all', n, null, n,"
        " null, null, null, 'ok', 'open', '', null"
        " from (select y, case when y = 2008 then 113.0 else 120.0 end as n"
        " from range(2001, 2009) t(y))",
    )  # fmt: skip


def rates(path: Path, home: Settings) -> None:
    write(
        path, home,
        "update observation set numerator = null, denominator = 900, value = 100 * 3.0 / 900,"
        " lower = null, upper = null, status = 'ok' where metric_id = 'semh_pupils_share'"
        " and area_kind = 'locality'",
    )  # fmt: skip


def tooltips(path: Path, home: Settings) -> None:
    write(path, home, "update observation set upper = 7 where status = 'suppressed'")


def sentences(path: Path, home: Settings) -> None:
    write(path, home, "update signal_summary set sentence = sentence || ' Girls: 3.'")


def points(path: Path, home: Settings) -> None:
    write(
        path, home,
        "insert into signal values ('semh_pupils_share', '2022-01-01', '2022-12-31', 3, 3, 1, 5,"
        " '', '', 0)",
    )  # fmt: skip


def roles(path: Path, home: Settings) -> None:
    write(path, home, "update observation set tier = 'open' where area_kind = 'school'")


def heads(path: Path, home: Settings) -> None:
    """Every head is told what is hidden of their own school, whatever else follows from it."""
    keys = "metric_id, period_start, area_kind, area_id, breakdown, category"
    write(
        path, home,
        "insert into observation by name select t.* replace ('restricted' as tier) from truth t"
        f" join observation o using ({keys}) where o.status = 'suppressed'"
        " and o.area_kind = 'school'",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("plant", "words"),
    [
        (total, "open: camhs_referrals, borough age_band"),
        (filters, "open: ehc_requests, ward, 2010-01-01: count between 2 and 2"),
        (times, "open: ehc_requests, locality, 2008-07-01: count between 3 and 3"),
        (rates, "open: semh_pupils_share, locality, 2022-01-01: count of 1 to 4 shown"),
        (tooltips, "not shown, yet has a number"),
        (sentences, "table signal_summary says something"),
        (points, "a chart of semh_pupils_share has a point for 2022-01-01 that is not"),
        (roles, "a school or provider is open to all"),
        (heads, "for a head of another"),
    ],
)
def test_a_planted_leak_is_found(
    home: Settings,
    plant: Callable[[Path, Settings], None],
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    plant(live(home), home)
    assert words in said(capsys)


def test_an_earlier_release_that_tells_is_named(
    home: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the earlier one shows beside what the live one shows gives a hidden figure away."""
    earlier = home.published / "20250101T000000000Z-aaaaaaaaaaaa.duckdb"
    shutil.copy(live(home), earlier)
    write(earlier, home, reveal(CATEGORY, "o.breakdown"))
    text = said(capsys)
    assert "release 20250101T000000000Z-aaaaaaaaaaaa tells by itself, camhs_referrals" in text
    assert "semh publish --withdraw 20250101T000000000Z-aaaaaaaaaaaa" in text


def test_two_releases_that_tell_only_together_are_found(
    home: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """Boys and girls are hidden in one, the whole in the other: neither tells by itself."""
    earlier = home.published / "20250101T000000000Z-aaaaaaaaaaaa.duckdb"
    shutil.copy(live(home), earlier)
    rows = "metric_id = 'ehc_requests' and area_kind = 'borough' and period_start = '2022-01-01'"
    hide = f"update observation set {NO_NUMBERS}, status = 'suppressed' where {rows} and "
    show = "update observation set numerator = {n}, value = {n}, status = 'ok' where {rows} and "
    write(live(home), home, "delete from observation where area_kind <> 'borough'")
    write(earlier, home, "delete from observation where area_kind <> 'borough'")
    whole, boys, girls = "breakdown = 'all'", "category = 'Boys'", "category = 'Girls'"
    write(earlier, home, hide + whole, show.format(n=45, rows=rows) + boys, hide + girls)
    write(live(home), home, show.format(n=48, rows=rows) + whole, hide + boys, hide + girls)
    text = said(capsys)
    assert "with what was known before, ehc_requests, borough sex Girls" in text
    assert "tells by itself, ehc_requests, borough sex" not in text


def test_an_export_that_says_more_than_everyone_may_read_is_found(
    home: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = home.home / "out"
    export(home, folder)
    path = folder / "semh_open_data.csv"
    hidden = path.read_bytes()
    assert b",c,c,c,c," in hidden
    path.write_bytes(hidden.replace(b",c,c,c,c,", b",3,c,c,c,", 1))
    text = said(capsys, folder)
    assert "export: semh_open_data.csv says other than what everyone may read" in text
    export(home, folder)
    (folder / "schools.csv").write_text("left here")
    assert "export: schools.csv is no file of semh export" in said(capsys, folder)
