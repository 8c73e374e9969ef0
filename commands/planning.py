"""Planning places: which schemes of a council's own list to build within a budget."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from commands.console import out
from models.errors import SemhError
from models.settings import Settings

if TYPE_CHECKING:
    from metrics.methods.planner import Plan


def plan(
    schemes: Annotated[
        Path, typer.Option(exists=True, dir_okay=False, help="CSV of schemes, as the template.")
    ],
    budget: Annotated[float, typer.Option(min=0, help="Capital to spend, pounds.")],
    out_file: Annotated[Path, typer.Option("--out", help="CSV of the choices to write.")],
    margin: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Fairness: 0.1 lets no locality fall 10 points behind."),
    ] = None,
    minutes: Annotated[
        float | None, typer.Option(min=0, help="Longest journey to a place, minutes.")
    ] = None,
) -> None:
    """Choose the schemes of least expected cost from a list, for the borough that is loaded."""
    from metrics.outlook.own_list import CannotPlan, CannotProject, plan_list, read_list
    from models.store import open_warehouse

    settings, most = Settings(), float("inf") if minutes is None else minutes
    try:
        listed = read_list(schemes)
        with open_warehouse(settings) as con:
            inputs, found = plan_list(
                con, settings.profile, listed, budget=budget, margin=margin, minutes=most
            )
    except (CannotPlan, CannotProject) as problem:
        raise SemhError(f"Not planned: {problem}.", "put it right and run it again") from problem
    found.choices.round(
        {"right": 2, "worth": 0, "worth_low": 0, "worth_high": 0, "regret": 0}
    ).to_csv(out_file, index=False)
    for reason in inputs.left_out:
        out.print(escape(f"Left out: {reason}."))
    _say(found)


def _say(found: Plan) -> None:
    chosen = ", ".join(found.chosen) or "nothing"
    out.print(escape(f"Build {chosen}: capital £{found.capital:,.0f}."))
    out.print(
        f"Expected cost £{found.expected:,.0f} (19 in 20 futures: £{found.low:,.0f} to"
        f" £{found.high:,.0f}); with nothing built £{found.nothing:,.0f}."
    )
    if found.runner_up is not None and found.runner_up_expected is not None:
        names = ", ".join(found.runner_up) or "nothing"
        more = found.runner_up_expected - found.expected
        out.print(escape(f"Runner-up: {names}; £{more:,.0f} more."))
    out.print("Proved the cheapest." if found.gap == 0 else
              f"Time ran out: a better plan could cost at most {found.gap:.1%} less.")  # fmt: skip
    for row in found.unmet.itertuples():
        out.print(escape(f"Without a place in {row.locality}: {row.children:,.0f} children"
                         f" ({row.share:.0%})."))  # fmt: skip
