"""Session tokens of Clerk: signed by one of its keys, for this application, and not over."""

import asyncio
import time
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import jwt

from backend.engine.problems import Unauthorized, Unavailable
from backend.settings import get_settings

ALGORITHM = "RS256"
"""The one that is taken, whatever a token says of itself."""
LEEWAY = 5
"""Seconds by which the clocks of Clerk and of this machine may differ."""
LIFETIME = 300
"""Seconds after which the keys are fetched anew."""
PAUSE = 10
"""Seconds in which the keys are not fetched twice, however many tokens name unknown ones."""
PATIENCE = 5
"""Seconds that fetching may take."""
NEEDED = ("exp", "iat", "nbf", "iss", "sub", "sid", "azp")


@dataclass(eq=False)
class Keys:
    """The public keys of an issuer; those that are known stay good while it does not answer."""

    url: str
    known: dict[str, jwt.PyJWK] = field(default_factory=dict)
    tried: float = float("-inf")
    """When they were last asked for, by the monotonic clock."""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def key(self, name: str) -> jwt.PyJWK | None:
        """Give a key by its name. Raises Unavailable where none can be had."""
        if self._due(name):
            async with self.lock:
                if self._due(name):
                    await self._fetch()
        return self.known.get(name)

    def _due(self, name: str) -> bool:
        age = time.monotonic() - self.tried
        return age > LIFETIME or (name not in self.known and age > PAUSE)

    async def _fetch(self) -> None:
        self.tried = time.monotonic()
        client = jwt.PyJWKClient(self.url, cache_jwk_set=False, timeout=PATIENCE)
        try:
            found = await asyncio.to_thread(client.get_jwk_set, refresh=True)
        except jwt.PyJWTError as error:
            if not self.known:
                self.tried = float("-inf")
                raise Unavailable("Clerk does not answer.") from error
            return
        self.known = {each.key_id: each for each in found.keys if each.key_id}


@cache
def keys(url: str) -> Keys:
    """Give the keys at an address, which all requests share."""
    return Keys(url)


async def read_token(token: str) -> dict[str, Any]:
    """Give the claims of a session token. Raises Unauthorized for any other."""
    settings = get_settings()
    issuer = settings.clerk_issuer.rstrip("/")
    if not issuer:
        raise Unauthorized("Nobody can sign in: CLERK_ISSUER is not set.")
    try:
        name = jwt.get_unverified_header(token).get("kid")
        key = await keys(settings.clerk_jwks_url or f"{issuer}/.well-known/jwks.json").key(str(name))
        if key is None:
            raise Unauthorized("The session is not valid.")
        claims: dict[str, Any] = jwt.decode(
            token,
            key.key,
            algorithms=[ALGORITHM],
            issuer=issuer,
            audience=settings.clerk_audience or None,
            leeway=LEEWAY,
            options={"require": list(NEEDED)},
        )
    except (jwt.PyJWTError, ValueError) as error:
        raise Unauthorized("The session is not valid.") from error
    parties = [each.strip().rstrip("/") for each in settings.clerk_parties.split(",")]
    if not claims["azp"] or claims["azp"] not in parties or claims.get("sts", "active") != "active":
        raise Unauthorized("The session is not valid.")
    return claims
