"""The claims of the shelves, as the reader needs them."""

from collections.abc import Iterator, Mapping

from provender.library.claim_records import Claim
from provender.library.reading.matching import KnownClaim, Pattern


def known_claims(claims: Mapping[str, Claim]) -> Iterator[KnownClaim]:
    """The claims of the shelves that can be recognised.

    Args:
        claims: Claims by id.
    """
    for claim_id, claim in claims.items():
        if claim.recognise:
            yield KnownClaim(
                id=claim_id,
                kind=claim.kind,
                patterns=tuple(Pattern(one.all, one.none) for one in claim.recognise),
                seen_as=claim.seen_as,
                says=claim.says,
                verdict=claim.verdict,
                because=claim.because,
                composition=_composition(claim),
                intake=claim.intake.nutrient if claim.intake else None,
            )


def _composition(claim: Claim) -> tuple[str, str, float] | None:
    held = claim.composition
    return (held.nutrient, held.food, float(held.per_100_g)) if held else None
