"""Which period each staged file covers: from its own rows and its parents', then from its name."""

from __future__ import annotations

import re
from datetime import date

import duckdb

from models.extract import Extract
from models.extracts import EXTRACTS

TERM_IN_NAME = re.compile(r"(20\d\d)[_ -]?(autumn|spring|summer|aut|spr|sum)", re.IGNORECASE)
YEAR_IN_NAME = re.compile(r"(20\d\d)")
WHOLE_TERM = {"aut": "autumn", "spr": "spring", "sum": "summer"}

HEADERS = {
    "sc_schoolcensus": (
        "year(referencedate)::varchar || '-' || case when month(referencedate) >= 8 then 'autumn'"
        " when month(referencedate) <= 3 then 'spring' else 'summer' end"
    ),
    "sen2_sen2": "year(referencedate)::varchar",
}
"""Extracts whose own rows name the period, and how."""


def find_periods(con: duckdb.DuckDBPyConnection) -> None:
    """Fill `staging.files.period`: headers first, then children from their parents."""
    _from_names(con)
    for extract, period in HEADERS.items():
        _set(con, f"select file, mode({period}) from staging.{extract} group by file")
    for contract in EXTRACTS.values():
        if contract.by_period and contract.parent:
            _from_parent(con, contract, *contract.parent)
        elif not contract.by_period:
            _latest_date(con, contract)
    _from_folder(con)
    _name_providers(con)


def _set(con: duckdb.DuckDBPyConnection, query: str) -> None:
    con.execute(
        f"update staging.files f set period = n.period from ({query}) n(file, period)"
        " where n.file = f.file and n.period is not null"
    )


def _from_parent(
    con: duckdb.DuckDBPyConnection, contract: type[Extract], parent: str, key: str
) -> None:
    """The period of the parents of a file's first rows, where they agree on one.

    Suppliers that number rows afresh in every export leave it open; then the name decides.
    """
    _set(
        con,
        f"with first_rows as (select file, {key} from staging.{contract.extract}"
        " qualify row_number() over (partition by file) <= 20)"
        " select s.file, min(f.period) from first_rows s"
        f" join staging.{parent} p on p.{key} = s.{key} join staging.files f on f.file = p.file"
        " group by s.file having count(distinct f.period) = 1",
    )


def _latest_date(con: duckdb.DuckDBPyConnection, contract: type[Extract]) -> None:
    """A whole delivery is called by the month of its latest date that is required."""
    dated = [
        name
        for name, info in contract.model_fields.items()
        if info.annotation is date and contract.columns()[name].kept
    ]
    if dated:
        _set(
            con,
            f"select file, 'to ' || strftime(max({dated[0]}), '%Y-%m')"
            f" from staging.{contract.extract} group by file",
        )


def _from_folder(con: duckdb.DuckDBPyConnection) -> None:
    """An empty table says no period: it takes that of its folder, where there is one only."""
    folder = "regexp_replace(file::varchar, '[^/\\\\]*$', '')"
    con.execute(
        "update staging.files f set period = n.period from ("
        f" select family, {folder} as folder, min(period) as period from staging.files"
        " where family in ('school_census', 'sen2') group by all"
        " having count(distinct period) = 1) n"
        " where f.period is null and f.family = n.family"
        f" and {folder.replace('file', 'f.file')} = n.folder"
    )


def _name_providers(con: duckdb.DuckDBPyConnection) -> None:
    """Health submissions are called by their provider first: the one whose header is beside them.

    Left as they are where no header, or headers of several providers, stand in one folder.
    """
    folder = "regexp_replace(name, '[^/\\\\]*$', '')"
    con.execute(
        "update staging.files f set period = concat_ws(' ', n.provider, f.period) from ("
        f" select {folder} as folder, min(m.orgidprovider) as provider from staging.mhs000 m"
        " join staging.files using (file) group by folder"
        " having count(distinct m.orgidprovider) = 1) n"
        f" where f.family = 'mhsds' and {folder.replace('name', 'f.name')} = n.folder"
    )


def _from_names(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(
        "select file::varchar, name, family from staging.files"
        " where family in ('school_census', 'sen2')"
    ).fetchall()
    named = [(period_in_name(name, family), file) for file, name, family in rows]
    for period, file in named:
        if period:
            con.execute("update staging.files set period = ? where file = ?", [period, file])


def period_in_name(name: str, family: str) -> str | None:
    """The period a file's name hints at: `2024-autumn` for a census, `2025` for a SEN2 return."""
    if family == "sen2":
        years = YEAR_IN_NAME.findall(name)
        return years[-1] if years else None
    term = TERM_IN_NAME.search(name)
    if not term:
        return None
    word = term.group(2).lower()
    return f"{term.group(1)}-{WHOLE_TERM.get(word, word)}"
