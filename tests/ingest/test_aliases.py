"""Suppliers' own spellings, the postcode lookup among them, and a file of aliases that is wrong."""

from pathlib import Path

import pytest

from ingest.aliases import load_aliases
from ingest.pipeline import load_paths
from ingest.recognise import recognise
from models.errors import SemhError
from models.extracts import EXTRACTS
from models.settings import Settings
from tests.ingest.tiny import ask, census, pupil, table

ONSPD = (
    "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,osgrdind,"
    "oa21,lsoa21,msoa21,ruc21,lat,long,imd"
)
"""Columns of the directory as ONS publishes it, some left out."""
ONSPD_LATER = (
    ONSPD.replace("lsoa21", "lsoa21cd").replace("osward", "wd25cd").replace("pcd2", "pcd8")
)


@pytest.mark.parametrize("header", [ONSPD, ONSPD_LATER])
def test_the_real_directory_is_recognised(header: str, settings: Settings) -> None:
    columns = tuple(header.split(","))
    aliases = load_aliases(settings)
    assert recognise(columns, aliases) is EXTRACTS["postcode_lookup"]
    named = aliases.named(EXTRACTS["postcode_lookup"], columns)
    assert {"pcds", "lsoa21", "ward_code"} <= set(named)


def _own(settings: Settings, text: str) -> None:
    settings.home.mkdir(parents=True, exist_ok=True)
    (settings.home / "column_aliases.yaml").write_text(text, encoding="utf-8")


def test_a_council_s_own_spelling_loads(tmp_path: Path, settings: Settings) -> None:
    folder = census(tmp_path / "in", [pupil(1), pupil(2)])
    path = folder / "2025_spring_pupilonroll.csv"
    path.write_text(path.read_text().replace("upn,", "Pupil No,", 1), encoding="utf-8")
    _own(settings, "Made-up MIS:\n  sc_pupilonroll:\n    pupil no: upn\n")
    report = load_paths(settings, [folder])
    assert report.ok, report.failed
    assert ask(settings, "select count(*) from pupil_census") == [(2,)]


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("A:\n  sc_pupilonrol:\n    x: upn\n", 2, "no extract"),
        ("A:\n  sc_pupilonroll:\n    x: upm\n", 3, "no field"),
        ("A:\n  sc_pupilonroll:\n    dob: upn\n", 3, "itself a field"),
        ("A:\n  sc_pupilonroll:\n    x: [upn]\n", 3, "no field"),
        ("A: [\n", 2, "not YAML"),
        ("- A\n", 1, "not `name: value`"),
        ("A:\n  sc_pupilonroll: upn\n", 2, "not `name: value`"),
    ],
)
def test_a_bad_file_is_refused_with_its_line_and_the_fix(
    settings: Settings, text: str, line: int, word: str
) -> None:
    _own(settings, text)
    with pytest.raises(SemhError, match=f"line {line}: .*{word}") as refused:
        load_aliases(settings)
    assert refused.value.next_step


def _lookup(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "onspd.csv").write_text(
        "pcd,pcds,lsoa21cd,wd25cd\nZZ1  1AA,ZZ1 1AA,E01007750,E05013015\n"
        "AB1  1AA,AB1 1AA,S01006514,S13002842\n",
        encoding="utf-8",
    )


def test_a_lookup_loaded_earlier_serves_later_loads(tmp_path: Path, settings: Settings) -> None:
    _lookup(tmp_path / "lookup")
    report = load_paths(settings, [tmp_path / "lookup"])
    [row] = [r for r in report.loads if r.extract == "postcode_lookup"]
    assert (row.rows_read, row.rows_accepted) == (2, 2), "Scotland's small areas are no fault"
    folder = census(tmp_path / "in", [pupil(1), pupil(2)])
    addresses = [
        {"pupilonrolltableid": "P1", "postcode": "zz11aa"},
        {"pupilonrolltableid": "P2", "postcode": "ZZ9 9ZZ"},
    ]
    (folder / "2025_spring_addressesonroll.csv").write_text(
        table("sc_addressesonroll", addresses), encoding="utf-8"
    )
    assert load_paths(settings, [folder]).ok
    assert ask(settings, "select home_lsoa from person order by 1") == [("E01007750",), (None,)]
    assert b"ZZ1 1AA" not in settings.warehouse.read_bytes()
