"""Looking ahead: the tables that hold it, alike in the warehouse and in a snapshot.

No table has a row about one child: they hold simulated futures of groups, ranges, and money.
A `year` is the calendar year of a January count of EHC plans unless `year_kind` says otherwise;
`all` in need, phase, setting, designation or locality means not split by it. Ranges are over
simulated futures: `q025` to `q975` is the 95 % range, `q10` to `q90` the 80 % range.
"""

from __future__ import annotations

_RANGE = "mean double, q025 double, q10 double, q50 double, q90 double, q975 double"
_SPLIT = "need varchar not null, phase varchar not null, setting varchar not null,"
_TIER = "tier varchar not null"
_PLACE = "designation varchar not null, phase varchar not null, locality varchar not null"


def _range(prefix: str) -> str:
    """The columns of a range, each with a prefix."""
    return ", ".join(prefix + column for column in _RANGE.split(", "))


OUTLOOK: dict[str, str] = {
    "forecast": (
        "forecast_id varchar not null, made_from date not null, origin integer not null,"
        f" subject varchar not null, {_SPLIT} locality varchar not null, year integer not null,"
        f" year_kind varchar not null, unit varchar not null, {_RANGE}, method varchar not null,"
        f" note varchar not null, {_TIER}"
    ),
    "forecast_score": (
        f"source varchar not null, subject varchar not null, {_SPLIT} method varchar not null,"
        f" origin integer not null, year integer not null, horizon integer not null,"
        f" actual double not null, {_RANGE}, in_80 boolean, in_95 boolean, crps double,"
        f" interval_score double, {_TIER}"
    ),
    "forecast_choice": (
        f"subject varchar not null, {_SPLIT} method varchar not null, held integer not null,"
        f" tried integer not null, reason varchar not null, {_TIER}"
    ),
    "council_forecast": (
        "subject varchar not null, said_in varchar not null, for_period varchar not null,"
        " said double, happened double, unit varchar not null, source varchar not null,"
        " note varchar not null"
    ),
    "future_group": (
        f"group_id integer not null, {_SPLIT} in_borough boolean not null, base integer,"
        f" unit_cost double, cost_note varchar, {_TIER}"
    ),
    "future": (
        "draw integer not null, year integer not null, group_id integer not null,"
        " children integer not null"
    ),
    "future_joined": (
        "draw integer not null, year integer not null, need varchar not null,"
        " phase varchar not null, children integer not null"
    ),
    "future_kernel": (
        "need varchar not null, phase varchar not null, lag integer not null,"
        " group_id integer not null, share double not null"
    ),
    "money_ahead": (
        "subject varchar not null, component varchar not null, year integer not null,"
        f" year_kind varchar not null, unit varchar not null, {_RANGE}, note varchar not null,"
        f" {_TIER}"
    ),
    "break_even": (
        "scheme_id varchar not null, name varchar not null, need varchar not null,"
        " locality varchar not null, phase varchar not null, places integer not null,"
        " opens integer not null, capital double not null, running double, saving double,"
        " median double, low double, high double, never double, npv double, npv_low double,"
        " npv_high double, pays_back double, year integer, note varchar not null,"
        f" {_TIER}"
    ),
    "gap": (
        f"{_PLACE}, year integer not null, now integer not null, places integer not null,"
        f" {_range('need_')}, {_range('gap_')}, chance double not null, {_TIER}"
    ),
    "gap_opening": (
        f"{_PLACE}, opens integer, chance double not null, last_year integer not null,"
        f" sentence varchar not null, meanwhile varchar not null, {_TIER}"
    ),
    "overflow": (
        f"{_PLACE}, year integer not null, destination varchar not null, {_RANGE},"
        f" share double not null, {_TIER}"
    ),
    "plan_run": (
        "plan_id varchar not null, budget double not null, budget_share double not null,"
        " margin double, problem varchar not null, capital double, expected double, low double,"
        " high double, nothing double, runner_up varchar not null, runner_up_more double,"
        f" regret double, regret_high double, weighed integer, proved_gap double, {_TIER}"
    ),
    "plan_choice": (
        "plan_id varchar not null, scheme_id varchar not null, name varchar not null,"
        " locality varchar not null, designation varchar not null, phase varchar not null,"
        " places integer not null, capital double not null, running double not null,"
        " opens integer not null, chosen boolean not null, runner_up boolean not null,"
        " worth double not null, worth_low double not null, worth_high double not null,"
        f" right_share double not null, regret double not null, reason varchar not null, {_TIER}"
    ),
    "plan_unmet": (
        "plan_id varchar not null, need varchar not null, locality varchar not null,"
        f" year integer not null, children double not null, share double not null, {_TIER}"
    ),
    "outlook_assumption": (
        "part varchar not null, seq integer not null, what varchar not null,"
        " value varchar not null, source varchar not null"
    ),
    "outlook_note": "part varchar not null, problem varchar not null, next_step varchar not null",
}
"""`forecast`: every forecast made and kept, the newest origin of a subject being the one shown;
`forecast_score`: ranges against what came (source: backtest, kept or national);
`forecast_choice`: which method is shown for a subject and why; `council_forecast`: what the
council said before. `future`: children in a simulated future (`draw`) and January by group of
`future_group`; `future_joined`: children newly with a plan, by phase at entry; `future_kernel`:
the expected share of such children in a group `lag` Januaries after they joined (lag 0: the
January they are first counted). `money_ahead`: pounds (or children) by subject, component and
the year its period starts in: `oob_semh` and `oob_all` (places outside the borough at
independent and non-maintained schools), `high_needs` (all lines), `outturn`, `grant`,
`<subject>_change` (parts of the change, which add up), `place_away`, `place_local`, `rise` (per
cent a year), `early_help`. `break_even`: schemes that could be built, in pounds of the first
year; place-years and present values; NULL where a place never pays back. `gap`: children who
need a specialist place against places, by designation, phase and locality (`now` at the origin;
`chance` that need exceeds places); `gap_opening`: the first year that is at least as likely as
not, in words; `overflow`: children without a local place by where they would be. `plan_run`:
the plan for a budget, in discounted pounds, or why there is none; `plan_choice`: each scheme in
it, what the choice saves against its reverse; `plan_unmet`: expected children without a place
by locality in the last year. `outlook_assumption`: what each part takes as given;
`outlook_note`: a part that could not be worked out, why, and what to do."""


def ddl(name: str) -> str:
    """The statement that makes one of the tables."""
    return f"create table {name} ({OUTLOOK[name]})"
