"""A council's own list of schemes, planned against the loaded warehouse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from pydantic import ValidationError

from metrics.methods.futures.history import CannotProject
from metrics.methods.planner import CannotPlan, Limits, Plan, plan
from metrics.outlook import futures
from metrics.outlook.base import Outlook
from metrics.outlook.building import LIFE
from metrics.outlook.gaps import look_at_places
from metrics.outlook.plan_inputs import Inputs, plan_inputs
from metrics.outlook.planning import SECONDS, fair_for
from models.borough import Borough
from models.extracts.capital import CandidateScheme

_RENAMED = {"scheme_name": "name", "capital_cost": "capital", "running_cost_per_place": "running"}


def read_list(path: Path) -> pd.DataFrame:
    """The schemes of a file in the layout of the contract of candidate schemes.

    Raises CannotPlan naming the line, the field and what is wrong with it.
    """
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    missing = [name for name in CandidateScheme.model_fields if name not in rows.columns]
    if missing:
        raise CannotPlan(f"{path.name} has no column {', '.join(missing)}; semh template"
                         f" {CandidateScheme.extract} writes one with every column")  # fmt: skip
    if rows.empty:
        raise CannotPlan(f"{path.name} lists no scheme; there is nothing to choose from")
    found = [_scheme(row, number + 2) for number, row in enumerate(rows.to_dict("records"))]
    listed = pd.DataFrame([one.model_dump() for one in found]).rename(columns=_RENAMED)
    return listed.astype({"capital": float, "running": float})


def _scheme(row: dict[Any, Any], line: int) -> CandidateScheme:
    said = {name: str(row[name]).strip() for name in CandidateScheme.model_fields}
    try:
        scheme = CandidateScheme.model_validate(said)
    except ValidationError as error:
        fault = error.errors()[0]
        raise CannotPlan(f"line {line}: {fault['loc'][0]} is wrong: {fault['msg']}") from error
    for name, column in CandidateScheme.columns().items():
        value = getattr(scheme, name)
        if column.codes and value not in column.codes:
            raise CannotPlan(f"line {line}: {name} {value!r} is not one of {_some(column.codes)}")
        if column.minimum is not None and value < column.minimum:
            raise CannotPlan(f"line {line}: {name} is {value}; give {column.minimum} or more")
    if scheme.opening_date < scheme.start_date:
        raise CannotPlan(f"line {line}: scheme {scheme.scheme_id!r} opens on {scheme.opening_date},"
                         f" before it starts on {scheme.start_date}")  # fmt: skip
    return scheme


def _some(words: dict[str, str]) -> str:
    return ", ".join(words)


def plan_list(
    con: duckdb.DuckDBPyConnection, profile: Borough, listed: pd.DataFrame, *, budget: float,
    margin: float | None, minutes: float = np.inf,
) -> tuple[Inputs, Plan]:  # fmt: skip
    """The plan for a list of schemes within a budget in pounds; nothing is written.

    Simulates the borough's futures anew. Raises CannotProject where the warehouse lacks something,
    and CannotPlan where a scheme is wrong or no plan keeps to the limits.
    """
    outlook = Outlook(con, profile)
    futures.look(outlook)
    look_at_places(outlook)
    wanted, supply = outlook.left["need for places"], outlook.left["places"]
    inputs = plan_inputs(con, profile, wanted, supply, listed)
    limits = Limits(budget, minutes, margin, LIFE, fair_for(inputs))
    first = int(inputs.years[0])
    found = plan(inputs.need, first, inputs.borough, inputs.schemes, limits, seconds=SECONDS)
    return inputs, found


__all__ = ["CannotPlan", "CannotProject", "plan_list", "read_list"]
