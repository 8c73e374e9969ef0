"""What was known on an earlier day: the same warehouse, read as it stood then.

`live_<fact>` views, and so every metric, follow. What has no history follows the present: areas,
schools, providers and people's birth month, sex and ethnic group are replaced whole by each load,
a census's needs are corrected by a later return of the spring census they lean on, and published
figures are replaced one by one.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from models.errors import SemhError


class _Connection(Protocol):
    def execute(self, query: str, parameters: object = ...) -> Any:
        """Run one statement."""


_REMOVED = """
select count(distinct r.load_id), max(r.removed_at) from removal r
join current_load l on l.load_id = r.load_id where r.what = 'superseded rows'
"""


def as_known_on(con: _Connection, day: date | None) -> None:
    """Read facts as known at the end of `day`, until called again; None is what is known now.

    It holds for this connection only, and changes nothing in the warehouse.

    Raises SemhError when rows that were current on that day have been removed by retention.
    """
    if day is None:
        con.execute("reset variable known_on")
        return
    con.execute("set variable known_on = ?", [day])
    loads, when = con.execute(_REMOVED).fetchall()[0]
    if loads:
        con.execute("reset variable known_on")
        raise SemhError(
            f"What was known on {day:%d %B %Y} can't be told any more: rows of {loads} loads that"
            f" were current then were removed on {when:%d %B %Y}.",
            "ask for a later day, or load the files of that time into a SEMH_HOME of their own",
        )
