"""The files of the simulated borough: layouts, identifiers, faults, truth."""

import csv
import hashlib
import json
import re
from pathlib import Path

import duckdb
import pytest

from data.synthetic import generate
from data.synthetic.fault import NO_PARENT, REPEATED, WRONG_DAY
from data.synthetic.faults import FAULTS
from data.synthetic.generate import simulate
from data.synthetic.world import new_world
from models.extracts import EXTRACTS
from models.settings import Settings

SAMPLES = Path(__file__).parents[3] / "shared/data/extract_formats/school_census_liia"

KEY, GONE = "pupilonrolltableid", "pupilnolongeronrolltableid"
TERMS = (None, "autumn", "spring", "summer")


def read(out, pattern, *columns):
    """Some columns of every file that matches, as text, with `file`."""
    paths = sorted(str(p) for p in out.glob(pattern))
    names = ", ".join(columns)
    query = f"select filename as file, {names} from read_csv({paths}, all_varchar=true,"
    con = duckdb.connect(config={"threads": 1})
    return con.execute(query + " union_by_name=true, filename=true, delim=',', quote='\"')").df()


def digests(folder):
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def test_same_seed_and_scale_give_the_same_files(borough, tmp_path):
    out, truth = borough
    generate(tmp_path, scale=truth["scale"], seed=truth["seed"])
    assert digests(tmp_path) == digests(out)


def test_another_seed_gives_another_borough():
    worlds = [new_world(Settings().profile, 0.01, seed) for seed in (5, 6)]
    for world in worlds:
        simulate(world)
    first, second = (w.tables["suspensions"]["day"].to_numpy() for w in worlds)
    assert len(first) and (len(first) != len(second) or (first != second).any())


def test_scale_makes_it_smaller_and_a_foolish_scale_is_refused(borough, tmp_path):
    _, truth = borough
    rows = truth["rows"]["school_census/2025_spring_pupilonroll.csv"]
    assert 0.03 * 40_000 < rows < 0.03 * 50_000
    with pytest.raises(ValueError, match=r"scale is 0; give a number from 0\.01 to 10"):
        generate(tmp_path, scale=0)


def test_marker_and_truth_stand_beside_the_files(borough):
    out, truth = borough
    assert "simulation" in (out / "SYNTHETIC").read_text()
    assert json.loads((out / "truth.json").read_text()) == json.loads(json.dumps(truth))


def test_every_file_has_the_header_of_its_contract(borough):
    out, truth = borough
    layouts = [
        {tuple(c.layout(year, term).values()) for year in range(2021, 2028) for term in TERMS}
        for c in EXTRACTS.values()
    ]
    every = set().union(*layouts)
    for file in truth["rows"]:
        if "!" in file:
            continue  # a module of the return sent as XML
        with (out / file).open(newline="") as handle:
            assert tuple(next(csv.reader(handle))) in every, file


@pytest.mark.real_data
@pytest.mark.parametrize("census", ["2024_autumn", "2025_spring"])
def test_census_headers_are_those_of_the_real_samples(borough, census):
    if not SAMPLES.is_dir():
        pytest.skip(f"no published samples at {SAMPLES}")
    import gzip

    out, _ = borough
    found = 0
    for sample in sorted(SAMPLES.glob(f"{census}_*.csv.gz")):
        mine = out / "school_census" / sample.name.removesuffix(".gz")
        with gzip.open(sample, "rt") as theirs, mine.open() as ours:
            assert theirs.readline().strip() == ours.readline().strip(), sample.name
        found += 1
    assert found >= 8


def test_no_identifier_could_belong_to_a_real_child(borough):
    out, truth = borough
    bad = {(f["file"], f["line"]) for f in truth["faults"]}
    upn = read(out, "school_census/*_spring_pupilonroll.csv", "upn")["upn"].dropna()
    well_formed = upn[upn.str.fullmatch("[A-Z][0-9]{12}")]
    assert len(upn) - len(well_formed) <= len(bad)
    assert well_formed.str[1:4].eq("999").all()
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    for one in well_formed.head(200):
        assert (
            letters[sum(int(d) * w for d, w in zip(one[1:], range(2, 14), strict=True)) % 23]
            == one[0]
        )
    nhs = read(out, "mhsds/MHS001MPI.csv", "NHSNumber")["NHSNumber"]
    assert nhs.str.fullmatch("999[0-9]{7}").all() and nhs.is_unique
    for one in nhs.head(200):
        total = sum(int(d) * w for d, w in zip(one[:9], range(10, 1, -1), strict=True))
        assert (11 - total % 11) % 11 == int(one[9])


def test_places_and_schools_are_invented(borough):
    out, _ = borough
    post = read(out, "geography/postcode_lookup.csv", "pcds", "lsoa21")
    assert (
        post["pcds"].str.fullmatch(r"ZZ[0-9]{1,2} [0-9][A-Z]{2}").all() and post["pcds"].is_unique
    )
    assert post["lsoa21"].str.startswith("E0199").all()
    schools = read(out, "schools/school_register.csv", "urn", "establishment_name")
    assert schools["urn"].astype(int).ge(900_000).all() and schools["urn"].is_unique
    profile = Settings().profile
    real = {w.name for loc in profile.localities for w in loc.wards} | {profile.name}
    parts = {word for name in real for word in re.findall(r"[A-Z][a-z]{3,}", name)}
    assert not [n for n in schools["establishment_name"] if parts & set(n.split())]


def test_pupils_live_in_the_wards_of_the_profile(borough):
    out, _ = borough
    wards = {w.code for loc in Settings().profile.localities for w in loc.wards}
    assert wards <= set(read(out, "geography/postcode_lookup.csv", "ward_code")["ward_code"])


def test_every_planted_fault_stands_where_the_truth_says(borough):
    out, truth = borough
    assert {f["kind"] for f in truth["faults"]} == {f.kind for f in FAULTS}
    lines = {}
    for fault in truth["faults"]:
        file = fault["file"]
        if "!" in file:
            continue  # told as the reader numbers it: tests/ingest shows that it is found there
        if file not in lines:
            lines[file] = list(csv.reader((out / file).open(newline="")))
        header, row = lines[file][0], lines[file][fault["line"] - 1]
        assert row[header.index(fault["field"])] == fault["written"]
        if fault["kind"] == REPEATED:
            assert lines[file].count(row) == 2


def test_faults_are_few(borough):
    _, truth = borough
    for file in {f["file"] for f in truth["faults"]}:
        here = sum(f["file"] == file for f in truth["faults"])
        assert here <= max(10, 0.005 * truth["rows"][file]), file


def test_schools_that_did_not_return_have_no_pupils_in_the_census(borough):
    out, truth = borough
    assert truth["not_returned"]
    heads = read(out, "school_census/*_schoolcensus.csv", "urn", "schoolcensustableid")
    sent = set(heads["file"].str.extract(r"(\d{4}_[a-z]+)_", expand=False) + " " + heads["urn"])
    for gap in truth["not_returned"]:
        assert f"{gap['census'].replace(' ', '_')} {gap['urn']}" not in sent
    pupils = read(out, "school_census/*_pupilonroll.csv", "schoolcensustableid")
    assert set(pupils["schoolcensustableid"]) <= set(heads["schoolcensustableid"])


def test_table_keys_are_unique_over_the_borough(borough):
    out, truth = borough
    repeated = sum(f["kind"] == REPEATED and "pupilonroll" in f["file"] for f in truth["faults"])
    keys = read(out, "school_census/*_pupilonroll.csv", KEY)[KEY]
    assert keys.duplicated().sum() == repeated


def test_children_of_modules_have_their_parents(borough):
    out, truth = borough
    pupils = set(read(out, "school_census/*_pupilonroll.csv", KEY)[KEY])
    pupils |= {f["written"] for f in truth["faults"] if f["kind"] == NO_PARENT}
    for module in ("termlysessiondetailsonroll", "termlyexclusionsonroll", "senneeds"):
        assert set(read(out, f"school_census/*_{module}.csv", KEY)[KEY]) <= pupils
    gone = set(read(out, "school_census/*_pupilnolongeronroll.csv", GONE)[GONE])
    away = read(out, "school_census/*_termlyexclusionsoffroll.csv", GONE)
    assert set(away[GONE]) <= gone and len(away)


def test_attendance_codes_change_in_august_2024(borough):
    out, truth = borough
    table = read(out, "school_census/*_termlysessiondetailsonroll.csv", "attendancereason")
    planted = {f["file"].split("/")[1] for f in truth["faults"] if f["kind"] == WRONG_DAY}
    early = next(name for name in planted if name.startswith("2023"))
    table = table[~table["file"].str.endswith(early)]
    when = table["file"].str.extract(r"(\d{4})_([a-z]+)_")
    order = when[0].astype(int) * 10 + when[1].map({"spring": 1, "summer": 2, "autumn": 3})
    new, old = (table["attendancereason"].isin(codes) for codes in (["C2", "K"], ["H"]))
    assert order[new].min() == 2025 * 10 + 1  # the spring census tells of the autumn term of 2024
    assert old.any() and order[old].min() < 2025 * 10 + 1
    spoiled = sum(f["written"] == "H" and f["kind"] == WRONG_DAY for f in truth["faults"])
    assert (order[old] > 2025 * 10).sum() == spoiled > 0
    assert not table["attendancereason"].isin(["/", "\\"]).any()
