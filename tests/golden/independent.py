"""Rotherham's and England's figures read straight from the files, by other code than ours.

Each reader gives {(period as people write it): printed text}; nothing here imports the product.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from functools import lru_cache
from pathlib import Path

import pandas as pd

Printed = dict[str, str]
NEEDS = {"semh": "Social emotional and mental health", "ehc_plan": "EHC plan",
         "sen_support": "SEN support"}  # fmt: skip
JANUARY = ("caseload", "sen_needs_all_plans", "residential_settings")


def read(folder: Path, series: str, place: str) -> Printed:
    """What the files print for a series; `place` is Rotherham or England."""
    family = series.split(".")[0]
    return _READERS[family](folder, series, place)


def slashed(start: int) -> str:
    return f"{start}/{str(start + 1)[2:]}"


@lru_cache(maxsize=1)
def _lait_table(folder: Path) -> pd.DataFrame:
    table = pd.read_parquet(folder / "lait/bds_long_0.parquet")
    return table[table["LA and Regions"].isin(["Rotherham", "England"])]


@lru_cache(maxsize=1)
def lait_words(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "lait/lait_data_dictionary.csv").open(encoding="latin-1", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["Measure_short"]: row for row in reversed(rows)}


def _lait(folder: Path, series: str, place: str) -> Printed:
    short = series.removeprefix("lait.")
    table = _lait_table(folder)
    rows = table[(table["Short Desc"] == short) & (table["LA and Regions"] == place)]
    kind = lait_words(folder)[short]["Year_Type"]
    return {_lait_period(y, kind): v for y, v in zip(rows["Years"], rows["Values"], strict=True)}


def _lait_period(year: str, kind: str) -> str:
    year = year.split(" (")[0]
    if kind == "Calendar Year":
        return year
    if kind.startswith("Annual"):
        month = {"Annual - January": "January", "Annual": "March"}[kind]
        return f"{month} {year}"
    return year.replace("-", "/") if len(year) == 7 else slashed(int(year) - 1)


@lru_cache(maxsize=16)
def _sen2_rows(folder: Path, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(folder / "sen2/education-health-and-care-plans_2025.zip") as archive:
        text = archive.read(f"data/{name}.csv").decode("utf-8-sig")
    return [
        row
        for row in csv.DictReader(io.StringIO(text))
        if (row["la_name"] == "Rotherham" or row["geographic_level"] == "National")
        and row["breakdown_topic"] == row["breakdown"]
    ]


def _sen2(folder: Path, series: str, place: str) -> Printed:
    _, name, measure = series.split(".")
    level = "National" if place == "England" else "Local authority"
    rows = [r for r in _sen2_rows(folder, name) if r["geographic_level"] == level]
    if name in JANUARY:
        return {f"January 20{r['time_period'][4:]}": r[measure] for r in rows}
    return {r["time_period"]: r[measure] for r in rows}


@lru_cache(maxsize=4)
def _long(folder: Path, name: str) -> pd.DataFrame:
    (path,) = (folder / "attendance").glob(f"{name}*.parquet")
    table = pd.read_parquet(path)
    return table[(table["la_name"] == "Rotherham") & (table["education_phase"] == "Total")]


def _by_need(folder: Path, series: str, place: str) -> Printed:
    _, need, metric = series.split(".")
    table = _long(folder, "send_primary_need")
    rows = table[(table["send_category"] == NEEDS[need]) & (table["metric"] == metric)]
    if place == "England":
        return {}
    labels = [slashed(int(str(t)[:4])) for t in rows["time_period"]]
    return dict(zip(labels, rows["value"].astype("str"), strict=True))


def _by_provision(folder: Path, series: str, place: str) -> Printed:
    _, need, metric = series.split(".")
    if place == "England":
        return {}
    table = _long(folder, "send_provision")
    rows = table[
        (table["send_category"] == NEEDS[need])
        & (table["metric"] == metric)
        & (table["source_domain"] == "exclusions_characteristics")
    ]
    found = {}
    for period, term, value in zip(
        rows["time_period"], rows["time_identifier"], rows["value"], strict=True
    ):
        name = str(term).split()[0].lower()
        year = int(str(period)[:4]) + (0 if name == "autumn" else 1)
        found[f"{name} term {year}"] = str(value)
    return found


def _mhsds(folder: Path, series: str, place: str) -> Printed:
    names = ("mental_health/MHSDS_Time_Series_data_Apr_2016_NovPrf_2022.csv.gz",
             "send_ap_dashboard/prepared/mentalhealth.csv.gz",
             "send_ap_dashboard/prepared/eng_mentalhealth.csv.gz")  # fmt: skip
    found: dict[str, tuple[str, str]] = {}
    for name in names:
        with gzip.open(folder / name, "rt", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["MEASURE_ID"] == "MHS95" and _is_here(row, place):
                    day = pd.to_datetime(row["REPORTING_PERIOD_END"], dayfirst=True)
                    label = f"12 months to {day:%B %Y}"
                    if label not in found or row["STATUS"] < found[label][0]:
                        found[label] = (row["STATUS"], row["MEASURE_VALUE"])
    return {label: value for label, (_, value) in found.items()}


def _is_here(row: dict[str, str], place: str) -> bool:
    if place == "England":
        return row["BREAKDOWN"] == "England" and row["PRIMARY_LEVEL"] == "England"
    return row["BREAKDOWN"].endswith("of Residence") and row["PRIMARY_LEVEL"] == "03L"


def _population(folder: Path, series: str, place: str) -> Printed:
    path = folder / "children_services/ons_mid-year_population_estimates_2012_to_2024.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        return {
            f"mid-{row['time_period']}": row["population_estimate"]
            for row in csv.DictReader(file)
            if (row["la_name"] == "Rotherham")
            or (place == "England" and row["geographic_level"] == "National")
            if (row["geographic_level"] == "National") == (place == "England")
        }


def _dsg(folder: Path, series: str, place: str) -> Printed:
    path = folder / "send_ap_dashboard/prepared/dsg_deficit.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        return {
            row["financial_year"].replace("-", "/"): row["deficit"]
            for row in csv.DictReader(file)
            if (row["geographic_level"] == "National" if place == "England"
                else row["la_name"] == "Rotherham")
        }  # fmt: skip


def _specialist_spend(folder: Path, series: str, place: str) -> Printed:
    kind = {"independent_or_non_maintained": "Independent or non-maintained", "state": "State"}
    name = "nat_specialist_spend" if place == "England" else "specialist_spend"
    path = folder / f"send_ap_dashboard/prepared/{name}.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        return {
            row["year"].replace("-", "/"): row["Spend per head"]
            for row in csv.DictReader(file)
            if row.get("la_name", "England") == place
            and row["category"] == kind[series.split(".")[1]]
        }


_READERS = {
    "specialist_spend": _specialist_spend,
    "lait": _lait,
    "sen2": _sen2,
    "absence_by_need": _by_need,
    "exclusions_by_provision": _by_provision,
    "mhsds": _mhsds,
    "population": _population,
    "dsg": _dsg,
}
