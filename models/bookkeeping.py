"""The warehouse's ledger: what was loaded, refused, checked, accepted and removed.

`current_load` lists the loads that count: those not superseded, or, once the variable `known_on`
is set (see `models.history`), those that were current at the end of that day.
"""

from __future__ import annotations

BOOKKEEPING = (
    """create table if not exists load (
    load_id varchar primary key, file varchar not null, content_hash varchar not null,
    extract varchar not null, period varchar, rows_read bigint not null,
    rows_accepted bigint not null, rows_quarantined bigint not null,
    supersedes varchar, superseded_by varchar, loaded_at timestamp not null,
    code_version varchar not null, synthetic boolean not null, note varchar,
    check (rows_read = rows_accepted + rows_quarantined))""",
    """create table if not exists quarantine (
    load_id varchar not null, file varchar not null, line bigint not null, field varchar,
    found_kind varchar, expected varchar, reason varchar not null, action varchar not null,
    owner varchar)""",
    """create table if not exists expectation_result (
    load_id varchar, extract varchar not null, label varchar not null, severity varchar not null,
    passed boolean not null, found bigint, unit varchar, action varchar, owner varchar,
    checked_at timestamp not null, check_id varchar, facts varchar)""",
    """create table if not exists acceptance (
    check_id varchar not null, load_id varchar not null, reason varchar not null,
    by_role varchar not null, accepted_at timestamp not null)""",
    """create table if not exists unrecognised (
    file varchar not null, why varchar not null, seen_at timestamp not null)""",
    """create table if not exists removal (
    load_id varchar not null, what varchar not null, rows_removed bigint not null,
    removed_at timestamp not null)""",
    "create table if not exists about (key varchar primary key, value varchar not null)",
)
"""`quarantine` never holds a value from the row, only what kind of thing it was; the row itself is
sealed in the quarantine folder. `expectation_result.facts` lists the fact tables a result speaks
of. `acceptance` is per check and load. `removal` says what retention took. `about` holds the
schema's version and the id of the key that pseudonyms were made with."""

CURRENT_LOAD = """
create or replace view current_load as
select l.* from load l left join load n on n.load_id = l.superseded_by
where case when getvariable('known_on') is null then l.superseded_by is null
    else l.loaded_at < getvariable('known_on')::date + interval 1 day
        and (l.superseded_by is null
            or n.loaded_at >= getvariable('known_on')::date + interval 1 day) end
"""


def live_view(fact: str) -> str:
    """SQL of the view of a fact's rows that count: those of current loads."""
    return (
        f"create or replace view live_{fact} as select f.* from {fact} f"
        " join current_load l on l.load_id = f.load_id"
    )
