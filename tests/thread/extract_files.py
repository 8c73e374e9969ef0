"""The synthetic extracts read in plain pandas, sharing no code with the product.

Rows the product refused are taken out by file and line; everything else is counted as sent.
"""

from collections import Counter, defaultdict
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd

ABSENT = set("C C1 C2 E G H I J1 M N O R S T U".split())
LEFT = {"pupilonroll": "on", "pupilnolongeronroll": "off"}
PART = ["census", "row", "left"]
"""What a registration is known by: the census, its row and whether the pupil had left."""


def day(text):
    """A date in any of the ways suppliers write one."""
    return pd.to_datetime(text.str.slice(0, 11), format="mixed")


def year_of(when):
    """The calendar year an academic year began in."""
    return when.dt.year - (when.dt.month < 9)


class Extracts:
    """The files of a synthetic borough without the rows in quarantine: [(file, line), …]."""

    def __init__(self, home, refused):
        self.root = Path(home) / "synthetic"
        self.refused = defaultdict(set)
        for file, line in refused:
            self.refused[Path(file).name].add(line - 2)

    def table(self, name):
        """One file, every column as text."""
        path = self.root / name
        frame = pd.read_csv(path, dtype=str).rename(columns=str.lower)
        return frame.drop(index=list(self.refused[path.name]))

    def census(self, table):
        """One table of every school census, with the census it came in: '2025 spring'."""
        paths = sorted(self.root.glob(f"school_census/*_{table}.csv"))
        parts = [
            self.table(f"school_census/{path.name}").assign(
                census=" ".join(path.stem.split("_")[:2])
            )
            for path in paths
        ]
        return pd.concat(parts, ignore_index=True)

    def both_rolls(self, table):
        """A table sent both for pupils on roll and for leavers, by PART."""
        parts = [
            self.census(f"{table}{side}roll")
            .rename(columns={f"{roll}tableid": "row"})
            .assign(left=side == "off")
            for roll, side in LEFT.items()
        ]
        return pd.concat(parts, ignore_index=True)

    def returns(self, table):
        """One table of every SEN2 return, with the day of the return; some came as XML."""
        parts = [
            self.table(f"sen2/{path.name}").assign(on=returned(path))
            for path in sorted(self.root.glob(f"sen2/*_{table}.csv"))
        ]
        for path in self.root.glob("sen2/*.xml"):
            rows = nested(ElementTree.parse(path).getroot(), table).assign(on=returned(path))
            parts.append(rows.drop(index=list(self.refused[f"{path.name}!{table}"])))
        return pd.concat(parts, ignore_index=True)


def returned(path):
    """The day of a SEN2 return, as its file's name has it."""
    return pd.to_datetime(path.stem.split("_")[1], format="%d-%m-%Y")


def nested(root, table):
    """The rows of one module of a return sent as XML, keyed by where they stand."""
    number, rows = Counter(), []

    def walk(element, above):
        for child in element:
            if len(child) == 0:
                continue
            name = child.tag.lower()
            own = {f"{name}tableid": str(number[name])}
            number[name] += 1
            if name == table:
                cells = {c.tag.lower(): c.text for c in child if len(c) == 0}
                rows.append(cells | above | own)
            walk(child, own)

    walk(root, {})
    return pd.DataFrame(rows)
