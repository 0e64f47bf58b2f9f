"""How a curve was computed: its equations and numbers in sentences, with their sources."""

import numpy as np

from provender.energy.body import (
    BETA_AT,
    BETA_TEF,
    ETA_FAT,
    ETA_LEAN,
    FORBES_KG,
    GAMMA_FAT,
    GAMMA_LEAN,
    HALL_2011,
    RHO_FAT,
    RHO_GLYCOGEN,
    RHO_LEAN,
    TAU_AT_D,
    Baseline,
    energy_of_change,
    energy_of_keeping,
    moving_kcal_per_kg,
)
from provender.energy.projection import FAT_SPREAD, Projection
from provender.energy.requirement import DRI_2023


def curve_basis(found: Projection) -> tuple[str, ...]:
    """The model, this body's own numbers in it, the range, and the sources; a sentence or two each.

    Args:
        found: The projection.
    """
    base = found.body
    fat, resting, spent = (float(value) for value in (base.fat_kg, base.resting_kcal, base.expenditure_kcal))
    return (
        (
            "Each day, energy eaten less energy spent goes into fat and lean tissue, glycogen and the water they hold:"
            f" {RHO_FAT:,.0f} kcal a kg of fat, {RHO_LEAN:,.0f} of lean tissue, {RHO_GLYCOGEN:,.0f} of glycogen; laying"
            f" them down costs {ETA_FAT:.0f} and {ETA_LEAN:.0f} kcal a kg more."
        ),
        (
            f"Fat and lean tissue change together: {FORBES_KG:g} kg of lean to each kg of fat, divided by the fat in kg"
            " (Forbes). So the leaner a body, the more of a loss is lean tissue."
        ),
        (
            f"Spent = {spent:,.0f} + {GAMMA_FAT:.2f} × fat gained + {GAMMA_LEAN:.2f} × lean gained +"
            f" {float(moving_kcal_per_kg(base)):.2f} × weight gained (kcal a day, a kg; gained is negative for lost)"
            f" + {BETA_TEF:g} × the change of intake for digesting it, and {BETA_AT:g} × that change by adaptation,"
            f" which takes about {TAU_AT_D:.0f} days."
        ),
        _own_numbers(base, fat, resting),
        (
            f"The range: {found.crowd} bodies equally likely among people like you. What they spend scatters by"
            f" {found.maintenance_sd_kcal:,.0f} kcal (standard error), their fat by {100 * FAT_SPREAD:.0f} %; the band"
            " holds the middle nine in ten. Days advance in four Runge-Kutta stages."
        ),
        f"Sources: {HALL_2011}; standard error: {DRI_2023}. The same days and kilograms as the program hallmodel.",
    )


def _own_numbers(base: Baseline, fat: float, resting: float) -> str:
    rho, eps = float(energy_of_change(base.fat_kg)), float(energy_of_keeping(base))
    half = np.log(2) * rho / eps / 7
    return (
        f"For you it starts from about {fat:.0f} kg of fat (by age, height and weight) and {resting:,.0f} kcal at rest."
        f" The first kg lost or gained then takes {rho:,.0f} kcal; every lasting kg changes what you spend by"
        f" {eps:.0f} kcal a day, so that half of what a change of calories does in the end is done in {half:.0f} weeks."
    )
