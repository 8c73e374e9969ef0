"""Pseudonyms: a person is a keyed hash; the keys live outside the database.

`pseudonym(namespace, text)` is a macro of the load's own connection: HMAC-like nested SHA-256 with
the key, cut to 72 bits and written in twelve characters, which DuckDB keeps in place. With a
million people the chance that any two share one is below one in a billion. `local_id(owner,
detail)` names a thing that belongs to a pseudonym: the pseudonym, a hyphen and a hash.

Rotation (`semh rotate-key`) puts a new key over the old: p1 = H(k1, p0), where p0 = H(k0, text). So
no identifier is needed to rewrite what is held, and a later load, which goes through all keys in
turn, still meets the same person. Whoever has the old key and a list of identifiers learns nothing
from the new pseudonyms. The key file holds every key, the oldest first; the warehouse's `about`
says which of them it has reached, so a rotation that was killed leaves both in agreement.
"""

from __future__ import annotations

import hashlib
import secrets

import duckdb

from ingest.vault import new_secret, replace_secret
from models.errors import SemhError
from models.settings import Settings
from models.warehouse import FACTS

KEY_FILE = "person.key"
REACHED = "person_key"
LENGTH = 12
"""Characters of a pseudonym."""

_CUT = """replace(replace(to_base64(unhex(left({hashed}, 18))), '+', '-'), '/', '_')"""
_HASH = "sha256(getvariable('outer_{n}') || sha256(getvariable('inner_{n}') || {text}))"
_LOCAL_ID = (
    "create or replace temp macro local_id(owner, detail) as"
    " owner || '-' || left(sha256(detail), 10)"
)
RESTORE = "restore it from a copy; never write a new one"


def person_keys(settings: Settings) -> list[str]:
    """The secret keys, the oldest first; one is made on first use with owner-only rights.

    Raises SemhError when the key file is damaged.
    """
    path = settings.keys / KEY_FILE
    if not path.exists():
        new_secret(path, _new_key() + "\n")
    keys = path.read_text(encoding="ascii", errors="replace").split()
    if not keys or any(len(key) != 64 or not _is_hex(key) for key in keys):
        raise SemhError(f"The key file {path} is damaged.", RESTORE)
    return keys


def _new_key() -> str:
    return secrets.token_hex(32)


def _is_hex(key: str) -> bool:
    return not set(key) - set("0123456789abcdef")


def use_pseudonyms(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Give the connection the macros `pseudonym` and `local_id`. No statement's text has a key.

    Raises SemhError when there are people in the warehouse and their key is gone, damaged or
    another's, since a new key would make every known person a stranger.
    """
    keys = _keys_in_use(con, settings)
    for n, key in enumerate(keys):
        _bring_key(con, n, key)
    text = _layer(0, "namespace || ':' || value")
    for n in range(1, len(keys)):
        text = _layer(n, text)
    con.execute(f"create or replace temp macro pseudonym(namespace, value) as {text}")
    con.execute(_LOCAL_ID)
    _say_reached(con, keys[-1])


def _bring_key(con: duckdb.DuckDBPyConnection, n: int, key: str) -> None:
    con.execute(f"set variable inner_{n} = ?", [key[:32]])
    con.execute(f"set variable outer_{n} = ?", [key[32:]])


def _layer(n: int, text: str) -> str:
    return _CUT.format(hashed=_HASH.format(n=n, text=text))


def _keys_in_use(con: duckdb.DuckDBPyConnection, settings: Settings) -> list[str]:
    """The keys up to the one the warehouse has reached; all of them where it is new."""
    people = con.execute("select count(*) from person").fetchall()[0][0]
    path = settings.keys / KEY_FILE
    if people and not path.exists():
        raise SemhError(
            f"The warehouse knows {people:,} people but their key {path} is gone.",
            "restore the key from a copy, or start a new SEMH_HOME and load everything again",
        )
    keys = person_keys(settings)
    if not people:
        return keys
    reached = con.execute("select value from about where key = ?", [REACHED]).fetchall()
    if not reached:
        return keys[:1]
    ids = [_id(key) for key in keys]
    if reached[0][0] not in ids:
        raise SemhError(f"The key in {path} is not the one this warehouse was made with.", RESTORE)
    return keys[: ids.index(reached[0][0]) + 1]


def _id(key: str) -> str:
    return hashlib.sha256(f"semh person key id {key}".encode()).hexdigest()[:16]


def _say_reached(con: duckdb.DuckDBPyConnection, key: str) -> None:
    con.execute("insert or replace into about values (?, ?)", [REACHED, _id(key)])


def rotate_pseudonyms(con: duckdb.DuckDBPyConnection, settings: Settings) -> int:
    """Put a new key over the old and rewrite every pseudonym, in one transaction.

    Returns how many columns were rewritten. Killed at any moment, the warehouse is either wholly
    under the old keys or wholly under the new; the next rotation takes up a key left unused.

    Raises SemhError when the keys are gone, damaged or another warehouse's.
    """
    used, held = _keys_in_use(con, settings), person_keys(settings)
    if len(held) == len(used):
        held.append(_new_key())
        replace_secret(settings.keys / KEY_FILE, "".join(f"{key}\n" for key in held))
    new = held[len(used)]
    _bring_key(con, len(used), new)
    con.execute("begin")
    try:
        columns = pseudonym_columns(con)
        for table, names in columns.items():
            listed = ", ".join(f"{name} = {_rewritten(len(used), name)}" for name in names)
            con.execute(f"update {table} set {listed}")
        _say_reached(con, new)
        con.execute("commit")
    except BaseException:
        con.execute("rollback")
        raise
    con.execute("checkpoint")
    return sum(map(len, columns.values()))


def _rewritten(n: int, name: str) -> str:
    """A pseudonym under the next key; what follows it in a `local_id` stays."""
    return f"{_layer(n, f'left({name}, {LENGTH})')} || substring({name}, {LENGTH + 1})"


PUBLIC = ("load", "provision", "provider", "scheme", "intervention", "area")
"""Things that are not about one person, whose ids are no pseudonyms."""


def pseudonym_columns(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The columns of each table that hold pseudonyms, or ids made of them, by their name."""
    rows = con.execute(
        "select table_name, column_name from duckdb_columns()"
        " where database_name = current_database() and column_name like '%#_id' escape '#'"
        " and data_type = 'VARCHAR' and list_contains(?, table_name) order by all",
        [["person", "link", *FACTS]],
    ).fetchall()
    found: dict[str, list[str]] = {}
    for table, column in rows:
        if not column.removesuffix("_id").endswith(PUBLIC):
            found.setdefault(table, []).append(column)
    return found
