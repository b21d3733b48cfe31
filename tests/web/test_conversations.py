"""Conversations on disk."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qa_service.model import AnswerStatus, QuestionKind, Turn
from web.conversation_schemas import FeedbackIn, FeedbackVerdict
from web.conversations import AnsweredTurn, ConversationNotFoundError, ConversationStore, StorageError, new_id
from web.schemas import AnswerOut

ALICE, BOB = "a" * 43, "b" * 43


def turn(question: str, conversation_id: str = "c_1") -> AnsweredTurn:
    """A refusal, as it is stored."""
    return AnsweredTurn(
        AnswerOut(
            id=new_id("q"), conversation_id=conversation_id, question=question, understood_as=question.upper(),
            status=AnswerStatus.NOT_FOUND, answer="Le rapport ne le dit pas.", confidence=0.1, figures=(), citations=(),
            alternatives=(), warnings=(), related=(), elapsed_ms=1.5,
        ),
        QuestionKind.DATE,
    )  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> ConversationStore:
    """An empty database."""
    return ConversationStore(tmp_path / "new" / "conversations.db")


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


def test_other_users_of_the_machine_cannot_read_them(store: ConversationStore, tmp_path: Path) -> None:
    """The files are their owner's alone, the write-ahead log too."""
    store.add(turn("Un ?"), ALICE)
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "new").iterdir()}
    assert modes == {0o600}


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """The message names the file and the setting."""
    path = tmp_path / "conversations.db"
    path.write_text("ceci n'est pas une base de données " * 100, encoding="utf-8")
    with pytest.raises(StorageError, match=r"conversations\.db.*QA_VAR_DIR"):
        ConversationStore(path)


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
