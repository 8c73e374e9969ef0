"""The SEN2 return as XML: the same rows as its CSV export, and nothing expanded or fetched."""

import shutil
from pathlib import Path

import pytest

from data.synthetic.sen2_xml import MODULES, write_return_xml
from ingest.pipeline import load_paths
from models.settings import Settings
from tests.ingest.tiny import ask

DAY = "16-01-2025"
FACTS = ("ehc_request", "ehc_assessment", "ehc_plan", "placement", "sen_need", "person")


def _modules(borough: Path) -> dict[str, Path]:
    return {m: borough / "sen2" / f"Blade-Export_{DAY}_{m}.csv" for m in MODULES}


def _held(settings: Settings) -> dict[str, list[tuple]]:
    held = {}
    for fact in FACTS:
        columns = [c for c, *_ in ask(settings, f"describe {fact}") if _same(c)]
        held[fact] = ask(settings, f"select {', '.join(columns)} from {fact} order by all")
    return held


def _same(column: str) -> bool:
    """The export's own keys are made afresh, and what is named after them with them."""
    return column == "person_id" or not column.endswith("_id")


def test_an_equal_delivery_loads_to_equal_rows(borough: Path, tmp_path: Path) -> None:
    as_csv, as_xml = tmp_path / "csv", tmp_path / "xml"
    as_csv.mkdir()
    as_xml.mkdir()
    for path in _modules(borough).values():
        shutil.copy(path, as_csv)
    write_return_xml(_modules(borough), as_xml / "return.xml")
    first, second = Settings(home=tmp_path / "a"), Settings(home=tmp_path / "b")
    report = load_paths(first, [as_csv])
    assert report.ok, report.failed
    shutil.copytree(first.keys, second.keys)  # the same key gives the same pseudonyms
    report = load_paths(second, [as_xml])
    assert report.ok, report.failed
    rows = "select extract, sum(rows_read), sum(rows_accepted) from load group by 1 order by 1"
    assert ask(first, rows) == ask(second, rows)
    assert _held(first) == _held(second)
    assert load_paths(second, [as_xml]).loads == [], "the same return again changes nothing"


def test_groups_case_and_name_spaces_say_nothing(borough: Path, tmp_path: Path) -> None:
    """Versions and suppliers differ in how they group and spell; the fields are the contract's."""
    plain = tmp_path / "plain.xml"
    write_return_xml(_modules(borough), plain)
    text = plain.read_text(encoding="utf-8")
    text = (
        text.partition("?>")[2]
        .replace("<person>", "<r:Persons><r:Person>")
        .replace("</person>", "</r:Person></r:Persons>")
    )
    text = text.replace("receiveddate>", "ReceivedDate>").replace(
        "<Message>", '<Message xmlns:r="urn:made-up">'
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "other.xml").write_text(text, encoding="utf-16")
    settings = Settings(home=tmp_path / "home")
    assert load_paths(settings, [tmp_path / "in"]).ok
    [(read,)] = ask(settings, "select rows_read from load where extract = 'sen2_person'")
    assert read == sum(1 for _ in _modules(borough)["person"].open(encoding="utf-8")) - 1
    assert ask(settings, "select count(*) from ehc_request where received_date is not null") > [
        (0,)
    ]


BILLION = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("prolog", "body", "word"),
    [
        (f'<!DOCTYPE Message [<!ENTITY a0 "ha">{BILLION}]>', "&a9;", "document type"),
        ('<!DOCTYPE Message SYSTEM "file:///etc/passwd">', "", "document type"),
        ('<!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;", "document type"),
        ("", "&nothing;", "broken"),
        ("", "<a>" * 60 + "</a>" * 60, "without end"),
        ("", "x" * 200_000, "hundred thousand"),
        ("", "</Person>", "broken"),
    ],
)
def test_what_would_do_harm_is_refused_by_name(
    tmp_path: Path, settings: Settings, prolog: str, body: str, word: str
) -> None:
    (tmp_path / "bad.xml").write_text(
        f"{prolog}<Message><SEN2><Person><Surname>{body}</Surname></Person></SEN2></Message>",
        encoding="utf-8",
    )
    report = load_paths(settings, [tmp_path / "bad.xml"])
    [(name, why)] = report.failed
    assert name == "bad.xml" and word in why and "Next:" in why
    assert not report.loads


def test_other_xml_is_left_alone(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "page.xml").write_text("<kml><Placemark/></kml>", encoding="utf-8")
    report = load_paths(settings, [tmp_path / "page.xml"])
    assert report.ok and [name for name, _ in report.unrecognised] == ["page.xml"]
