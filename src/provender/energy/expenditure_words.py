"""The sentences that stand beside the numbers of expenditure; each is true of the numbers given to it."""


def kcal_text(kcal: float) -> str:
    """Energy to the nearest ten: ``2,340``."""
    return f"{round(kcal, -1):,.0f}"


def unknown_words(weighings: int, logs: int, least_weighings: int, least_logs: int, least_days: int) -> str:
    """Why nothing can be told yet."""
    return (
        f"Cannot tell yet: {_count(weighings, 'weighing')} and {_count(logs, 'fully logged day')} so far; it takes"
        f" {least_weighings} weighings over at least {least_days} days, and {least_logs} logged days. Until then the"
        " numbers are what equations say of people like you, nothing learnt from you."
    )


def contradiction_words(logged_kcal: float, resting_kcal: float) -> str:
    """Weight and log that cannot both be right."""
    return (
        f"Cannot tell: about {kcal_text(logged_kcal)} kcal a day in the log does not go with your weights, for a body"
        f" that spends about {kcal_text(resting_kcal)} kcal at rest. Is the log complete and in kcal, the weight in kg?"
        " Until then the numbers are what equations say of people like you."
    )


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def maintenance_words(low: float, middle: float, high: float, *, known: bool) -> str:
    """Maintenance in the person's own logged kcal."""
    start = "Your weight holds at" if known else "People like you mostly keep their weight at"
    tail = "by your own way of logging" if known else "as most people log"
    return (
        f"{start} about {kcal_text(middle)} kcal a day {tail}; nine chances in ten it is {kcal_text(low)} to"
        f" {kcal_text(high)}."
    )


def true_words(low: float, middle: float, high: float) -> str:
    """Probable true expenditure."""
    return (
        f"In truth you probably spend about {kcal_text(middle)} kcal a day ({kcal_text(low)} to {kcal_text(high)});"
        " weight and log alone cannot say it better."
    )


def bias_words(low: float, middle: float, high: float, *, known: bool) -> str:
    """How much less is logged than eaten; a percentage rounded to whole numbers."""
    who, they = ("You probably log", "you") if known else ("People mostly log", "they")
    if middle < 0:
        return f"{who} about {round(-100 * middle)} % more than {they} eat ({_span(-high, -low)})."
    return f"{who} about {round(100 * middle)} % less than {they} eat ({_span(low, high)})."


def _span(low: float, high: float) -> str:
    return f"{round(100 * low) + 0} to {round(100 * high) + 0} %"


def weight_words(
    now_kg: float, low_kg: float, middle_kg: float, high_kg: float, days: int, logged_kcal: float | None
) -> str:
    """The weight to come."""
    if logged_kcal is None:
        like = "if you eat about what you spend"
    else:
        like = f"if you go on logging about {kcal_text(logged_kcal)} kcal a day"
    return (
        f"You weigh about {now_kg:.1f} kg; in {days} days, {like}, about {middle_kg:.1f} kg ({low_kg:.1f} to"
        f" {high_kg:.1f})."
    )
