"""SL602 missing-mount. Docs and tests: rules/SL602-missing-mount.md"""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.initdb import INITDB
from schemalint.model.deployment import Deployment, Mount
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, rule

_SCRIPTS = (".sql", ".sql.gz", ".sql.xz", ".sql.zst", ".sh")
_MADE_LATER = re.compile(
    r"(?i)(?:^|[/._-])(?:logs?|backups?|dumps?|tmp|temp|cache|certs?|certificates|ssl|tls|secrets?|keys?|\.?env|storage"
    r"|uploads?|volumes?|letsencrypt|certbot|acme|\.ssh|\.aws|\.kube|credentials?|htpasswd|node_modules|dist|build"
    r"|sockets?)(?:$|[/._-])|\.(?:pem|crt|cer|key|log|db|sqlite3?|pid|sock|lock|jks|p12|pfx|env|cache|bak|json\.key)$"
)
_DATA = re.compile(r"(?i)(?:^|[/._-])data(?:$|[/._-])")


@rule("SL602", "missing-mount", severity=Severity.WARNING, on=Deployment)
def check(self: Rule, deployment: Deployment) -> Iterator[Finding]:
    seen = set()
    for compose in deployment.compose:
        for service in compose.services:
            for mount in service.mounts:
                if mount.exists is not False or mount.source is None or mount.span in seen:
                    continue
                seen.add(mount.span)
                schema = _is_schema(mount)
                if not schema and not _is_expected(mount):
                    continue
                if schema and _MADE_LATER.search(mount.source):
                    continue
                yield self.finding(
                    f"service `{service.name}` mounts {mount.source}, which is not in the repository:"
                    " Docker puts an empty directory there",
                    Location(mount.span, "there is no such file"),
                    severity=Severity.ERROR if schema else Severity.WARNING,
                    help=f"add {mount.source}, or correct the path (it is resolved from the compose file's folder)",
                    notes=(f"the container then finds a directory at {mount.target}",),
                    object=f"{compose.path} {service.name} {mount.source}",
                )


def _is_schema(mount: Mount) -> bool:
    """A script that the database's entrypoint runs: on a directory of that name it fails."""
    return mount.target.startswith(INITDB + "/") and mount.target.endswith(_SCRIPTS)


def _is_expected(mount: Mount) -> bool:
    """A file that somebody meant to be in the repository, not one that is made on the machine, and no data folder."""
    source = mount.source or ""
    if _MADE_LATER.search(source) or _DATA.search(source):
        return False
    name = source.rpartition("/")[2].lstrip(".")
    return ("." in name and not name.endswith(".d")) or mount.target.rstrip("/") == INITDB
