"""A contract compiled to SQL that types, checks and splits a staged table in one pass.

The SQL is meant to be read. Steps: `trimmed` (blank cells become null), `typed` (text to the
contract's type; what can't be typed becomes null), `faulty` (one bit for each rule a row breaks).
They run over the scanner itself, so a file's text is never held beside its typed rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Any, Union, get_args, get_origin

from models.extract import CENSUS, Column, Extract, OnFail
from models.extracts import EXTRACTS

DATE_STYLES = (
    "%Y-%b-%d %H:%M:%S",
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%d/%m/%Y %H:%M:%S",
)
"""COLLECT, ISO and British dates, with and without a time of day."""

SQL_TYPE = {
    str: "varchar",
    int: "bigint",
    float: "double",
    bool: "boolean",
    date: "date",
    Decimal: "decimal(12,2)",
}
KIND_WORDS = {
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a date such as 2025-Jan-16, 2025-01-16 or 16/01/2025",
    Decimal: "an amount in pounds",
}

REPEATED, ORPHAN = "repeated", "orphan"
OTHERS = (REPEATED, ORPHAN, "census_first", "census_last")
"""Words of rules that need other rows: an earlier one of the same key, or the parent's."""


@dataclass(frozen=True)
class Rule:
    """One thing that can be wrong with a row: where, what, and what to do about it."""

    field: str
    found_kind: str
    expected: str
    reason: str
    action: str
    breaks: str
    """SQL over `typed` (field, and field__text before typing) that is true when it is broken."""
    quarantines: bool = True

    @property
    def alone(self) -> bool:
        """Whether a row by itself shows that it is broken."""
        return not any(word in self.breaks for word in OTHERS)


def kept(contract: type[Extract]) -> dict[str, tuple[type, Column]]:
    """Each field that is staged, with its Python type and its Column."""
    return {
        n: (plain_type(contract, n), spec) for n, spec in contract.columns().items() if spec.kept
    }


def plain_type(contract: type[Extract], name: str) -> type:
    """A field's Python type: `date` for `date | None`."""
    annotation: Any = contract.model_fields[name].annotation
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(a for a in get_args(annotation) if a is not type(None))
    return annotation  # type: ignore[no-any-return]


def rules(contract: type[Extract]) -> list[Rule]:
    """Every rule of a contract, in field order; a row's fault bits follow this order."""
    found = []
    for name, (kind, spec) in kept(contract).items():
        found += _field_rules(name, kind, spec)
    found += [_order_rule(first, then) for first, then in contract.ordered]
    if contract.unique:
        found.append(_unique_rule(contract))
    if contract.parent:
        found.append(_parent_rule(contract, *contract.parent))
    return found


def _field_rules(name: str, kind: type, spec: Column) -> list[Rule]:
    holds = spec.on_fail is OnFail.QUARANTINE
    made = []
    if spec.required:
        made.append(("blank", "a value", f"{name} is missing", f"{name}__text is null"))
    if kind is not str:
        words = KIND_WORDS[kind]
        untyped = f"{name}__text is not null and {name} is null"
        made.append((f"text that is not {words}", words, f"{name} is not {words}", untyped))
    if spec.codes is not None:
        made.append(_code_rule(name, kind, spec.codes))
    if spec.code_days:
        made.append(_code_day_rule(name, spec))
    if spec.pattern is not None:
        form = f"the form {spec.pattern}"
        breaks = f"not regexp_full_match({name}, {_text(spec.pattern)})"
        made.append(("text of another form", form, f"{name} does not have the right form", breaks))
    made += _range_rules(name, spec)
    if spec.past:
        breaks = f"{name} > getvariable('latest_day')"
        made.append(("a date in the future", "a day gone by", f"{name} is in the future", breaks))
    return [Rule(name, *parts[:3], spec.action, parts[3], holds) for parts in made]


def _code_rule(name: str, kind: type, codes: dict[str, str]) -> tuple[str, str, str, str]:
    listed = ", ".join(_text(code) for code in codes)
    shown = ", ".join(codes) if len(codes) <= 40 else f"one of {len(codes)} codes"
    return (
        "a code outside the code set",
        shown,
        f"{name} is not in the code set",
        f"{name} not in ({listed})",
    )


TERM_BEFORE = 120
"""Days before census day in which the term that a census reports may lie."""


def _code_day_rule(name: str, spec: Column) -> tuple[str, str, str, str]:
    """A code used on a day when it was not in use; by census, the whole term reported must miss."""
    first, last = spec.dated_by, spec.dated_by
    if spec.dated_by == CENSUS:
        first, last = f"census_first - {TERM_BEFORE}", "census_last"
    by_days: dict[tuple[date | None, date | None], list[str]] = {}
    for code, days in (spec.code_days or {}).items():
        by_days.setdefault(days, []).append(_text(code))
    parts = []
    for (since, until), listed in by_days.items():
        missed = [f"{last} < {_literal(since)}"] if since else []
        missed += [f"{first} > {_literal(until)}"] if until else []
        parts.append(f"{name} in ({', '.join(listed)}) and ({' or '.join(missed)})")
    words = "a code in use on the day"
    return (
        "a code not in use then",
        words,
        f"{name} was not in use on the day",
        " or ".join(parts),
    )


def _range_rules(name: str, spec: Column) -> list[tuple[str, str, str, str]]:
    made = []
    if spec.minimum is not None:
        low = _literal(spec.minimum)
        made.append(("too low", f"{low} or more", f"{name} is below {low}", f"{name} < {low}"))
    if spec.maximum is not None:
        high = _literal(spec.maximum)
        made.append(("too high", f"{high} or less", f"{name} is above {high}", f"{name} > {high}"))
    return made


def _order_rule(first: str, then: str) -> Rule:
    return Rule(
        then,
        "a date too early",
        f"{first} or later",
        f"{then} is before {first}",
        "Correct whichever of the two dates is wrong.",
        f"{then} < {first}",
    )


def _unique_rule(contract: type[Extract]) -> Rule:
    names = ", ".join(contract.unique)
    return Rule(
        names,
        "a repeat",
        "each value once in a file",
        f"{names} repeats an earlier row",
        "Send each row once; remove the repeat, or give it its own key.",
        REPEATED,
    )


def _parent_rule(contract: type[Extract], parent: str, key: str) -> Rule:
    return Rule(
        key,
        "a key with no accepted row",
        f"a row of {parent} that was accepted",
        f"its row of {parent} was refused or did not come",
        f"Send {parent} in the same delivery, and put right its refused rows.",
        ORPHAN,
    )


def table_sql(contract: type[Extract]) -> str:
    """SQL that makes the contract's empty table of judged rows: typed fields and fault bits."""
    columns = ", ".join(f"{n} {SQL_TYPE[kind]}" for n, (kind, _) in kept(contract).items())
    return (
        f"create table staging.judged_{contract.extract}"
        f" (file staging.source_file, {columns}, faults bigint)"
    )


def view_sql(contract: type[Extract]) -> str:
    """SQL of the view of accepted rows: those that broke no quarantining rule.

    A field whose rule blanks it is null where that rule is broken.
    """
    found = rules(contract)
    fields = _lines(_or_blank(name, found) for name in kept(contract))
    return (
        f"create view staging.{contract.extract} as select file, {fields}\n"
        f"from staging.judged_{contract.extract} where faults & {stops(contract)} = 0"
    )


def stops(contract: type[Extract]) -> int:
    """The fault bits that keep a row out."""
    return sum(1 << bit for bit, rule in enumerate(rules(contract)) if rule.quarantines)


def split_sql(contract: type[Extract], raw: str) -> str:
    """SQL that reads rows of text and adds them to the judged table, typed, with their faults.

    `raw` is a relation of `file` and every staged field as text. Faults that need other rows
    (repeats, rows without a parent) are marked afterwards by `mark_sql`.
    """
    fields = kept(contract)
    return f"""insert into staging.judged_{contract.extract}
with raw as (
    {raw}
),
trimmed as (
    select file,
        {_lines(f"nullif(trim({n}), '') as {n}" for n in fields)}
    from raw
),
typed as (
    select file,
        {_lines(_typed(n, kind) for n, (kind, _) in fields.items())}
    from trimmed
),
faulty as (
    select *, {_bits(rules(contract))} as faults
    from typed
)
select file, {", ".join(fields)}, faults from faulty"""


def _typed(name: str, kind: type) -> str:
    if kind is str:
        return f"{name} as {name}__text, {name}"
    return f"{name} as {name}__text, {_cast(name, kind)} as {name}"


def _cast(name: str, kind: type) -> str:
    """SQL for a text as its type, null where it can't be that."""
    number = f"case when {name} not like '+-%' then try_cast({name} as double) end"
    if kind is int:
        return f"case when {number} = floor({number}) then try_cast({number} as bigint) end"
    if kind is bool:
        yes, no = "('true', '1', 'y', 'yes')", "('false', '0', 'n', 'no')"
        return (
            f"case when lower({name}) in {yes} then true when lower({name}) in {no} then false end"
        )
    if kind is date:
        day = f"try_strptime({name}, {list(DATE_STYLES)!r})::date"
        return f"case when {day} >= date '1900-01-01' then {day} end"  # '25' is no year
    if kind is float:
        return f"case when isfinite({number}) then {number} end"
    return f"try_cast({name} as {SQL_TYPE[kind]})"


def _bits(found: list[Rule]) -> str:
    """The faults of a row on its own, as a number; rules about other rows add theirs later."""
    alone = [(bit, rule) for bit, rule in enumerate(found) if rule.alone]
    parts = [f"case when {rule.breaks} then {1 << bit} else 0 end" for bit, rule in alone]
    return f"({_lines(parts, ' +')})::bigint" if parts else "0::bigint"


def mark_sql(contract: type[Extract]) -> list[str]:
    """SQL statements that mark the faults that need other rows, once every file is judged."""
    judged = f"staging.judged_{contract.extract}"
    made = []
    for bit, rule in enumerate(rules(contract)):
        update = f"update {judged} j set faults = j.faults | {1 << bit}"
        if rule.breaks == REPEATED:
            made.append(f"{update} {_repeats(contract, judged)}")
        elif rule.breaks == ORPHAN and contract.parent:
            parent, key = contract.parent
            made.append(
                f"{update} where not exists"
                f" (select 1 from staging.{parent} p where p.{key} = j.{key})"
            )
        elif not rule.alone and contract.parent:
            key = contract.parent[1]
            made.append(
                f"{update} from ({_census_days(*contract.parent)}) d"
                f" where d.{key} = j.{key} and ({rule.breaks})"
            )
    return made


def _repeats(contract: type[Extract], judged: str) -> str:
    keys = ", ".join(contract.unique)
    same = " and ".join(f"r.{k} = j.{k}" for k in contract.unique)
    return (
        f"from (select file, {keys}, min(rowid) as first_row from {judged}"
        f" group by file, {keys} having count(*) > 1) r"
        f" where r.file = j.file and {same} and j.rowid > r.first_row"
    )


def _census_days(parent: str, key: str) -> str:
    """SQL for each key of a parent, with the first and last census day of the returns it is in."""
    joined, above = f"staging.{parent} p0", EXTRACTS[parent].parent
    step = 0
    while above:
        name, link = above
        joined += f" join staging.{name} p{step + 1} on p{step + 1}.{link} = p{step}.{link}"
        step, above = step + 1, EXTRACTS[name].parent
    return (
        f"select p0.{key}, min(p{step}.referencedate) as census_first,"
        f" max(p{step}.referencedate) as census_last from {joined} group by p0.{key}"
    )


def _or_blank(name: str, found: list[Rule]) -> str:
    bits = sum(1 << b for b, r in enumerate(found) if r.field == name and not r.quarantines)
    return f"case when faults & {bits} = 0 then {name} end as {name}" if bits else name


def _lines(parts: Any, joint: str = ",") -> str:
    return f"{joint}\n        ".join(parts)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _literal(value: float | date) -> str:
    return f"date '{value}'" if isinstance(value, date) else f"{value}"
