"""Records of one child in two files: found when written differently, never guessed, one to one."""

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from ingest.link import COLUMNS, link_files, link_frames, write_pairs
from ingest.linkage.clean import bring_people
from ingest.linkage.homes import sex_of_namesakes
from models.errors import SemhError

ROOT = Path(__file__).resolve().parents[2]
FIELDS = ("unique_id", "first_name", "surname", "dob", "postcode", "sex")


def _benchmark():  # type: ignore[no-untyped-def]
    """The benchmark's generator of hard files."""
    spec = importlib.util.spec_from_file_location("linkage_bench", ROOT / "benchmarks/linkage.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["linkage_bench"] = module
    spec.loader.exec_module(module)
    return module


def _people(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=FIELDS)


def _pairs(found: pd.DataFrame) -> set[tuple[str, str]]:
    return set(zip(found["left_id"], found["right_id"], strict=True))


LEFT = _people(
    ("L1", "Zoë", "O'Neverwas", "2012-03-04", "ZZ1 1AA", "F"),
    ("L2", "Katherine", "Smythe-Madeup", "2011-07-30", "ZZ2 2BB", "F"),
    ("L3", "Quillon", "Varnish", "2010-11-02", "ZZ3 3CC", "M"),
    ("L4", "Twinone", "Lookalike", "2013-05-05", "ZZ4 4DD", "M"),
    ("L5", "Twintwo", "Lookalike", "2013-05-05", "ZZ4 4DD", "M"),
    ("L6", "Isolde", "Marrowby", "2009-04-08", "ZZ5 5EE", "F"),
    ("L7", "Bertram", "Marrowby", "2011-09-18", "ZZ5 5EE", "M"),
)
RIGHT = _people(
    ("R1", "ZOE", "oneverwas", "04/03/2012", "zz11aa", "female"),
    ("R2", "Kate", "Smythe", "30-07-2011", "ZZ22BB", "2"),
    ("R3", "Varnish", "Quillon", "2010-Nov-02 00:00:00", "ZZ3 3CC", ""),
    ("R4", "", "Lookalike", "2013-05-05", "ZZ4 4DD", "M"),
    ("R6", "Isolde", "Marrowby", "08/04/2009", "ZZ9 9ZZ", "F"),
    ("R7", "Ottoline", "Marrowby", "2014-01-15", "ZZ5 5EE", "F"),
)


def test_one_child_written_differently_is_found_and_twins_and_siblings_are_not_guessed() -> None:
    """R4 may be either twin, and R7 is a third child of a home: neither is linked."""
    found = link_frames(LEFT, RIGHT)
    assert list(found.columns) == list(COLUMNS)
    assert _pairs(found) == {("L1", "R1"), ("L2", "R2"), ("L3", "R3"), ("L6", "R6")}
    assert set(found["method"]) == {"probabilistic"}
    assert found["probability"].between(0.75, 1).all()


def test_the_order_of_rows_changes_nothing() -> None:
    turned = link_frames(LEFT.iloc[::-1], RIGHT.sample(frac=1, random_state=3))
    assert turned.to_csv() == link_frames(LEFT, RIGHT).to_csv()


def test_numbers_come_first_unless_all_else_contradicts_them() -> None:
    left = _people(
        ("L1", "Ann", "Madeup", "2012-03-04", "ZZ1 1AA", "F"),
        ("L2", "Ben", "Otherwise", "2010-01-09", "ZZ2 2BB", "M"),
        ("L3", "Cal", "Thirdly", "2009-06-06", "ZZ3 3CC", "M"),
    ).assign(
        upn=["Z123456789012", "Z123456789013", ""],
        nhs_number=["999 000 0018", "9990000026", "9990000034"],
    )
    right = _people(
        ("R1", "Annie", "Newname", "", "", ""),
        ("R2", "Zebedee", "Elsewhere", "2015-12-24", "ZZ9 9ZZ", "F"),
        ("R3", "", "", "", "", ""),
    ).assign(upn=["z123456789012 ", "Z123456789013", ""], nhs_number=["", "", "9990000034"])
    found = link_frames(left, right)
    methods = {(a, b): m for a, b, m in found[["left_id", "right_id", "method"]].to_numpy()}
    assert methods == {("L1", "R1"): "UPN", ("L3", "R3"): "NHS number"}


def test_a_number_two_children_share_links_neither() -> None:
    left = pd.DataFrame({"unique_id": ["L1", "L2"], "upn": ["Z123456789012"] * 2})
    right = pd.DataFrame({"unique_id": ["R1"], "upn": ["Z123456789012"]})
    assert link_frames(left, right).empty


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (LEFT.iloc[:0], RIGHT),
        (LEFT, RIGHT[["unique_id"]]),
        (LEFT, RIGHT.assign(**dict.fromkeys(FIELDS[1:], None))),
        (LEFT.assign(unique_id=None), RIGHT),
        (LEFT.assign(dob="31/31/2012", postcode="nowhere", sex="?"), RIGHT[["unique_id", "sex"]]),
    ],
    ids=["empty", "ids only", "all blank", "no ids", "nothing in common"],
)
def test_nothing_to_go_by_gives_no_links(left: pd.DataFrame, right: pd.DataFrame) -> None:
    found = link_frames(left, right)
    assert found.empty and list(found.columns) == list(COLUMNS)


def test_a_missing_column_and_a_repeated_id_do_no_harm() -> None:
    left = pd.concat([LEFT, LEFT.iloc[:1].assign(first_name="Someone", surname="Else")])
    found = link_frames(left.drop(columns="sex"), RIGHT.drop(columns="postcode"))
    assert ("L1", "R1") in _pairs(found)
    assert found["left_id"].is_unique and found["right_id"].is_unique


def test_a_child_entered_twice_is_linked_once() -> None:
    """Two rows alike in all that is known are one child's: they do not compete as twins would."""
    twice = pd.concat([LEFT, LEFT.iloc[:1].assign(unique_id="L0", postcode="zz11aa")])
    assert {a for a, b in _pairs(link_frames(twice, RIGHT)) if b == "R1"} == {"L0"}


def test_a_first_name_tells_the_sex_so_the_sex_is_not_counted_again() -> None:
    """The shared sex of two of one name is worth nothing; another sex is no sign of a match."""
    with duckdb.connect() as con:
        bring_people(con, LEFT, RIGHT)
        con.execute("create or replace table left_person as select * from (values"
                    " ('Ann', 'F'), ('Ann', 'F'), ('Ann', 'F'), ('Sam', 'M'), ('Sam', 'F'))"
                    " v(first, sex)")  # fmt: skip
        # Of 6 + 2 ordered pairs of namesakes, 6 are of one sex; with 500 pairs' belief in 0.97.
        assert sex_of_namesakes(con) == pytest.approx((6 + 500 * 0.97) / (8 + 500))


def test_a_file_without_ids_is_refused_without_showing_a_cell() -> None:
    with pytest.raises(SemhError, match="unique_id") as raised:
        link_frames(LEFT.drop(columns="unique_id"), RIGHT)
    assert "Neverwas" not in str(raised.value)


def test_a_threshold_that_could_link_one_record_twice_is_refused() -> None:
    with pytest.raises(ValueError, match=r"0\.5"):
        link_frames(LEFT, RIGHT, threshold=0.5)


@pytest.mark.parametrize("content", [b"", b"unique_id,a\n\xff\xfe\x00,1\n", b'unique_id\n"1'])
def test_a_file_that_is_no_csv_is_said_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(SemhError):
        link_files(tmp_path / "a.csv", tmp_path / "a.csv")


@pytest.mark.parametrize("number", [3, 4])
def test_precision_and_recall_on_hard_files(number: int, tmp_path: Path) -> None:
    """2,000 by 1,000, four in ten spoiled, families and twins; names few, then many."""
    bench = _benchmark()
    regime = replace(bench.REGIMES[number], seed=41)
    (precision, recall, _), _ = bench.run(regime, tmp_path)
    assert precision >= 0.995 and recall >= 0.95


def test_pairs_are_written_for_their_owner_only_and_whole(tmp_path: Path) -> None:
    out = tmp_path / "pairs.csv"
    out.write_text("what stood there", encoding="utf-8")
    pairs = pd.DataFrame([("L1", "R1", "UPN", 1.0)], columns=list(COLUMNS))
    write_pairs(pairs, out)
    assert out.read_text(encoding="utf-8") == "left_id,right_id,probability\nL1,R1,1.0\n"
    assert out.stat().st_mode & 0o777 == 0o600
    with pytest.raises(KeyError):
        write_pairs(pairs.drop(columns="probability"), out)
    assert [p.name for p in tmp_path.iterdir()] == ["pairs.csv"]
    assert "L1,R1" in out.read_text(encoding="utf-8")


def test_the_verb_says_how_many_and_names_nobody(tmp_path: Path, semh) -> None:  # type: ignore[no-untyped-def]
    LEFT.to_csv(tmp_path / "a.csv", index=False)
    RIGHT.to_csv(tmp_path / "b.csv", index=False)
    words = ["--left", str(tmp_path / "a.csv"), "--right", str(tmp_path / "b.csv")]
    done = semh(tmp_path, "link", *words, "--out", str(tmp_path / "pairs.csv"))
    assert done.returncode == 0, done.stderr
    assert "4 pairs" in done.stdout
    assert "Marrowby" not in done.stdout + done.stderr
