"""Where a measure has no figure its page says what is missing, and from whom."""

import pytest

from pages.missing import Missing, missing_of, not_measured

METRIC = {"id": "m", "title": "M", "sources": ["live_suspension"], "denominator": "residents"}


class Seen:
    """A reader's view in which the measuring gave a reason."""

    def __init__(self, why):
        self.why = why

    def why_not(self, metric):
        return self.why

    def points(self, metric):
        return []

    @property
    def profile(self):
        return type("Profile", (), {"contact": "the data team"})


CENSUS = "the school's census return, through the council's data team"


@pytest.mark.parametrize(
    ("why", "what", "whom"),
    [
        ("", "the school census, suspensions and exclusions", CENSUS),
        (
            "no current load of: Panel cases (from the panel's coordinator)",
            "Panel cases",
            "the panel's coordinator",
        ),
        (
            "only 3 of 40 census returns came; ask for the others from the schools",
            "enough returns: only 3 of 40 census returns came",
            "the schools",
        ),
        ("sen2_activeplans 1 [16b4]", "residents", "the data team"),
    ],
)
def test_what_is_missing_and_from_whom(why, what, whom):
    assert missing_of(Seen(why), METRIC) == (what, whom)


def test_what_nobody_sends_is_said_as_such():
    why = "no current load of: hospital admission (no supplier has agreed to send it yet)"
    assert missing_of(Seen(why), METRIC).words == (
        "Missing: hospital admissions. No supplier has agreed to send it yet."
    )


def test_a_page_lists_what_it_lacks():
    (section,) = not_measured(Seen(""), [METRIC])
    assert section.parts[0].rows.to_numpy().tolist() == [
        ["M", "The school census, suspensions and exclusions", CENSUS[0].upper() + CENSUS[1:]]
    ]
    assert Missing("a", "b").words == "Missing: a, from b."
