"""Money ahead made fit for readers: where a bill or price is withheld, so is what lies ahead."""

from __future__ import annotations

import pandas as pd

from models.observation import Status, Tier
from models.provision_kinds import family_of

MEASURES = {
    "oob_semh": ("oob_spend", "oob_placements"),
    "oob_all": ("sen_oob_spend", "sen_oob_placements"),
    "place_away": ("oob_cost_per_placement",),
    "place_local": ("local_cost_per_place",),
}
"""Subjects of `money_ahead`, and the measures whose newest figure they go on from."""
AWAY = "place_away"


def withheld_subjects(observations: pd.DataFrame) -> set[str]:
    """Subjects whose measure's newest figure for the whole borough is hidden from some reader."""
    rows = observations[
        (observations["area_kind"] == "borough") & (observations["breakdown"] == "all")
        & (observations["tier"] != Tier.RESTRICTED)
    ]  # fmt: skip
    newest = rows.groupby("metric_id")["period_start"].transform("max") == rows["period_start"]
    hidden = set(rows[newest & (rows["status"] == Status.SUPPRESSED)]["metric_id"])
    return {subject for subject, measures in MEASURES.items() if hidden & set(measures)}


def protect_money(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """`money_ahead` and what rests on prices, without what is withheld elsewhere.

    A hidden price of a place away hides what a scheme saves against it.
    """
    gone = withheld_subjects(tables["observation"])
    found = {}
    if "money_ahead" in tables:
        rows = tables["money_ahead"]
        found["money_ahead"] = rows[~rows["subject"].str.removesuffix("_change").isin(gone)]
    if AWAY in gone and "break_even" in tables:
        rows = tables["break_even"]
        found["break_even"] = rows[rows["need"] != "SEMH"]
    return found


def without_prices(groups: pd.DataFrame, observations: pd.DataFrame) -> pd.DataFrame:
    """Groups of futures, those away without their price where it is withheld elsewhere."""
    if "unit_cost" not in groups or AWAY not in withheld_subjects(observations):
        return groups
    family = groups["setting"].map(family_of)
    away = (family == "independent") & (groups["need"] == "SEMH")
    return groups.assign(unit_cost=groups["unit_cost"].mask(away))
