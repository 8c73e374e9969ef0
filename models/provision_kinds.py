"""Kinds of provision as money is planned for them, and how settings of EHC plans fall into them."""

from __future__ import annotations

FAMILIES = {
    "Mainstream school": "mainstream",
    "Early years setting": "mainstream",
    "Unit or resourced provision": "unit",
    "State-funded special school": "special",
    "Independent or non-maintained": "independent",
    "Alternative provision": "alternative",
    "Further education": "college",
}
"""How a setting's name begins, and the family of places that are paid for alike."""

PLACES = {
    "mainstream": "Mainstream schools",
    "unit": "Resourced provision and SEN units",
    "special": "State-funded special schools",
    "independent": "Independent and non-maintained special schools",
    "alternative": "Alternative provision and hospital schools",
    "college": "Post-16 and further education",
}
"""Families in words, in the order of the department's DSG management plan."""

SERVICES = {
    "SEN support and inclusion services": ("1.2.4", "1.2.5", "1.2.8", "1.2.9", "1.2.10"),
    "Therapies and health-related services": ("1.2.13",),
    "Direct payments": ("1.2.11",),
}
"""Section 251 lines that follow the number of plans, by what they are for."""

OUTSIDE_GRANT = {"SEN transport": ("SEN transport",), "SEN administration": ("SEN administration",)}
"""Lines outside the dedicated schools grant."""

OTHER = "other"
"""Children for whom no place is bought: educated at home or otherwise, or not in education."""


def family_of(setting: str) -> str:
    """The family of places a setting belongs to; OTHER where no place is bought for the child."""
    return next((f for words, f in FAMILIES.items() if setting.startswith(words)), OTHER)
