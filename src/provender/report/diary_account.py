"""What a report of a diary's days holds, as plain values; whatever is None is said to be not recorded, never 0."""

from dataclasses import dataclass
from datetime import date, datetime

from provender.report.trial_account import Dose, Person
from provender.terms.errors import InputError
from provender.terms.nutrients import nutrient


@dataclass(frozen=True, slots=True, kw_only=True)
class NutrientTaken:
    """What was eaten of one nutrient, food alone.

    Attributes:
        nutrient: Its id.
        daily_mean: Mean of the complete days, in the nutrient's unit; None where nothing of it is known.
        coverage: Share of what was eaten for which it is known, 0 to 1; below 1 the mean is a lower bound.
        days: Days it rests on.

    Raises:
        InputError: A nutrient that is not known, or a coverage outside 0 to 1.
    """

    nutrient: str
    daily_mean: float | None
    coverage: float
    days: int

    def __post_init__(self) -> None:
        nutrient(self.nutrient)
        if not 0 <= self.coverage <= 1:
            raise InputError(f"found coverage {self.coverage:g} of {self.nutrient}, expected 0 to 1", field="coverage")

    @property
    def name(self) -> str:
        """The nutrient's name."""
        return nutrient(self.nutrient).name

    @property
    def unit(self) -> str:
        """Its unit a day."""
        return nutrient(self.nutrient).unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Enough:
    """Whether one nutrient is enough.

    Attributes:
        name: The nutrient's name.
        verdict: In words, one of ``nutrition.verdicts.Verdict``.
        sentence: The same with its numbers.
        confidence: Probability that it is enough, 0 to 1; None without verdict.
        upper: What is said of its upper level; "" nothing.
    """

    name: str
    verdict: str
    sentence: str
    confidence: float | None = None
    upper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """Weighings with their smoothed course.

    Attributes:
        points: Day and kg, in order of days.
        course: Day, kg, and the ends of its 90 % band; empty where it was not reckoned.
        sentence: The trend in words; "" not reckoned.
    """

    points: tuple[tuple[date, float], ...] = ()
    course: tuple[tuple[date, float, float, float], ...] = ()
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """An outcome over the range.

    Attributes:
        name: As inside a sentence: ``pain``.
        points: Day and value, in order of days; a day may be absent.
        unit: Of its values.
        scale: Which values are possible, in words; "" any.
        ends: Its smallest and largest possible value, None without one.
        asked: How it was asked; "" not recorded.
        instrument: Id of the instrument, such as ``pain``; "" none.
        answers: Of an instrument with several questions: day and one answer each, None not answered.
        questions: The texts of those questions; empty for one question.
    """

    name: str
    points: tuple[tuple[date, float], ...]
    unit: str = ""
    scale: str = ""
    ends: tuple[float | None, float | None] = (None, None)
    asked: str = ""
    instrument: str = ""
    questions: tuple[str, ...] = ()
    answers: tuple[tuple[date, tuple[float | None, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """A supplement, what it holds, and when it was taken.

    Attributes:
        name: As on the label.
        doses: What one dose holds; empty when its contents are not known.
        days: Days on which a dose was logged, in order.
        doses_logged: Doses logged in the range; 0 means none was logged, not that none was taken.
        usual: Doses a day that are said to be usual; None not said.
    """

    name: str
    doses: tuple[Dose, ...] = ()
    days: tuple[date, ...] = ()
    doses_logged: float = 0
    usual: float | None = None


@dataclass(frozen=True, slots=True)
class DatedNote:
    """Words of a day.

    Attributes:
        day: The date.
        text: The words.
        red_flag: Why they ask for medical attention, and what to do; "" they do not.
    """

    day: date
    text: str
    red_flag: str = ""


@dataclass(frozen=True, slots=True)
class TrialTold:
    """A trial that ran in the range.

    Attributes:
        title: What it is about.
        stands: Such as ``finished``.
        sentence: What it says; "" nothing yet.
    """

    title: str
    stands: str
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryReport:
    """All that a report of a diary's days says.

    Attributes:
        person: Whose diary.
        first, last: The days it covers, both among them.
        written_at: When it was written, with its zone.
        zone: IANA zone of the person's days; "" not known.
        version: Of Provender.
        days_recorded: Days with any entry.
        days_complete: Days that are logged whole, as intake rests on them; None not judged.
        left_out: Days that do not count for intake, with the reason.
        intake: Energy first, then nutrients, as they are to be shown.
        energy_by_day: Day and kcal of the complete days, in order.
        expenditure: What the body spends, in words; "" not reckoned.
        enough: Verdicts on nutrients.
        weight: Weighings; None for none.
        felt: Outcomes.
        supplements: What was taken.
        notes: Words of days, in order.
        trials: Trials that ran in the range.
    """

    person: Person
    first: date
    last: date
    written_at: datetime
    version: str
    zone: str = ""
    days_recorded: int = 0
    days_complete: int | None = None
    left_out: tuple[tuple[date, str], ...] = ()
    intake: tuple[NutrientTaken, ...] = ()
    energy_by_day: tuple[tuple[date, float], ...] = ()
    expenditure: str = ""
    enough: tuple[Enough, ...] = ()
    weight: Weight | None = None
    felt: tuple[Felt, ...] = ()
    supplements: tuple[Supplement, ...] = ()
    notes: tuple[DatedNote, ...] = ()
    trials: tuple[TrialTold, ...] = ()

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InputError(f"found days from {self.first} to {self.last}, expected them in order", field="last")
        if self.written_at.utcoffset() is None:
            raise InputError(f"found {self.written_at} without a zone, expected one", field="written_at")

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (self.last - self.first).days + 1
