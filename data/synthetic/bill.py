"""What moved the bill for special schools outside the borough: the parts that were simulated."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.synthetic import costs
from data.synthetic.clock import days_of
from data.synthetic.world import World

KINDS = ("independent_special", "nmss")
FIRST, LAST = 2021, 2025
"""Financial years with a whole year before them and all their days simulated."""


def bill_parts(world: World, lines: pd.DataFrame) -> dict[str, dict[str, float]]:
    """By financial year, pounds more than the year before and why, from every line of the register.

    Kinds of place: type of provider, need (SEMH, autism, other), day or how residential. `number`:
    more child-years at the year before's average. `mix`: child-years moved between kinds, at the
    year before's prices. `dearer_fees`: what providers' rises added in kinds there were the year
    before (`costs.GROWTH` and the one planted rise). `other_children`: what is left, for children
    of one kind differ in price and distance. The four add up to `change`.
    """
    held = bought(world, lines)
    return {
        str(year): _parts(held[held["year"] == year - 1], held[held["year"] == year])
        for year in range(FIRST, LAST + 1)
    }


def bought(world: World, lines: pd.DataFrame) -> pd.DataFrame:
    """Each line's kind, child-years, pounds, and pounds that this year's rise of fees added."""
    lines = lines[lines["away"] & lines["kind"].isin(KINDS)].copy()
    rose = (lines["provider"] == costs.rising_provider(world)) & (lines["year"] == costs.RISE_FROM)
    fees = lines["education"].round(2)
    dearer = fees - fees / (costs.GROWTH * np.where(rose, costs.RISE, 1.0))
    weekly = fees + lines["health"].round(2) + lines["care"].round(2)
    days = {year: _first(year + 1) - _first(year) for year in lines["year"].unique()}
    share = (lines["to"] - lines["from"] + 1) / lines["year"].map(days)
    need = lines["need1"].where(lines["need1"].isin(["SEMH", "ASD"]), "other")
    provider = world.providers["kind"].to_numpy()[lines["provider"]]
    return lines.assign(
        of=pd.Series(provider, lines.index) + ", " + need + ", " + lines["stay"],
        years=share,
        pounds=(weekly * lines["weeks"] + lines["transport"]) * share,
        dearer=dearer * lines["weeks"] * share,
    )[["year", "of", "years", "pounds", "dearer"]]


def _first(year: int) -> int:
    return days_of(date(year, 4, 1))


def _parts(before: pd.DataFrame, after: pd.DataFrame) -> dict[str, float]:
    old = before.groupby("of")[["years", "pounds"]].sum()
    price = (old["pounds"] / old["years"]).to_dict()
    usual = old["pounds"].sum() / old["years"].sum()
    known = after["of"].isin(list(price))
    at_old = float((after["years"] * after["of"].map(price)).where(known, after["pounds"]).sum())
    change = float(after["pounds"].sum() - before["pounds"].sum())
    number = float((after["years"].sum() - before["years"].sum()) * usual)
    mix = at_old - float(after["years"].sum() * usual)
    dearer = float(after.loc[known, "dearer"].sum())
    parts = {"change": change, "number": number, "mix": mix, "dearer_fees": dearer}
    parts["other_children"] = change - number - mix - dearer
    return {name: round(pounds, 2) for name, pounds in parts.items()}
