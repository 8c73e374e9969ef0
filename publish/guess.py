"""What an outsider guesses of published figures: which add up to which, from those that are shown.

Knows nothing of how the figures were made or protected: an adding-up is believed where the shown
figures bear it out.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from publish.across import CELL, SPAN, months_of_years

PERIOD = ["metric_id", *SPAN]
NEARLY = 0.1
"""Parts that miss their wholes by more than this share are not taken to add up at all."""
ENOUGH = 6
"""Shown figures above zero that must agree before two metrics are taken to count the same."""


def guess_links(rows: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Guesses at what adds up: `part, whole` (row positions), `sort` (which guess), `finer`."""
    spots = rows[[*PERIOD, *CELL]].assign(at=np.arange(len(rows)), key="all")
    borough = spots["area_kind"] == "borough"
    head, cut = spots[borough & (spots["breakdown"] == "all")], spots[borough]
    cut, place = cut[cut["breakdown"] != "all"], spots[~borough]
    known = areas.drop_duplicates(["area_kind", "area_id"]).set_index(["area_kind", "area_id"])
    known = known.reindex(pd.MultiIndex.from_frame(place[["area_kind", "area_id"]]))
    wards = place.assign(sort="ward in locality", key=known["parent_id"].to_numpy())
    schools = place.assign(sort="school in phase", key=known["phase"].to_numpy())
    localities = place[place["area_kind"] == "locality"]
    phases = cut[cut["breakdown"] == "phase"]
    tries = [
        (cut.assign(sort=cut["breakdown"]), head),
        (place.assign(sort=place["area_kind"]), head),
        (wards[wards["area_kind"] == "ward"], localities.assign(key=localities["area_id"])),
        (schools[schools["area_kind"] == "school"], phases.assign(key=phases["category"])),
    ]
    found = [
        parts.merge(wholes[[*PERIOD, "key", "at"]], on=[*PERIOD, "key"], suffixes=("", "_whole"))
        for parts, wholes in tries
    ]
    links = pd.concat(found, ignore_index=True)
    return pd.DataFrame({
        "part": links["at"], "whole": links["at_whole"],
        "sort": links.groupby(["metric_id", "sort"]).ngroup(),
        "finer": links["sort"].str.contains(" in "),
    })  # fmt: skip


def guess_years(rows: pd.DataFrame, counts: pd.Series, has: np.ndarray) -> pd.DataFrame:
    """Guesses at months or terms of one metric that add up to years of another, as guess_links."""
    found = months_of_years(rows, counts, pd.Series(has, rows.index))
    return pd.DataFrame({
        "part": found["part"], "whole": found["whole"], "sort": -1 - found["pair"],
        "finer": True,
    })  # fmt: skip


def guess_same(
    rows: pd.DataFrame, counts: pd.Series, bases: pd.Series
) -> tuple[np.ndarray, np.ndarray]:
    """Positions of figures whose count seems to be the base of another metric's figure, and of it.

    Believed of two metrics where all the figures that are shown agree, and enough do.
    """
    spots = rows[["metric_id", *SPAN, *CELL]].assign(at=np.arange(len(rows)))
    pairs = spots.assign(n=counts).merge(
        spots.assign(n=bases), on=[*SPAN, *CELL], suffixes=("", "_base")
    )
    pairs = pairs[pairs["metric_id"].ne(pairs["metric_id_base"])]
    both = pairs[
        pairs["n"].notna() & pairs["n_base"].notna() & (pairs["n"] + pairs["n_base"]).gt(0)
    ]
    by = ["metric_id", "metric_id_base"]
    agreed = both.assign(same=both["n"].eq(both["n_base"])).groupby(by)["same"].agg(["all", "size"])
    believed = agreed.index[agreed["all"] & agreed["size"].ge(ENOUGH)]
    mine = pairs[pd.MultiIndex.from_frame(pairs[by]).isin(believed)]
    return mine["at"].to_numpy(), mine["at_base"].to_numpy()


def believed(links: pd.DataFrame, low: np.ndarray, high: np.ndarray) -> pd.DataFrame:
    """Links an outsider would rely on, and by how much parts fell short where all are shown.

    `low` and `high` bound each shown count (the same unless it is rounded), NaN where hidden. Adds
    `n` and `whole_n`; `identity`; and, per identity, `least` and `most`: the gap between the whole
    and its parts in the periods where it can be seen (`seen` says if in any), nil where rounding
    may be all of it.
    """
    part, whole = links["part"], links["whole"]
    links = links.assign(n=low[part], whole_n=low[whole], n_high=high[part], whole_high=high[whole])
    links["identity"] = links.groupby(["sort", "whole"]).ngroup()
    by = links.groupby("identity")
    sums = by.agg(sort=("sort", "first"), whole_n=("whole_n", "first"), parts=("n", "sum"),
                  whole_high=("whole_high", "first"), parts_high=("n_high", "sum"))  # fmt: skip
    full = sums[by["n"].count().eq(by["n"].size()) & sums["whole_n"].notna()]
    least, most = full["whole_n"] - full["parts_high"], full["whole_high"] - full["parts"]
    full = full.assign(gap=least.clip(lower=0) + most.clip(upper=0))
    full = full.assign(miss=full["gap"].abs())
    seen = full.groupby("sort").agg(
        least=("gap", "min"), most=("gap", "max"), miss=("miss", "sum"), total=("whole_n", "sum")
    )
    seen = seen.assign(least=seen["least"].clip(upper=0), most=seen["most"].clip(lower=0))
    links = links.drop(columns=["n_high", "whole_high"]).join(seen, on="sort")
    links = links.assign(seen=links["sort"].isin(seen.index))
    links = links.fillna({"least": 0.0, "most": 0.0, "miss": 0.0, "total": 1.0})
    return _without_repeats(links[links["miss"] <= NEARLY * links["total"]])


def _without_repeats(links: pd.DataFrame) -> pd.DataFrame:
    """Leave out wards and schools against the borough where finer wholes already tie them all."""
    finer = links["part"].isin(links.loc[links["finer"], "part"])
    repeated = finer.groupby(links["identity"]).transform("all") & ~links["finer"]
    return links[~repeated]
