"""What the pages accept: one model an action, read from a form or answered with one clear sentence."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self, TypeVar
from uuid import UUID

from django.http import QueryDict
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from provender.diary.entries import Meal
from provender.terms.errors import InputError
from provender.terms.numbers import parse_number


def _number(typed: Any) -> Any:
    return parse_number(typed) if isinstance(typed, str) else typed


def _or_none(typed: Any) -> Any:
    return None if isinstance(typed, str) and not typed.strip() else typed


Number = Annotated[Decimal, BeforeValidator(_number)]
MaybeNumber = Annotated[Decimal | None, BeforeValidator(lambda t: None if _or_none(t) is None else _number(t))]
MaybeMeal = Annotated[Meal | None, BeforeValidator(_or_none)]
MaybeDay = Annotated[date | None, BeforeValidator(_or_none)]
MaybeKey = Annotated[UUID | None, BeforeValidator(_or_none)]
Read = TypeVar("Read", bound="Form")


class Form(BaseModel):
    """The root of what a page sends; fields it does not know are left alone."""

    model_config = ConfigDict(extra="ignore", str_max_length=20_000, str_strip_whitespace=True)
    key: MaybeKey = None

    @classmethod
    def read(cls, sent: QueryDict) -> Self:
        """The form as values.

        Raises:
            InputError: A field is missing or holds what it cannot; the message names it.
        """
        try:
            return cls.model_validate({name: sent.get(name) for name in sent})
        except ValidationError as error:
            first = error.errors()[0]
            raise InputError(_sentence(first), field=str(first["loc"][0]) if first["loc"] else None) from error


def _sentence(problem: Any) -> str:
    label = str(problem["loc"][0]).replace("_", " ") if problem["loc"] else "form"
    if problem["type"] == "missing":
        return f"{label.capitalize()}: found nothing; it is needed"
    if problem["type"] == "value_error":
        return f"{label.capitalize()}: {problem['ctx']['error']}"
    found = str(problem["input"])[:60]
    return f"{label.capitalize()}: found “{found}”; {problem['msg'][0].lower()}{problem['msg'][1:]}"


class Words(Form):
    """One line of words."""

    words: str


class LogFood(Form):
    """One food eaten."""

    food_id: str
    amount: Number
    unit: str
    meal: Meal


class LogEnergy(Form):
    """Calories without a food."""

    kcal: Number
    meal: Meal
    name: str = ""


class LogExercise(Form):
    """Exercise from the table (``activity_id``) or in one's own words with one's own calories."""

    name: str = ""
    activity_id: str = ""
    minutes: MaybeNumber = None
    kcal: MaybeNumber = None


class LogWater(Form):
    """Water drunk."""

    amount: Number
    unit: str = "ml"


class LogWeight(Form):
    """A weighing."""

    weight: str
    unit: str


class LogScore(Form):
    """A score from 0 to 10."""

    score: int


class LogNote(Form):
    """A note."""

    text: str


class Edit(Form):
    """A changed entry; what is empty stays as it was."""

    amount: MaybeNumber = None
    unit: str | None = None
    meal: MaybeMeal = None
    day: MaybeDay = None
    text: str | None = None


class CopyDay(Form):
    """What to copy onto this day."""

    source: date
    meal: MaybeMeal = None


class Move(Form):
    """Where a meal or an entry is copied to."""

    day: date
    meal: MaybeMeal = None
