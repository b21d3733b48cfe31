"""What somebody may do by the groups they are in."""

from __future__ import annotations

from collections.abc import Collection

from qa_service.access import AccessSettings, listed
from web.identity import Role


def role_of(groups: Collection[str], settings: AccessSettings) -> Role:
    """Return the highest role that one of these groups gives; whoever is known may read."""
    if not set(listed(settings.admins)).isdisjoint(groups):
        return Role.ADMIN
    return Role.READER if set(listed(settings.editors)).isdisjoint(groups) else Role.EDITOR
