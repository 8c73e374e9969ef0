"""Two futures of three Januaries, three groups and one kind of child who joins."""

from __future__ import annotations

import pandas as pd

GROUPS = [
    # id, need, phase, setting, in borough, base, unit cost
    (0, "SEMH", "secondary", "mainstream school", True, 40, None),
    (1, "SEMH", "secondary", "special school", True, 30, 20_000.0),
    (2, "SEMH", "secondary", "independent school outside", False, 20, 60_000.0),
]
CHILDREN = {
    (0, 2027): (42, 31, 20), (0, 2028): (44, 32, 22), (0, 2029): (46, 33, 24),
    (1, 2027): (50, 35, 10), (1, 2028): (60, 40, 12), (1, 2029): (70, 45, 14),
}  # fmt: skip
JOINED = {(0, 2027): 10, (0, 2028): 10, (0, 2029): 20, (1, 2027): 20, (1, 2028): 20, (1, 2029): 20}
KERNEL = {0: (0.5, 0.3, 0.2), 1: (0.4, 0.3, 0.2), 2: (0.2, 0.2, 0.2)}


def tiny() -> dict[str, pd.DataFrame]:
    columns = ["group_id", "need", "phase", "setting", "in_borough", "base", "unit_cost"]
    groups = pd.DataFrame(GROUPS, columns=columns).assign(cost_note=None, tier="open")
    future = [
        (draw, year, group, count)
        for (draw, year), counts in CHILDREN.items()
        for group, count in enumerate(counts)
    ]
    joined = [(draw, year, "SEMH", "secondary", n) for (draw, year), n in JOINED.items()]
    kernel = [
        ("SEMH", "secondary", lag, group, share)
        for lag, shares in KERNEL.items()
        for group, share in enumerate(shares)
    ]
    return {
        "future_group": groups,
        "future": pd.DataFrame(future, columns=["draw", "year", "group_id", "children"]),
        "future_joined": pd.DataFrame(
            joined, columns=["draw", "year", "need", "phase", "children"]
        ),
        "future_kernel": pd.DataFrame(
            kernel, columns=["need", "phase", "lag", "group_id", "share"]
        ),
    }
