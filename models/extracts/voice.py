"""What young people and parents say: counts of answers, never a person's own."""

from __future__ import annotations

from datetime import date

from models.extract import Extract
from models.extracts._local import AGREEMENT, day, field, number, school, words

AUDIENCE = words("young people", "parents and carers")
VOICE_QUESTION = {
    "listened to": "I feel listened to about the help I, or my child, should have.",
    "needs met": "I am confident that my, or my child's, needs are being met.",
    "knows whom to ask": "I know whom to ask for help.",
    "waited too long": "We waited too long for help.",
}
HEARD_THROUGH = words(
    "school", "CAMHS", "SEND service", "early help", "parent carer forum", "youth council"
)


class VoiceSurvey(Extract):
    """One row per wave, audience, service (or school), question and answer, with how many gave it.

    A service that asked nobody sends no row: that is no answer, not a bad one.
    """

    extract = "voice_survey"
    family = "local"
    title = "Voice survey of young people and parents"
    owner = "the participation team and the parent carer forum"
    recognised_by = ("audience", "question", "answer", "answers", "service")
    unique = ("answer_id",)

    answer_id: str = field("This row", required=True, key=True)
    on_date: date = day("Day the wave closed", required=True, past=True)
    audience: str = field("Who was asked", codes=AUDIENCE, required=True)
    service: str = field("Through whom they were asked", codes=HEARD_THROUGH, required=True)
    urn: int | None = school("URN, where a school asked")
    question: str = field("Statement", codes=VOICE_QUESTION, required=True)
    answer: str = field("Answer", codes=AGREEMENT, required=True)
    answers: int = number("How many gave that answer", "people", 5_000, required=True)


MODULES: list[type[Extract]] = [VoiceSurvey]
