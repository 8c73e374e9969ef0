"""What headteachers read exactly of their own school; no other school's follows from it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

sys.path.insert(0, str(Path(__file__).resolve().parent))

from made_up_warehouse import BOROUGH, URNS, make_warehouse

from models.observation import Tier
from models.principal import Principal
from models.settings import Settings
from publish.audit import AuditReport, audit_file
from publish.disclosure import suppress
from publish.owners import kept_from, learnt
from publish.snapshot import Snapshot, live_path
from publish.system import System, read_system
from publish.write import publish

KEY = "metric_id, period_start, area_kind, area_id, breakdown, category"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = make_warehouse(tmp_path_factory.mktemp("own"), seed=6)
    publish(settings)
    return settings


@pytest.fixture
def planted(published: Settings, tmp_path: Path) -> Settings:
    shutil.copytree(published.home, tmp_path / "home")
    return Settings(home=tmp_path / "home")


def live(settings: Settings) -> Path:
    return live_path(settings.current.resolve())


def head(*urns: str) -> Principal:
    return Principal("headteacher", Tier.RESTRICTED, schools=frozenset(urns))


def group(*n: float, hidden: list[bool] | None = None) -> System:
    """Cells of one total, which is shown; all of them hidden unless said otherwise."""
    cells = pd.DataFrame({
        "cell_id": range(len(n) + 1), "n": [*n, sum(n)], "threshold": 5,
        "hidden": [*(hidden or [True] * len(n)), False],
    })  # fmt: skip
    ties = pd.DataFrame({
        "identity_id": 0, "cell_id": range(len(n) + 1), "coef": [1.0] * len(n) + [-1.0],
    })  # fmt: skip
    return read_system(cells, ties, 5)


def test_who_shelters_others_is_not_told_their_own() -> None:
    # 1 + 1 + 8 = 10. The third knows the others make 2, so one each; either of the first two
    # learns that the other and the third make 9, of which the other may be 1 to 8.
    system = group(1, 1, 8)
    assert kept_from(system, np.array([0, 1, 2, -1])).tolist() == [False, False, True, False]
    found = learnt(system, np.array([0, 1, 2, -1]))
    assert found[["owner", "cell", "lower", "upper"]].to_numpy().tolist() == [
        [2, 0, 1, 1],
        [2, 1, 1, 1],
    ]


def test_of_two_neither_is_told_their_own_where_the_other_is_small() -> None:
    assert kept_from(group(2, 12), np.array([0, 1, -1])).tolist() == [False, True, False]
    assert kept_from(group(2, 3), np.array([0, 1, -1])).tolist() == [True, True, False]
    assert not kept_from(group(2, 3, 4, 20), np.array([0, 1, 2, 3, -1])).any()


def test_who_owns_two_knows_both() -> None:
    assert kept_from(group(2, 9, 3), np.array([0, 1, 1, -1])).tolist() == [False, True, True, False]
    assert not kept_from(group(2, 9, 3), np.array([-1, -1, 0, -1])).any()


def bounds(system: System, known: np.ndarray, cell: int) -> tuple[float, float]:
    """The plain attack of someone who knows these cells, by linear programs of its own."""
    ends = []
    free = system.hidden & ~known
    span = [
        (a, b if np.isfinite(b) else None) if f else (n, n)
        for a, b, n, f in zip(system.least, system.most, system.n, free, strict=True)
    ]
    aim = np.zeros(len(system.n))
    aim[cell] = 1
    dense = system.matrix.toarray()
    for sense in (1, -1):
        solved = linprog(sense * aim, A_eq=dense, b_eq=np.zeros(len(dense)), bounds=span)
        ends.append(sense * solved.fun if solved.status == 0 else np.inf)
    return ends[0], ends[1]


def _width(system: System, known: np.ndarray, cell: int) -> float:
    least, most = bounds(system, known, cell)
    return most - least


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=6), min_size=2, max_size=3))
def test_no_owner_learns_a_small_count_of_another(phases: list[list[int]]) -> None:
    """Two layers of totals: schools in phases, phases in the borough; each school one owner."""
    n = [float(x) for phase in phases for x in phase]
    sums = [float(sum(phase)) for phase in phases]
    start = np.cumsum([0, *map(len, phases)])
    cells = pd.DataFrame({"cell_id": range(len(n) + len(sums) + 1), "n": [*n, *sums, sum(sums)]})
    ties = [(p, i, 1.0) for p in range(len(phases)) for i in range(start[p], start[p + 1])]
    ties += [(p, len(n) + p, -1.0) for p in range(len(phases))]
    ties += [(-1, len(n) + p, 1.0) for p in range(len(phases))] + [(-1, len(n) + len(sums), -1.0)]
    identities = pd.DataFrame(ties, columns=["identity_id", "cell_id", "coef"])
    done = suppress(cells, identities)
    system = read_system(cells.assign(hidden=done["suppressed"]), identities, 5)
    owner = np.concatenate([np.arange(len(n)), np.full(len(sums) + 1, -1)])
    kept = kept_from(system, owner)
    for who in np.flatnonzero(system.hidden & (owner >= 0)):
        told = [
            other
            for other in np.flatnonzero(system.hidden & (system.n > 0) & (system.n < 5))
            if other != who and _width(system, owner == who, other) < 3 - 1e-6
        ]
        assert not told or kept[who]


def test_a_head_reads_their_own_school_exactly_and_no_other(published: Settings) -> None:
    snapshot = Snapshot.live(published)
    every = snapshot.release(head(*URNS))
    urns = every.loc[every["tier"] == "restricted", "area_id"].value_counts().index[:2].to_list()
    mine, theirs = (snapshot.release(head(urn)) for urn in urns)
    partner = snapshot.release(Principal("partner", Tier.PARTNER))
    own = mine[mine["tier"] == "restricted"]
    assert len(own) > 2 and set(own["area_id"]) == {urns[0]}
    assert own["numerator"].between(1, 4).any()
    with duckdb.connect(str(published.warehouse), read_only=True) as con:
        truth = con.execute("select * from observation").df()
    both = own.merge(truth, on=KEY.split(", "), suffixes=("", "_true"))
    assert len(both) == len(own) and (both["numerator"] == both["numerator_true"]).all()
    # One row for each figure, and all others as partners read them.
    assert len(mine) == len(partner) == len(theirs)
    others = mine[mine["area_id"] != urns[0]].reset_index(drop=True)
    pd.testing.assert_frame_equal(
        others, partner[partner["area_id"] != urns[0]].reset_index(drop=True)
    )


def test_only_what_schools_return_themselves_is_exact(published: Settings) -> None:
    rows = Snapshot.live(published).release(head(*URNS))
    own = rows[rows["tier"] == "restricted"]
    assert set(own["metric_id"]) <= {"semh_suspension_rate", "semh_pupils_share"}
    assert not own["denominator"].eq(1).any()
    assert set(own["area_kind"]) == {"school"}


def plant(settings: Settings, statement: str) -> AuditReport:
    with duckdb.connect(str(live(settings))) as con:
        con.execute(f"attach '{settings.warehouse}' as w (read_only)")
        changed = con.execute(statement).fetchall()
        assert changed[0][0] > 0, "nothing was planted"
    return audit_file(live(settings), BOROUGH)


HIDDEN = f"""insert into observation by name
    select t.* replace ('restricted' as tier) from w.observation t join observation o using ({KEY})
    where o.status = 'suppressed' and t.area_kind = 'school'"""


def test_a_head_who_could_subtract_fails_the_audit(planted: Settings) -> None:
    """The channel of the role: every head told what is hidden of theirs, without a second look."""
    report = plant(planted, HIDDEN)
    told = [words for words in report.failures if "for a head of another" in words]
    assert told and all(words.startswith("restricted: ") for words in report.failures)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("metric_id = 'camhs_referrals'", "schools' own returns"),
        ("denominator = 1", "of one child"),
    ],
)
def test_what_no_head_may_read_fails_the_audit(planted: Settings, change: str, words: str) -> None:
    with duckdb.connect(str(live(planted))) as con:
        con.execute(
            "create temp table planted as select * from observation"
            " where tier = 'restricted' and metric_id = 'semh_suspension_rate' limit 1"
        )
        con.execute(
            "delete from observation using planted p where observation.tier = 'restricted' and"
            " observation.area_id = p.area_id and observation.period_start = p.period_start"
        )
        con.execute(f"update planted set {change}")
        con.execute("insert into observation by name select * from planted")
    report = audit_file(live(planted), BOROUGH)
    assert any(words in told for told in report.failures)
    assert all(told.startswith("restricted: ") for told in report.failures)
