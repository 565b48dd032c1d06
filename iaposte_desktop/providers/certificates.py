"""The certificate that a server shows, for a sentence about why it is not trusted. Loads the SDK's HTTP library."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import httpx2

from iaposte_desktop.domain.errors import IAPosteError
from iaposte_desktop.providers.sdk import http_client

if TYPE_CHECKING:
    from iaposte_desktop.domain.connections import Connection

_LONGEST_LIFE: Final = timedelta(days=398)
"""Of a certificate that browsers accept."""


@dataclass(frozen=True, slots=True)
class PeerCertificate:
    issuer: str
    valid_from: datetime
    valid_until: datetime

    def proves_wrong_clock(self, now: datetime) -> bool:
        """Servers do not show certificates of the future, and hardly any that ran out a whole life ago."""
        return now < self.valid_from or now > self.valid_until + _LONGEST_LIFE


async def peer_certificate(connection: Connection) -> PeerCertificate | None:
    """By a handshake that trusts everything, after which nothing is sent. None where it fails."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        async with http_client(connection, context) as client:
            await client.get(connection.url, extensions={"trace": _look})
    except _Shown as shown:
        return shown.certificate
    except (httpx2.HTTPError, IAPosteError, OSError):
        pass
    return None


class _Shown(Exception):
    def __init__(self, certificate: PeerCertificate) -> None:
        super().__init__()
        self.certificate = certificate


async def _look(event: str, info: dict[str, Any]) -> None:
    if event.endswith("start_tls.complete"):
        stream = info["return_value"]
        found = _certificate(stream.get_extra_info("ssl_object"))
        await stream.aclose()
        raise _Shown(found)


def _certificate(connection: Any) -> PeerCertificate:
    # `getpeercert` tells nothing of a certificate that was not verified.
    shown = connection._sslobj.get_unverified_chain()[0].get_info()
    issuer = {name: value for part in shown["issuer"] for name, value in part}
    return PeerCertificate(
        issuer.get("commonName") or issuer.get("organizationName") or "?",
        *(datetime.fromtimestamp(ssl.cert_time_to_seconds(shown[name]), UTC) for name in ("notBefore", "notAfter")),
    )
