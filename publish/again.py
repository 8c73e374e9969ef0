"""What to withhold besides, where the audit told a figure that protecting had thought safe.

An outsider may believe figures to add up that protecting did not tie. The smallest figure shown
beside each one that was told is then withheld too, and all is protected and attacked again.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from publish.before import SEEN
from publish.classify import KEY, shown

BESIDE = ["metric_id", "period_start", "period_end", "area_kind", "breakdown"]


def neighbours(rows: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Figures to withhold (columns SEEN, as withheld before) for those that were told (KEY).

    `rows` are the protected observations. Empty where no figure above zero is shown beside one.
    """
    spots = told[KEY].drop_duplicates()
    spots = spots[~(spots["area_kind"].eq("borough") & spots["breakdown"].eq("all"))]
    size = rows["numerator"].fillna(rows["denominator"])
    free = rows[shown(rows) & size.gt(0)].assign(size=size)
    met = free.merge(spots, on=BESIDE, suffixes=("", "_told"))
    met = met.sort_values("size").drop_duplicates([*BESIDE, "area_id_told", "category_told"])
    return (
        met.drop_duplicates(KEY)
        .assign(shown=False, exact=True, numerator=np.nan, denominator=np.nan)[SEEN]
        .reset_index(drop=True)
    )
