"""Measures of CAMHS in plain pandas: referrals, first contacts, waits, what follows a refusal."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
from pandas_tools import (
    By,
    Tables,
    age_on,
    alone,
    child,
    financial_year,
    month,
    of_contacts,
    proportion,
    quantile,
    referred,
)

Work = Callable[..., pd.DataFrame]
Rows = Callable[[Tables], pd.DataFrame]
Some = Callable[[pd.DataFrame], pd.Series]


SOURCES = {
    "A": "GP or primary care",
    "B": "Self or family",
    "E": "Justice services",
    "F": "Hospital or paediatrics",
    "H": "Hospital or paediatrics",
}


def seen(tables: Tables) -> pd.DataFrame:
    rows = of_contacts(tables).assign(on_date=lambda r: r["contact_date"])
    return rows.assign(band=np.where(rows["days"] > 364, "Over 52 weeks", "18 to 52 weeks"))


def received(tables: Tables) -> pd.DataFrame:
    rows = referred(tables)
    first, both = rows["source"].str[0], rows["source"]
    source = first.map(SOURCES)
    source = source.mask(both.isin(["C2", "F1"]), "School or education")
    source = source.mask(both.eq("C1"), "Social care").fillna("Other")
    source = source.where(both.notna(), "Not known")
    return rows.assign(on_date=rows["received_date"], source=source)


def received_by_origin(tables: Tables) -> pd.DataFrame:
    """Referrals with fewer kinds of source, as the share refused is told."""
    rows = received(tables)
    few = ["GP or primary care", "Self or family", "School or education", "Not known"]
    return rows.assign(source=rows["source"].where(rows["source"].isin(few), "Other"))


def closed(tables: Tables) -> pd.DataFrame:
    """Accepted referrals that have been closed, and whether the child was ever seen."""
    rows = referred(tables)
    rows = rows[rows["discharge_date"].notna() & rows["rejection_date"].isna()]
    contacts = tables["contact"]
    attended = contacts.loc[contacts["attended"].isin(["5", "6"]), "referral_id"]
    unseen = ~rows["referral_id"].isin(attended)
    return rows.assign(on_date=rows["discharge_date"], unseen=unseen)


def refused(tables: Tables) -> pd.DataFrame:
    rows = referred(tables).dropna(subset="rejection_date")
    return rows.assign(on_date=rows["rejection_date"])


def followed(tables: Tables, of: Rows) -> pd.DataFrame:
    """Referrals that ended a year before the last on record, and whether another came in it."""
    rows, every = of(tables), referred(tables)
    rows = rows[(every["received_date"].max() - rows["on_date"]).dt.days >= 365]
    later = every[["person_id", "referral_id", "received_date"]]
    pairs = rows[["person_id", "referral_id", "on_date"]].merge(
        later, on="person_id", suffixes=("", "_later")
    )
    gap = (pairs["received_date"] - pairs["on_date"]).dt.days
    pairs = pairs[gap.between(1, 365) & pairs["referral_id"].ne(pairs["referral_id_later"])]
    return rows.assign(again=rows["referral_id"].isin(pairs["referral_id"]))


def waiting(tables: Tables) -> pd.DataFrame:
    """Referrals waiting for a first attended contact at the end of each month."""
    rows = referred(tables)
    first = of_contacts(tables)[["referral_id", "contact_date"]]
    rows = rows.merge(first, how="left", on="referral_id")
    until = rows[["contact_date", "discharge_date", "rejection_date"]].min(axis=1)
    rows = rows.assign(until=until)
    first_day, last_day = rows["received_date"].min(), rows["received_date"].max()
    ends = pd.date_range(first_day, last_day + pd.offsets.MonthEnd(0), freq="ME")
    months = rows[["referral_id", "received_date", "until"]].merge(
        pd.DataFrame({"on_date": ends.as_unit("us")}), how="cross"
    )
    began = months["on_date"].ge(months["received_date"])
    months = months[began & ~months["on_date"].ge(months["until"])]
    rows = months[["referral_id", "on_date"]].merge(rows, on="referral_id")
    days = (rows["on_date"] - rows["received_date"]).dt.days
    edges, names = [-1, 364, 546, 728, 99999], ["18 to 52", "52 to 78", "78 to 104", "Over 104"]
    band = pd.cut(days, edges, labels=[f"{name} weeks" for name in names]).astype(str)
    return rows.assign(days=days, value=days / 7, band=band)


def stopped(tables: Tables) -> pd.DataFrame:
    """Spells whose clock stopped: contact, care plan and score all there, merged as MHSDS does."""
    rows = spells(tables)
    keys = ["person_id", "spell"]
    contacts = tables["contact"]
    contacts = contacts[contacts["attended"].isin(["5", "6"])]
    stops = rows.drop_duplicates(keys).rename(columns={"received_date": "began"})
    for events, day in ((contacts, "contact_date"), (tables["care_plan"], "agreed_date"),
                        (tables["outcome_score"], "score_date")):  # fmt: skip
        met = rows.merge(events[["referral_id", day]], on="referral_id")
        met = met[met[day] >= met["received_date"]]
        stops = stops.merge(met.groupby(keys, as_index=False)[day].min(), on=keys)
    day = stops[["contact_date", "agreed_date", "score_date"]].max(axis=1)
    days = (day - stops["began"]).dt.days
    return stops.assign(on_date=day, days=days, value=days / 7)


def spells(tables: Tables) -> pd.DataFrame:
    """Referrals of a child numbered by spell: a new one begins over 5 days after all have ended."""
    rows = referred(tables)
    adult = ["A02", "A03", "A04", "A19", "A20", "A21", "A22", "A23", "A24", "A25"]
    rows = rows[~rows["team_type"].isin(adult)]
    rows = rows.sort_values(["person_id", "received_date", "referral_id"])
    ended = rows["discharge_date"].fillna(rows["rejection_date"])
    days = ended.fillna(pd.Timestamp("2200-01-01")).astype("datetime64[s]").astype("int64")
    longest = days.groupby(rows["person_id"]).cummax()
    before = longest.groupby(rows["person_id"]).shift()
    start = rows["received_date"].astype("datetime64[s]").astype("int64")
    new = before.isna() | (start - before > 5 * 86400)
    return rows.assign(spell=new.groupby(rows["person_id"]).cumsum())


def reached(tables: Tables) -> pd.DataFrame:
    """Children with a contact in a financial year, at the first of the year."""
    contacts = tables["contact"]
    kept = contacts["attended"].isin(["5", "6"])
    contacts = contacts[kept & contacts["medium"].isin(["01", "02", "04", "11"])]
    rows = contacts[["contact_id", "referral_id", "contact_date"]].merge(
        referred(tables), on="referral_id"
    )
    rows = rows.merge(tables["person"][["person_id", "birth_month"]], how="left", on="person_id")
    age = age_on(rows["contact_date"], rows["birth_month"]).where(rows["birth_month"].notna())
    rows = rows[age.fillna(rows["age_at_referral"]).fillna(0) < 18]
    rows = financial_year(rows.assign(on_date=rows["contact_date"]))
    rows = rows.sort_values(["contact_date", "contact_id"])
    return rows.drop_duplicates(["person_id", "period_start"]).drop(columns="birth_month")


def dated(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    rows = child(tables, rows)
    return rows if "period_start" in rows else month(rows)


def number(tables: Tables, by: By, of: Rows) -> pd.DataFrame:
    return alone(dated(tables, of(tables)), by)


def share(tables: Tables, by: By, of: Rows, some: Some, whole: By | None = None) -> pd.DataFrame:
    rows = dated(tables, of(tables))
    return proportion(rows[some(rows)], rows, by, people=False, whole=whole)


def weeks(tables: Tables, by: By, of: Rows, at: float) -> pd.DataFrame:
    return quantile(dated(tables, of(tables)), at, by)


def within(days: int) -> Some:
    return lambda rows: rows["days"] <= days


def over(days: int) -> Some:
    return lambda rows: rows["days"] > days


CAMHS: dict[str, Work] = {
    "camhs_referrals": partial(number, of=received),
    "camhs_access": partial(number, of=reached),
    "camhs_waiting": partial(number, of=waiting),
    "camhs_wait_median": partial(weeks, of=seen, at=0.5),
    "camhs_wait_p90": partial(weeks, of=seen, at=0.9),
    "camhs_waiting_median": partial(weeks, of=waiting, at=0.5),
    "camhs_waiting_p90": partial(weeks, of=waiting, at=0.9),
    "camhs_clock_stop_median": partial(weeks, of=stopped, at=0.5),
    "camhs_clock_stop_p90": partial(weeks, of=stopped, at=0.9),
    "camhs_clock_stop_within_4_weeks": partial(share, of=stopped, some=within(28)),
    "camhs_seen_within_4_weeks": partial(share, of=seen, some=within(28)),
    "camhs_seen_over_18_weeks": partial(share, of=seen, some=over(126), whole=["band"]),
    "camhs_still_waiting_18_weeks": partial(share, of=waiting, some=over(126), whole=["band"]),
    "camhs_referrals_refused": partial(
        share, of=received_by_origin, some=lambda r: r["rejection_date"].notna()
    ),
    "camhs_closed_unseen": partial(share, of=closed, some=lambda r: r["unseen"]),
    "camhs_referred_again": partial(
        share, of=partial(followed, of=closed), some=lambda r: r["again"]
    ),
    "camhs_refused_then_referred": partial(
        share, of=partial(followed, of=refused), some=lambda r: r["again"]
    ),
}
