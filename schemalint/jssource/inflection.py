"""Names as the npm package `inflection` makes them, which Sequelize uses for table and foreign key names.

The rule tables are those of inflection 1.13.4 (MIT, Ben Lin), which Sequelize 6 ships; `_VERSION_5` holds what 1.12.0,
shipped with Sequelize 5, does otherwise, and `_FFE` what 3.0.2, shipped with Sequelize 7, does. The first rule whose
pattern matches wins; None leaves the word as it is.
"""

from __future__ import annotations

import re
from functools import cache

Rules = tuple[tuple[str, str | None], ...]

_UNCOUNTABLE_WORDS = (
    "accommodation adulthood advertising advice aggression aid air aircraft alcohol anger applause arithmetic "
    "assistance athletics bacon baggage beef biology blood botany bread butter carbon cardboard cash chalk chaos "
    "chess crossroads countryside dancing deer dignity dirt dust economics education electricity engineering "
    "enjoyment envy equipment ethics evidence evolution fame fiction flour flu food fuel fun furniture gallows "
    "garbage garlic genetics gold golf gossip gratitude grief guilt gymnastics happiness hardware harm hate hatred "
    "health heat help homework honesty honey hospitality housework humour hunger hydrogen ice importance inflation "
    "information innocence iron irony jam jewelry judo karate knowledge lack laughter lava leather leisure "
    "lightning linguine linguini linguistics literature litter livestock logic loneliness luck luggage macaroni "
    "machinery magic management mankind marble mathematics mayonnaise measles methane milk minus money mud music "
    "mumps nature news nitrogen nonsense nurture nutrition obedience obesity oxygen pasta patience physics poetry "
    "pollution poverty pride psychology publicity punctuation quartz racism relaxation reliability research "
    "respect revenge rice rubbish rum safety scenery seafood seaside series shame sheep shopping sleep smoke "
    "smoking snow soap software soil spaghetti species steam stuff stupidity sunshine symmetry tennis thirst "
    "thunder timber traffic transportation trust underwear unemployment unity validity veal vegetation "
    "vegetarianism vengeance violence vitality warmth wealth weather welfare wheat wildlife wisdom yoga zinc "
    "zoology"
)
UNCOUNTABLE = frozenset(_UNCOUNTABLE_WORDS.split())

PLURAL: tuple[tuple[str, str | None], ...] = (
    (r"^(m|wom)en\Z", None),
    (r"(pe)ople\Z", None),
    (r"(child)ren\Z", None),
    (r"([ti])a\Z", None),
    (r"((a)naly|(b)a|(d)iagno|(p)arenthe|(p)rogno|(s)ynop|(t)he)ses\Z", None),
    (r"(database)s\Z", None),
    (r"(drive)s\Z", None),
    (r"(hi|ti)ves\Z", None),
    (r"(curve)s\Z", None),
    (r"([lr])ves\Z", None),
    (r"([^fo])ves\Z", None),
    (r"([^aeiouy]|qu)ies\Z", None),
    (r"(s)eries\Z", None),
    (r"(m)ovies\Z", None),
    (r"(x|ch|ss|sh)es\Z", None),
    (r"([m|l])ice\Z", None),
    (r"(bus)es\Z", None),
    (r"(o)es\Z", None),
    (r"(shoe)s\Z", None),
    (r"(cris|ax|test)es\Z", None),
    (r"(octop|vir)uses\Z", None),
    (r"(alias|canvas|status|campus)es\Z", None),
    (r"^(summons|bonus)es\Z", None),
    (r"^(ox)en", None),
    (r"(matr)ices\Z", None),
    (r"^feet\Z", None),
    (r"^teeth\Z", None),
    (r"^geese\Z", None),
    (r"(quiz)zes\Z", None),
    (r"^(whereas)es\Z", None),
    (r"^(criteri)a\Z", None),
    (r"^genera\Z", None),
    (r"^(m|wom)an\Z", r"\g<1>en"),
    (r"(pe)rson\Z", r"\g<1>ople"),
    (r"(child)\Z", r"\g<1>ren"),
    (r"(drive)\Z", r"\g<1>s"),
    (r"^(ox)\Z", r"\g<1>en"),
    (r"(ax|test)is\Z", r"\g<1>es"),
    (r"(octop|vir)us\Z", r"\g<1>uses"),
    (r"(alias|status|canvas|campus)\Z", r"\g<1>es"),
    (r"^(summons|bonus)\Z", r"\g<1>es"),
    (r"(bu)s\Z", r"\g<1>ses"),
    (r"(buffal|tomat|potat)o\Z", r"\g<1>oes"),
    (r"([ti])um\Z", r"\g<1>a"),
    (r"sis\Z", "ses"),
    (r"(?:([^f])fe|([lr])f)\Z", r"\g<1>\g<2>ves"),
    (r"(hi|ti)ve\Z", r"\g<1>ves"),
    (r"([^aeiouy]|qu)y\Z", r"\g<1>ies"),
    (r"(matr)ix\Z", r"\g<1>ices"),
    (r"(vert|ind)ex\Z", r"\g<1>ices"),
    (r"(x|ch|ss|sh)\Z", r"\g<1>es"),
    (r"([m|l])ouse\Z", r"\g<1>ice"),
    (r"^foot\Z", "feet"),
    (r"^tooth\Z", "teeth"),
    (r"^goose\Z", "geese"),
    (r"(quiz)\Z", r"\g<1>zes"),
    (r"^(whereas)\Z", r"\g<1>es"),
    (r"^(criteri)on\Z", r"\g<1>a"),
    (r"^genus\Z", "genera"),
    (r"s\Z", "s"),
    (r"\Z", "s"),
)

SINGULAR: tuple[tuple[str, str | None], ...] = (
    (r"^(m|wom)an\Z", None),
    (r"(pe)rson\Z", None),
    (r"(child)\Z", None),
    (r"(drive)\Z", None),
    (r"^(ox)\Z", None),
    (r"(ax|test)is\Z", None),
    (r"(octop|vir)us\Z", None),
    (r"(alias|status|canvas|campus)\Z", None),
    (r"^(summons|bonus)\Z", None),
    (r"(bu)s\Z", None),
    (r"(buffal|tomat|potat)o\Z", None),
    (r"([ti])um\Z", None),
    (r"sis\Z", None),
    (r"(?:([^f])fe|([lr])f)\Z", None),
    (r"(hi|ti)ve\Z", None),
    (r"([^aeiouy]|qu)y\Z", None),
    (r"(x|ch|ss|sh)\Z", None),
    (r"(matr)ix\Z", None),
    (r"([m|l])ouse\Z", None),
    (r"^foot\Z", None),
    (r"^tooth\Z", None),
    (r"^goose\Z", None),
    (r"(quiz)\Z", None),
    (r"^(whereas)\Z", None),
    (r"^(criteri)on\Z", None),
    (r"^genus\Z", None),
    (r"^(m|wom)en\Z", r"\g<1>an"),
    (r"(pe)ople\Z", r"\g<1>rson"),
    (r"(child)ren\Z", r"\g<1>"),
    (r"(database)s\Z", r"\g<1>"),
    (r"(drive)s\Z", r"\g<1>"),
    (r"^genera\Z", "genus"),
    (r"^(criteri)a\Z", r"\g<1>on"),
    (r"([ti])a\Z", r"\g<1>um"),
    (r"((a)naly|(b)a|(d)iagno|(p)arenthe|(p)rogno|(s)ynop|(t)he)ses\Z", r"\g<1>\g<2>sis"),
    (r"(hi|ti)ves\Z", r"\g<1>ve"),
    (r"(curve)s\Z", r"\g<1>"),
    (r"([lr])ves\Z", r"\g<1>f"),
    (r"([a])ves\Z", r"\g<1>ve"),
    (r"([^fo])ves\Z", r"\g<1>fe"),
    (r"(m)ovies\Z", r"\g<1>ovie"),
    (r"([^aeiouy]|qu)ies\Z", r"\g<1>y"),
    (r"(s)eries\Z", r"\g<1>eries"),
    (r"(x|ch|ss|sh)es\Z", r"\g<1>"),
    (r"([m|l])ice\Z", r"\g<1>ouse"),
    (r"(bus)es\Z", r"\g<1>"),
    (r"(o)es\Z", r"\g<1>"),
    (r"(shoe)s\Z", r"\g<1>"),
    (r"(cris|ax|test)es\Z", r"\g<1>is"),
    (r"(octop|vir)uses\Z", r"\g<1>us"),
    (r"(alias|canvas|status|campus)es\Z", r"\g<1>"),
    (r"^(summons|bonus)es\Z", r"\g<1>"),
    (r"^(ox)en", r"\g<1>"),
    (r"(matr)ices\Z", r"\g<1>ix"),
    (r"(vert|ind)ices\Z", r"\g<1>ex"),
    (r"^feet\Z", "foot"),
    (r"^teeth\Z", "tooth"),
    (r"^geese\Z", "goose"),
    (r"(quiz)zes\Z", r"\g<1>"),
    (r"^(whereas)es\Z", r"\g<1>"),
    (r"ss\Z", "ss"),
    (r"s\Z", ""),
)

_VERSION_5: dict[str, tuple[str, str | None] | None] = {
    r"(database)s\Z": None,
    r"(drive)s\Z": None,
    r"(drive)\Z": None,
    r"(octop|vir)uses\Z": (r"(octop|vir)i\Z", r"\g<1>us"),
    r"(octop|vir)us\Z": (r"(octop|vir)us\Z", r"\g<1>i"),
    r"^(summons|bonus)es\Z": (r"^(summons)es\Z", r"\g<1>"),
    r"^(summons|bonus)\Z": (r"^(summons)\Z", r"\g<1>es"),
}
"""What 1.12.0 has in place of a rule; None where it has none. A rule that keeps the word still keeps it."""

_FFE = r"(?:([^f])fe|([lr])f)\Z"
"""The rule behind which 3.0.2, shipped with Sequelize 7, knows `focus`."""

_VERSION_5_UNCOUNTABLE = frozenset({"grammar"})


@cache
def _rules(rules: Rules, major: int) -> tuple[tuple[re.Pattern[str], str | None], ...]:
    made = []
    for pattern, replacement in rules:
        if major < 6 and pattern in _VERSION_5:
            older = _VERSION_5[pattern]
            if older is None:
                continue
            pattern, replacement = older[0], None if replacement is None else older[1]
        made.append((re.compile(pattern, re.IGNORECASE | re.ASCII), replacement))
        if major >= 7 and pattern == _FFE:
            focus = None if replacement is None else r"\g<1>es"
            made.append((re.compile(r"^(focus)\Z", re.IGNORECASE | re.ASCII), focus))
    return tuple(made)


def _apply(word: str, rules: Rules, major: int) -> str:
    lower = word.lower()
    if lower in UNCOUNTABLE or (major < 6 and lower in _VERSION_5_UNCOUNTABLE):
        return word
    for pattern, replacement in _rules(rules, major):
        if pattern.search(word):
            return word if replacement is None else pattern.sub(replacement, word)
    return word


def pluralize(word: str, major: int = 6) -> str:
    """The plural as Sequelize of that major version forms it: `Person` to `People`, `Status` to `Statuses`."""
    return _apply(word, PLURAL, major)


def singularize(word: str, major: int = 6) -> str:
    """The singular as Sequelize of that major version forms it."""
    return _apply(word, SINGULAR, major)


def underscore(word: str) -> str:
    """`userID` to `user_i_d`: a line before every ASCII capital, one leading line removed, all in lower case."""
    parts = [re.sub("([A-Z])", r"_\1", part).removeprefix("_") for part in word.split("::")]
    return "/".join(parts).lower()


def camelize(word: str) -> str:
    """`user_id` to `userId`: what follows lines, dashes and spaces becomes a capital, nothing else changes."""
    return re.sub(r"[-_\s]+(.)?", lambda match: (match[1] or "").upper(), word.strip())
