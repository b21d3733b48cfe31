"""A conversation shown to whoever has its link, for reading only, until its author withdraws the link."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, url_for

from web.conversations import ConversationNotFoundError
from web.identity import owner
from web.presenting import view
from web.problems import unknown
from web.state import current_conversations

bp = Blueprint("sharing", __name__)


@bp.post("/conversations/<conversation_id>/partager")
def share(conversation_id: str) -> Response:
    """Make the link of one conversation, the same one while it is shared."""
    current_conversations().share(conversation_id, owner())
    return _back(conversation_id)


@bp.post("/conversations/<conversation_id>/ne-plus-partager")
def withdraw(conversation_id: str) -> Response:
    """Withdraw the link of one conversation: it leads nowhere from now on."""
    current_conversations().withdraw(conversation_id, owner())
    return _back(conversation_id)


@bp.get("/partage/<token>")
def shared(token: str) -> Response:
    """Show a shared conversation."""
    try:
        conversation = current_conversations().shared(token)
    except ConversationNotFoundError:
        raise unknown("Ce lien n'existe pas, ou son auteur l'a retiré.") from None
    turns = [view(turn) for turn in conversation.turns]
    return make_response(render_template("shared.html", conversation=conversation, turns=turns))


def _back(conversation_id: str) -> Response:
    return make_response(redirect(url_for("pages.conversation", conversation_id=conversation_id, _anchor="partage"), 303))
