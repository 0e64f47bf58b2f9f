"""The words by which a sentence shows what it is about and what kind of claim it makes."""

import re
from typing import Final

from provender.library.reading.shapes import Shape


def words(*listed: str) -> Shape:
    """Any of these words or phrases; ``*`` stands for the rest of a word."""
    stems = (word for line in listed for word in line.split("|"))
    shapes = (re.escape(stem.strip()).replace(r"\*", r"[\w'’-]*").replace(r"\ ", r"[\s-]+") for stem in stems)
    return Shape(rf"(?<![\w])(?:{'|'.join(shapes)})(?![\w])")


SUBSTANCE: Final = words(
    "magnesium|vitamin*|calcium|zinc|iron|potassium|sodium|selenium|iodine|folate|omega*|fish oil*"
    "|krill|epa|dha|ala|curcumin*",
    "turmeric|glucosamine|chondroitin|capsaicin|capsicum|chilli*|willow|salicin|devil's claw"
    "|harpagoside|boswellia|melatonin",
    "supplement*|mineral*|protein|fiber|fibre|fat|fats|fatty acid*|caffeine|coffee|alcohol|salt"
    "|salts|sugar|collagen|creatine",
    "probiotic*|antioxidant*|herb*|remed*|tablet*|capsule*|pill*|softgel*|infusion*|injection*|dose*"
    "|dosage|epsom|oil|product",
    "cream*|plaster*|spray|nutrient*|acid|medicine*|medication*|drug*|painkiller*|ibuprofen"
    "|paracetamol|acetaminophen|panadol",
    "aspirin|naproxen|nsaid*|statin*|diuretic*|antibiotic*|warfarin|blood thinner*|quinine|opioid*"
    "|steroid*|antacid*|placebo",
    "tea|cranberr*|honey|vinegar|cbd|cannabis|nicotine|tobacco|multivitamin*|electrolyte*"
    "|tonic water|pickle juice|lavender|camphor|menthol|arnica|comfrey|msm|hyaluronic|q10|coenzyme"
    "|ginseng|ginkgo",
    "valerian|st john's wort|echinacea|elderberry|spirulina|cinnamon|pepper|piperine|salicylate*"
    "|lidocaine|gabapentin|tramadol|codeine|morphine|antidepressant*|insulin|metformin|levothyroxine"
    "|thyroxine|beta blocker*",
    "ace inhibitor*|contraceptive*|vaccine*|cortisone|botox|sunscreen|fluoride|mouthwash|kefir"
    "|prebiotic*|theanine|tryptophan|gaba|pantoprazole|proton pump|painkilling"
    "|anti-inflammatory drug*|sweetener*|water|pigment",
    "formula|blend|ingredient*|balm|ointment*|tincture|syrup|gummies|plasters|pills|jab|jabs|remedies",
    "manganese|copper|chromium|phosphorus|lutein|carotene|lycopene|flavonoid*|polyphenol*"
    "|resveratrol|quercetin|beta-carotene|retinol|niacin|biotin|choline|bromelain|lozenge*|powder"
    "|drops|shake*|energy drink*|wine|beer",
    "b12|b6|d3|k2|licorice|liquorice|garlic|peppermint|extract*|ashwagandha|ginger|garlic|green tea"
    "|biotin|lactose|gluten|carbohydrate*|cholesterol|substance p|atp|psyllium",
)
"""What one takes: nutrients, herbs, medicines."""
COMPLAINT: Final = words(
    "pain*|ache*|aching|achy|backache*|lumbago|sciatica|cramp*|spasm*|twitch*|stiff*|sore*|headache*"
    "|migraine*|tension|numb*",
    "tingl*|pins and needles|fatigue|tired*|exhaust*|insomnia|sleep*|asleep|anxi*|depress*|mood"
    "|stress|nausea|vomit*|fever",
    "inflam*|arthritis|osteoarthritis|fibromyalgia|crps|complex regional|neuropath*|constipation"
    "|diarrh*|bloat*|heartburn",
    "analges*|nightmare|deficien*|hypomagnes*|hypercalc*|disease*|disorder*|syndrome*|illness*"
    "|infection*|cancer|tumour*|tumor*|diabetes|stroke*",
    "heart|blood|pressure|kidney*|liver|bone*|muscle*|joint*|knee*|hip|hips|spine*|spinal|back|backs"
    "|neck|nerve*|brain|skin",
    "gut|stomach|bowel*|bladder|eye*|lung*|immune|hormone*|thyroid|fracture*|osteoporosis|rickets"
    "|strain*|sprain*|injur*",
    "swelling|swollen|weak*|dizz*|arrhythmia*|fibrillation|allerg*|asthma|obes*|weight|symptom*"
    "|disab*|health*|wellbeing|limp*",
    "condition*|complaint*|recover*|itch*|rash|bleed*|burn*|wound*|flu|cold|colds|cough*|hot flush*"
    "|hangover*|energy|mobility",
    "tooth|teeth|dental|cavit*|gum|gums|hearing|vision|sight|memory|dementia|alzheimer*|parkinson*"
    "|concentrat*|hair|nails|acne|eczema|psoriasis|wrinkle*|menopaus*|period|periods|pms|fertility"
    "|pregnan*|libido|prostate|urine",
    "urinary|gout|hernia*|ulcer*|reflux|ibs|irritable bowel|coeliac|celiac|sinus*|hay fever|snor*"
    "|apnoea|apnea|hypertension|glucose|overweight|appetite|hunger|thirst|sunburn|death*|mortality"
    "|survival|ageing|aging|calf|calves|thigh*",
    "foot|feet|leg|legs|arm|arms|shoulder*|wrist*|elbow*|ankle*|chest|abdom*|tummy|belly|body|cell"
    "|cells|tissue*|immunity|virus*|germ*|jaundice|bruis*|clot*|palpitation*|heartbeat|rhythm"
    "|circulation|cartilage|ligament*|vertebra*",
    "scoliosis|stenosis|concussion|vertigo|tinnitus|hives|shingles|lupus|sclerosis|seizure*|epilepsy"
    "|adhd|autism|panic|burnout|grief|lifespan|longevity|fitness|strength|endurance|performance"
    "|flexibility|disabilit*|suffering|agony",
    "digestion|metabolism|cartilage|tendon*|disc|discs|episode*|attack*|posture|movement|dehydrat*"
    "|mercury|bacteria|gas|full",
)
"""What ails, and where."""
FOOD: Final = words(
    "food*|diet*|halibut|salmon|mackerel|sardine*|herring|fish|cod|prawn*|mussel*|seafood|spinach"
    "|kale|chard|greens|green*|vegetable*",
    "leafy|nut|nuts|almond*|cashew*|walnut*|peanut*|seed*|sesame|flaxseed|chia|bean*|lentil*|legume*"
    "|pulses|soy*|tofu|oat*|rice|bread",
    "wholemeal|wheat|grain*|cereal*|quinoa|ragi|til|rajma|palak|maida|roti*|chocolate|cocoa|avocado*"
    "|banana*|fruit*|kiwifruit|berries",
    "milk|yoghurt|yogurt|cheese|dairy|egg*|meat|beef|chicken|liver|mushroom*|broccoli|carrot*"
    "|potato*|tomato*|bowl|serving|portion",
    "cola|soda|drink|drinks|crisps|pizza|burger*|snack*|chips|biscuit*|cake*|sweets|candy|pasta|noodles|bacon|ham",
    "sausage*|butter|margarine|cream|muesli|granola|smoothie*|soup|salad*|sauce|honey|yeast",
    "soil*|water|tea|coffee|juice|oil|handful|crab|shells|shellfish|crustacean*|teaspoon|tablespoon"
    "|cup|beetroot|calories|kcal|meal*",
)
ACTIVITY: Final = words(
    "exercis*|walk*|yoga|pilates|stretch*|strength*|training|activit*|active|moving|massage"
    "|acupuncture|heat|heating|warm*|bath*|bed rest",
    "rest|mindfulness|meditation|tai chi|therap*|physio*|surgery|scan*|mri|x-ray*|imaging|brace*"
    "|belt*|traction|tens|desk*|sitting|stand*",
    "breath*|ergonom*|ice|cold water|icing|physiotherap*|chiropract*|osteopath*|manipulation"
    "|foam roll*|jogging|sport*|gym|danc*|garden*|tai chi|patch*|gel|gels|cushion*|pillow*|orthotic*"
    "|splint*|needling|cupping|hypnosis|cbt",
    "counsel*|fasting|hydration|sedentary|workout*|jog|jogs|run|aerobic*|weights|corset*"
    "|hot water bottle*|wrap|wraps|nap|naps|screen time|diet|diets|commut*|posture|core|planks"
    "|drinking|eating|sleeping|napping|brushing|flossing",
    "losing weight|weight loss|good sleep|bedtimes|sun|sunlight|sunshine|smoking|running|swimming"
    "|cycling|lifting|bend*|sauna|magnet*|insole*|shoes|chair*|mattress*|treatment*|rubbing",
)
PEOPLE: Final = words(
    "people|adults|americans|women|men|children|kids|patients|population|europeans|indians|britons"
    "|australians|aussies|germans|users",
    "workers|seniors|older people|the elderly|athletes|teenagers|toddlers|babies|pregnant|of us"
    "|adult|person|persons|households|runners|parents",
    "girls|boys|teenage*|vegans|vegetarians|drinkers|smokers|pensioners|mums|brits|briton|aussie"
    "|kiwis|irish|scots|canadians",
    "swedes|danes|dutch|french|italians|japanese|nurses|drivers|gardeners|elderly|worker|woman|man|child",
    "customers|participants|volunteers|everyone|everybody|nobody|citizens|millions|thousands"
    "|americans'|members|males|females|individuals|third",
)
GENERIC: Final = words(
    "formula|blend|ingredient*|balm|ointment*|syrup|gummies|supplement*|mineral*|tablet*|capsule*"
    "|pill*|softgel*|infusion*|injection*|dose*|dosage|product|cream*|plaster*|spray|nutrient*"
    "|medicine*|medication*|drug*|placebo|extract*|herb*|remed*|treatment*|therap*",
)
"""Words of ``SUBSTANCE`` and ``ACTIVITY`` that name no remedy."""
SUBJECTS: Final = words(
    "magnesium oil|magnesium spray|magnesium cream|magnesium citrate|magnesium glycinate"
    "|magnesium oxide|magnesium|vitamin a|vitamin b|vitamin b1|vitamin b6|vitamin b12|vitamin c"
    "|vitamin d|vitamin d2|vitamin d3|vitamin e|vitamin k|vitamin k2|omega-3|fish oil|glucosamine"
    "|curcumin|turmeric|capsaicin|capsicum|willow bark|devil's claw|epsom salt*",
    "calcium|iron|zinc|quinine|ashwagandha|melatonin|collagen|probiotic*|ginger"
    "|complex regional pain syndrome|crps|back pain|migraine*|cramp*|paracetamol",
)
REMEDIES: Final = words(
    "magnesium oil|magnesium spray|magnesium cream|magnesium citrate|magnesium glycinate"
    "|magnesium oxide|magnesium|vitamin a|vitamin b|vitamin b1|vitamin b6|vitamin b12|vitamin c"
    "|vitamin d|vitamin d2|vitamin d3|vitamin e|vitamin k|vitamin k2|omega-3|fish oil|glucosamine"
    "|curcumin|turmeric",
    "capsaicin|capsicum|willow bark|devil's claw|epsom salt*|paracetamol|calcium|iron|zinc|quinine"
    "|ashwagandha|melatonin|collagen|probiotic*|ginger",
)
"""Subjects that one takes."""
FINITE: Final = words(
    "is|are|was|were|be|been|am|isn't|aren't|wasn't|has|have|had|hasn't|haven't|does|do|did|don't"
    "|doesn't|didn't|can|can't|cannot|could|may",
    "might|will|won't|would|should|shouldn't|must|need|needs|help|helps|helped|cause|causes|caused"
    "|contain|contains|contained|reduce|reduces",
    "reduced|relieve|relieves|relieved|ease|eases|eased|improve|improves|improved|get|gets|got|take"
    "|takes|took|make|makes|made|show|shows|showed",
    "find|finds|found|say|says|said|work|works|worked|affect|affects|act|acts|leads|lead|led|rise"
    "|rose|fell|fall|falls|lower|lowers|raise|raises",
    "increase|increases|increased|prevent|prevents|stop|stops|bring|brings|brought|provide|provides"
    "|supply|supplies|support|supports|protect|protects",
    "treat|treats|eat|eats|feel|feels|felt|know|knows|live|lives|suffer|suffers|experience"
    "|experiences|report|reports|reported|give|gives|gave",
    "gets|turn|turns|use|uses|seek|see|call|ask|talk|tell|speak|consult|avoid|keep|try|go|goes|gone"
    "|irritate*|damage|damages|damaged|interacts",
    "become|becomes|became|remain|remains|range|ranges|vary|varies|come|comes|came|holds|hold|lose"
    "|loses|lost|beat|cut|cuts|heal|heals|fight|fights",
    "wants|want|occur|occurs|happen|happens|settle|settles|produce|produces|regulate|regulates"
    "|absorb|absorbs|block|blocks|relaxes|relax|soothe*",
    "leave|leaves|went|stings|sting|doubled|dropped|drops|depend|depends|wash|drink|swallow|inform"
    "|check|exceed|swear|swears|skips|removes|feeds",
    "wakes|wake|combines|rebuilds|delivers|delivered|switches|sends|ends|lasted|last|lasts|started"
    "|begin|begins|loves|love|boosts|boost|strengthens",
    "play|plays|contribute*|offer|offers|include|includes|mean|means|meant|keeps|allow|allows"
    "|enable*|require|requires|remove|store|stored|convert*|carry|carries|appear|appears|appeared"
    "|seem|seems|seemed",
    "develop|develops|suggest|suggests|suggested|confirm|confirms|confirmed|prove|proves|proved"
    "|disappeared|vanished|complain|complains|recommend|recommends|warn|warns|warned|hurt|hurts|ache"
    "|aches|spread|spreads",
    "cost|costs|clear|clears|creak|creaks|saw|sees|beats|takes|firms|warms|show|put|puts|stays|acts"
    "|act|makes|sits|sat|break",
    "breaks|broke|eaten|drinks|drank|sleeps|slept|smoke|smokes|walk|walks|exercise|exercises|swim|swims",
    "run|runs|ran|let|lets|left|believe|believes|think|thinks|thought|noticed|tested|compared"
    "|concluded|finished|passes|skip|save|saves|counts|count|burns|itches|swells|drains|drain|robs"
    "|depletes|speeds|thins|grow|grows",
    "switch|enhance*|alleviate*|ameliorate*|manufacture*|worsen*|trigger*|calms|calm|slows|slow"
    "|shorten|shortens|shortened|won|twist|agree|agrees",
)
"""Verbs that make a clause of words."""
STATEMENT_ONLY: Final = words("click|subscribe|photo|copyright|recipe by")
