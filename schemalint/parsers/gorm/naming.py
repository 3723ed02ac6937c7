"""GORM's names: `schema.NamingStrategy` and jinzhu/inflection v1.0.0, the version GORM is built with."""

from __future__ import annotations

import hashlib
import re
from functools import cache

from schemalint.model.frozen import frozen

INITIALISMS = """API ASCII CPU CSS DNS EOF GUID HTML HTTP HTTPS ID IP JSON LHS QPS RAM RHS RPC SLA SMTP SSH TLS TTL UID
UI UUID URI URL UTF8 VM XML XSRF XSS""".split()  # noqa: SIM905
_INITIALISM = re.compile("|".join(INITIALISMS))  # like strings.Replacer: the first of the list wins, not the longest

UNCOUNTABLE = frozenset(
    ("equipment", "information", "rice", "money", "species", "series", "fish", "sheep", "jeans", "police")
)
IRREGULAR = (
    ("person", "people"),
    ("man", "men"),
    ("child", "children"),
    ("sex", "sexes"),
    ("move", "moves"),
    ("mombie", "mombies"),
)
PLURAL = (  # the last one defined is tried first
    (r"(quiz)$", r"\1zes"),
    (r"^(oxen)$", r"\1"),
    (r"^(ox)$", r"\1en"),
    (r"^(m|l)ice$", r"\1ice"),
    (r"^(m|l)ouse$", r"\1ice"),
    (r"(matr|vert|ind)(?:ix|ex)$", r"\1ices"),
    (r"(x|ch|ss|sh)$", r"\1es"),
    (r"([^aeiouy]|qu)y$", r"\1ies"),
    (r"(hive)$", r"\1s"),
    (r"(?:([^f])fe|([lr])f)$", r"\1\2ves"),
    (r"sis$", r"ses"),
    (r"([ti])a$", r"\1a"),
    (r"([ti])um$", r"\1a"),
    (r"(buffal|tomat)o$", r"\1oes"),
    (r"(bu)s$", r"\1ses"),
    (r"(alias|status)$", r"\1es"),
    (r"(octop|vir)i$", r"\1i"),
    (r"(octop|vir)us$", r"\1i"),
    (r"^(ax|test)is$", r"\1es"),
    (r"s$", r"s"),
    (r"([a-z])$", r"\1s"),
)
SINGULAR = (
    (r"(database)s$", r"\1"),
    (r"(quiz)zes$", r"\1"),
    (r"(matr)ices$", r"\1ix"),
    (r"(vert|ind)ices$", r"\1ex"),
    (r"^(ox)en", r"\1"),
    (r"(alias|status)(es)?$", r"\1"),
    (r"(octop|vir)(us|i)$", r"\1us"),
    (r"^(a)x[ie]s$", r"\1xis"),
    (r"(cris|test)(is|es)$", r"\1is"),
    (r"(shoe)s$", r"\1"),
    (r"(o)es$", r"\1"),
    (r"(bus)(es)?$", r"\1"),
    (r"^(m|l)ice$", r"\1ouse"),
    (r"(x|ch|ss|sh)es$", r"\1"),
    (r"(c)ookies$", r"\1ookie"),
    (r"(m)ovies$", r"\1ovie"),
    (r"(s)eries$", r"\1eries"),
    (r"([^aeiouy]|qu)ies$", r"\1y"),
    (r"([lr])ves$", r"\1f"),
    (r"(tive)s$", r"\1"),
    (r"(hive)s$", r"\1"),
    (r"([^f])ves$", r"\1fe"),
    (r"(^analy)(sis|ses)$", r"\1sis"),
    (r"((a)naly|(b)a|(d)iagno|(p)arenthe|(p)rogno|(s)ynop|(t)he)(sis|ses)$", r"\1sis"),
    (r"([ti])a$", r"\1um"),
    (r"(n)ews$", r"\1ews"),
    (r"(ss)$", r"\1"),
    (r"s$", ""),
)


@cache
def _rules(singular: bool) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Every rule in the order it is tried: irregular words, then each pattern in upper case, as it is, in any case."""
    found = []
    for one, many in IRREGULAR:
        before, after = (many, one) if singular else (one, many)
        for change in (str.upper, str.title, str):
            found.append((re.compile(re.escape(change(before)) + r"\Z"), change(after)))
    for pattern, replacement in SINGULAR if singular else PLURAL:
        pattern = pattern.replace("$", r"\Z")
        upper = pattern.upper()  # the escape \Z is upper case already
        found.append((re.compile(upper), replacement.upper()))
        found.append((re.compile(pattern), replacement))
        found.append((re.compile(pattern, re.IGNORECASE | re.ASCII), replacement))
    return tuple(found)


def _inflect(word: str, singular: bool) -> str:
    if word.lower() in UNCOUNTABLE:
        return word
    for pattern, replacement in _rules(singular):
        if pattern.search(word):
            return pattern.sub(replacement, word)
    return word


def plural(word: str) -> str:
    """What inflection.Plural gives for a whole snake_case name."""
    return _inflect(word, singular=False)


def singular(word: str) -> str:
    """What inflection.Singular gives."""
    return _inflect(word, singular=True)


def _is_upper(char: str) -> bool:
    return "A" <= char <= "Z"


def snake(name: str) -> str:
    """NamingStrategy.toDBName without a NameReplacer."""
    if not name:
        return ""
    value = _INITIALISM.sub(lambda found: found.group().capitalize(), name)
    out: list[str] = []
    before, here = False, _is_upper(value[0])
    for index, char in enumerate(value[:-1]):
        after = value[index + 1]
        if here:
            follows = _is_upper(after) or "0" <= after <= "9"
            if not (before and follows) and index > 0 and value[index - 1] != "_" and after != "_":
                out.append("_")
            out.append(char.lower())
        else:
            out.append(char)
        # GORM looks at the next byte, so that what follows a non-ASCII letter never counts as upper case
        before, here = here, char.isascii() and _is_upper(after)
    last = value[-1]
    if here:
        if not before and len(value) > 1:
            out.append("_")
        out.append(last.lower())
    else:
        out.append(last)
    return "".join(out)


@frozen
class Naming:
    """What NamingStrategy says. `longest` is IdentifierMaxLength: 64, or 63 with the postgres driver. `replaced` are the pairs of
    a NameReplacer that strings.NewReplacer makes: at every place the first pair that fits wins."""

    prefix: str = ""
    singular_table: bool = False
    no_lower_case: bool = False
    longest: int = 64
    replaced: tuple[tuple[str, str], ...] = ()

    def column(self, name: str) -> str:
        """ColumnName, and every other name made of a Go name."""
        if self.replaced and name:
            pairs = dict(reversed(self.replaced))
            found = re.sub("|".join(re.escape(old) for old, _ in self.replaced), lambda old: pairs[old.group()], name)
            if not found:
                return name
            name = found
        return name if self.no_lower_case else snake(name)

    def table(self, struct: str) -> str:
        """TableName of a struct without a TableName method."""
        name = self.column(struct)
        return self.prefix + (name if self.singular_table else plural(name))

    def join_table(self, tag: str) -> str:
        """JoinTableName: the value of many2many, verbatim when it is lower case already."""
        if not self.no_lower_case and tag.lower() == tag:
            return self.prefix + tag
        return self.table(tag)

    def object(self, prefix: str, table: str, name: str) -> str:
        """formatName: idx_, uni_, chk_ and fk_ names, shortened with a hash when too long."""
        full = f"{prefix}_{table}_{name}".replace(".", "_")
        if len(full) > self.longest:
            digest = hashlib.sha1(full.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()[:8]
            cut = full.encode("utf-8", "replace")[: self.longest - 8]
            return cut.decode("utf-8", "ignore") + digest
        return full
