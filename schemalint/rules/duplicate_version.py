"""SL501 duplicate-version. Docs and tests: rules/SL501-duplicate-version.md"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename

from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import Fault, FaultKind, Source
from schemalint.rules import Rule, rule

_NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five"}
_REFUSED = "refuses the whole folder"
_RECORDED = "runs one of them, cannot record the other, and passes over that one where the first is recorded already"
_EFFECTS = {
    "alembic": ("takes only one of them and never runs the others", "Revision {version} is present more than once"),
    "atlas": (
        "runs the first of them, takes the next for run already and stops there",
        "panic: runtime error: index out of range [0] with length 0",
    ),
    "dbmate": (_RECORDED, 'duplicate key value violates unique constraint "schema_migrations_pkey"'),
    "diesel": ("runs whichever of them it meets last, and never the others, without a word", None),
    "flyway": (_REFUSED, "Found more than one migration with version {version}"),
    "golang-migrate": (_REFUSED, "duplicate migration file: {file}"),
    "goose": (_REFUSED, "found duplicate migration version {version}"),
    "pop": ("runs one of them, and never the others, without a word", None),
    "refinery": (_REFUSED, None),
    "sqlx": (
        "runs one of them, cannot record the other, and stops where one is recorded already, since it looks changed",
        'duplicate key value violates unique constraint "_sqlx_migrations_pkey"',
    ),
    "supabase": (_RECORDED, 'duplicate key value violates unique constraint "schema_migrations_pkey"'),
    "tern": (_REFUSED, "Duplicate migration {version}"),
}
"""What a tool does with them, and what it says, or the server on its behalf (PostgreSQL's words, where it is the server)."""


@rule("SL501", "duplicate-version", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    for fault in source.faults:
        if fault.kind is not FaultKind.DUPLICATE:
            continue
        if source.parser == "liquibase":
            yield _changesets(self, source, fault)
            continue
        (version, _), (_, primary) = fault.places[0], fault.places[-1]
        count = _NUMBERS.get(len(fault.places), str(len(fault.places)))
        effect, said = _EFFECTS.get(source.parser, ("cannot tell them apart", None))
        server = said is not None and said.startswith("duplicate key")
        words = None if server and source.dialect != "postgres" else said
        names = {"version": version, "file": basename(primary.path)}
        yield self.finding(
            f"{count} migrations have the version {version}: {source.parser} {effect}",
            Location(primary, f"{version} is taken already"),
            *(Location(span, f"{version} is used here too") for _, span in fault.places[:-1]),
            help="give each migration a version of its own, and let it come after what is applied already",
            notes=(f"{'PostgreSQL' if server else source.parser}: {words}".format(**names),) if words else (),
            object=version,
            sources=(source.id,),
        )


def _changesets(self: Rule, source: Source, fault: Fault) -> Finding:
    """Changesets of Liquibase, or a changelog that is included twice."""
    (name, _), (_, primary) = fault.places[0], fault.places[-1]
    if name in source.files:
        message = f"{name} is included twice, and each of its changesets with it"
        help = "take one of the includes out"
    else:
        count = _NUMBERS.get(len(fault.places), str(len(fault.places)))
        message, help = f"{count} changesets of one file are called {name}", "give each changeset an id of its own"
    return self.finding(
        f"{message}: liquibase refuses the whole changelog",
        Location(primary, "the second time"),
        *(Location(span, "the first time") for _, span in fault.places[:1]),
        help=help,
        object=name,
        sources=(source.id,),
    )
