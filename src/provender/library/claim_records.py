"""The record of one claim: what the world says, what was found, how sure that is, and on what it rests."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from provender.library.record import Checked, Flag, Id, NotNegative, Record, Text
from provender.library.study_records import Better, Measure

ClaimKind = Literal[
    "efficacy",
    "harm",
    "prevalence",
    "composition",
    "intake",
    "mechanism",
    "symptom",
    "anecdote",
    "advice",
]
ClaimVerdict = Literal["supported", "partly", "outdated", "misdescribed", "contradicted", "unverifiable"]
Direction = Literal["benefit", "harm", "no-difference", "unclear", "describes"]
Size = Literal["large", "moderate", "small", "trivial", "unclear", "not-applicable"]
Certainty = Literal["high", "moderate", "low", "very-low"]
Domain = Literal["risk-of-bias", "inconsistency", "indirectness", "imprecision", "publication-bias"]
WITHOUT_CERTAINTY = frozenset({"prevalence", "composition", "intake", "mechanism", "symptom", "anecdote", "advice"})
"""Kinds of claims that may go without a GRADE certainty: they do not say that one thing changes another."""


class Pico(Record):
    """In whom, what, against what, measured by what."""

    population: Text
    intervention: Text
    comparator: Text | None = None
    outcome: Text


class Downgrade(Record):
    """One reason for less certainty: a GRADE domain, how many steps, and why."""

    domain: Domain
    steps: Annotated[int, Field(ge=1, le=3)]
    why: Text


class Directness(Record):
    """Whether the evidence is about the claim: ``same``, or what differs, in a word or two."""

    population: Text
    route: Text
    dose: Text
    comparator: Text
    outcome: Text


class Evidence(Record):
    """What one source says about a claim, in our words, and where in it."""

    source: Id
    study: Id | None = None
    role: Literal["finds", "cites", "supersedes", "reviews", "defines"]
    stance: Literal["for", "against", "inconclusive", "describes"]
    says: Text
    locator: Text | None = None
    directness: Directness | None = None


class Trialable(Record):
    """Whether a claim can be tried on oneself, with what and on what; else why not."""

    possible: Flag
    why: Text | None = None
    substance: Id | None = None
    outcome: Text | None = None

    @model_validator(mode="after")
    def _reasoned(self) -> Self:
        if not self.possible and self.why is None:
            raise ValueError("expected why, as possible is false")
        if self.possible and self.outcome is None:
            raise ValueError("expected an outcome, as possible is true")
        return self


class StudyOutcome(Record):
    """One outcome of one study."""

    study: Id
    outcome: Id


class SynthesisSpec(Record):
    """Which outcomes of which studies are taken together, and how."""

    outcome: Text
    measure: Measure
    unit: Text
    better: Better
    method: Literal["REML", "DL", "PM", "EE"] = "REML"
    studies: tuple[StudyOutcome, ...] = Field(min_length=1)


class Composition(Record):
    """What a food holds, to be compared with the catalogue: ``nutrient`` is a tagname, the amount in its unit."""

    nutrient: Text
    food: Text
    per_100_g: NotNegative


class IntakeOf(Record):
    """Of which nutrient the reader's own intake is shown beside the claim."""

    nutrient: Text


class Recognise(Record):
    """How a sentence of someone else's is known to make a claim: a word of every group of ``all``, none of ``none``."""

    all: tuple[tuple[Text, ...], ...] = Field(min_length=1)
    none: tuple[Text, ...] = ()


class Claim(Record):
    """One claim: what the world says, what was found, how sure that is, and on what it rests."""

    hub: Id
    kind: ClaimKind
    says: Text
    seen_as: Text
    verdict: ClaimVerdict
    because: Text
    pico: Pico | None = None
    direction: Direction
    size: Size
    certainty: Certainty | None = None
    downgrades: tuple[Downgrade, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    superseded_by: Id | None = None
    trial: Trialable
    synthesis: SynthesisSpec | None = None
    composition: Composition | None = None
    intake: IntakeOf | None = None
    recognise: tuple[Recognise, ...] = ()
    checked: Checked
    unverified: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _rated(self) -> Self:
        if self.certainty is None and self.kind not in WITHOUT_CERTAINTY:
            raise ValueError(f"expected a certainty: high, moderate, low or very-low, as the kind is {self.kind}")
        return self
