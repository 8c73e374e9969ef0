"""The words of the field in plain English, for the glossary and the search box."""

from __future__ import annotations

from typing import NamedTuple


class Term(NamedTuple):
    """A word of the trade and what it means."""

    name: str
    meaning: str

    @property
    def anchor(self) -> str:
        """The part of the glossary's address that names it."""
        return "".join(c if c.isalnum() else "-" for c in self.name.lower()).strip("-")


TERMS = (
    Term(
        "Alternative provision",
        "Education arranged outside a mainstream or special school, for example in a pupil"
        " referral unit, for a pupil who is excluded, ill or otherwise needs it.",
    ),
    Term(
        "Annual review",
        "The yearly meeting that checks whether an EHC plan is still right for the child.",
    ),
    Term(
        "CAMHS",
        "Child and adolescent mental health services, run by the NHS.",
    ),
    Term(
        "Commissioned place",
        "A place the council has agreed and paid for, whether or not a child is in it.",
    ),
    Term(
        "Common-cause variation",
        "The ordinary ups and downs of a figure. Nothing in particular explains one of them.",
    ),
    Term(
        "EHC plan",
        "Education, health and care plan: a legal document that says what extra help a child or"
        " young person up to 25 must have, and where they are educated.",
    ),
    Term(
        "EHC needs assessment",
        "The assessment that comes before an EHC plan. From request to plan the law allows"
        " 20 weeks, with a few exceptions.",
    ),
    Term(
        "Financial year",
        "April to March: 2025/26 ends in March 2026. Costs go by it. A school year, of the same"
        " name, is September to August.",
    ),
    Term(
        "FSM",
        "Eligible for free school meals: the usual sign of low family income in school figures.",
    ),
    Term(
        "Funnel plot",
        "A chart of each school against its size. The lines show how far a school may lie from the"
        " average by chance alone; small schools vary more.",
    ),
    Term(
        "High needs block",
        "The part of the Dedicated Schools Grant that pays for special schools, top-ups,"
        " alternative provision and independent places.",
    ),
    Term(
        "INMSS",
        "Independent and non-maintained special schools: special schools the council does not run."
        " Their places usually cost more than local ones.",
    ),
    Term(
        "Locality",
        "A group of wards that services plan for together.",
    ),
    Term(
        "Median",
        "The middle one when all are put in order: half wait less, half wait longer.",
    ),
    Term(
        "90th percentile",
        "Nine in ten are below it. For waits: one child in ten waits longer than this.",
    ),
    Term(
        "Out of borough",
        "Educated in a school or other setting outside the council's area.",
    ),
    Term(
        "Permanent exclusion",
        "A pupil may not return to the school. Often called expulsion.",
    ),
    Term(
        "Persistent absence",
        "Missing 10% or more of possible sessions. Severe absence is missing 50% or more.",
    ),
    Term(
        "Percentage point",
        "The plain difference between two percentages: from 40% to 42% is 2 percentage points.",
    ),
    Term(
        "Primary need",
        "The kind of need recorded as the main one. A child may have others too.",
    ),
    Term(
        "Range (95%)",
        "Where the figure is likely to lie once chance is allowed for, written as"
        " 'likely 900 to 1,050'. Two figures differ for certain only when chance can't explain it.",
    ),
    Term(
        "SEMH",
        "Social, emotional and mental health: a type of special educational need. It may show as"
        " anxiety, withdrawal, or behaviour that is hard to manage.",
    ),
    Term(
        "SEN support",
        "Extra help that a school gives a pupil with special educational needs who has no"
        " EHC plan.",
    ),
    Term(
        "Special-cause variation",
        "A change larger than the ordinary ups and downs: a point outside the limits, seven in a"
        " row on one side of the average, or seven rising or falling in a row. Something changed.",
    ),
    Term(
        "Statistical neighbours",
        "The ten councils most like this one in the children who live there, chosen by the"
        " Department for Education.",
    ),
    Term(
        "Suppressed [c]",
        "A count so small that showing it could identify a child is hidden. It is not zero.",
    ),
    Term(
        "Suspension",
        "A pupil may not be in school for a fixed number of days. It was once called a fixed-period"
        " exclusion.",
    ),
    Term(
        "Top-up",
        "Money a school gets for one pupil's extra help, above what its budget already has.",
    ),
    Term(
        "Ward",
        "An area that elects councillors. Figures by ward go by where the child lives.",
    ),
)
"""Every term, in alphabetical order of what people look for."""
