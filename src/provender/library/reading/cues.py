"""Turns of phrase by which a kind of claim shows itself."""

import re
from typing import Final

from provender.library.reading.lexicon import words

NO_CLAIM: Final = re.compile(
    r"\b(?:not been evaluated|not intended to (?:diagnose|treat|replace)|for informational purposes|see you (?:next|soon)|in this (?:article|post|issue)"
    r"|(?:we|i) (?:searched|recruited|included|enrolled|randomi[sz]ed|analysed|analyzed)|met (?:our|the) (?:inclusion )?criteria"
    r"|(?:was|were|is) (?:funded|sponsored|excluded|enrolled|recruited|founded|randomi[sz]ed|registered|published|conducted|presented)"
    r"|appear(?:s|ed) in|students|employs|sales of|on sale|costs?|price[ds]?|dollars|had no placebo|no (?:placebo|control) group"
    r"|conflicts? of interest|trials were (?:small|short)|most were short|recipe|serves \d|vegan|certified facility"
    r"|rated the (?:certainty|quality|evidence)|certainty (?:was|is|as)|has (?:not )?(?:been )?repeated|is not a cause|no surprise|association is not)\b",
    re.IGNORECASE,
)
"""Said of a study, a shop or a page, and nothing about the body."""
OUTCOME: Final = re.compile(
    r"\b(?:found|showed|shows|no (?:difference|better|benefit|effect|evidence|trials?|improvement)|fell|dropped|fewer|less than|reduc\w+|improv\w+"
    r"|sooner|faster|lower(?:ed)?|relie\w+|eas(?:e|es|ed)|concluded?|confirm\w*)\b",
    re.IGNORECASE,
)
"""What came out of a study."""
KITCHEN: Final = re.compile(
    r"^(?:(?:then|next|meanwhile|finally),? )?(?:heat the|add|stir|grate|chop|simmer|bake|roast|whisk|fold|drain|rinse|season|preheat|slice|dice|mince|fry|boil|pour"
    r"|blend|toss|garnish|combine|spread|sprinkle|peel|mash|knead|line|grease|bring (?:it |the .{3,20} )?to (?:a|the) boil|cook|serve|mix|soak|leave to|set aside|place"
    r"|top with|cover|melt|toast|divide|spoon|arrange|roll|cut|scatter|return)\b",
    re.IGNORECASE,
)
INGREDIENT: Final = re.compile(
    r"^(?:about )?(?:\d+(?:[./ ]\d+)*|[½¼¾⅓⅔]|an?|half an?)\s?(?:g|kg|ml|l|cups?|cans?|tins?|tsp\.?|tbsp\.?|teaspoons?|tablespoons?|oz|lb|cloves?|bunch|handfuls?"
    r"|pinch|slices?|large|small|medium|sprigs?|fillets?|onions?|eggs?|carrots?)\b",
    re.IGNORECASE,
)
_VERBS: Final = (
    "take|ask|consult|avoid|see|seek|call|stop|talk|speak|tell|inform|keep|stretch|warm|never|do not|don't|limit|choose|use|try|drink|check|wash|apply|eat|get|go"
    "|have|start|discuss|contact|visit|read|store|remember|make sure|be careful|be sure|aim|stay|leave|give|put|swallow|bend|walk|move|rest|let|include|look|opt"
    "|swap|begin|reduce|increase|exercise|sleep|pick|watch|follow|consider|chew|dissolve|allow|follow|increase|lie|hold|massage|rub|soak|spread|cut back|cut down"
    "|beware|switch|space|separate|wait|return|report|rule out|work with|be|always|only|please|kindly|just|simply|instead|first|bring|ring|skip|ditch|replace"
)
IMPERATIVE: Final = re.compile(
    rf"^(?!never \w+ed\b)(?:{_VERBS})\b(?!['’]s| (?:is|are|was|were|to \w+ing|improves|helps|reduces|eases|relieves|can|may|has|works?|worked|seems|treats|beats)\b)",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(
    r"^[\"“'‘(\[•*\s]*(?:(?:and|but|so|also|otherwise|or|then|instead|again|however|ideally|therefore|please|kindly|for this reason|as with any [\w ]+"
    r"|as (?:always|ever)|to be safe|in (?:the|that) (?:meantime|case)|either way|[A-Z]\w+(?=, if)|(?:my |our )?(?:advice|tip|bottom line)(?:,|:))[,:]?\s+)*",
    re.IGNORECASE,
)
_CONDITION: Final = re.compile(
    r"^(?:if|when|before|after|unless|should you|once|while|for)\b[^,]{3,120},\s+(?:then |please )?", re.IGNORECASE
)
MODAL: Final = re.compile(
    r"\b(?:you|people|patients|adults|women|men|clinicians|doctors|anyone|anybody|everyone|everybody|those|children|users|who|one|we|they|physiotherapy|treatment|it|supplements?"
    r"|magnesium|readers|sufferers|athletes|seniors|parents|mothers|[a-z]+s)\s(?:\w+ly |also |all )?(?:should|must|ought to|need to|had better|shouldn['’]t|mustn['’]t)\b(?! (?:have|contain|mean|come as))"
    r"|\bshould (?:not |never |also |always |only )?(?:be (?:used|taken|avoided|the first|given|started|limited|kept|stopped|offered|seen|checked)|start|begin|see|seek|ask|talk|speak|consult|avoid|take|go|call|stop)\b"
    r"|\b(?:is|are) (?:not )?(?:strongly )?(?:advised|recommended|best avoided|worth (?:a try|trying|asking|checking|seeing))\b|\b(?:recommends?|advises?|suggests?|urges?|advised)\b (?!that (?:magnesium|it) )"
    r"(?:exercis\w+|walking|against|avoiding|limiting|taking|eating|that (?:people|patients|you|adults|anyone)|people|patients|adults|you|starting|trying|\d|no more|asking|talking)"
    r"|\bnot be (?:used|taken)\b|\bask(?:ing)? your (?:doctor|pharmacist)\b",
    re.IGNORECASE,
)
SELF: Final = re.compile(
    r"\b(?:i(?!\.e)|i['’]ve|i['’]m|my|me|myself|our (?:patients|customers|clients|readers))\b|\b(?:my|our|her|his|their|of the|every \w+) (?:patients?|clients?|customers?|users|neighbou?r\w*|friend|mother|sister"
    r"|husband|wife|father|aunt|mum|mom|gran\w*)\b|\b(?:patients?|clients?|customers?|reviewers?|users|readers|members|fans)\b[^.]{0,40}\b(?:tells?|told|says?|said|swears?|reports?|reported|loves?|ask|asks|complains?|read|raves?|writes?)\b"
    r"|\bwe see (?:many )?\w+|\ba guy\b|\bsays [A-Z]\w+ [A-Z]\.",
    re.IGNORECASE,
)
"""Someone's own experience, or that of people known to them."""
SAW: Final = re.compile(
    r"\b(?:gone|went|stopped|vanish\w*|disappear\w*|better|feel|feels|felt|improv\w+|help\w*|relie\w+|eas(?:e|es|ed)|cure[sd]?|deficient|sleeping|slept|cramp\w*|spasm\w*|ache\w*|pain\w*|complain\w*"
    r"|notice\w*|worked|works|wonders|changed|swear\w*|no different|different|gardening|sleep|sleeps|low|waste|back (?:on|to)|life|injection|harmless|lack|treats?|responded|miracle|magic|out of bed|never looked|pain-free)\b",
    re.IGNORECASE,
)
PEOPLE_WORD: Final = re.compile(r"\b(?:my|our|her|his) (?:patients|clients|customers)\b", re.IGNORECASE)
HOW_COMMON: Final = words(
    "percent|per cent|in 100|in 1000|in 100,000|million*|billion*|crore|lakh",
    "thousands|common|commonest|uncommon|rare|rarely|widespread|epidemic|most people|most adults|half of|a third of|a quarter of|two thirds|two-thirds|majority|one of the most",
    "prevalence|affects about|affects|affect|every year|each year|everyone|nearly everyone|almost everyone|most of us|number one|leading cause|most cases|most strains|most back|out of",
    "prevalent|frequent|hardly anyone|few people|so many|on the rise|per year",
)
PERCENT: Final = re.compile(
    r"\d ?%|\b(?:one|two|three|four|five|six|seven|eight|nine|\d+) (?:in|out of)(?: every)? (?:two|three|four|five|six|seven|eight|nine|ten|\d[\d,]*)\b|\b\d+ in [\d,]+\b|\bone [\w-]+ in \w+\b|\bevery (?:second|third|fourth|fifth|other) \w+\b",
    re.IGNORECASE,
)
COURSE: Final = re.compile(
    r"\b(?:goes? away|gets? better|settles?|heals?|recovers?|resolves?|improves?|passes|clears? up)\b.{0,40}\b(?:on (?:its|their) own|by itself|weeks?|days|months?|within|time)\b",
    re.IGNORECASE,
)
"""How a complaint runs when nothing is done."""
CAUSES: Final = re.compile(
    r"\b(?:(?<!leading )(?<!common )(?<!main )causes?|caused|causing|leads? to|led to|lead to|leading to|brings? (?:on )?|bring\b.{0,20}\bon|brought on|trigger\w*|results? in|produces?|provoke[sd]?|can give you|gives? you|contribut\w+ to (?:fatigue|pain|cramps|headaches)"
    r"|linked (?:to|with)|associated with|tied to|increases? the (?:risk|chance|odds)|raises? the (?:risk|chance|odds)|brings|experience|suffer from|make[s]? you (?:feel )?\w+|comes? with|signs? of|symptoms? of|warning signs?|behind)\b",
    re.IGNORECASE,
)
LACK: Final = re.compile(
    r"\b(?:deficien\w+|hypomagnes\w+|lack(?:ing|s)? (?:of )?\w*|low (?:levels?|magnesium|vitamin|iron|in|intake|potassium|calcium|on)|too little|not enough|short(?:age)? of|insufficien\w+|shortfall|depleted|run(?:ning|s)? low"
    r"|be low|are low)\b",
    re.IGNORECASE,
)
SYMPTOM: Final = re.compile(
    r"\b(?:symptoms?|signs?|may experience|you may (?:also )?(?:experience|notice|feel)|feels? like|range[sd]? (?:from|between)|varies from|characteri[sz]ed by|is a (?:sudden|painful|chronic|long|disorder|condition|type of|common)"
    r"|they last|it lasts?|lasts? (?:from|a few|for)|may be a (?:sign|symptom)|show(?:s)? up as|leaves? you|leave you|spread(?:s|ing)? (?:down|to)|shoot\w* down|sudden|feeling (?:drained|tired|anxious|dizzy)|affects? (?:one|any|the|an?) "
    r"|wakes?|throb\w*|burning pain|stab\w*)\b",
    re.IGNORECASE,
)
HARM: Final = re.compile(
    r"\b(?:side[- ]effects?|adverse|toxic\w*|poison\w*|harm(?:ful|s|ed|less)?|danger\w*|unsafe|risky|risks? of|(?:raise|raises|raised|increase|increases|higher|greater) (?:the |your )?risk|interact\w*|interfere\w*|overdos\w*|bleeding|build[- ]?up"
    r"|builds? up|irritat\w*|nausea|diarrh\w*|vomit\w*|upset(?:s)? (?:your |the )?stomach|stings?|burns?|damage[sd]?|injur\w+|kidney stones|allerg\w+|aftertaste|the runs|loose stools|stomach (?:pain|upset|cramps)|laxative|thins? the blood"
    r"|increase bleeding|flushing|low blood pressure|heartburn|constipat\w+|complications?|too much|excess|bad for|liver (?:failure|injury|damage)|well tolerated|(?:raises?|increases?|strengthens?|boosts?) the effects? of|deplet\w+|wash(?:es)? out|fatal|death|hospitali[sz]\w+|cardiac arrest|headaches?|drowsi\w+|itch\w*|rash(?:es)?)\b",
    re.IGNORECASE,
)
OVERDOSE: Final = re.compile(
    r"\b(?:excess\w*|too much|large doses?|high doses?|high-dose|overdos\w+|mega-?doses?|more than \d|above \d|doses? above|long[- ]term use|taken for years|infusions?|injections?)\b",
    re.IGNORECASE,
)
EFFECT: Final = re.compile(
    r"\b(?:reduc\w+|reliev\w+|relief|eas(?:e|es|ed|ing)|sooth\w+|improv\w+|help(?:s|ed|ful|ing)?|prevent\w*|treat(?:s|ed|ing|ment)?|cur(?:e|es|ed|ing)|heal(?:s|ed|ing)?|fight\w*|fought|protect\w*|lower(?:s|ed|ing)?|alleviat\w+|ameliorat\w+"
    r"|lessen\w*|calm\w*|relax\w*|boost\w*|benefi\w+|effective\w*|ineffective|useless|work(?:s|ed)?(?! by)|no better|better than|better off|as well as|shorten\w*|cuts?|no (?:difference|effect|benefit|impact|trials?|evidence|proof|help)|little (?:or no )?(?:difference|proof|effect|evidence|benefit)"
    r"|strengthen\w*|restor\w+|rebuild\w*|repair\w*|fewer|decreas\w+|diminish\w*|remed\w+|speeds?|sped|fell (?:from|by|asleep)|dropped|sooner|difference from placebo|equivocal|proven|banish\w*|beat\w*|tackl\w+|stop(?:s|ped)? (?:pain|cramps|spasms|muscle)"
    r"|promot\w+|say goodbye|end(?:s|ed)? (?:pain|cramps)|melt\w*|knock\w*|improvement|slow(?:s|ed)? (?:down )?|halv\w+|makes? (?:a |no )?difference|(?:do|does|did) (?:nothing|little)|as (?:good|effective) as|unlikely to|outperform\w*|superior|rais(?:e|es|ed) (?:mood|energy)|mimic\w*|supports? (?:joint|bone|heart|immune|mobility|recovery|sleep))\b",
    re.IGNORECASE,
)
HOLDS: Final = re.compile(
    r"\b(?:contains?|contained|rich (?:in|sources?)|(?:good|great|excellent|best|top|poor|main|major|natural|decent|dietary) sources?|sources? of|loaded with|packed with|full of|high in|low in|rich|provid(?:e|es|ing)|suppl(?:y|ies)|deliver(?:s|ed)?|found in"
    r"|present in|holds?|per 100 ?g|per serving|lead the table|brings? you|have about|has about|have more|has (?:three|two|four|five|ten|\d+) times|lose (?:most|much|some)|loses?|comes? (?:from|in)|gives? you|boasts?|offers?|so are|made (?:from|of|with)|a handful|get(?:s)? .{0,20}from"
    r"|yields?|less magnesium than|more magnesium than|content|stripped of|fortified|in every (?:bite|capsule|tablet))\b",
    re.IGNORECASE,
)
AMOUNT: Final = re.compile(
    r"\b\d[\d,.]* ?(?:mg|milligrams?|g|grams?|mcg|µg|μg|micrograms?|iu|kcal|calories)\b", re.IGNORECASE
)
TABLE: Final = re.compile(
    r"(?:calories|energy|protein|fib(?:er|re)|fat|carb\w*|magnesium|sodium|sugar)s?:? *\d.*[|;,].*\d", re.IGNORECASE
)
GETS: Final = re.compile(
    r"\b(?:get|gets|obtain|consume[sd]?|take in|takes in|ingest\w*|intake|need(?:s|ed)?|require[sd]?|requirement|recommended (?:daily|dietary|amount|intake)|rda|daily (?:value|allowance|intake|needs?)|upper (?:limit|level|intake)|fall short|falls short|short of"
    r"|running low|low on|below the|shortfall|per day|a day|daily|reference (?:value|intake)|tolerable|eat enough|too little|not enough|enough)\b",
    re.IGNORECASE,
)
BODY_WORK: Final = re.compile(
    r"\b(?:absorb\w*|absorption|bioavailab\w*|block(?:s|ed)?|bind\w*|convert\w*|regulat\w+|needed for|need(?:ed)? (?:to|by)|essential (?:for|to|mineral)|required for|required by|plays? an? (?:\w+ )?(?:role|part)|role (?:in|of)|roles? of|takes? part in|involved in|function\w*|enzym\w*"
    r"|receptor\w*|atp|metaboli\w+|stored in|turned into|turns? into|made (?:by|in) (?:the|your)|(?:makes?|produces?) (?:vitamin|its own|energy|melatonin|more)|part of (?:every|each|the)|abundant|controls?|signals?|transmi\w+|contract(?:ion|s|ing)?s?|synthesi\w+|produc(?:e|es|ed|tion) (?:of )?(?:energy|collagen|hormones?|serotonin|melatonin)|inflammat\w+|cartilage"
    r"|chemical|reactions?|hormones?|nerve (?:signals?|endings?)|cells?|mitochondri\w+|skips your|passes? through|digest\w+|excret\w+|removes? (?:some|the)|feeds?|cofactor|helps? (?:the|your) (?:body|muscles?|nerves?|heart)|keeps? (?:the|your) (?:bones?|muscles?|heart|nerves?)"
    r"|in the (?:human )?body|in your body|no cause|blamed|building block\w*|lubricat\w*|substance p|desensiti\w+|pathway\w*|maintain\w*|balance|gentle on|works? by|acts? (?:as|on|by)|similar to aspirin|rid of|excretes?|filters? out|relative of|pigment)\b",
    re.IGNORECASE,
)


def without_opening(clause: str) -> str:
    """A clause without what stands before its verb of command: “And if you are pregnant, check …” gives “check …”."""
    bare = _BEFORE.sub("", clause, count=1)
    for _ in range(2):
        condition = _CONDITION.match(bare)
        if not condition:
            break
        bare = _BEFORE.sub("", bare[condition.end() :], count=1)
    return bare
