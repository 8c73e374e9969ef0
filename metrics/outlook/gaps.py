"""When places run short, how surely, and where children would go meanwhile."""

from __future__ import annotations

import numpy as np
import pandas as pd

from metrics.methods.futures.history import CannotProject
from metrics.methods.places.overflow import place_children, pooled_shares
from metrics.methods.places.shortfall import chance_short, opens, ranges
from metrics.outlook.base import Outlook
from metrics.outlook.demand import Demand, demand
from metrics.outlook.futures import Futures
from metrics.outlook.gap_words import meanwhile_words, opening_words
from metrics.outlook.moves import FLOOR
from metrics.outlook.seekers import DESTINATIONS, forget, full_in, goes, newly_without, prepare
from metrics.outlook.shown import ALL, KEYS, Group, groups, joined
from metrics.outlook.supply import Supply, read_supply

YEARS = 5
REST = "another arrangement"
LEAN = 5.0
"""Children for whom the share of places counts beside where children of a locality went."""


def look_at_places(outlook: Outlook) -> None:
    """The part `places`: tables `gap`, `gap_opening` and `overflow`; leaves need and places."""
    futures = outlook.left.get("futures")
    if not isinstance(futures, Futures):
        raise CannotProject("there are no simulated futures to set against places")
    prepare(outlook.con)
    try:
        _fill(outlook, futures)
    finally:
        forget(outlook.con)


def _fill(outlook: Outlook, futures: Futures) -> None:
    wanted = demand(outlook.con, futures, YEARS)
    supply = read_supply(outlook.con, wanted.years)
    cells, places = aligned(wanted, supply)
    outlook.left["need for places"], outlook.left["places"] = wanted, supply
    over = overflow_by_cell(outlook, wanted, cells, places)
    shares = destinations(outlook, wanted)
    told = groups(joined(cells))
    gap = pd.concat([_gap_rows(group, wanted, places) for group in told], ignore_index=True)
    lost = pd.concat(
        [_overflow_rows(group, wanted, over, shares, cells) for group in told], ignore_index=True
    )
    outlook.add("gap", gap)
    outlook.add("overflow", lost)
    outlook.add("gap_opening", _openings(gap, lost))
    outlook.add("outlook_assumption", _assumptions(wanted, supply))


def aligned(wanted: Demand, supply: Supply) -> tuple[pd.DataFrame, np.ndarray]:
    """Cells of need with `now`, and places by year and cell.

    Places where nobody needs one are added as cells without children.
    """
    both = wanted.cells.merge(supply.cells, on=KEYS, how="outer").fillna({"now": 0})
    order = wanted.cells[KEYS].apply(tuple, axis=1).tolist()
    rest = [key for key in both[KEYS].apply(tuple, axis=1) if key not in set(order)]
    index = pd.MultiIndex.from_tuples([*order, *rest], names=KEYS)
    cells = both.set_index(KEYS)["now"].reindex(index).astype(int).reset_index()
    table = pd.DataFrame(supply.places.T, index=pd.MultiIndex.from_frame(supply.cells))
    return cells, table.reindex(index).fillna(0).to_numpy().T


def _need(wanted: Demand, chosen: np.ndarray) -> np.ndarray:
    """Children of some cells by future and January; cells beyond those of need have none."""
    return wanted.children[:, :, chosen[chosen < wanted.children.shape[2]]].sum(axis=2)


def _gap_rows(group: Group, wanted: Demand, places: np.ndarray) -> pd.DataFrame:
    need, held = _need(wanted, group.cells), places[:, group.cells].sum(axis=1)
    rows = pd.concat([ranges(need, "need_"), ranges(need - held, "gap_")], axis=1)
    return rows.assign(
        **group.name, year=wanted.years, now=group.now, places=np.rint(held).astype(int),
        chance=chance_short(need, held).round(2), tier=group.tier,
    )  # fmt: skip


def overflow_by_cell(
    outlook: Outlook, wanted: Demand, cells: pd.DataFrame, places: np.ndarray
) -> np.ndarray:
    """Children without a local place by future, January and cell, when no school is overfilled."""
    went = goes(outlook.con)
    out = np.zeros((*wanted.children.shape[:2], len(cells)))
    for (designation, phase), part in cells.groupby(["designation", "phase"]):
        at = part.index.to_numpy()
        homes = part["locality"].tolist()
        need = np.zeros((*wanted.children.shape[:2], len(at)))
        told = at < wanted.children.shape[2]
        need[:, :, told] = wanted.children[:, :, at[told]]
        here = went[(went["designation"] == designation) & (went["phase"] == phase)]
        counts = here.pivot_table(index="home", columns="site", values="children", aggfunc="sum")
        counts = counts.reindex(index=homes, columns=homes).fillna(0.0)
        room = places[:, at]
        share = room.mean(axis=0) / max(room.mean(axis=0).sum(), 1.0)
        out[:, :, at] = place_children(need, room[None], counts.to_numpy() + LEAN * share).over
    return out


def destinations(outlook: Outlook, wanted: Demand) -> pd.DataFrame:
    """Share of each destination (columns, in words) by designation and phase.

    Of children newly in need of a place while local provision for them was full; of all years where
    that was seldom. Destinations of few children in all are joined.
    """
    seen = newly_without(outlook.con)
    if seen.empty:
        raise CannotProject("no child was ever newly without a local place: where they go meanwhile"
                            " is not known")  # fmt: skip
    seen["destination"] = _named(seen)
    keys = ["designation", "phase"]
    full = seen.merge(full_in(outlook.con, _places_before(outlook, wanted)), on=[*keys, "january"])
    enough = full.groupby(keys)["children"].transform("sum") >= FLOOR
    own = full[enough]
    told = pd.MultiIndex.from_frame(own[keys])
    rest = seen[~pd.MultiIndex.from_frame(seen[keys]).isin(told)]
    both = pd.concat([own, rest])
    table = both.pivot_table(index=keys, columns="destination", values="children", aggfunc="sum")
    whole = wanted.cells[keys].drop_duplicates().merge(table.reset_index(), on=keys, how="outer")
    table = whole.set_index(keys).fillna(0.0)
    return pd.DataFrame(pooled_shares(table.to_numpy()), index=table.index, columns=table.columns)


def _named(seen: pd.DataFrame) -> pd.Series:
    """Destinations in words; those of fewer than ten children in all years are joined."""
    words = seen["destination"].map(DESTINATIONS).fillna(REST)
    total = seen["children"].groupby(words).transform("sum")
    return words.where(total >= FLOOR, REST)


def _places_before(outlook: Outlook, wanted: Demand) -> pd.DataFrame:
    """`january, designation, phase, places` of the Januaries known."""
    rows = outlook.con.execute("select distinct january from outlook_placed order by 1").fetchall()
    past = read_supply(outlook.con, np.array([row[0] for row in rows]))
    frames = [
        past.cells.assign(january=year, places=past.places[k]) for k, year in enumerate(past.years)
    ]
    keys = ["january", "designation", "phase"]
    return pd.concat(frames).groupby(keys)["places"].sum().reset_index()


def _overflow_rows(
    group: Group, wanted: Demand, over: np.ndarray, shares: pd.DataFrame, cells: pd.DataFrame
) -> pd.DataFrame:
    """Children of a group over, by year and destination; all destinations as `all`."""
    keys = pd.MultiIndex.from_frame(cells.loc[group.cells, ["designation", "phase"]])
    weight = shares.reindex(keys).fillna(shares.mean()).to_numpy()
    mine = over[:, :, group.cells]
    by = np.concatenate([mine.sum(axis=2)[:, :, None], mine @ weight], axis=2)
    total = max(float(by[:, :, 0].mean()), 1e-9)
    names = [ALL, *shares.columns]
    frame = ranges(by).assign(
        **group.name, year=np.repeat(wanted.years, len(names)),
        destination=names * len(wanted.years), tier=group.tier,
        share=np.tile((by.mean(axis=(0, 1)) / total).round(2), len(wanted.years)),
    )  # fmt: skip
    return frame


def _openings(gap: pd.DataFrame, lost: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for keys, part in gap.groupby(KEYS, sort=False):
        part = part.sort_values("year")
        chance, years = part["chance"].to_numpy(), part["year"].to_numpy()
        when = opens(chance, years)
        here = lost[(lost[KEYS] == list(keys)).all(axis=1) & (lost["year"] == years[-1])]
        at = len(years) - 1 if when is None else int(np.flatnonzero(years == when)[0])
        rows.append({
            **dict(zip(KEYS, keys, strict=True)), "opens": when, "chance": float(chance[at]),
            "last_year": int(years[-1]), "sentence": opening_words(part, when),
            "meanwhile": meanwhile_words(here), "tier": part["tier"].iloc[0],
        })  # fmt: skip
    return pd.DataFrame(rows).astype({"opens": "Int64"})


def _assumptions(wanted: Demand, supply: Supply) -> pd.DataFrame:
    """What these figures take as given."""
    semh, rest = (round(100 * wanted.avoidable[need]) for need in ("SEMH", "other"))
    soon = f"{supply.approved or 'none'} approved to open later are counted from then"
    late = f"{supply.late or 'none'} promised for a day that has passed and not open are not"
    rows = [
        ("Who needs a specialist place",
         "children with a plan in a special school or unit, those away for want of a place here,"
         " and those waiting for one", "SEN2, the commissioning register, the list of waits"),
        ("Children away who would be here if there were a place",
         f"{semh} in 100 with SEMH need, {rest} in 100 of others; of independent schools in the"
         " borough too", "reasons in the commissioning register"),
        ("Places", f"as commissioned in the newest term; {soon}; {late}",
         "places commissioned and the sufficiency programme"),
        ("Where children live and what they need",
         "as now, with the uncertainty of few children", "home address in the school census"),
        ("Children waiting", "as many to each child in a specialist place as now",
         "the list of waits"),
        ("A full school", "takes no child beyond its places; the rest go where children newly"
         " without a place have gone", "placements and waits since the first January known"),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["what", "value", "source"])
    return table.assign(part="places", seq=range(1, len(table) + 1))
