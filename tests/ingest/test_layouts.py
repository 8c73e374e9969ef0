"""The layouts of 2023 to 2026: one base, and what each year and term changed."""

import pytest

from models.extracts import EXTRACTS

PUPIL = EXTRACTS["sc_pupilonroll"]
TERMS = ("autumn", "spring", "summer")


def has(field: str) -> set[tuple[int, str]]:
    """The years and terms whose files of pupils on roll have a field."""
    return {
        (year, term)
        for year in range(2023, 2027)
        for term in TERMS
        if field in PUPIL.layout(year, term)
    }


def since(**first: int) -> set[tuple[int, str]]:
    return {(y, t) for t, low in first.items() for y in range(low, 2027)}


EVERY = since(autumn=2023, spring=2023, summer=2023)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("upn", EVERY),
        ("sex", since(autumn=2024, spring=2024, summer=2024)),
        ("gender", EVERY - since(autumn=2024, spring=2024, summer=2024)),
        ("eligibilitycode", since(autumn=2025, spring=2025, summer=2024)),
        ("thirtyhourcode", EVERY - since(autumn=2025, spring=2025, summer=2024)),
        ("eyppr", since(autumn=2025, spring=2025, summer=2024)),
        ("youngcarer", since(spring=2023)),
        ("termlysessionsauthorised", EVERY - since(spring=2025, summer=2025)),
        (
            "termlysessionseducational",
            since(spring=2023, summer=2023) - since(spring=2025, summer=2025),
        ),
        ("summerhalfterm2sessionspossible", since(autumn=2023)),
    ],
)  # fmt: skip
def test_a_field_is_in_the_files_of_its_years_and_terms(field: str, expected: set) -> None:
    assert has(field) == expected


def test_a_term_that_is_not_said_leaves_every_field_of_the_year_in() -> None:
    layout = PUPIL.layout(2025)
    assert {"eligibilitycode", "ethnicity", "expandedhours", "ncyearactual"} <= set(layout)


def test_the_13_reasons_of_2026_are_dated_and_known() -> None:
    spec = EXTRACTS["sc_termlyexclusionsonroll"].columns()["reason1"]
    assert spec.codes and spec.code_days
    new = {code for code, (first, _) in spec.code_days.items() if first and first.year >= 2025}
    assert len(new) == 13 and new <= set(spec.codes)
