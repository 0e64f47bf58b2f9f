"""The records of safety: substances and red flags."""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from provender.library.record import Checked, Flag, Id, Ids, NotNegative, Number, Positive, Record, Share, Text

Tier = Literal["emergency", "urgent", "soon"]
Fact = Literal["under-18", "aged-70", "pregnant", "breastfeeding", "kidney-failure", "kidney-reduced"]
"""What a person's own answers settle, so that no question of its own is needed."""


class Grounded(Record):
    """A row that stops somebody: it rests on a source, is marked as unverified, or is a rule of our own.

    Attributes:
        source: Ids of sources; empty where the row is unverified or our own.
        unverified: Nobody has read a source for it: it may hold somebody back, and is never stated as a fact.
        own_rule: A rule of this programme and not a finding.
    """

    source: Ids = ()
    unverified: Flag = False
    own_rule: Flag = False

    @model_validator(mode="after")
    def _rests(self) -> Self:
        if not (self.source or self.unverified or self.own_rule):
            raise ValueError("found no source, expected one, or unverified: true, or own_rule: true")
        return self


def _check_once(ids: Sequence[str]) -> None:
    for one in ids:
        if ids.count(one) > 1:
            raise ValueError(f"found the id {one} {ids.count(one)} times, expected it once")


class Limit(Grounded):
    """A limit for some people, where the reference values of the nutrient do not say it.

    Attributes:
        source, unverified, own_rule: What it rests on.
    """

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


class Form(Record):
    """A form in which it is sold; ``salt`` is a name of ``diary/salts.csv``, from which its share is computed.

    Attributes:
        formulae: With and without water, where labels do not say which; empty where there is only that of the table.
    """

    name: Text
    salt: Text | None = None
    formulae: tuple[Text, ...] = ()
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


class Interaction(Grounded):
    """A medicine and what to do about it: not together, ask first, hours apart, or only to know.

    Attributes:
        with_: Names or groups of ``medicines.csv``.
        hours_before: The medicine is taken at least so many hours before the substance.
        hours_after: Or at least so many hours after it.
    """

    model_config = ConfigDict(alias_generator=lambda name: name.rstrip("_"))

    id: Id
    with_: tuple[Text, ...] = Field(min_length=1)
    kind: Literal["stop", "ask", "space", "note"]
    hours_before: NotNegative | None = None
    hours_after: NotNegative | None = None
    does: Text
    do: Text

    @model_validator(mode="after")
    def _spaced(self) -> Self:
        if self.kind == "space" and self.hours_before is None and self.hours_after is None:
            raise ValueError("expected hours_before or hours_after, as the kind is space")
        return self


class Condition(Grounded):
    """A state of health that forbids a trial, or that a clinician must know of first.

    Attributes:
        words: What people call it; a * stands for any ending.
        fact: Which of a person's own answers settles it; None where only its question does.
        unlocks: Of a stop: whether a clinician's agreement that was recorded lifts it. What is to be asked first
            is always lifted by it.
    """

    id: Id
    when: Text
    asks: Text
    why: Text
    words: tuple[Text, ...] = ()
    fact: Fact | None = None
    unlocks: Flag = False


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

    @model_validator(mode="after")
    def _once(self) -> Self:
        _check_once([row.id for row in (*self.stops, *self.ask_first)])
        _check_once([row.id for row in self.interactions])
        return self


class FlagTier(Record):
    """One tier of red flags: what to do, and whether "not sure" counts as yes.

    Attributes:
        locks: What an open answer holds back: that a trial starts, and also that doses are shown; None for neither.
    """

    title: Text
    do: Text
    not_sure_counts: Flag
    locks: Literal["start", "start-and-doses"] | None = None


class RedFlag(Grounded):
    """One question; ``words`` are those of a note that raise it.

    Attributes:
        words: A * stands for any ending; one that begins with ! counts also behind "no" ("no urine").
    """

    id: Id
    tier: Tier
    asks: Text
    group: Text
    words: tuple[Text, ...] = ()


class RedFlags(Record):
    """The questions before anything is tried for one thing."""

    title: Text
    tiers: dict[Tier, FlagTier]
    questions: tuple[RedFlag, ...] = Field(min_length=1)
    caution: Text
    version: Number | Text
    checked: Checked

    @model_validator(mode="after")
    def _whole(self) -> Self:
        _check_once([question.id for question in self.questions])
        for question in self.questions:
            if question.tier not in self.tiers:
                raise ValueError(f"found {question.id} in {question.tier}, expected one of {', '.join(self.tiers)}")
        return self
