"""Which proxy leads to a connection's server."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

if TYPE_CHECKING:
    from iaposte_desktop.domain.connections import Connection


def proxy_for(connection: Connection) -> str | None:
    """The connection's own, else the system's, with its scheme. None for a loopback address, whatever is set."""
    if is_loopback(connection.url):
        return None
    if connection.proxy:
        return _with_scheme(connection.proxy)
    if proxy_bypass(host_of(connection.url)):
        return None
    proxies = getproxies()
    found = proxies.get(urlsplit(connection.url).scheme) or proxies.get("all")
    return _with_scheme(found) if found else None


def is_loopback(url: str) -> bool:
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def host_of(url: str) -> str:
    """With its port, without user and password; empty where there is none."""
    try:
        return urlsplit(_with_scheme(url)).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def _with_scheme(proxy: str) -> str:
    return proxy if "://" in proxy else f"http://{proxy}"
