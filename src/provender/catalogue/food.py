"""A food and its portions: the values every room passes around."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Portion:
    """A household measure of one food.

    Attributes:
        amount: How many of the measure the mass belongs to, usually 1.
        measure: What is counted, in the publisher's words, e.g. ``cup, chopped`` or ``slice``.
        mass_g: Edible mass of ``amount`` measures in grams; None when a serving was given without weight.
    """

    amount: float
    measure: str
    mass_g: float | None

    @property
    def label(self) -> str:
        """The portion as one would say it: ``1 cup, chopped``."""
        return f"{self.amount:g} {self.measure}"


@dataclass(frozen=True, slots=True)
class Food:
    """One food with everything that is known of it.

    Attributes:
        id: ``source:source_id``, e.g. ``usda-sr24:12563``; a person's own food is ``own:<number>``.
        name: As the publisher or the person wrote it.
        source: Key of the source, e.g. ``usda-sr24``.
        source_id: The publisher's own identifier.
        release: The publisher's release, e.g. ``24``.
        category: The publisher's food group, or None.
        kind: ``generic``, ``dish``, ``branded`` or ``own``.
        brand: Brand or owner, or None.
        barcode: EAN/UPC digits, or None.
        basis_g: Mass in grams that ``composition`` refers to, usually 100; None: per serving of unknown mass.
        composition: Nutrient id (INFOODS tagname) to amount in the nutrient's own unit per basis; an unknown
            nutrient is absent, a measured zero is 0.0.
        portions: The food's own measures, most usual first.
        popularity: How often it was asked for at its source, or None where that is not known.
    """

    id: str
    name: str
    source: str
    source_id: str
    release: str
    category: str | None = None
    kind: str = "generic"
    brand: str | None = None
    barcode: str | None = None
    basis_g: float | None = 100.0
    composition: Mapping[str, float] = field(default_factory=dict)
    portions: tuple[Portion, ...] = ()
    popularity: float | None = None
