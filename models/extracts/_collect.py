"""What every COLLECT export module shares: its key columns and how a module is put together."""

from __future__ import annotations

from typing import Any

from pydantic import create_model

from models.extract import Extract, Mark, column

UPN_PATTERN = "[A-Z][0-9]{11}[0-9A-Z]"
"""A UPN: a letter, eleven digits, and a digit or (when temporary) a letter."""

CENSUS_GUIDE = "DfE school census guide (complete data items)"
COLLECT_LAYOUT = "COLLECT export layout"
RETURN_AGAIN = "Correct it in the management information system and export the return again."
SCHOOL_SUPPLIER = "the school's census return, through the council's data team"


def key(meaning: str, **rest: Any) -> Any:
    """A table key of the COLLECT export."""
    return column(
        meaning,
        source=COLLECT_LAYOUT,
        required=True,
        key=True,
        action="Export the module again; every row needs its table keys.",
        **rest,
    )


def plain(meaning: str, **rest: Any) -> Any:
    """A field of the layout that nothing here uses; kept so that the layout is whole."""
    return column(meaning, source=COLLECT_LAYOUT, kept=False, **rest)


def name_part(meaning: str, **rest: Any) -> Any:
    """A name or other number of a child that nothing here uses: read past, never staged."""
    return identifier(meaning, kept=False, **rest)


def linking_name(meaning: str, **rest: Any) -> Any:
    """A name by which a child's records in other services are found; it goes no further."""
    return identifier(meaning, **rest)


def identifier(meaning: str, **rest: Any) -> Any:
    """A field that identifies a child and never leaves the staging area."""
    rest.setdefault("source", CENSUS_GUIDE)
    return column(meaning, mark=Mark.IDENTIFIER, **rest)


def module_keys(name: str, parent: str) -> dict[str, tuple[Any, Any]]:
    """The five columns every child module starts with, in file order."""
    return {
        f"{parent}tableid": (str, key(f"Row of {parent} this belongs to")),
        "nativeid": (str | None, plain("School the return came from", header="NativeId")),
        f"{name}tableid": (str, plain("This row's own key")),
        f"{name}orderseqcolumn": (str | None, plain("Position among the parent's rows")),
        "sourceid": (str | None, plain("Return this row came from")),
    }


def collect_module(name: str, parent: str, payload: type[Extract], title: str) -> type[Extract]:
    """The contract of child module `name` under `parent`: keys first, then the payload's fields."""
    fields = {**module_keys(name, parent), **fields_of(payload)}
    made: type[Extract] = create_model(f"sc_{name}", __base__=Extract, **fields)  # type: ignore[call-overload]
    made.extract = f"sc_{name}"
    made.family = "school_census"
    made.title = title
    made.owner = SCHOOL_SUPPLIER
    made.by_period = True
    made.ordered = payload.ordered
    made.parent = (f"sc_{parent}", f"{parent}tableid")
    made.recognised_by = (f"{parent}tableid", f"{name}tableid", *payload.recognised_by)
    made.__doc__ = payload.__doc__
    return made


def fields_of(payload: type[Extract]) -> dict[str, tuple[Any, Any]]:
    """A contract's fields in the form `create_model` takes."""
    return {name: (info.annotation, info) for name, info in payload.model_fields.items()}
