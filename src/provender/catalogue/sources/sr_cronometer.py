"""USDA SR release 24 as Debian's ``cronometer`` package carries it: one XML file a food, in ``usda_sr24.jar``.

Only foods of ``foods.index`` are read (the others are deprecated). A nutrient that is not in the XML is unknown.
Vitamin A and D are in international units there: D is 40 IU to the microgram, and vitamin A as retinol activity is
computed from retinol and the carotenoids, or from the units and retinol, else it is unknown. "Omega-3" and "Omega-6"
are that program's own sums and are dropped. "ALA" is the amino acid alanine.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

from provender.catalogue.brands import brand_in
from provender.catalogue.food import Food, Portion
from provender.catalogue.publisher import Item, Problem, Published
from provender.catalogue.usda import IU_PER_MICROGRAM_OF_VITAMIN_D, kind_of
from provender.terms.errors import SourceError

KEY: Final = "usda-sr24"
NUTRIENTS_OF: Final[Mapping[str, str]] = {
    "Energy": "ENERC_KCAL", "Protein": "PROCNT", "Carbs": "CHOCDF", "Fiber": "FIBTG", "Starch": "STARCH",
    "Sugars": "SUGAR", "Fat": "FAT", "Alcohol": "ALC", "Caffeine": "CAFFN", "Water": "WATER", "Ash": "ASH",
    "Calcium": "CA", "Copper": "CU", "Iron": "FE", "Magnesium": "MG", "Manganese": "MN", "Phosphorus": "P",
    "Potassium": "K", "Selenium": "SE", "Sodium": "NA", "Zinc": "ZN", "Fluoride": "FLD",
    "Vitamin A": "VITA_IU", "Retinol": "RETOL", "Alpha-carotene": "CARTA", "Beta-carotene": "CARTB",
    "Beta-cryptoxanthin": "CRYPX", "Lycopene": "LYCPN", "Lutein+Zeaxanthin": "LUT+ZEA", "Folate": "FOL",
    "B1 (Thiamine)": "THIA", "B2 (Riboflavin)": "RIBF", "B3 (Niacin)": "NIA", "B5 (Pantothenic Acid)": "PANTAC",
    "B6 (Pyridoxine)": "VITB6A", "B12 (Cyanocobalamin)": "VITB12", "Vitamin C": "VITC", "Vitamin D": "VITD",
    "Vitamin E": "TOCPHA", "Beta Tocopherol": "TOCPHB", "Gamma Tocopherol": "TOCPHG", "Delta Tocopherol": "TOCPHD",
    "Vitamin K": "VITK1", "Choline": "CHOLN", "Saturated": "FASAT", "Monounsaturated": "FAMS",
    "Polyunsaturated": "FAPU", "Trans-Fats": "FATRN", "Cholesterol": "CHOLE", "Phytosterol": "PHYSTR",
    "ALA": "ALA_G", "ARG": "ARG_G", "ASP": "ASP_G", "CYS": "CYS_G", "GLU": "GLU_G", "GLY": "GLY_G", "HIS": "HISTN_G",
    "ILE": "ILE_G", "LEU": "LEU_G", "LYS": "LYS_G", "MET": "MET_G", "PHE": "PHE_G", "PRO": "PRO_G", "SER": "SER_G",
    "THR": "THR_G", "TRP": "TRP_G", "TYR": "TYR_G", "VAL": "VAL_G", "HYP": "HYP",
}  # fmt: skip
DROPPED: Final = frozenset({"Omega-3", "Omega-6"})
GROUPS: Final[Mapping[str, str]] = {
    "01": "Dairy and eggs", "02": "Spices and herbs", "03": "Baby foods", "04": "Fats and oils", "05": "Poultry",
    "06": "Soups and sauces", "07": "Sausages and luncheon meats", "08": "Breakfast cereals", "09": "Fruits and juices",
    "10": "Pork", "11": "Vegetables", "12": "Nuts and seeds",
    "13": "Beef", "14": "Beverages", "15": "Fish and shellfish",
    "16": "Legumes", "17": "Lamb, veal and game", "18": "Baked products", "19": "Sweets", "20": "Grains and pasta",
    "21": "Fast foods", "22": "Meals and side dishes", "23": "Beef",
    "25": "Snacks", "27": "Soups and sauces", "31": "Vegetables", "35": "Native American foods",
    "36": "Restaurant foods", "48": "Grains and pasta",
    "80": "Fish and shellfish", "83": "Fish and shellfish", "93": "Fish and shellfish",
}  # fmt: skip
"""USDA's food groups by the first two digits of its food numbers; 42, 43, 44 and 90 hold several, so none is said."""


def read(path: Path) -> Published:
    """The release inside ``usda_sr24.jar``.

    Args:
        path: The jar, or a folder that holds it.

    Raises:
        SourceError: No such jar, or not this one.
    """
    jar = path / "usda_sr24.jar" if path.is_dir() else path
    try:
        with ZipFile(jar) as archive:
            index = archive.read("usda_sr24/foods.index").decode("utf-8", "replace")
    except (OSError, BadZipFile, KeyError) as error:
        raise SourceError(
            f"{jar}: expected Debian's usda_sr24.jar with usda_sr24/foods.index inside ({error}); see docs/data.md"
        ) from error
    lines = [line for line in index.splitlines() if line.strip()]
    return Published(
        KEY,
        "USDA National Nutrient Database for Standard Reference",
        "24",
        "public domain",
        _foods(jar, lines),
        len(lines),
    )


def _foods(jar: Path, lines: list[str]) -> Iterator[Item]:
    with ZipFile(jar) as archive:
        for number, line in enumerate(lines, start=1):
            source_id, _, name = line.partition("|")
            try:
                root = ET.fromstring(archive.read(f"usda_sr24/{source_id}.xml"))  # noqa: S314 - no entities
                yield from _food(source_id, name.strip(), root)
            except (KeyError, ET.ParseError) as error:
                yield Problem("foods.index", number, "food", line, f"its XML is missing or damaged ({error})")


def _food(source_id: str, name: str, root: ET.Element) -> Iterator[Item]:
    composition: dict[str, float] = {}
    portions: list[Portion] = []
    for element in root:
        label = element.get("name", "")
        try:
            if element.tag == "measure":
                mass_g = float(element.get("grams", ""))
                portions.append(Portion(float(element.get("amount", "")), label, mass_g))
            elif element.tag == "nutrient" and label not in DROPPED:
                composition[NUTRIENTS_OF[label]] = float(element.get("amount", ""))
        except (ValueError, KeyError):
            shown = str(dict(element.attrib))
            yield Problem(f"{source_id}.xml", 0, label or element.tag, shown, "expected a known nutrient and a number")
    group = source_id[:2]
    brand = brand_in(name)
    yield Food(
        id=f"{KEY}:{source_id}",
        name=name,
        source=KEY,
        source_id=source_id,
        release="24",
        category=GROUPS.get(group),
        kind=kind_of(name, group, brand),
        brand=brand,
        composition=_converted(composition),
        portions=tuple(p for p in portions if p.mass_g and p.mass_g > 0 and p.amount > 0),
    )


def _converted(composition: dict[str, float]) -> dict[str, float]:
    found = dict(composition)
    if "VITD" in found:
        found["VITD"] = round(found["VITD"] / IU_PER_MICROGRAM_OF_VITAMIN_D, 4)
    activity = retinol_activity(composition)
    if activity is not None:
        found["VITA_RAE"] = round(activity, 1)
    return found


def retinol_activity(composition: Mapping[str, float]) -> float | None:
    """Vitamin A as retinol activity, µg per 100 g; None where it cannot be known.

    ``RETOL + CARTB / 12 + (CARTA + CRYPX) / 24`` where all four are known. Else from the international units, which
    are ``RETOL / 0.3 + CARTB / 0.6 + (CARTA + CRYPX) / 1.2``: what retinol leaves of them is carotenoids, 0.05 µg of
    retinol activity a unit whichever they are. No units at all is no activity.

    Source: Institute of Medicine, 2001, doi:10.17226/10026, chapter 4; the second form follows from it.
    """
    parts = [composition.get(n) for n in ("RETOL", "CARTB", "CARTA", "CRYPX")]
    units = composition.get("VITA_IU")
    if None not in parts:
        retinol, beta, alpha, cryptoxanthin = (part or 0.0 for part in parts)
        return retinol + beta / 12 + (alpha + cryptoxanthin) / 24
    if units == 0:
        return 0.0
    if units is None or parts[0] is None:
        return None
    return parts[0] + max(0.0, units - parts[0] / 0.3) * 0.05
