"""Which language a text is in, told by its commonest words; claims are read in English only."""

import re
from types import MappingProxyType
from typing import Final

ENGLISH: Final = "English"
FEWEST: Final = 8
"""Fewer words than this tell nothing."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LISTS: Final = {
    ENGLISH: "the of and to in is that for it with as was on are be by this have from or had not but what all were when"
    " your can said there use an each which she do how their if will up other about out many then"
    " them these so some her",
    "German": "der die das und ist nicht von zu den mit sich des auf für im dem auch als wie wird bei eine einer einen"
    " sind oder haben kann werden durch aus nach man ich sie wir aber nur noch über zum zur",
    "French": "le la les des et est une dans que qui pour pas sur plus par avec sont ce cette ou mais comme"
    " aux du au se"
    " ne vous nous leur être peut ses il elle son très aussi",
    "Spanish": "el la los las de y que en un una es por con para no se del al lo como más pero sus su puede este esta o"
    " son muy también ser hay cuando entre sin sobre",
    "Italian": "il lo la gli le di che e è un una per con non si del della dei delle nel nella da sono come più"
    " ma anche"
    " può essere questo questa o al alla",
    "Portuguese": "o os as de que e do da dos das em um uma para com não por se na no mais como mas ao ou são pode ser"
    " também muito esta este pela pelo",
    "Dutch": "de het een en van in is dat op te zijn met voor niet aan er om ook als bij door maar kan worden"
    " naar uit nog"
    " over deze dit wordt of je u",
    "Swedish": "och att det som en är på för med av inte den till har ett om kan de vid eller från man du så men också"
    " vara när mer",
    "Danish": "og at det som en er på for med af ikke den til har et om kan de ved eller fra man du så men"
    " også være når"
    " mere der",
    "Norwegian": "og at det som en er på for med av ikke den til har et om kan de ved eller fra man du så men også være"
    " når mer hva jeg",
    "Polish": "i w na z do że nie się jest to jak o po co ale od za przez dla lub oraz może są które także jako przy",
    "Czech": "a v na se je že to s z do o pro jako i ale by za od po který nebo může jsou také při není tak",
    "Turkish": "ve bir bu için ile da de çok olarak daha olan gibi kadar en ne ya ki ama sonra veya değil var her",
    "Indonesian": "yang dan di untuk dengan dari pada adalah ini itu tidak dalam atau juga akan dapat bisa oleh karena",
    "Romanian": "și de la în cu pe nu este un o care din mai pentru sau sunt ce că să prin fi ca poate",
}
STOP_WORDS: Final = MappingProxyType({name: frozenset(words.split()) for name, words in _LISTS.items()})
_SCRIPTS: Final = (
    ("Japanese", re.compile("[\u3040-\u30ff]")),
    ("Korean", re.compile("[\uac00-\ud7af]")),
    ("Chinese", re.compile("[\u4e00-\u9fff]")),
    ("Greek", re.compile("[\u0370-\u03ff]")),
    ("Arabic script", re.compile("[\u0600-\u06ff]")),
    ("Hebrew", re.compile("[\u0590-\u05ff]")),
    ("Hindi or another language in Devanagari", re.compile("[\u0900-\u097f]")),
    ("Thai", re.compile("[\u0e00-\u0e7f]")),
    ("Russian or another language in Cyrillic", re.compile("[\u0400-\u04ff]")),
)
LARGEST_SAMPLE: Final = 40_000


def language(text: str) -> str | None:
    """The language of a text in English words; None where there are too few words to tell.

    Languages told apart: those of ``STOP_WORDS`` by their commonest words, and some others by their script.
    """
    sample = text[:LARGEST_SAMPLE]
    letters = sum(map(str.isalpha, sample)) or 1
    for name, script in _SCRIPTS:
        if len(script.findall(sample)) > 0.3 * letters or (
            name == "Japanese" and len(script.findall(sample)) > 0.1 * letters
        ):
            return name
    words = [word.lower() for word in _WORD.findall(sample)]
    if len(words) < FEWEST:
        return None
    shares = {name: sum(word in known for word in words) / len(words) for name, known in STOP_WORDS.items()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= 0.15 else None
