"""Looking ahead from plain files: moves between states, and the population they come from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from commands.console import out
from models.errors import SemhError

if TYPE_CHECKING:
    import pandas as pd

File = Annotated[Path, typer.Option(exists=True, dir_okay=False)]
WRITES = (
    "CSV of the totals to write: year, mean, q025, q10, q50, q90, q975; with --costs also cost_mean"
    " and so on, pounds a year."
)
COSTS = "CSV of need, setting, cost (pounds a child and year)."


def project(
    transitions: File,
    population: File,
    origin: Annotated[int, typer.Option(help="Last calendar year that may be looked at.")],
    years: Annotated[int, typer.Option(help="How many years ahead.")],
    out_file: Annotated[Path, typer.Option("--out", help=WRITES)],
    costs: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help=COSTS)] = None,
    draws: Annotated[int, typer.Option(help="How many futures.")] = 1000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same futures.")] = 2026,
    cells: Annotated[Path | None, typer.Option(help="CSV by need and setting to write.")] = None,
) -> None:
    """Project children by need and setting from files of moves and population, with ranges."""
    from metrics.methods.backtest import range_words
    from metrics.methods.projection import CannotProject
    from metrics.methods.projection import project as run

    try:
        futures = run(
            _read(transitions),
            _read(population),
            origin=origin,
            years=years,
            draws=draws,
            seed=seed,
        )
        total = futures.total()
        if costs:
            pounds = futures.cost(_read(costs)).set_index("year").add_prefix("cost_")
            total = total.merge(pounds, left_on="year", right_index=True)
    except CannotProject as problem:
        raise SemhError(
            f"Not projected: {problem}.", "put the file right and run it again"
        ) from problem
    total.to_csv(out_file, index=False)
    if cells:
        futures.cells().to_csv(cells, index=False)
    for note in futures.notes:
        out.print(escape(f"Note: {note}."))
    limits = total[["q025", "q10", "q90", "q975"]].astype(float).to_numpy()
    for year, (low, likely, high, most) in zip(total["year"], limits, strict=True):
        out.print(f"{year}: {range_words(low, likely, high, most)}")


def _read(path: Path) -> pd.DataFrame:
    import pandas as pd

    try:
        return pd.read_csv(path)
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise SemhError(
            f"{path.name} can't be read as a table.", "save it as CSV, in UTF-8, with a header"
        ) from error
