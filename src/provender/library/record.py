"""What every record of the shelves is made of: strict text, numbers, days, who checked it and when."""

import calendar
import re
from datetime import date
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, StringConstraints, WithJsonSchema

ID: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
"""What an id looks like: small letters, digits and single hyphens; it is the name of the file without its ending."""
ID_PATTERN: Final = re.compile(ID)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH: Final = r"^\d{4}-(0[1-9]|1[0-2])$"


class Record(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, str_strip_whitespace=True)


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    raise ValueError("expected a day such as 2026-11-22")


def _several(value: Any) -> Any:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


Id = Annotated[str, StringConstraints(pattern=ID)]
Text = Annotated[str, StringConstraints(min_length=1)]
Number = Annotated[float, Strict()]
Positive = Annotated[float, Strict(), Field(gt=0)]
NotNegative = Annotated[float, Strict(), Field(ge=0)]
Share = Annotated[float, Strict(), Field(ge=0, le=1)]
Count = Annotated[int, Strict(), Field(ge=0)]
Flag = Annotated[bool, Strict()]
Day = Annotated[date, BeforeValidator(_day)]
Month = Annotated[str, StringConstraints(pattern=_MONTH)]
Ids = Annotated[
    tuple[Id, ...],
    BeforeValidator(_several),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": ID},
                {"type": "array", "items": {"type": "string", "pattern": ID}},
                {"type": "null"},
            ]
        }
    ),
]
"""Ids; one alone may stand without a list, none may be null."""


class Checked(Record):
    """Who checked a record, and until when that holds.

    Attributes:
        on: The day.
        by: Who.
        searched_to: Month to which the literature was searched; None when nothing was searched.
        due: Month at whose end it is stale; None when it does not age.
    """

    on: Day
    by: Text
    searched_to: Month | None = None
    due: Month | None = None

    def stale(self, today: date) -> bool:
        """Whether the month in which it was to be checked again is over; never without such a month."""
        if self.due is None:
            return False
        year, month = (int(part) for part in self.due.split("-"))
        return today > date(year, month, calendar.monthrange(year, month)[1])
