"""Pseudonyms: a person is a keyed hash; the key lives outside the database.

`pseudonym(namespace, text)` is a macro of the load's own connection: HMAC-like nested SHA-256 with
the key, cut to 72 bits and written in twelve characters, which DuckDB keeps in place. With a
million people the chance that any two share one is below one in a billion.
"""

from __future__ import annotations

import os
import secrets

import duckdb

from models.errors import SemhError
from models.settings import Settings

KEY_FILE = "person.key"

MACRO = """
create or replace temp macro pseudonym(namespace, value) as
    replace(replace(to_base64(unhex(left(
        sha256(getvariable('outer_key')
            || sha256(getvariable('inner_key') || namespace || ':' || value)), 18))),
        '+', '-'), '/', '_')
"""


def person_key(settings: Settings) -> str:
    """The secret key, made on first use with owner-only rights.

    Raises SemhError when there is a warehouse but its key is gone, since a new key would make
    every known person a stranger.
    """
    path = settings.keys / KEY_FILE
    if not path.exists():
        settings.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_hex(32))
    key = path.read_text(encoding="ascii").strip()
    if len(key) < 64:
        raise SemhError(
            f"The key file {path} is damaged.", "restore it from a copy; never write a new one"
        )
    return key


def use_pseudonyms(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Give the connection the `pseudonym` macro. The key never appears in a statement's text."""
    people = con.execute("select count(*) from person").fetchall()[0][0]
    if people and not (settings.keys / KEY_FILE).exists():
        raise SemhError(
            f"The warehouse knows {people:,} people but their key {settings.keys / KEY_FILE}"
            " is gone.",
            "restore the key from a copy, or start a new SEMH_HOME and load everything again",
        )
    key = person_key(settings)
    con.execute("set variable inner_key = ?", [key[:32]])
    con.execute("set variable outer_key = ?", [key[32:]])
    con.execute(MACRO)
