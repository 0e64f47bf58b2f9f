"""Turns of phrase by which a kind of claim shows itself."""

import re
from typing import Final

from provender.library.reading.lexicon import words
from provender.library.reading.shapes import Shape

NO_CLAIM: Final = Shape(
    r"\b(?:not been evaluated|not intended to (?:diagnose|treat|replace)|for informational purposes"
    r"|see you (?:next|soon)|in this (?:article|post|issue)"
    r"|(?:we|i) (?:searched|recruited|included|enrolled|randomi[sz]ed|analysed|analyzed)|met (?:our"
    r"|the) (?:inclusion )?criteria"
    r"|(?:was|were|is) (?:funded|sponsored|excluded|enrolled|recruited|founded|randomi[sz]ed"
    r"|registered|published|conducted|presented)"
    r"|appear(?:s|ed) in|students|employs|sales of|on sale|costs?|price[ds]?|dollars|had no placebo"
    r"|no (?:placebo|control) group"
    r"|conflicts? of interest|trials were (?:small|short)|most were short|recipe|serves \d|vegan|certified facility"
    r"|rated the (?:certainty|quality|evidence)|certainty (?:was|is|as)"
    r"|has (?:not )?(?:been )?repeated|is not a cause|no surprise|association is not)\b",
    re.IGNORECASE,
)
"""Said of a study, a shop or a page, and nothing about the body."""
OUTCOME: Final = Shape(
    r"\b(?:found|showed|shows|no (?:difference|better|benefit|effect|evidence|trials?|improvement)"
    r"|fell|dropped|fewer|less than|reduc\w+|improv\w+"
    r"|sooner|faster|lower(?:ed)?|relie\w+|eas(?:e|es|ed)|concluded?|confirm\w*)\b",
    re.IGNORECASE,
)
"""What came out of a study."""
KITCHEN: Final = Shape(
    r"^(?:(?:then|next|meanwhile|finally),? )?(?:heat the|add|stir|grate|chop|simmer|bake|roast|whisk"
    r"|fold|drain|rinse|season|preheat|slice|dice|mince|fry|boil|pour"
    r"|blend|toss|garnish|combine|spread|sprinkle|peel|mash|knead|line|grease|bring (?:it "
    r"|the .{3,20} )?to (?:a|the) boil|cook|serve|mix|soak|leave to|set aside|place"
    r"|top with|cover|melt|toast|divide|spoon|arrange|roll|cut|scatter|return)\b",
    re.IGNORECASE,
)
INGREDIENT: Final = Shape(
    r"^(?:about )?(?:\d+(?:[./ ]\d+)*|[½¼¾⅓⅔]|an?|half an?)\s?(?:g|kg|ml|l|cups?|cans?|tins?|tsp\.?"
    r"|tbsp\.?|teaspoons?|tablespoons?|oz|lb|cloves?|bunch|handfuls?"
    r"|pinch|slices?|large|small|medium|sprigs?|fillets?|onions?|eggs?|carrots?)\b",
    re.IGNORECASE,
)
_VERBS: Final = (
    "take|ask|consult|avoid|see|seek|call|stop|talk|speak|tell|inform|keep|stretch|warm|never|do not"
    "|don't|limit|choose|use|try|drink|check|wash|apply|eat|get|go"
    "|have|start|discuss|contact|visit|read|store|remember|make sure|be careful|be sure|aim|stay"
    "|leave|give|put|swallow|bend|walk|move|rest|let|include|look|opt"
    "|swap|begin|reduce|increase|exercise|sleep|pick|watch|follow|consider|chew|dissolve|allow"
    "|follow|increase|lie|hold|massage|rub|soak|spread|cut back|cut down"
    "|beware|pop|steer|rub|best taken|best used|best avoided|do tell|do ask|do see|do check|do keep"
    "|set|cool|elevate|brush|floss|limit|quit|focus|book|prefer|plan|mix|check|expect|protect"
    "|discard|prop|place|support|switch|space|separate|wait|return|report|rule out|work with|be"
    "|bring|ring|skip|ditch|replace"
)
IMPERATIVE: Final = Shape(
    rf"^(?!never \w+ed\b)(?:{_VERBS})\b(?!['’]s| (?:is|are|was|were|to \w+ing|improves|helps|reduces"
    rf"|eases|relieves|can|may|has|works?|worked|seems|treats|beats)\b)",
    re.IGNORECASE,
)
_BEFORE: Final = Shape(
    r"^[\"“'‘(\[•*\s]*(?:(?:and|but|so|also|otherwise|or|then|instead|again|however|ideally|therefore"
    r"|please|kindly|always|only|just|simply|first|for this reason|as with any [\w ]+"
    r"|as (?:always|ever)|to be safe|better still|above all|most importantly|in (?:the"
    r"|that) (?:meantime|case)|either way|[A-Z]\w+(?=, if)|(?:my |our )?(?:advice|tip"
    r"|bottom line)(?:,|:))[,:]?\s+)*",
    re.IGNORECASE,
)
_CONDITION: Final = Shape(
    r"^(?:if|when|before|after|unless|should you|once|while|for)\b[^,]{3,120},\s+(?:then |please )?", re.IGNORECASE
)
MODAL: Final = Shape(
    r"\b(?:should|must|ought to)\b(?! (?:have (?:been|seen|had|known|\w+ed)|contain|mean|come as|show"
    r"|be (?:noted|said)|interest|surprise|know))|\b(?:tell|tells|urge|urges|advise|advises|encourage"
    r"|encourages|ask|asks) (?:patients|people|adults|women|men|you|sufferers|readers"
    r"|their patients) (?:not )?to\b"
    r"|\b(?:you|people|patients|adults|women|men|clinicians|doctors|anyone|anybody|everyone|everybody"
    r"|those|children|users|who|one|we|they|physiotherapy|treatment|it|supplements?"
    r"|magnesium|readers|sufferers|athletes|seniors|parents|mothers|[a-z]+s)\s(?:\w+ly |also "
    r"|all )?(?:should|must|ought to|need to|had better|shouldn['’]t|mustn['’]t)\b(?! (?:have|contain"
    r"|mean|come as))"
    r"|\bshould (?:not |never |also |always |only )?(?:be (?:used|taken|avoided|the first|given"
    r"|started|limited|kept|stopped|offered|seen|checked)|start|begin|see|seek|ask|talk|speak|consult"
    r"|avoid|take|go|call|stop)\b"
    r"|\b(?:is|are) (?:not )?(?:strongly )?(?:advised|recommended|best avoided|worth (?:a try|trying"
    r"|asking|checking|seeing))\b|\b(?:recommends?|advises?|suggests?|urges?"
    r"|advised)\b (?!that (?:magnesium|it) )"
    r"(?:exercis\w+|walking|against|avoiding|limiting|taking|eating|that (?:people|patients|you"
    r"|adults|anyone)|people|patients|adults|you|starting|trying|\d|no more|asking|talking)"
    r"|\b(?:it is|it['’]s|it may be|it would be) (?:best|better|wise|worth|sensible|important"
    r"|a good idea|safer|safest|essential|advisable|smart) (?:to|not)\b|\b(?:you|people"
    r"|patients) (?:can|could|may|might) (?:also )?(?:try|take|want to|wish to|use|ask)\b"
    r"|\b(?:the best (?:thing|advice|way)|our advice|my advice|rule of thumb)\b|\bnot be (?:used"
    r"|taken)\b|\bask(?:ing)? your (?:doctor|pharmacist)\b",
    re.IGNORECASE,
)
SELF: Final = Shape(
    r"\b(?:i(?!\.e)|i['’]ve|i['’]m|my|me|myself|our (?:patients|customers|clients|readers))\b|\b(?:my"
    r"|our|her|his|their|of the|every \w+) (?:patients?|clients?|customers?|users|neighbou?r\w*"
    r"|friend|mother|sister"
    r"|husband|wife|father|aunt|mum|mom|gran\w*)\b|\b(?:patients?|clients?|customers?|reviewers?"
    r"|users|readers|members|fans)\b[^.]{0,40}\b(?:tells?|told|says?|said|swears?|reports?|reported"
    r"|loves?|ask|asks|complains?|read|raves?|writes?)\b"
    r"|\bwe see (?:many )?\w+|\ba guy\b|\bsays [A-Z]\w+ [A-Z]\.",
    re.IGNORECASE,
)
"""Someone's own experience, or that of people known to them."""
SAW: Final = Shape(
    r"\b(?:gone|went|stopped|vanish\w*|disappear\w*|better|feel|feels|felt|improv\w+|help\w*|relie\w+"
    r"|eas(?:e|es|ed)|cure[sd]?|deficient|sleeping|slept|cramp\w*|spasm\w*|ache\w*|pain\w*|complain\w*"
    r"|notice\w*|worked|works|wonders|changed|swear\w*|no different|different|gardening|sleep|sleeps"
    r"|low|waste|creak\w*|not had|no more|free of|swore|easier|calmer|looser|stiff\w*|sore|stronger"
    r"|energy|swelled|suffer\w*|migraines?|headaches?|relief|back (?:on|to)|life|injection|harmless"
    r"|lack|treats?|responded|miracle|magic|out of bed|never looked|pain-free)\b",
    re.IGNORECASE,
)
PEOPLE_WORD: Final = Shape(r"\b(?:my|our|her|his) (?:patients|clients|customers)\b", re.IGNORECASE)
HOW_COMMON: Final = words(
    "percent|per cent|in 100|in 1000|in 100,000|million*|billion*|crore|lakh",
    "thousands|common|commonest|uncommon|rare|rarely|widespread|epidemic|most people|most adults"
    "|half of|a third of|a quarter of|two thirds|two-thirds|majority|one of the most",
    "prevalence|affects about|affects|affect|every year|each year|everyone|nearly everyone"
    "|almost everyone|most of us|number one|leading cause|most cases|most strains|most back|out of",
    "prevalent|frequent|hardly anyone|few people|so many|on the rise|per year",
)
PERCENT: Final = Shape(
    r"\d ?%|\b(?:one|two|three|four|five|six|seven|eight|nine|\d+) (?:in|out of)(?: every)? (?:two"
    r"|three|four|five|six|seven|eight|nine|ten|\d[\d,]*)\b|\b\d+ in [\d,]+\b|\bone [\w-]+ in \w+\b"
    r"|\bevery (?:second|third|fourth|fifth|other) \w+\b",
    re.IGNORECASE,
)
COURSE: Final = Shape(
    r"\b(?:clears? up|goes? away|gets? better|recovers?|settles?"
    r"|heals?)\b.{0,30}\bwithout (?:any )?treatment\b|\b(?:goes? away|gets? better|settles?|heals?"
    r"|recovers?|resolves?|improves?|passes|clears? up)\b.{0,40}\b(?:on (?:its|their) own|by itself"
    r"|weeks?|days|months?|within|time)\b",
    re.IGNORECASE,
)
"""How a complaint runs when nothing is done."""
CAUSES: Final = Shape(
    r"\b(?:(?<!leading )(?<!common )(?<!main )causes?|caused|causing|leads? to|led to|lead to"
    r"|leading to|brings? (?:on )?|bring\b.{0,20}\bon|brought on|trigger\w*|results? in|produces?"
    r"|provoke[sd]?|can give you|gives? you|contribut\w+ to (?:fatigue|pain|cramps|headaches)"
    r"|linked (?:to|with)|associated with|tied to|increases? the (?:risk|chance|odds)"
    r"|raises? the (?:risk|chance|odds)|brings|experience|suffer from|make[s]? you (?:feel )?\w+"
    r"|comes? with|signs? of|symptoms? of|warning signs?|behind)\b",
    re.IGNORECASE,
)
LACK: Final = Shape(
    r"\b(?:deficien\w+|hypomagnes\w+|lack(?:ing|s)? (?:of )?\w*|low (?:levels?|magnesium|vitamin|iron"
    r"|in|intake|potassium|calcium|on)|too little|not enough|short(?:age)? of|insufficien\w+"
    r"|shortfall|depleted|run(?:ning|s)? low"
    r"|be low|are low)\b",
    re.IGNORECASE,
)
SYMPTOM: Final = Shape(
    r"\b(?:symptoms?|signs?|may experience|you may (?:also )?(?:experience|notice|feel)|feels? like"
    r"|range[sd]? (?:from|between)|varies from|characteri[sz]ed by|is a (?:sudden|painful|chronic"
    r"|long|disorder|condition|type of|common)"
    r"|they last|it lasts?|lasts? (?:from|a few|for)|may be a (?:sign|symptom)|show(?:s)? up as"
    r"|leaves? you|leave you|spread(?:s|ing)? (?:down|to)|shoot\w* down|sudden|feeling (?:drained"
    r"|tired|anxious|dizzy)|affects? (?:one|any|the|an?) "
    r"|wakes?|throb\w*|shows? (?:itself|up)|involuntary|is an? (?:\w+ ){0,2}(?:contraction|tightening"
    r"|ache|pain|cramp|inflammation|swelling)\b|burning pain|stab\w*)\b",
    re.IGNORECASE,
)
HARM: Final = Shape(
    r"\b(?:side[- ]effects?|adverse|toxic\w*|poison\w*|harm(?:ful|s|ed|less)?|danger\w*|unsafe|risky"
    r"|risks? of|(?:raise|raises|raised|increase|increases|higher|greater) (?:the |your )?risk"
    r"|interact\w*|interfere\w*|overdos\w*|bleeding|build[- ]?up"
    r"|builds? up|irritat\w*|nausea|diarrh\w*|vomit\w*|upset(?:s)? (?:your |the )?stomach|stings?"
    r"|burns?|damage[sd]?|injur\w+|kidney stones|allerg\w+|aftertaste|the runs|loose stools"
    r"|stomach (?:pain|upset|cramps)|laxative|thins? the blood"
    r"|increase bleeding|flushing|low blood pressure|heartburn|constipat\w+|complications?"
    r"|upset(?:s)? (?:the|that|your) \w+|raises? blood (?:pressure|sugar)|too much|too many|excess"
    r"|drows\w+|felt burning|react to|bad for|liver (?:failure|injury|damage)|well tolerated"
    r"|(?:raises?|increases?|strengthens?|boosts?) the effects? of|contraindicat\w+|not safe|dizz\w*"
    r"|palpitations?|kidney failure|addict\w*|dependen\w+|withdrawal|contaminat\w+|mercury|arsenic"
    r"|heavy metals?|stain\w*|bloat\w*|hypoglyc\w*|jaundice|bruis\w+|clots?|ha?emorrhage|sedat\w+"
    r"|ulcers?|worse|worsen\w*|raise[sd]? (?:your )?blood (?:sugar|pressure)|hypercalc\w*|deplet\w+"
    r"|wash(?:es)? out|fatal|death|hospitali[sz]\w+|cardiac arrest|headaches?|drowsi\w+|itch\w*"
    r"|rash(?:es)?)\b",
    re.IGNORECASE,
)
OVERDOSE: Final = Shape(
    r"\b(?:excess\w*|too much|large doses?|high doses?|high-dose|overdos\w+|mega-?doses?"
    r"|very high intakes?|high intakes?|more than \d|above \d|doses? above|long[- ]term use"
    r"|taken for years|infusions?|injections?)\b",
    re.IGNORECASE,
)
EFFECT: Final = Shape(
    r"\b(?:reduc\w+|reliev\w+|relief|eas(?:e|es|ed|ing)|sooth\w+|improv\w+|help(?:s|ed|ful|ing)?"
    r"|prevent\w*|treat(?:s|ed|ing|ment)?|cur(?:e|es|ed|ing)|heal(?:s|ed|ing)?|fight\w*|fought"
    r"|protect\w*|lower(?:s|ed|ing)?|alleviat\w+|ameliorat\w+"
    r"|lessen\w*|calm\w*|relax\w*|boost\w*|benefi\w+|effective\w*|ineffective|useless|work(?:s"
    r"|ed)?(?! by)|no better|better than|better off|as well as|shorten\w*|cuts?"
    r"|no (?:\w+ ){0,2}(?:difference|effect|benefit|impact|trials?|evidence|proof|help|change"
    r"|improvement|advantage)|(?:both|two) groups (?:\w+ ){0,3}(?:better|improved|alike|same)"
    r"|(?:n['’]t|not) do (?:anything|much|a thing)|takes? (?:the |some )?(?:pressure|strain|load|edge"
    r"|weight) off|firms?|warms?|tones?|numbs?|loosen\w*|beats?|(?:science|evidence|proof|data"
    r"|research)\b (?:[\w'’]+ ){0,7}(?:is|are|was|remains?) (?:\w+ )?(?:thin|weak|lacking|poor|scarce"
    r"|scant|mixed|limited|missing|inconclusive|strong|unclear|shaky|patchy)"
    r"|little (?:or no )?(?:difference|proof|effect|evidence|benefit)"
    r"|strengthen\w*|restor\w+|rebuild\w*|repair\w*|fewer|decreas\w+|diminish\w*|remed\w+|speeds?"
    r"|sped|fell (?:from|by|asleep)|dropped|sooner|difference from placebo|equivocal|proven|banish\w*"
    r"|beat\w*|tackl\w+|stop(?:s|ped)? (?:pain|cramps|spasms|muscle)"
    r"|eliminat\w+|combat\w*|aids?|counter\w*|quell\w*|tame[sd]?|ward(?:s|ed)? off|stav(?:e|es"
    r"|ed) off|guards? against|at bay|(?:get|gets|got) rid of|revers(?:e|es|ed)|normali[sz]\w+"
    r"|good for|linked (?:to|with) (?:lower|fewer|less|better|reduced|a lower)"
    r"|associated with (?:lower|fewer|less|better|reduced|a lower)|delay\w*|suppress\w*|enhanc\w+"
    r"|accelerat\w+|wonders|miracle\w*|waste of|pointless|disappoint\w*|did not differ|no different"
    r"|similar (?:to|in)|comparable|went from|declin\w+|minimi[sz]\w+|soften\w*|settle[sd]?|lift(?:s"
    r"|ed)?|makes? (?:you|it|them|people|\w+) (?:feel )?(?:better|stronger|healthier|sleepy)"
    r"|sharpen\w*|double[sd]?|less (?:pain|stiff\w*|likely)|more likely|outcomes?|improvements?"
    r"|success\w*|works wonders|success|fix(?:es|ed)?|solve[sd]?|promot\w+|say goodbye|end(?:s"
    r"|ed)? (?:pain|cramps)|melt\w*|knock\w*|improvement|slow(?:s|ed)? (?:down )?|halv\w+"
    r"|makes? (?:a |no )?difference|(?:do|does|did) (?:nothing|little)|as (?:good|effective) as"
    r"|unlikely to|outperform\w*|superior|rais(?:e|es|ed) (?:mood|energy)|mimic\w*|supports? (?:joint"
    r"|bone|heart|immune|mobility|recovery|sleep))\b",
    re.IGNORECASE,
)
HOLDS: Final = Shape(
    r"\b(?:contains?|contained|rich (?:in|sources?)|(?:good|great|excellent|best|top|poor|main|major"
    r"|natural|decent|dietary) sources?|sources? of|loaded with|packed with|full of|high in|low in"
    r"|rich|provid(?:e|es|ing)|suppl(?:y|ies)|deliver(?:s|ed)?|found in"
    r"|present in|holds?|per 100 ?g|per serving|lead the table|(?:has|have|with) plenty of"
    r"|plentiful in|sources include|top(?:s)? the list|concentrat\w+ in|worth of|\d+ ?% of (?:your"
    r"|the|an adult)|brings? you|have about|has about|have more|has (?:three|two|four|five|ten"
    r"|\d+) times|lose (?:most|much|some)|loses?|comes? (?:from|in)|gives? you|boasts?|offers?|so are"
    r"|made (?:from|of|with)|a handful|get(?:s)? .{0,20}from"
    r"|yields?|\w+[- ]free\b|no (?:added|artificial)|ha(?:s|ve) (?:\w+ ){0,4}(?:teaspoons?|grams?"
    r"|calories)|give you all|less magnesium than|more magnesium than|content|stripped of|fortified"
    r"|in every (?:bite|capsule|tablet))\b",
    re.IGNORECASE,
)
AMOUNT: Final = Shape(
    r"\b\d[\d,.]* ?(?:mg|milligrams?|g|grams?|mcg|µg|μg|micrograms?|iu|kcal|calories)\b", re.IGNORECASE
)
TABLE: Final = Shape(
    r"(?:calories|energy|protein|fib(?:er|re)|fat|carb\w*|magnesium|sodium|sugar)s?:? *\d.*[|;,].*\d", re.IGNORECASE
)
GETS: Final = Shape(
    r"\b(?:get|gets|obtain|consume[sd]?|take in|takes in|ingest\w*|intake|need(?:s|ed)?|require[sd]?"
    r"|requirement|recommended (?:daily|dietary|amount|intake)|rda|daily (?:value|allowance|intake"
    r"|needs?)|upper (?:limit|level|intake)|fall short|falls short|short of"
    r"|running low|low on|below the|shortfall|per day|a day|daily|reference (?:value|intake)"
    r"|tolerable|eat enough|too little|not enough|enough)\b",
    re.IGNORECASE,
)
BODY_WORK: Final = Shape(
    r"\b(?:absorb\w*|absorption|bioavailab\w*|block(?:s|ed)?|bind\w*|convert\w*|regulat\w+|needed for"
    r"|need(?:ed)? (?:to|by)|essential (?:for|to|mineral)|required for|required by"
    r"|plays? an? (?:\w+ )?(?:role|part)|role (?:in|of)|roles? of|takes? part in|involved in"
    r"|function\w*|enzym\w*"
    r"|receptor\w*|atp|metaboli\w+|stored in|turned into|turns? into|made (?:by|in) (?:the|your)"
    r"|(?:makes?|produces?) (?:vitamin|its own|energy|melatonin|more)|part of (?:every|each|the)"
    r"|abundant|controls?|signals?|transmi\w+|contract(?:ion|s|ing)?s?|synthesi\w+|produc(?:e|es|ed"
    r"|tion) (?:of )?(?:energy|collagen|hormones?|serotonin|melatonin)|inflammat\w+|cartilage"
    r"|chemical|reactions?|hormones?|nerve (?:signals?|endings?)|cells?|mitochondri\w+|skips your"
    r"|passes? through|digest\w+|excret\w+|removes? (?:some|the)|feeds?|cofactor|helps? (?:the"
    r"|your) (?:body|muscles?|nerves?|heart)|keeps? (?:the|your) (?:bones?|muscles?|heart|nerves?)"
    r"|in the (?:human )?body|in your body|no cause|blamed|break(?:s)? down|carr(?:y|ies) oxygen"
    r"|releas(?:e|es|ed)|circulat\w+|blood flow|nervous system|free radicals|antioxidants?"
    r"|immune (?:cells|system)|electrolytes?|serotonin|melatonin|cortisol|gut bacteria|muscle (?:fib"
    r"|contraction)\w*|oxygen|tissues?|raw material|derived from|related to|belongs to"
    r"|is an? (?:mineral|vitamin|hormone|fat|amino acid|fatty acid|antioxidant|nutrient|compound"
    r"|spice|protein)|building block\w*|lubricat\w*|substance p|desensiti\w+|pathway\w*|maintain\w*"
    r"|balance|gentle on|works? by|acts? (?:as|on|by)|similar to aspirin|rid of|excretes?"
    r"|filters? out|relative of|pigment)\b",
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
