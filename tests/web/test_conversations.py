"""Conversations on disk."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from qa_service.model import Turn
from qa_service.settings import Settings
from tests.support.turns import ALICE, BOB, turn
from web.conversations import ConversationNotFoundError, ConversationStore, new_id
from web.schemas.conversations import FeedbackIn, FeedbackVerdict
from web.storage.schema import opened


@pytest.fixture
def store(kept_in: Settings) -> Iterator[ConversationStore]:
    """An empty database."""
    with opened(kept_in) as engine:
        yield ConversationStore(engine)


def test_turns_come_back_as_they_were(store: ConversationStore) -> None:
    """Answers are kept whole and in order; the first question is the title."""
    turns = (turn("Un ?"), turn("Deux ?"))
    for each in turns:
        store.add(each, ALICE)
    conversation = store.read("c_1", ALICE)
    assert conversation.turns == turns
    assert conversation.summary.title == "Un ?"


def test_history_is_what_was_typed_and_understood(store: ConversationStore) -> None:
    """The last twenty questions are given to the service, oldest first."""
    for number in range(25):
        store.add(turn(f"q{number}"), ALICE)
    history = store.history("c_1", ALICE)
    assert history == tuple(Turn(f"q{number}", f"Q{number}") for number in range(5, 25))


def test_an_owned_conversation_is_its_owners(store: ConversationStore) -> None:
    """Another, and nobody, get what they would get for a conversation that does not exist."""
    store.add(turn("Un ?"), ALICE)
    for other in (BOB, None):
        for act in (store.read, store.history, store.delete):
            with pytest.raises(ConversationNotFoundError):
                act("c_1", other)
    assert store.list_of(BOB) == ()
    assert [summary.id for summary in store.list_of(ALICE)] == ["c_1"]


def test_a_conversation_without_owner_is_for_who_knows_its_id(store: ConversationStore) -> None:
    """It is never listed."""
    store.add(turn("Un ?"), None)
    assert len(store.read("c_1", BOB).turns) == 1
    assert store.list_of(None) == ()


def test_the_last_used_conversation_comes_first(store: ConversationStore) -> None:
    """A new turn brings its conversation to the top."""
    for conversation_id in ("c_1", "c_2", "c_1"):
        store.add(turn("Un ?", conversation_id), ALICE)
    assert [summary.id for summary in store.list_of(ALICE)] == ["c_1", "c_2"]


def test_deleting_takes_the_turns_along(store: ConversationStore) -> None:
    """Nothing of a deleted conversation stays."""
    store.add(turn("Un ?"), ALICE)
    store.delete("c_1", ALICE)
    assert store.list_of(ALICE) == ()
    with pytest.raises(ConversationNotFoundError):
        store.read("c_1", ALICE)


def test_turns_written_at_once_are_all_kept(store: ConversationStore) -> None:
    """Eight writers wait for each other."""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: store.add(turn(f"q{number}", f"c_{number % 3}"), ALICE), range(40)))
    assert sum(len(store.read(f"c_{number}", ALICE).turns) for number in range(3)) == 40


def test_ids_cannot_be_guessed() -> None:
    """Each has 128 random bits."""
    assert len({new_id("c") for _ in range(1000)}) == 1000
    assert len(new_id("c")) == 24


def test_a_double_click_does_things_once(store: ConversationStore) -> None:
    """Whoever shares, judges or withdraws several times at once meets no error, and there is one link, one opinion."""
    asked = turn("Un ?")
    store.add(asked, ALICE)
    opinion = FeedbackIn(question_id=asked.answer.id, verdict=FeedbackVerdict.WRONG)
    with ThreadPoolExecutor(8) as pool:
        for _ in range(10):
            list(pool.map(lambda _: store.share("c_1", ALICE), range(8)))
            list(pool.map(lambda _: store.judge(opinion, ALICE), range(8)))
            share = store.read("c_1", ALICE).share
            assert share
            assert store.shared(share).turns == store.read("c_1", ALICE).turns
            assert len(store.judged()) == 1
            list(pool.map(lambda _: store.withdraw("c_1", ALICE), range(8)))
            assert store.read("c_1", ALICE).share is None


def test_the_last_answers_judged_wrong_that_wait_are_given(store: ConversationStore) -> None:
    """None judged right, none that waits for nothing, and no more than asked for: those before come when these are done."""
    wrong, right = FeedbackVerdict.WRONG, FeedbackVerdict.RIGHT
    for number, verdict in enumerate((wrong, FeedbackVerdict.INCOMPLETE, right, wrong, wrong)):
        asked = turn(f"Combien en {number} ?", f"c_{number}")
        store.add(asked, ALICE)
        store.judge(FeedbackIn(question_id=asked.answer.id, verdict=verdict), ALICE)
        time.sleep(0.002)  # opinions are ordered by the millisecond
    done = "Combien en 4 ?"

    def found(most: int) -> list[str]:
        return [one.answer.question for one in store.judged_wrong(lambda answer: answer.question != done, most)]

    assert found(2) == ["Combien en 3 ?", "Combien en 1 ?"]
    assert found(9) == ["Combien en 3 ?", "Combien en 1 ?", "Combien en 0 ?"]


def test_an_answer_to_a_deleted_conversation_is_no_error(store: ConversationStore) -> None:
    """Whoever judges, renames or shares what another deletes at the same moment is told that it is not there."""
    with ThreadPoolExecutor(4) as pool:
        for number in range(20):
            asked = turn("Un ?", f"c_{number}")
            store.add(asked, ALICE)
            opinion = FeedbackIn(question_id=asked.answer.id, verdict=FeedbackVerdict.RIGHT)
            acts = (
                pool.submit(store.judge, opinion, ALICE),
                pool.submit(store.delete, f"c_{number}", ALICE),
                pool.submit(store.share, f"c_{number}", ALICE),
                pool.submit(store.rename, f"c_{number}", "Autre", ALICE),
            )
            errors = [act.exception() for act in acts]
            assert {type(error) for error in errors} <= {type(None), ConversationNotFoundError}
    assert store.list_of(ALICE) == ()
    assert store.judged() == ()


def test_no_id_is_an_error(store: ConversationStore) -> None:
    """An id that no database can have is unknown, whatever is done with it."""
    wrong = "c_\0é"
    for act in (store.read, store.history, store.delete, store.share, store.withdraw):
        with pytest.raises(ConversationNotFoundError):
            act(wrong, ALICE)
    with pytest.raises(ConversationNotFoundError):
        store.shared(wrong)
    with pytest.raises(ConversationNotFoundError):
        store.judge(FeedbackIn(question_id=wrong, verdict=FeedbackVerdict.RIGHT), ALICE)
