"""The API tokens of one database: of each only a digest, which cannot be turned back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import Engine, bindparam, delete, insert, select

from web.storage.engine import WRITING
from web.storage.tables import ApiTokenRow, as_kept

PREFIX = "qa_"  # by which those who scan for secrets know them
ID_CHARS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """What is known of a token; `role` is the name of a `web.identity.Role` in lower case, moments are RFC 3339."""

    id: str
    name: str
    role: str
    created_at: str
    expires_at: str

    def has_expired(self) -> bool:
        """Tell whether it is no longer taken."""
        return self.expires_at <= as_kept(datetime.now(UTC))


_COLUMNS = (ApiTokenRow.id, ApiTokenRow.name, ApiTokenRow.role, ApiTokenRow.created_at, ApiTokenRow.expires_at)
_BY_DIGEST = select(*_COLUMNS).where(ApiTokenRow.digest == bindparam("digest"))  # with each request: made once


class TokenStore:
    """Safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create(self, name: str, role: str, *, days: int) -> tuple[ApiToken, str]:
        """Return a new token that is good for so many days, and the secret itself, which is nowhere else."""
        secret, now = PREFIX + secrets.token_urlsafe(32), datetime.now(UTC)
        token = ApiToken(
            id=secrets.token_hex(ID_CHARS // 2),
            name=name,
            role=role,
            created_at=as_kept(now),
            expires_at=as_kept(now + timedelta(days=days)),
        )
        row = {name: getattr(token, name) for name in ApiToken.__slots__}
        with self._engine.execution_options(**WRITING).begin() as connection:
            connection.execute(insert(ApiTokenRow), {**row, "digest": _digest(secret)})
        return token, secret

    def find(self, secret: str) -> ApiToken | None:
        """Return the token whose secret this is; None if there is none, or it has expired."""
        with self._engine.connect() as connection:
            row = connection.execute(_BY_DIGEST, {"digest": _digest(secret)}).first()
        token = ApiToken(**row._mapping) if row else None
        return None if token is None or token.has_expired() else token

    def all(self) -> tuple[ApiToken, ...]:
        """Return every token, those that have expired too, the last made first."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(*_COLUMNS).order_by(ApiTokenRow.created_at.desc(), ApiTokenRow.id))
            return tuple(ApiToken(**row._mapping) for row in rows)

    def revoke(self, token_id: str) -> bool:
        """Take a token out of use, at once; return whether there was one."""
        gone = delete(ApiTokenRow).filter_by(id=token_id).returning(ApiTokenRow.id)
        with self._engine.execution_options(**WRITING).begin() as connection:
            return connection.execute(gone).first() is not None


def _digest(secret: str) -> str:
    # Of 256 random bits a plain digest tells nothing: there is no word list to try, as there is for passwords.
    return sha256(secret.encode()).hexdigest()
