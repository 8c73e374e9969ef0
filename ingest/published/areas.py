"""Areas by code, number or name, made into one current code, one name and one kind."""

from __future__ import annotations

import pandas as pd

from ingest.published.reference import reference_table
from models.borough import Borough

AREA_COLUMNS = ["area_code", "area_name", "area_kind"]


class Areas:
    """The areas of England as one borough sees them.

    Kind is borough (itself), neighbour (statistical), authority, region or country. Codes from
    before a boundary change are mapped to the current code, by the profile and by
    `data/reference/local_authorities.csv`.
    """

    def __init__(self, profile: Borough) -> None:
        self.profile = profile
        self.recoded = dict(profile.recoded) | {c: profile.ons_code for c in profile.old_ons_codes}
        self.table = self._table()
        self.known = self.table.set_index("area_code")
        self._numbers = self._index("la_number")
        self._names = self._name_index()

    def _table(self) -> pd.DataFrame:
        table = reference_table("local_authorities").rename(columns={"code": "area_code"})
        held = table[table["old_codes"] != ""]
        self.recoded = dict(zip(held["old_codes"], held["area_code"], strict=True)) | self.recoded
        table = table.assign(area_code=table["area_code"].replace(self.recoded))
        aliases = self.profile.name_aliases
        return table.assign(
            area_name=table["name"].replace(aliases),
            area_kind=[
                self._kind(c, k) for c, k in zip(table["area_code"], table["kind"], strict=True)
            ],
        )

    def _kind(self, code: str, kind: str) -> str:
        if code == self.profile.ons_code:
            return "borough"
        near = {n.ons_code for n in self.profile.neighbours.members}
        return "neighbour" if code in near else kind

    def _index(self, column: str) -> dict[str, str]:
        return dict(zip(self.table[column], self.table["area_code"], strict=True))

    def _name_index(self) -> dict[str, str]:
        index: dict[str, str] = {}
        for row in self.table.sort_values("former", ascending=False).to_dict("records"):
            for name in [row["name"], row["area_name"], *row["other_names"].split(";")]:
                index[plain_name(name)] = row["area_code"]
        for alias, name in self.profile.name_aliases.items():
            if plain_name(name) in index:
                index[plain_name(alias)] = index[plain_name(name)]
        index.pop("", None)
        return index

    @property
    def own(self) -> set[str]:
        """Codes of the borough, its region and the country."""
        return {self.profile.ons_code, self.profile.region_code, self.profile.country_code}

    @property
    def near(self) -> set[str]:
        """Codes always kept in full: the borough, neighbours, areas recoded, region, country."""
        members = {n.ons_code for n in self.profile.neighbours.members}
        return members | self.own | set(self.profile.recoded.values())

    def by_code(self, codes: pd.Series) -> pd.DataFrame:
        """Area columns for ONS codes old or new; all null where the code is not known."""
        return self._look_up(codes.astype("str").str.strip().replace(self.recoded))

    def by_number(self, numbers: pd.Series) -> pd.DataFrame:
        """Area columns for DfE authority numbers written 372, "372" or 372.0."""
        plain = numbers.astype("str").str.strip().str.removesuffix(".0")
        return self._look_up(plain.map(self._numbers))

    def by_name(self, names: pd.Series) -> pd.DataFrame:
        """Area columns for names in any of their known spellings."""
        unique = pd.Series(names.unique())
        found = dict(zip(unique, [self._names.get(plain_name(n)) for n in unique], strict=True))
        return self._look_up(names.map(found))

    def _look_up(self, codes: pd.Series) -> pd.DataFrame:
        held = self.known[["area_name", "area_kind"]]
        found = held.reindex(codes.to_numpy()).set_axis(codes.index)
        return found.assign(area_code=codes.where(found["area_kind"].notna()))[AREA_COLUMNS]


def plain_name(name: object) -> str:
    """A name without case, ampersands, stops or notes in brackets about reorganisation."""
    text = str(name).lower().replace("&", "and").replace("(pre lg)", "")
    text = text.replace(".", "").replace(",", "")
    return " ".join(text.split())
