"""Workforce: who has been trained, how confident staff are, and who is in post."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from models.extract import Extract
from models.extracts._local import AGREEMENT, day, field, number, pounds, school, words

COURSE = words(
    "senior mental health lead", "trauma-informed practice", "graduated response to SEMH",
    "de-escalation and restorative practice", "attachment awareness", "mental health first aid",
)  # fmt: skip
ROLE = words(
    "senior leader", "SENCO", "teacher", "teaching assistant", "pastoral staff", "governor"
)
STAFF_QUESTION = {
    "confident": "I am confident in supporting pupils with SEMH needs.",
    "early signs": "I can recognise the early signs of SEMH needs.",
    "where to turn": "I know where to turn when a pupil needs more help.",
    "supported": "I feel supported when pupils' behaviour is hard to manage.",
}
PHASE = words(
    "nursery", "primary", "secondary", "all-through", "special", "alternative provision", "post-16"
)
SERVICE = words(
    "educational psychology", "SEND casework", "SEMH outreach", "mental health support team",
    "early help", "inclusion team",
)  # fmt: skip
POST = words("practitioner", "senior practitioner", "manager", "support worker")
SCHOOLS = "each school, through the council's workforce team"


class TrainingAttendance(Extract):
    """One row per school, course, role and day: how many came, of how many who should.

    A school that trained nobody says so with a zero; one that sent no row has not answered.
    """

    extract = "training_attendance"
    family = "local"
    title = "Training attendance"
    owner = SCHOOLS
    recognised_by = ("urn", "course", "role", "attended", "eligible")
    unique = ("urn", "course", "role", "on_date")

    urn: int = school("URN of the school", required=True)
    course: str = field("Course", codes=COURSE, required=True)
    role: str = field("Role of the staff", codes=ROLE, required=True)
    on_date: date = day("Day of the course", required=True, past=True)
    attended: int = number("Staff of that role who came", "staff", 500, required=True)
    eligible: int = number(
        "Staff of that role in post who should have the course", "staff", 500, required=True
    )


class StaffSurvey(Extract):
    """One row per school, role, question and answer: how many staff gave it. No person is in it."""

    extract = "staff_survey"
    family = "local"
    title = "Staff confidence survey"
    owner = SCHOOLS
    recognised_by = ("urn", "role", "question", "answer", "answers")
    unique = ("urn", "role", "on_date", "question", "answer")

    urn: int = school("URN of the school", required=True)
    role: str = field("Role of the staff", codes=ROLE, required=True)
    phase: str | None = field("Phase of the school", codes=PHASE)
    on_date: date = day("Day the survey closed", required=True, past=True)
    question: str = field("Statement", codes=STAFF_QUESTION, required=True)
    answer: str = field("Answer", codes=AGREEMENT, required=True)
    answers: int = number("Staff who gave that answer", "staff", 500, required=True)


class WorkforceInPost(Extract):
    """One row per service, post and month's end: posts there should be, and are."""

    extract = "workforce_in_post"
    family = "local"
    title = "Workforce in post"
    owner = "each service's business manager"
    recognised_by = ("service", "post", "establishment_fte", "in_post_fte")
    unique = ("service", "post", "on_date")

    service: str = field("Service", codes=SERVICE, required=True)
    post: str = field("Kind of post", codes=POST, required=True)
    on_date: date = day("Last day of the month", required=True, past=True)
    establishment_fte: float = number(
        "Posts in the establishment", "full-time equivalents", 1000, required=True
    )
    in_post_fte: float = number(
        "Posts filled by permanent or fixed-term staff", "full-time equivalents", 1000,
        required=True,
    )  # fmt: skip
    caseload: int | None = number("Children open to these posts", "children", 50_000)
    agency_spend: Decimal | None = pounds("Spent on agency staff in the month", 10_000_000)


MODULES: list[type[Extract]] = [TrainingAttendance, StaffSurvey, WorkforceInPost]
