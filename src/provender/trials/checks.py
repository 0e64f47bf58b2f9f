"""What could be wrong with a trial, one function a check; those that find nothing wrong are told as well."""

from typing import Final

import numpy as np
from scipy import stats

from provender.trials.check import Check, Passed
from provender.trials.fitted import Fitted
from provender.trials.likelihoods import needs_interval, share_at_bound
from provender.trials.series import Series
from provender.trials.trial_file import TrialFile
from provender.trials.verdict import percent
from provender.trials.whitening import Floats

RARE: Final = 0.05
LEAST_SEEN: Final = 0.7
LEAST_ADHERENCE: Final = 0.8
UNBLINDED: Final = 0.2
"""Bang's index beyond which an arm was guessed better or worse than by chance."""
LEAST_DAYS: Final = 14
LATE: Final = 0.2
SOUND: Final = 0.01
SEED: Final = 20261124
ARMS: Final = ("without the treatment", "with it")


def of_arms(series: Series) -> Check:
    """Whether both arms were observed, and the outcome ever changed."""
    name = "something to compare"
    if series.unobserved_arms:
        arms = " and ".join("the treatment" if arm else "the comparison" for arm in series.unobserved_arms)
        sentence = f"No day of {arms} was observed, so there is nothing to compare."
        return Check(name, Passed.FAILED, sentence, spoils=True)
    if series.is_constant:
        sentence = "Every outcome is the same, so nothing can be seen of any effect."
        return Check(name, Passed.FAILED, sentence, spoils=True)
    off, on = series.observed_by_arm
    numbers = {"without": float(off), "with": float(on)}
    return Check(name, Passed.PASSED, f"Observed were {off} days without the treatment and {on} with it.", numbers)


def of_missing_by_arm(series: Series) -> Check:
    """Whether days are missing more often in one arm."""
    name, counted = "missing days", series.period >= 0
    seen = np.isin(np.arange(series.days), series.day)[counted]
    on = series.assigned[counted] == 1
    if not on.any() or on.all():
        return Check(name, Passed.NO_VERDICT, "There is only one arm.")
    rates = [float(seen[arm].mean()) for arm in (~on, on)]
    table = [[int(seen[arm].sum()), int((~seen[arm]).sum())] for arm in (~on, on)]
    p = float(stats.fisher_exact(table).pvalue)
    numbers = {"without": rates[0], "with": rates[1], "p": p}
    words = f"{rates[0] * 100:.0f} % of the days {ARMS[0]} were observed, {rates[1] * 100:.0f} % of those {ARMS[1]}"
    if p < RARE:
        return Check(name, Passed.FAILED, f"Days are missing unevenly: {words}.", numbers)
    if min(rates) < LEAST_SEEN:
        return Check(name, Passed.FAILED, f"Many days are missing: {words}.", numbers)
    return Check(name, Passed.PASSED, f"{words[0].upper()}{words[1:]}.", numbers)


def of_missing_after(series: Series) -> Check:
    """Whether days are missing more often after a bad day: then what is seen is better than what was."""
    name = "missing after bad days"
    before = series.outcome[:-1]
    skipped = np.diff(series.day) > 1
    if skipped.sum() < 5 or (~skipped).sum() < 5:
        return Check(name, Passed.NO_VERDICT, "Too few days are missing to see whether they follow bad ones.")
    p = float(stats.mannwhitneyu(before[skipped], before[~skipped]).pvalue)
    after, other = float(before[skipped].mean()), float(before[~skipped].mean())
    numbers = {"before_missing": after, "before_observed": other, "p": p}
    words = f"the day before a missing one was {after:.1f} on average, before others {other:.1f}"
    if p < RARE:
        return Check(name, Passed.FAILED, f"Missing days do not fall by chance: {words}.", numbers)
    return Check(name, Passed.PASSED, f"Missing days seem to fall by chance: {words}.", numbers)


def of_adherence(series: Series) -> Check:
    """Whether what was assigned was taken."""
    name = "adherence"
    counted = (series.period >= 0) & np.isfinite(series.taken)
    if not counted.any():
        return Check(name, Passed.NO_VERDICT, "Nobody noted what was taken; the answer is about what was assigned.")
    kept = float(np.mean(np.abs(series.taken - series.assigned)[counted] < 0.5))
    numbers = {"kept": kept, "days": float(counted.sum())}
    words = f"On {kept * 100:.0f} % of the {int(counted.sum())} days with a note, what was assigned was done."
    return Check(name, Passed.PASSED if kept >= LEAST_ADHERENCE else Passed.FAILED, words, numbers)


def bang_index(guesses: Floats, arm: int) -> float | None:
    """How much oftener an arm was guessed rightly than wrongly, -1 to 1; None without a guess.

    Args:
        guesses: (n,) of that arm's periods: 1 treatment, 0 comparison, 0.5 cannot say, NaN not asked.
        arm: 1 or 0.
    """
    told = guesses[np.isfinite(guesses)]
    return float(np.mean(told == arm) - np.mean(told == 1 - arm)) if len(told) else None


def of_blinding(trial: TrialFile) -> Check:
    """Bang's index by arm: 0 when guesses are no better than chance, 1 when all are right.

    Source: Bang, Ni and Davis 2004, DOI 10.1016/j.cct.2003.10.016.
    """
    name = "blinding"
    if trial.sequence is None or not np.isfinite(trial.guesses).any():
        return Check(name, Passed.NO_VERDICT, "Nobody guessed the arms; expecting something may have done its part.")
    numbers: dict[str, float] = {}
    arms = np.asarray(trial.sequence)
    for arm, label in ((0, "without"), (1, "with")):
        index = bang_index(trial.guesses[arms == arm], arm)
        if index is not None:
            numbers[label] = index
    said = f"Bang’s index {', '.join(f'{value:+.2f} {label} it' for label, value in numbers.items())}"
    if max(abs(value) for value in numbers.values()) > UNBLINDED:
        return Check(name, Passed.FAILED, f"The arm was guessed otherwise than by chance ({said}).", numbers)
    return Check(name, Passed.PASSED, f"Guesses of the arm were no better than chance ({said}).", numbers)


def of_onset(series: Series, tau: float) -> Check:
    """Whether periods are long against the days an effect probably takes."""
    name, lengths = "period length", np.bincount(series.period[series.period >= 0])
    if not len(lengths):
        return Check(name, Passed.NO_VERDICT, "There are no periods.")
    shortest = int(lengths.min())
    numbers = {"period_days": float(shortest), "tau_days": tau}
    words = f"periods of {shortest} days, and an effect that may take about {tau:.0f} days to come and go"
    if tau > shortest / 2:
        return Check(name, Passed.FAILED, f"Short {words}: where it would settle may be further.", numbers)
    verdict = Passed.PASSED if tau <= shortest / 4 else Passed.NO_VERDICT
    return Check(name, verdict, f"{words[0].upper()}{words[1:]}.", numbers)


def _unrounded(z: Floats, sd: Floats, step: float | None) -> Floats:
    """Surprises as if outcomes had not been rounded to steps: each anywhere within its own, always the same."""
    if step is None:
        return z
    width = step / sd
    within = np.random.default_rng(SEED).uniform(-0.5, 0.5, len(z)) * width
    return np.asarray((z + within) / np.sqrt(1 + width**2 / 12))


def of_residuals(series: Series, fit: Fitted) -> Check:
    """Whether one day's surprise tells the next one's, and their shape is the model's."""
    name, z = "fit of the model", fit.surprise
    together = np.flatnonzero(np.diff(series.day) == 1)
    if len(together) < LEAST_DAYS:
        return Check(name, Passed.NO_VERDICT, "Too few days in a row to hold the model against.")
    if np.std(z[together]) == 0 or np.std(z[together + 1]) == 0:
        return Check(name, Passed.NO_VERDICT, "The days do not differ, so there is nothing to hold the model against.")
    related = float(np.corrcoef(z[together], z[together + 1])[0, 1])
    shape = float(stats.kstest(_unrounded(z, fit.aside, series.scale.step), "norm").pvalue)
    numbers = {"lag_one": related, "shape_p": shape}
    if abs(related) > 2.6 / np.sqrt(len(together)) or shape < SOUND:
        words = (
            f"The model fits badly: surprises of neighbouring days correlate at {related:+.2f}; if it were right, days"
            f" shaped as oddly as these would come {percent(shape)} of the time."
        )
        return Check(name, Passed.FAILED, words, numbers)
    return Check(name, Passed.PASSED, f"Surprises of neighbouring days are unrelated ({related:+.2f}).", numbers)


def of_bounds(series: Series, *, cut_off: bool = False) -> Check:
    """Whether many days lie at an end of the scale, and the model knows."""
    name, scale = "ends of the scale", series.scale
    if scale.low is None or scale.high is None or not len(series.outcome):
        return Check(name, Passed.NO_VERDICT, "The scale has no two ends.")
    share = share_at_bound(series.outcome, scale)
    words = f"{share * 100:.0f} % of the days lie at an end of the scale"
    if cut_off:
        words = f"{words}; they are read as “at least that far”, not as exactly there."
        return Check(name, Passed.PASSED, words, {"share": share})
    if needs_interval(series.outcome, scale):
        return Check(name, Passed.FAILED, f"{words}, so the effect is probably understated.", {"share": share})
    return Check(name, Passed.PASSED, f"{words}.", {"share": share})


def of_looks(trial: TrialFile) -> Check:
    """Whether results were looked at before the end."""
    name, looks = "early looks", len(trial.looks)
    if looks:
        words = f"The results were looked at {looks} time{'s' * (looks != 1)} before the end."
        return Check(name, Passed.FAILED, words, {"looks": float(looks)})
    return Check(name, Passed.PASSED, "Nobody noted a look at the results before the end.", {"looks": 0.0})


def of_order(trial: TrialFile) -> Check:
    """Whether chance chose the order, and the seal proves it."""
    name = "order by chance"
    if trial.design is None:
        return Check(name, Passed.NO_VERDICT, "How the order came about is not known.")
    if not trial.design.randomised:
        words = "The order was fixed, so a trend of the same rhythm cannot be told from the effect."
        return Check(name, Passed.FAILED, words)
    if trial.header.seal is None:
        return Check(name, Passed.NO_VERDICT, "Chance chose the order, by the file's own word; no seal proves it.")
    held = bool(trial.header.seal)
    return Check(name, Passed.PASSED if held else Passed.FAILED, trial.header.seal.sentence)


def of_other_changes(trial: TrialFile, series: Series) -> Check:
    """Whether other things were changed, and in which arm."""
    name = "other changes"
    days = sorted({(note.day - series.first_day).days for note in trial.co_interventions})
    inside = [day for day in days if 0 <= day < series.days and series.period[day] >= 0]
    if not inside:
        return Check(name, Passed.PASSED, "No other change was noted in the periods.", {"with": 0.0, "without": 0.0})
    on = sum(int(series.assigned[day]) for day in inside)
    numbers = {"with": float(on), "without": float(len(inside) - on)}
    words = f"Something else was changed on {on} day{'s' * (on != 1)} {ARMS[1]} and {len(inside) - on} {ARMS[0]}."
    return Check(name, Passed.FAILED, words, numbers)


def of_late_notes(series: Series) -> Check:
    """Whether many outcomes were written down on a later day."""
    name = "written later"
    if not len(series.day):
        return Check(name, Passed.NO_VERDICT, "There are no days.")
    share = float(series.backfilled.mean())
    words = (
        f"{percent(share)} of the outcomes were written on a later day."
        if share
        else "Every outcome was written on its day."
    )
    return Check(name, Passed.FAILED if share > LATE else Passed.PASSED, words, {"share": share})
