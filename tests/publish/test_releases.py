"""One release after another: what both show together gives nothing away."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parent))

from made_up_warehouse import BOROUGH, PHASE, URNS
from test_protect import AREAS, cell, cut, metric

from models.metric import Metric
from publish.before import SEEN, national, only_equal
from publish.classify import KEY
from publish.outsider import attack
from publish.protect import protect

COUNT = {"made_up": metric("count")}
RULES = {rule.tier.value: rule for rule in BOROUGH.thresholds}
PLACES = AREAS.assign(phase=AREAS["grouping"])
Rows = list[dict[str, object]]


def release(
    rows: Rows, before: pd.DataFrame | None = None, metrics: dict[str, Metric] = COUNT
) -> pd.DataFrame:
    """What all but a school's own head may read: heads are tried in test_own_school."""
    done = protect(pd.DataFrame(rows), metrics, AREAS, BOROUGH, before).observations
    return done[done["tier"] != "restricted"].reset_index(drop=True)


def seen(*releases: pd.DataFrame) -> pd.DataFrame:
    frame = pd.concat(releases)
    shown = frame["status"].isin(["ok", "low_base"])
    return frame.assign(shown=shown, exact=True)[SEEN]


def name(rows: pd.DataFrame) -> pd.Series:
    own = rows["category"].where(rows["breakdown"] != "all", rows["area_id"])
    return own.mask(own == BOROUGH.ons_code, "all")


def hidden(rows: pd.DataFrame) -> set[str]:
    return set(name(rows)[rows["status"] == "suppressed"])


def leaks(one: pd.DataFrame, *others: pd.DataFrame) -> list[str]:
    """What a reader of one release finds who also has the others."""
    documents = [m.model_dump(mode="json") for m in COUNT.values()]
    known = seen(*others) if others else None
    return attack(one, documents, PLACES, RULES, known).leaks


def sexes(whole: float, **counts: float) -> Rows:
    return [cell(whole), *cut("sex", counts)]


def test_what_was_withheld_before_stays_withheld() -> None:
    first = release(sexes(60, boys=40, girls=17, unknown=3))
    assert hidden(first) == {"unknown", "girls"}
    # Nothing is small any more; yet boys and girls of before would give the three away.
    second = release(sexes(70, boys=45, girls=17, unknown=8), seen(first))
    assert hidden(second) >= {"unknown", "girls"}
    assert not leaks(first, second) and not leaks(second, first)
    # Without it they would.
    assert leaks(first, release(cut("sex", {"girls": 17})))
    assert not leaks(first, release(cut("sex", {"girls": 17}), seen(first)))


def test_what_was_shown_before_shelters_nobody() -> None:
    first = release(sexes(60, boys=40, girls=20))
    assert hidden(first) == set()
    second = release(sexes(43, boys=40, girls=3), seen(first))
    # Boys stand in the first release, so the whole goes with the girls, not the boys.
    assert hidden(second) == {"girls", "all"}
    assert not leaks(second, first) and not leaks(second)


def test_a_count_that_has_become_nought_is_shown() -> None:
    first = release(sexes(60, boys=40, girls=17, unknown=3))
    second = release(sexes(57, boys=40, girls=17, unknown=0), seen(first))
    assert "unknown" not in hidden(second)
    assert not leaks(second, first)


def test_the_same_figures_again_are_withheld_alike() -> None:
    rows = sexes(60, boys=40, girls=17, unknown=3)
    first = release(rows)
    pd.testing.assert_frame_equal(release(rows, seen(first)), first)


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_school_that_closes_or_joins_gives_nothing_away(gone: int) -> None:
    primaries = [u for u in URNS if PHASE[u] == "Primary"][:4]
    counts = dict(zip(primaries, (2, 12, 16, 20), strict=True))
    fewer = {urn: n for urn, n in counts.items() if urn != primaries[gone]}
    full = [cell(90), *cut("phase", {"Primary": 50, "Secondary": 40}), *cut("school", counts)]
    part = [cell(90), *cut("phase", {"Primary": 50, "Secondary": 40}), *cut("school", fewer)]
    for before, after in ((full, part), (part, full)):
        first = release(before)
        second = release(after, seen(first))
        assert not leaks(first, second) and not leaks(second, first) and not leaks(second)


def test_a_table_that_grew_gives_nothing_away() -> None:
    first = release([cell(60), *cut("sex", {"boys": 57, "girls": 3})])
    grown = [cell(60), *cut("sex", {"boys": 57, "girls": 3}),
             *cut("phase", {"Primary": 37, "Secondary": 20, "Special": 3})]  # fmt: skip
    second = release(grown, seen(first))
    assert hidden(second) >= {"boys", "girls", "Special"}
    assert not leaks(first, second) and not leaks(second, first)


def test_a_release_that_already_told_does_not_stop_the_next() -> None:
    told = pd.DataFrame(sexes(60, boys=57, girls=3))
    second = release(sexes(60, boys=57, girls=3), seen(told))
    assert "girls" in hidden(second)
    # Alone the new one is safe, and the old one is to blame for the rest.
    assert not leaks(second) and not leaks(second, told)
    assert any("count of 1 to 4 shown" in words for words in leaks(told))


def _printed(value: float) -> pd.DataFrame:
    row = {
        "series": "made.up", "area_code": BOROUGH.ons_code, "category": "all", "value": value,
        "period_start": pd.Timestamp("2025-01-01"), "period_end": pd.Timestamp("2025-01-31"),
        "period_kind": "census",
    }  # fmt: skip
    documents = [{"id": "made_up", "kind": "count", "comparator": {"series": "made.up"}}]
    return national(pd.DataFrame([row]), documents, BOROUGH)


def test_a_printed_total_shelters_nobody_and_its_parts_are_safe_from_who_read_it() -> None:
    rows = sexes(43, boys=40, girls=3)
    for value, equal in ((43.0, 1), (44.0, 0)):
        known = only_equal(pd.DataFrame(rows), _printed(value))
        assert len(known) == equal
        second = release(rows, known)
        assert hidden(second) == {"boys", "girls"}
    known = only_equal(pd.DataFrame(rows), _printed(43.0))
    documents = [m.model_dump(mode="json") for m in COUNT.values()]
    assert not attack(second, documents, PLACES, RULES, known).leaks
    # Had the whole been hidden in place of the boys, the printed number would tell.
    careless = pd.DataFrame(rows).assign(status=["suppressed", "ok", "suppressed"])
    careless.loc[careless["status"] != "ok", ["numerator", "value", "lower", "upper"]] = np.nan
    assert attack(careless, documents, PLACES, RULES, known).leaks


def test_a_printed_count_of_few_is_no_leak_of_ours() -> None:
    """Another publisher printed three, so one to three of each sex is known anyway."""
    rows = sexes(3, boys=2, girls=1)
    known = only_equal(pd.DataFrame(rows), _printed(3.0))
    second = release(rows, known)
    assert hidden(second) == {"all", "boys", "girls"}
    documents = [m.model_dump(mode="json") for m in COUNT.values()]
    assert not attack(second, documents, PLACES, RULES, known).leaks


TABLES = st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=3)
CHANGES = st.lists(st.tuples(st.integers(0, 8), st.integers(-3, 6)), max_size=3)


def _table(inner: np.ndarray) -> Rows:
    """Phases, with schools in each, and their whole: a hierarchy; sexes cut it another way."""
    phases = ["Primary", "Secondary", "Special"][: len(inner)]
    schools = {
        urn: float(n)
        for phase, row in zip(phases, inner, strict=True)
        for urn, n in zip([u for u in URNS if PHASE[u] == phase], row, strict=False)
    }
    whole = float(inner.sum())
    girls = float(inner[:, 0].sum())
    return [
        cell(whole),
        *cut("phase", {p: float(row.sum()) for p, row in zip(phases, inner, strict=True)}),
        *cut("school", schools),
        *cut("sex", {"girls": girls, "boys": whole - girls}),
    ]


@settings(max_examples=40, deadline=None)
@given(TABLES, st.lists(CHANGES, min_size=1, max_size=2))
def test_no_attack_on_one_release_after_another_succeeds(
    table: list[list[int]], changes: list[list[tuple[int, int]]]
) -> None:
    """Hierarchies and linked tables, revised once or twice: each alone, and with those before.

    What counted the same in all of them is the attacker's best case: they take every figure they
    have seen for the present one.
    """
    inner = np.array(table)
    releases = [release(_table(inner))]
    for change in changes:
        inner = inner.copy()
        for at, by in change:
            spot = divmod(at, 3)
            if spot[0] < len(inner):
                inner[spot] = max(0, inner[spot] + by)
        releases.append(release(_table(inner), seen(*releases)))
    assert not any(leaks(one) for one in releases)


@settings(max_examples=40, deadline=None)
@given(TABLES, st.lists(st.integers(0, 8), min_size=1, max_size=3))
def test_no_attack_on_releases_of_the_same_children_succeeds(
    table: list[list[int]], left: list[int]
) -> None:
    """Nothing is revised, but schools come and go between releases: all readings fit together."""
    full = _table(np.array(table))
    schools = [row["area_id"] for row in full if row["area_kind"] == "school"]
    releases: list[pd.DataFrame] = []
    for gone in [None, *left]:
        without = schools[gone] if gone is not None and gone < len(schools) else None
        rows = [row for row in full if without is None or row["area_id"] != without]
        releases.append(release(rows, seen(*releases) if releases else None))
    for at, one in enumerate(releases):
        others = [r for i, r in enumerate(releases) if i != at]
        assert not leaks(one, *others)


def test_keys_name_a_figure() -> None:
    assert set(KEY) < set(SEEN)
