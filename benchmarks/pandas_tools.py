"""What the measures in plain pandas have in common: pupils described, sums by cell and limits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from metrics.methods.intervals import mean_of, poisson_limits, quantile_ranks, wilson
from models.codes import PHASE, PROVIDER_TYPE, RESIDENTIAL, SEX, YEAR_GROUP

Tables = dict[str, pd.DataFrame]
By = list[str]
CELL = ["period_start", "breakdown", "category"]
KNOWN = ["person_id", "year", "year_group", "sen_provision", "primary_need", "fsm", "sex",
         "ethnic_group", "lsoa"]  # fmt: skip
SUPPORT = {"E": "EHC plan", "K": "SEN support"}
FIFTHS = {1: "1 (most deprived)", 2: "2", 3: "3", 4: "4", 5: "5 (least deprived)"}


def roll(census: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The January roll by pupil, and what is known of each pupil by academic year."""
    january = census[census["on_roll"] & census["census_date"].dt.month.eq(1)]
    rank = january["enrol_status"].map({"C": 1, "M": 2}).fillna(3)
    january = january.assign(rank=rank, year=january["census_date"].dt.year - 1)
    january = january.sort_values(["person_id", "census_date", "rank", "urn"])
    january = january.drop_duplicates(["person_id", "census_date"])
    later = january.assign(year=january["year"] + 1)
    known = pd.concat([january, later]).drop_duplicates(["person_id", "year"])
    return january[january["enrol_status"].isin(["C", "M"])], known[KNOWN]


def year_of(days: pd.Series) -> pd.Series:
    return days.dt.year - days.dt.month.lt(9)


def school_year(rows: pd.DataFrame) -> pd.DataFrame:
    first = pd.to_datetime(rows["year"].astype(str) + "-09-01")
    return rows.assign(period_start=first)


def described(tables: Any, rows: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Things with the dimensions of their pupil, home and school."""
    rows = rows[["on_date", "person_id", "urn", *(c for c in ("amount", "base") if c in rows)]]
    rows = rows.assign(year=year_of(rows["on_date"]))
    rows = rows.merge(known, how="left", on=["person_id", "year"])
    person = tables["person"][["person_id", "sex", "ethnic_group", "home_lsoa"]]
    rows = rows.merge(person, how="left", on="person_id", suffixes=("", "_person"))
    rows["lsoa"] = rows["lsoa"].fillna(rows["home_lsoa"])
    rows = rows.merge(tables["area"], how="left", on="lsoa")
    rows = rows.merge(tables["school"][["urn", "phase"]], how="left", on="urn")
    return rows.assign(
        sex=rows["sex"].fillna(rows["sex_person"]).map(SEX).fillna("Not known"),
        ethnicity=rows["ethnic_group"].fillna(rows["ethnic_group_person"]).fillna("Not known"),
        fsm=rows["fsm"].map({True: "Eligible", False: "Not eligible"}).fillna("Not known"),
        year_group=rows["year_group"].map(YEAR_GROUP).fillna("Not known"),
        phase=rows["phase"].map(PHASE).fillna("Not known"),
        deprivation=np.ceil(rows["imd_decile"] / 2).map(FIFTHS).fillna("Not known"),
        ward=rows["ward_code"],
        school=rows["urn"],
        sen=rows["sen_provision"].map(SUPPORT).fillna("No SEN"),
    )


def calendar_year(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(period_start=pd.to_datetime(rows["on_date"].dt.year.astype(str) + "-01-01"))


def financial_year(rows: pd.DataFrame) -> pd.DataFrame:
    year = rows["on_date"].dt.year - rows["on_date"].dt.month.lt(4)
    return rows.assign(period_start=pd.to_datetime(year.astype(str) + "-04-01"))


def month(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(period_start=rows["on_date"].dt.to_period("M").dt.start_time)


def of_person(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """Things with the sex, age and home of their child, as known that academic year."""
    _, known = roll(tables["pupil_census"])
    rows = rows.drop(columns=["year", "sen_provision"], errors="ignore")
    rows = rows.assign(year=year_of(rows["on_date"]))
    known = known[["person_id", "year", "sex", "lsoa", "ethnic_group"]]
    rows = rows.merge(known, how="left", on=["person_id", "year"])
    rows = rows.merge(tables["person"], how="left", on="person_id", suffixes=("", "_person"))
    rows["lsoa"] = rows["lsoa"].fillna(rows["home_lsoa"])
    rows = rows.merge(tables["area"], how="left", on="lsoa")
    sex = rows["sex"].fillna(rows["sex_person"]).map(SEX).fillna("Not known")
    return rows.assign(sex=sex, age_band=band_of(age_on(rows["on_date"], rows["birth_month"])))


def age_on(days: pd.Series, born: pd.Series) -> pd.Series:
    return days.dt.year - born.dt.year - days.dt.month.lt(born.dt.month)


def band_of(age: pd.Series) -> pd.Series:
    bands = pd.cut(age, [-99, 4, 10, 15, 19, 99],
                   labels=["Under 5", "5 to 10", "11 to 15", "16 to 19", "20 to 25"])  # fmt: skip
    return bands.astype(object).fillna("Not known")


NEEDS = {"SEMH": "Social, emotional and mental health", "ASD": "Autistic spectrum disorder"}
ADULT_TEAMS = ["B02", "E01", "E02", "E03", "E04", "A14"]
PATHWAY = {"C01": "Neurodevelopmental and autism", "C04": "Neurodevelopmental and autism",
           "F01": "Mental health support in schools",
           "D06": "Mental health support in schools"}  # fmt: skip


def referred(tables: Tables) -> pd.DataFrame:
    """Referrals of children to community services."""
    referrals = tables["referral"]
    young = referrals["age_at_referral"].fillna(0).lt(18)
    return referrals[young & ~referrals["team_type"].isin(ADULT_TEAMS)]


def of_contacts(tables: Tables) -> pd.DataFrame:
    """Referrals of children with the day of the first contact they attended."""
    referrals, contacts = referred(tables), tables["contact"]
    seen = contacts[contacts["attended"].isin(["5", "6"])][["referral_id", "contact_date"]]
    seen = seen.merge(referrals, on="referral_id")
    seen = seen[seen["contact_date"] >= seen["received_date"]]
    first = seen.groupby("referral_id", as_index=False)["contact_date"].min()
    rows = first.merge(referrals, on="referral_id")
    days = (rows["contact_date"] - rows["received_date"]).dt.days
    return rows.assign(days=days, value=days / 7)


def child(tables: Any, rows: pd.DataFrame) -> pd.DataFrame:
    """Referrals with the dimensions of their child."""
    person = tables["person"][["person_id", "home_lsoa"]]
    rows = rows.merge(person, how="left", on="person_id")
    rows["lsoa"] = rows["lsoa"].fillna(rows["home_lsoa"])
    rows = rows.merge(tables["area"], how="left", on="lsoa")
    return rows.assign(
        sex=rows["sex"].map(SEX).fillna("Not known"),
        age_band=band_of(rows["age_at_referral"]),
        pathway=rows["team_type"].map(PATHWAY).fillna("Other community teams"),
    )


def priced(lines: pd.DataFrame) -> pd.DataFrame:
    """Placements with what each payer pays a year and the whole, where any fee is known."""
    weekly = lines[["weekly_education", "weekly_health", "weekly_care"]]
    year = weekly.fillna(0).mul(lines["weeks_a_year"], axis=0)
    year.columns = pd.Index(["Education", "Health", "Social care"])
    transport = lines["annual_transport"].fillna(0)
    cost = (year.sum(axis=1) + transport).where(weekly.notna().any(axis=1))
    return lines.assign(
        **year,
        Transport=transport,
        cost=cost,
        need=lines["primary_need"].map(NEEDS).fillna("Other or not known"),
        residential=lines["residential"].map(RESIDENTIAL).fillna("Not known"),
    )


def with_provider(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    kind = tables["provider"][["provider_id", "provider_type"]]
    rows = rows.merge(kind, how="left", on="provider_id")
    kinds = rows["provider_type"].map(PROVIDER_TYPE).fillna("Not known")
    return rows.assign(provider_type=kinds)


def of_placements(tables: Tables, semh: bool) -> pd.DataFrame:
    """Places outside the borough by financial year, with their cost and days in it."""
    lines = priced(tables["placement_cost"])
    away = lines["placement_type"].isin(["independent_special", "nmss"]) & ~lines["in_borough"]
    lines = lines[away & lines["primary_need"].eq("SEMH")] if semh else lines[away]
    lines = lines.dropna(subset="cost")
    years = range(lines["start_date"].dt.year.min() - 1, 2028)
    spans = [(pd.Timestamp(year, 4, 1), pd.Timestamp(year + 1, 3, 31)) for year in years]
    dates = pd.DataFrame(spans, columns=["period_start", "year_end"])
    rows = lines.merge(dates, how="cross")
    last = rows["end_date"].fillna(rows["year_end"]).clip(upper=rows["year_end"])
    days = (last - rows["start_date"].clip(lower=rows["period_start"])).dt.days + 1
    length = (rows["year_end"] - rows["period_start"]).dt.days + 1
    rows = rows.assign(days=days, days_of_year=length)[days > 0]
    return with_provider(tables, rows)


def by_cell(rows: pd.DataFrame, by: By, **sums: tuple[str, str]) -> pd.DataFrame:
    """Rows added up for the whole and for each breakdown."""
    whole = rows.groupby("period_start").agg(**sums).reset_index()
    parts = [whole.assign(breakdown="all", category="all")]
    for name in by:
        part = rows.groupby(["period_start", name]).agg(**sums).reset_index()
        part = part.rename(columns={name: "category"}).assign(breakdown=name)
        parts.append(part.astype({"category": str}))
    return pd.concat(parts, ignore_index=True)


def by_person(rows: pd.DataFrame, by: By, **sums: tuple[str, str]) -> pd.DataFrame:
    """Rows added up by person within the whole and each breakdown."""
    whole = rows.groupby(["period_start", "person_id"]).agg(**sums).reset_index()
    parts = [whole.assign(breakdown="all", category="all")]
    for name in by:
        part = rows.groupby(["period_start", name, "person_id"]).agg(**sums).reset_index()
        part = part.rename(columns={name: "category"}).assign(breakdown=name)
        parts.append(part.astype({"category": str}))
    return pd.concat(parts, ignore_index=True)


def alone(rows: pd.DataFrame, by: By, money: bool = False) -> pd.DataFrame:
    sums = {"numerator": ("amount", "sum"), "denominator": ("amount", "size")}
    sums = sums if money else {"numerator": ("person_id", "size")}
    cells = by_cell(rows, by, **sums, people=("person_id", "nunique"))
    return cells.assign(value=cells["numerator"])


def proportion(
    top: pd.DataFrame, bottom: pd.DataFrame, by: By, people: bool = True, whole: By | None = None
) -> pd.DataFrame:
    """Shares with Wilson's limits; people behind them where a row is not a person.

    Breakdowns named in `whole` are shares of the whole, not of their own category.
    """
    count = {} if people else {"people": ("person_id", "nunique")}
    n = by_cell(top, by, numerator=("person_id", "size"), **count)
    parts = [name for name in by if name not in (whole or [])]
    cells = by_cell(bottom, parts, denominator=("person_id", "size"))
    if whole:
        every = cells.loc[cells["breakdown"].eq("all"), ["period_start", "denominator"]]
        kinds = n.loc[n["breakdown"].isin(whole), ["breakdown", "category"]].drop_duplicates()
        cells = pd.concat([cells, kinds.merge(every, how="cross")])
    cells = cells.merge(n, how="left", on=CELL)
    cells["numerator"] = cells["numerator"].fillna(0)
    found = wilson(cells["numerator"], cells["denominator"])
    return cells.assign(value=100 * found.value, lower=100 * found.lower, upper=100 * found.upper)


def rate(events: pd.DataFrame, pupils: pd.DataFrame, by: By) -> pd.DataFrame:
    """Events per 100 pupils, with Poisson limits widened by repeat events."""
    each = by_person(events, by, events=("on_date", "size"))
    each["squares"] = each["events"] ** 2
    top = each.groupby(CELL, as_index=False).agg(
        numerator=("events", "sum"), people=("events", "size"), squares=("squares", "sum")
    )
    cells = by_cell(pupils, by, denominator=("person_id", "size")).merge(top, how="left", on=CELL)
    x = cells["numerator"].fillna(0)
    lower, upper = poisson_limits(x)
    wider = np.sqrt((cells["squares"] / x).where(x > 0, 1.0))
    per = 100 / cells["denominator"]
    return cells.assign(numerator=x, value=x * per, lower=(x - wider * (x - lower)).clip(0) * per,
                        upper=(x + wider * (upper - x)) * per)  # fmt: skip


def ratio(rows: pd.DataFrame, by: By) -> pd.DataFrame:
    """Sum over sum with limits linearised by person."""
    each = by_person(rows, by, n=("amount", "sum"), d=("base", "sum"))
    each = each.assign(nn=each["n"] ** 2, nd=each["n"] * each["d"], dd=each["d"] ** 2,
                       some=each["n"] > 0, units=each["d"] > 0)  # fmt: skip
    cells = each.groupby(CELL, as_index=False).agg(
        numerator=("n", "sum"), denominator=("d", "sum"), people=("some", "sum"),
        units=("units", "sum"), nn=("nn", "sum"), nd=("nd", "sum"), dd=("dd", "sum"),
    )  # fmt: skip
    cells = cells[cells["denominator"] > 0]
    r = cells["numerator"] / cells["denominator"]
    squares = (cells["nn"] - 2 * r * cells["nd"] + r**2 * cells["dd"]).clip(0)
    units = cells["units"].where(cells["units"] > 1)
    half = 1.959963984540054 * np.sqrt(squares * units / (units - 1)) / cells["denominator"]
    return cells.assign(value=100 * r, lower=100 * (r - half).clip(0), upper=100 * (r + half))


def mean(rows: pd.DataFrame, by: By) -> pd.DataFrame:
    cells = by_cell(rows, by, numerator=("value", "sum"), denominator=("value", "count"),
                    sd=("value", "std"), people=("person_id", "nunique"))  # fmt: skip
    average = cells["numerator"] / cells["denominator"]
    found = mean_of(average, cells["sd"], cells["denominator"])
    return cells.assign(value=found.value, lower=found.lower, upper=found.upper)


def quantile(rows: pd.DataFrame, share: float, by: By) -> pd.DataFrame:
    """A quantile with limits that are values of the series (order statistics)."""
    cells = by_cell(rows, by, people=("person_id", "nunique"), values=("value", list))
    ordered = [np.sort(values) for values in cells["values"]]
    sizes = np.array([len(values) for values in ordered])
    low, high = quantile_ranks(sizes, share)
    return cells.drop(columns="values").assign(
        denominator=sizes,
        value=[np.quantile(values, share) for values in ordered],
        lower=[_ranked(values, rank) for values, rank in zip(ordered, low, strict=True)],
        upper=[_ranked(values, rank) for values, rank in zip(ordered, high, strict=True)],
    )


def _ranked(values: np.ndarray, rank: float) -> float:
    return float("nan") if np.isnan(rank) else float(values[int(rank) - 1])
