"""The simulation is held to published figures, and what was planted is there to be found."""

import numpy as np
import pytest

from data.synthetic import camhs, disputes, needs, suspensions
from data.synthetic.calibration import TARGETS
from data.synthetic.clock import days_of
from data.synthetic.costs import cost_lines
from data.synthetic.generate import simulate
from data.synthetic.people import year_group
from data.synthetic.placements import short_locality
from data.synthetic.world import NOWHERE, new_world
from models.settings import Settings

SCALE = 0.3


@pytest.fixture(scope="module")
def world():
    world = new_world(Settings().profile, SCALE, 2026)
    simulate(world)
    world.tables["costs"] = cost_lines(world)
    return world


@pytest.mark.parametrize("target", TARGETS, ids=lambda t: t.name)
def test_target(world, target):
    assert target.miss(world) <= target.within, (
        f"{target.name}: simulated {target.found(world):.2f}, {target.source} says"
        f" {target.wanted(world):.2f}"
    )


def test_every_target_has_a_source():
    assert all(t.source and t.within > 0 for t in TARGETS)
    names = [t.name for t in TARGETS]
    assert len(set(names)) == len(names) > 70


def test_suspensions_of_semh_pupils_shift_when_planted(world):
    """The same pupils-with-SEMH rate before and after, against other pupils' rate."""
    table = world.tables["suspensions"]
    after = table["day"] >= days_of(suspensions.SHIFT_FROM)
    used = table[
        (table["category"] == "SUSP") & (table["term"].between(9, 14) | (table["term"] > 14))
    ]
    semh = used["semh"]
    odds = [
        (semh & (after == late)).sum() / (~semh & (after == late)).sum() for late in (False, True)
    ]
    assert odds[1] / odds[0] == pytest.approx(suspensions.SHIFT, rel=0.25)


def test_planted_odds_of_semh_by_sex(world):
    t = 13
    support = world.grids["sen"][t] == 1
    year = year_group(world.people, world.censuses[t].academic_year)
    secondary = support & (year >= 7) & (year <= 11)
    semh = world.grids["need"][t] == "SEMH"
    male = world.people["male"].to_numpy()

    def odds(group):
        return (semh & group).sum() / (~semh & group).sum()

    found = odds(secondary & male) / odds(secondary & ~male)
    assert found == pytest.approx(needs.SEMH_MALE_ODDS, rel=0.25)


def test_short_locality_has_fewer_local_and_more_distant_places(world):
    spells = world.tables["spells"]
    semh = spells[spells["semh"]]
    home = world.people["locality"].to_numpy()[semh["person"].to_numpy()]
    short = home == short_locality(world)
    ratio = {}
    for setting in ("special", "independent"):
        here = (semh["setting"] == setting).to_numpy()
        ratio[setting] = (
            (here & short).sum() / short.sum() / ((here & ~short).sum() / (~short).sum())
        )
    assert ratio["special"] < 0.8 < 1.2 < ratio["independent"]


def test_effective_intervention_improves_and_null_does_not(world):
    scores = world.tables["scores"]
    wide = scores.pivot_table(
        index=["referral", "tool", "intervention"], columns="stage", values="score"
    ).dropna()
    sd = {tool: spec[1] for tool, spec in camhs.TOOLS.items()}
    gain = (wide["first"] - wide["last"]) / wide.index.get_level_values("tool").map(sd).to_numpy()
    mean = gain.groupby("intervention").mean()
    assert mean[camhs.EFFECTIVE] - mean[camhs.USUAL] == pytest.approx(camhs.EFFECT, abs=0.12)
    assert mean[camhs.NULL] - mean[camhs.USUAL] == pytest.approx(0, abs=0.10)


def test_suspensions_follow_the_shape_of_the_year(world):
    month = world.tables["suspensions"]["day"].to_numpy().astype("datetime64[D]")
    count = np.bincount(month.astype("datetime64[M]").astype(int) % 12, minlength=12)
    assert count[7] == 0
    assert set(np.argsort(count)[-2:]) == {2, 10}  # March and November


def test_semh_places_are_waited_for_longer_where_there_is_no_school(world):
    waits = world.tables["waits"]
    placed = waits[(waits["placed"] >= 0) & waits["semh"].astype(bool)]
    home = world.people["locality"].to_numpy()[placed["person"].to_numpy()]
    weeks = (placed["placed"] - placed["asked"]) / 7
    short = home == short_locality(world)
    assert min(short.sum(), (~short).sum()) > 10
    ratio = np.exp(np.log(weeks[short]).mean() - np.log(weeks[~short]).mean())
    assert ratio == pytest.approx(disputes.SHORT_WAIT, rel=0.3)


def test_some_excluded_pupils_are_lost_as_planted(world):
    lost, excluded = world.tables["lost"], world.tables["permanent"]
    share = len(lost) / len(excluded)
    planted = suspensions.LOST_TO_HOME + suspensions.LOST_FOR_A_TERM
    assert share == pytest.approx(planted, abs=0.06)
    at = world.grids["school_at"]
    assert (at[lost["census"].to_numpy(), lost["person"].to_numpy()] == NOWHERE).all()
