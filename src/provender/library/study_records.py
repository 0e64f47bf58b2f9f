"""The record of one study's figures, or of one row of a review."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from provender.library.record import Count, Flag, Id, NotNegative, Number, Positive, Record, Share, Text

StudyKind = Literal["parallel", "crossover", "uncontrolled", "pooled", "observational"]
Measure = Literal[
    "mean-difference",
    "standardised-mean-difference",
    "risk-ratio",
    "odds-ratio",
    "hazard-ratio",
    "ratio-of-means",
    "percent-change",
]
Better = Literal["lower", "higher"]


class Arm(Record):
    """One group of a study; ``elemental_mg_per_day`` is of the mineral, never of its salt."""

    id: Id
    name: Text
    route: Text | None = None
    elemental_mg_per_day: NotNegative | None = None
    days: NotNegative | None = None
    n: Count | None = None


class Result(Record):
    """What was found in one arm (or one food, or everyone) at one time; every figure may be unknown."""

    arm: Text
    time: Text
    mean: Number | None = None
    sd: NotNegative | None = None
    median: Number | None = None
    events: Count | None = None
    percent: Number | None = None
    n: Count | None = None
    low: Number | None = None
    high: Number | None = None


class Compared(Record):
    """Mean, standard deviation and people of one side of a comparison."""

    mean: Number
    sd: NotNegative
    n: Annotated[int, Field(ge=2)]


class Reported(Record):
    """A p as it is printed, and from which figures it ought to follow.

    Attributes:
        p: As printed.
        below: Whether it is printed as "below" that.
        compares: The two sides; empty when the report does not give them.
        paired: Whether the same people are on both sides.
    """

    p: Share
    below: Flag = False
    compares: tuple[Compared, ...] = Field(default=(), max_length=2)
    paired: Flag = False

    @model_validator(mode="after")
    def _two_sides(self) -> Self:
        if len(self.compares) == 1:
            raise ValueError("expected two sides to compare, or none")
        return self


class EffectFigures(Record):
    """An effect as a number with what is known of its uncertainty, and where it comes from."""

    measure: Measure
    value: Number
    se: Positive | None = None
    low: Number | None = None
    high: Number | None = None
    p: Share | None = None
    derived: Text

    @model_validator(mode="after")
    def _inside(self) -> Self:
        if self.low is not None and self.high is not None and not self.low <= self.value <= self.high:
            raise ValueError(
                f"found {self.value:g} outside {self.low:g} to {self.high:g}, expected low <= value <= high"
            )
        return self


class Outcome(Record):
    """One thing that a study measured, when, which way is better, and its figures."""

    id: Id
    what: Text
    unit: Text
    better: Better
    at: Text
    results: tuple[Result, ...] = ()
    reported: tuple[Reported, ...] = ()
    effect: EffectFigures | None = None


class Study(Record):
    """The figures of one study, or of one row of a review."""

    source: Id
    design: Text
    kind: StudyKind
    population: Text
    randomised: Count | None = None
    analysed: Count | None = None
    arms: tuple[Arm, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    notes: Text | None = None

    def outcome(self, outcome_id: str) -> Outcome | None:
        """Its outcome of this id; None when it has none."""
        return next((one for one in self.outcomes if one.id == outcome_id), None)
