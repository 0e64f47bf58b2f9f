"""The records of safety: substances and red flags."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from provender.library.record import Checked, Flag, Id, Ids, NotNegative, Number, Positive, Record, Share, Text

Tier = Literal["emergency", "urgent", "soon"]


class Limit(Record):
    """A limit for some people, where the reference values of the nutrient do not say it."""

    who: Text
    age_low: NotNegative | None = None
    age_high: NotNegative | None = None
    sex: Literal["female", "male"] | None = None
    pregnant: Flag | None = None
    amount: Positive
    unit: Text
    per: Text = "day"
    counts: Text
    kind: Text
    source: Ids
    unverified: Flag = False


class Form(Record):
    """A form in which it is sold; ``salt`` is a name of ``diary/salts.csv``, from which its share is computed."""

    name: Text
    salt: Text | None = None
    note: Text | None = None


class UsualDose(Record):
    """What is usually taken a day, of what."""

    low: NotNegative | None = None
    high: NotNegative | None = None
    unit: Text
    of: Text

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"found {self.low:g} to {self.high:g}, expected low <= high")
        return self


class Onset(Record):
    """When an effect would come: log-normal, its median in days and the standard deviation of the logarithm."""

    median_days: Positive
    spread: Positive
    basis: Text
    words: Text


class Periods(Record):
    """How long the periods of a trial should be, how long the days between them, and why."""

    days: Annotated[int, Field(ge=1)]
    washout_days: Annotated[int, Field(ge=0)] = 0
    why: Text


class Interaction(Record):
    """A medicine and what to do about it: not together, ask first, hours apart, or only to know."""

    model_config = ConfigDict(alias_generator=lambda name: name.rstrip("_"))

    id: Id
    with_: tuple[Text, ...] = Field(min_length=1)
    kind: Literal["stop", "ask", "space", "note"]
    hours_before: NotNegative | None = None
    hours_after: NotNegative | None = None
    does: Text
    do: Text
    source: Ids
    unverified: Flag = False

    @model_validator(mode="after")
    def _spaced(self) -> Self:
        if self.kind == "space" and self.hours_before is None and self.hours_after is None:
            raise ValueError("expected hours_before or hours_after, as the kind is space")
        return self


class Condition(Record):
    """A state of health that forbids a trial, or that a clinician must know of first."""

    id: Id
    when: Text
    asks: Text
    why: Text
    words: tuple[Text, ...] = ()
    source: Ids
    unverified: Flag = False


class Harm(Record):
    """An unwanted effect and how many people had it at which dose; None where that is not known."""

    what: Text
    share: Share | None = None
    dose: Text | None = None
    note: Text | None = None
    source: Ids
    unverified: Flag = False


class Substance(Record):
    """What must be known of a substance before anyone tries it."""

    name: Text
    nutrient: Text | None = None
    summary: Text
    limits: tuple[Limit, ...] = ()
    forms: tuple[Form, ...] = ()
    usual_dose: UsualDose | None = None
    onset: Onset | None = None
    periods: Periods | None = None
    interactions: tuple[Interaction, ...] = ()
    stops: tuple[Condition, ...] = ()
    ask_first: tuple[Condition, ...] = ()
    harms: tuple[Harm, ...] = ()
    unverified: tuple[Text, ...] = ()
    checked: Checked


class FlagTier(Record):
    """One tier of red flags: what to do, and whether "not sure" counts as yes."""

    title: Text
    do: Text
    not_sure_counts: Flag


class RedFlag(Record):
    """One question; ``words`` are those of a note that raise it."""

    id: Id
    tier: Tier
    asks: Text
    group: Text
    words: tuple[Text, ...] = ()
    source: Ids
    unverified: Flag = False


class RedFlags(Record):
    """The questions before anything is tried for one thing."""

    title: Text
    tiers: dict[Tier, FlagTier]
    questions: tuple[RedFlag, ...] = Field(min_length=1)
    caution: Text
    version: Number | Text
    checked: Checked
