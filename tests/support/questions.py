"""Questions on the real report, by somebody who read it: those it answers, those it does not."""

# A question, words that answer it, and the figure asked for as printed ("" where none is asked for).
ANSWERS = [
    ("Combien d'agents l'agglomération compte-t-elle fin 2021 ?", "262 agents", "262"),
    ("Quelle était la masse salariale en 2021 ?", "13 056 633.72€ en 2021", "13 056 633.72€"),
    ("Quelle est la masse salariale ?", "13 056 633.72€ en 2021", "13 056 633.72€"),
    ("Quelle était la masse salariale en 2020 ?", "12 607 476.20 € en 2020", "12 607 476.20 €"),
    ("Combien d'actes d'acquisition ont été signés en 2020 ?", "24 actes en 2020", "24"),
    ("Combien de visites médicales ont été faites ?", "65 visites médicales", "65"),
    ("Combien d'agents ont demandé une mobilité interne ?", "13 agents ont sollicité", "13"),
    ("Combien de demandes de stage ont été formulées ?", "174 demandes", "174"),
    ("Combien de jours de télétravail par semaine ?", "deux jours par semaine", "deux jours par semaine"),
    ("Quel est le délai global de paiement moyen ?", "19 jours", "19 jours"),
    ("Montant des subventions versées en 2021 ?", "15,3 M€ de subventions", "15,3 M€"),
    ("Quand le pacte financier et fiscal a-t-il été voté ?", "le 10 novembre 2021", "10 novembre 2021"),
    ("Combien de reportages Télégohelle tourne-t-elle chaque semaine ?", "8 reportages", "8"),
    ("Combien d'élus siègent au conseil communautaire ?", "91 élus", "91"),
    ("À combien se montent les primes d'assurance ?", "490 265,61 €", "490 265,61 €"),
    ("Combien d'actes de vente ont été signés en 2021 ?", "20 actes de vente", "20"),
    ("Combien de dossiers le service ADS a-t-il instruits ?", "1553 dossiers", "1553"),
    ("Combien de propriétaires ont été accompagnés pour rénover leur logement ?", "321 propriétaires", "321"),
    ("Quand la Maison de l'Habitat Durable a-t-elle ouvert ?", "janvier 2021", "janvier 2021"),
    ("Combien de ménages ont été relogés dans le cadre du NPNRU ?", "170 ménages relogés", "170"),
    ("Quand la convention NPNRU a-t-elle été signée ?", "20 Mai", ""),
    ("Combien de personnes la Maison de la Justice et du Droit a-t-elle reçues ?", "11 577 personnes", "11 577"),
    ("Quel est le montant global de l'opération ZAC Centralité ?", "43 millions d'euros H.T.", ""),
    ("Combien de visiteurs au salon des métiers d'art ?", "12 500 visiteurs", "12 500"),
    ("Quelle somme a reçue Culture Commune ?", "290 000 €", "290 000 €"),
    ("Combien de chiens errants recueillis par la fourrière en 2021 ?", "393 chiens", "393"),
    ("Quels sont les horaires de la fourrière ?", "de 13h à 17h", ""),
    ("Quelle est la superficie de l'aérodrome ?", "30 hectares", "30 hectares"),
    ("Dans quelle commune est situé l'aérodrome ?", "sur la commune de Bénifontaine", ""),
    ("Combien de visiteurs l'enclos de contact a-t-il accueillis ?", "15 000 visiteurs", "15 000"),
    ("Qui assure le service de capture des animaux ?", "SACPA", ""),
    ("Combien coûte le centre aquatique de Lens ?", "30 480 607 €", "30 480 607 €"),
    ("Quel est le coût des travaux de l'équipement de Souchez ?", "2 975 000 €", "2 975 000 € H.T"),
    ("Combien de communes étaient intéressées par le prêt de matériel en 2018 ?", "32 communes en 2018", "32"),
    ("Qui préside la CALL ?", "Sylvain Robert", ""),
    ("médaille de vermeil, combien de collègues en 2021 ?", "5 en vermeil", "5"),
    ("Combien de délibérations pour le seul Bureau en 2021 ?", "179 en Bureau", "179"),
    ("De quel pourcentage les sinistres déclarés ont-ils augmenté ?", "70% par rapport à 2020", "70%"),
    ("Combien de personnes Proch'Emploi avait-il placées en 2020 ?", "135 l'année précédente", "135"),
    ("Combien la taxe de séjour a-t-elle rapporté en 2021 ?", "70 000 €", "70 000 €"),  # "contre 110 000 € en 2020"
    ("combien ont couté les 2000 livres donnés aux médiathèques", "25 000 €", "25 000 €"),
]

# The right subject with another year, town or kind of thing, or what the report never says.
# When something happened, where other figures stand beside the dates.
WHEN = ["La piscine olympique de Lens a fermé quand ?", "Quand le crématorium sera-t-il modernisé ?"]

NEAR_MISSES = [
    "Combien de chiens la fourrière a-t-elle recueillis en 2015 ?",
    "Quelle était la masse salariale en 2012 ?",
    "Combien coûte le centre aquatique de Vimy ?",
    "Quelle est la superficie de l'aérodrome de Calais ?",
    "Combien de chevaux la fourrière a-t-elle recueillis ?",
    "Comment s'appelle le directeur de la fourrière animale ?",
    "Combien de crémations ont eu lieu en 2021 ?",
    "Combien de jeunes la Mission Locale a-t-elle accompagnés en 2020 ?",
    "Quel est le salaire du président ?",
]

OUT_OF_SCOPE = [
    "Quelle est la recette de la tarte au maroilles ?",
    "Qui a gagné la coupe du monde de football en 1998 ?",
]

LISTS = [
    "Quels sont les quatre axes du plan d'égalité hommes femmes ?",
    "Quels centres culturels l'agglomération a-t-elle aidés ?",
    "Quels ateliers ont été mis en place avec l'institut NEGAWATT ?",
    "Quels financements la CALL obtient-elle grâce à l'AMI SEQUOIA ?",
    "Quelles manifestations culturelles ont été soutenues en 2021 ?",
    "Quelles sont les perspectives 2022 de la communication ?",
]

ALL = [
    *(question for question, _, _ in ANSWERS),
    *WHEN,
    *NEAR_MISSES,
    *OUT_OF_SCOPE,
    *LISTS,
    "Bonjour",
    "C'est quoi, l'ERBM ?",
]
