"""The tools for assistants, through the protocol's own client: as a process of its own, and in this one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, ListToolsResult, TextContent

from qa_service.service import QAService
from qa_service.settings import Settings
from tests.support.report import REPORT_TEXT, SLUG
from web.mcp_server import mcp_server

QUESTION = "Combien d'agents ont suivi une formation ?"
QUOTE = "76 agents ont suivi une formation"
SITE = "https://rapport.example/outil"
COMMAND = ["-c", "import sys; from qa_service.cli import main; sys.exit(main())", "mcp"]
Call = tuple[str, Mapping[str, Any]]


def environment(settings: Settings) -> dict[str, str]:
    """Return the variables by which a process finds the tests' index."""
    return {"QA_VAR_DIR": str(settings.var_dir), "QA_SEEDS_DIR": str(settings.seeds_dir)}


async def called(client: Client, calls: list[Call]) -> list[CallToolResult]:
    """Return what each call gives."""
    async with client:
        return [await client.call_tool(name, dict(arguments)) for name, arguments in calls]


def given(service: QAService, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a tool gives; the text says the same as the structure."""
    result = anyio.run(called, Client(mcp_server(service, SITE)), [(name, arguments)])[0]
    assert not result.is_error, result.content
    assert isinstance(result.content[0], TextContent)
    assert json.loads(result.content[0].text) == result.structured_content
    structured: dict[str, Any] = result.structured_content
    return structured


def refused(service: QAService, name: str, arguments: Mapping[str, Any]) -> str:
    """Return what a tool says that it cannot do."""
    result = anyio.run(called, Client(mcp_server(service, SITE)), [(name, arguments)])[0]
    assert result.is_error
    assert isinstance(result.content[0], TextContent)
    return result.content[0].text


def test_an_assistant_can_work_with_the_report(settings: Settings) -> None:
    """Every tool, in the process that `qa-service mcp` starts; the client holds what comes against its schemas."""
    program = StdioServerParameters(command=sys.executable, args=COMMAND, env=environment(settings))
    calls: list[Call] = [
        ("ask", {"question": QUESTION, "document": SLUG}),
        ("search_figures", {"words": "formation", "kind": "count", "period": "2021", "limit": 3}),
        ("check_text", {"text": "76 agents ont suivi une formation."}),
        ("list_sections", {}),
        ("read_section", {"section_id": "1-1"}),
        ("ask", {}),
    ]
    asked, figures, checked, outline, section, wrong = anyio.run(called, Client(program), calls)
    assert QUOTE in asked.structured_content["citations"][0]["quote"]
    assert asked.structured_content["citations"][0]["url"].startswith("http://127.0.0.1:8000/rapport/")
    assert len(figures.structured_content["figures"]) <= 3
    assert [claim["verdict"] for claim in checked.structured_content["claims"]] == ["confirmed"]
    assert outline.structured_content["sections"][1]["children"][0]["id"] == "1-1"
    assert section.structured_content["passages"]
    assert wrong.is_error


def test_nothing_but_the_protocol_is_written(settings: Settings) -> None:
    """Each line of the output is a message of it; the process ends with its input, without a word of complaint."""
    begin = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    sent = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": begin},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "ask", "arguments": {"question": QUESTION}}},
    ]
    with subprocess.Popen(
        [sys.executable, *COMMAND], env=environment(settings), stdin=-1, stdout=-1, stderr=-1, encoding="utf-8"
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write("".join(json.dumps(one) + "\n" for one in sent))
        process.stdin.flush()
        answers = [json.loads(process.stdout.readline()) for _ in range(2)]
        process.stdin.close()
        assert (process.wait(30), process.stdout.read(), process.stderr.read()) == (0, "", "")
    assert [(answer["jsonrpc"], answer["id"]) for answer in answers] == [("2.0", 1), ("2.0", 2)]
    assert SLUG in answers[0]["result"]["instructions"]


def test_the_tools_say_in_french_what_they_are_for(service: QAService) -> None:
    """With their arguments, and that they change nothing."""

    async def listed() -> ListToolsResult:
        async with Client(mcp_server(service, SITE)) as client:
            return await client.list_tools()

    tools = {tool.name: tool for tool in anyio.run(listed).tools}
    assert list(tools) == ["ask", "search_figures", "check_text", "list_sections", "read_section"]
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools.values())
    assert (tools["ask"].description or "").startswith("Répond à une question en français")
    assert set(tools["ask"].input_schema["properties"]) == {"question", "document", "history"}
    assert tools["ask"].input_schema["required"] == ["question"]
    assert tools["ask"].output_schema


def test_a_question_can_follow_others(service: QAService) -> None:
    """The history is read in order, as in a conversation."""
    history = ["Quel est le montant de la masse salariale ?"]
    told = given(service, "ask", {"question": "Et en 2020 ?", "history": history})
    assert told["understood_as"] == "Quel est le montant de la masse salariale en 2020 ?"
    assert told["figures"][0]["period"] == "2020"


def test_what_the_report_does_not_say_is_told(service: QAService) -> None:
    """A refusal is no error."""
    told = given(service, "ask", {"question": "Quelle est la capitale de l'Australie ?"})
    assert (told["status"], told["citations"]) == ("not_found", [])


def test_links_lead_to_the_pages(service: QAService) -> None:
    """Where they are served, under whatever address; the quote is verbatim."""
    citation = given(service, "ask", {"question": QUESTION})["citations"][0]
    assert citation["url"].startswith(f"{SITE}/rapport/{SLUG}?citation=")
    assert REPORT_TEXT[citation["start"] : citation["end"]] == citation["quote"]


def test_figures_are_those_of_the_register(service: QAService) -> None:
    """As many as asked for, and how many there are."""
    found = given(service, "search_figures", {"words": "budget", "kind": "money", "limit": 2})
    assert len(found["figures"]) == 2 < found["total"]
    assert {figure["kind"] for figure in found["figures"]} == {"money"}


def test_a_section_of_the_outline_can_be_read(service: QAService) -> None:
    """By the identifier that the outline gives."""
    first = given(service, "list_sections", {"document": SLUG})["sections"][1]["children"][0]
    section = given(service, "read_section", {"section_id": first["id"], "document": SLUG})
    assert section["title"] == first["title"]
    assert REPORT_TEXT[section["passages"][0]["start"] : section["passages"][0]["end"]] == section["passages"][0]["text"]


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("ask", {}, "question\u00a0: Ce champ est obligatoire."),
        ("ask", {"question": " "}, "question\u00a0: Ce champ est vide."),
        ("ask", {"question": "a" * 1001}, "1\u00a0000 au plus"),
        ("ask", {"question": "a", "history": [""]}, "history.0\u00a0: Ce champ est vide."),
        ("ask", {"question": "a", "historique": []}, "historique\u00a0: Ce champ est inconnu."),
        ("ask", {"question": "a", "document": "autre"}, f"au choix\u00a0: «\u00a0{SLUG}\u00a0»"),
        ("search_figures", {"kind": "euro"}, "kind\u00a0: Au choix\u00a0: 'money', 'percentage'"),
        ("search_figures", {"period": "hier"}, "period\u00a0: La valeur de ce champ"),
        ("search_figures", {"limit": 0}, "limit\u00a0: La valeur de ce champ"),
        ("search_figures", {"document": "autre"}, "Aucun rapport indexé"),
        ("check_text", {"text": ""}, "text\u00a0: Ce champ est vide."),
        ("check_text", {"text": "a" * 20_001}, "20\u00a0000 au plus"),
        ("read_section", {"section_id": "99"}, "Aucune section ne porte l'identifiant «\u00a099\u00a0»"),
        ("list_sections", {"document": "autre"}, "Aucun rapport indexé"),
        ("résumer", {}, "Il n'y a pas d'outil «\u00a0résumer\u00a0»\u00a0; au choix\u00a0: ask, search_figures"),
    ],
)
def test_what_cannot_be_done_is_told_in_french(
    service: QAService, name: str, arguments: Mapping[str, Any], message: str
) -> None:
    """As an error of the tool, which the assistant can read and mend."""
    assert message in refused(service, name, arguments)


def said_by(*arguments: str, code: str = COMMAND[1], **environ: str) -> tuple[int, str, str]:
    """Return the exit code, the output and what is said on stderr when the command is started."""
    command = [sys.executable, "-c", code, "mcp", *arguments]
    done = subprocess.run(command, env=environ, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout, done.stderr


def test_a_missing_package_is_named() -> None:
    """With what to type."""
    without = f"import sys; sys.modules['mcp'] = None; {COMMAND[1].removeprefix('import sys; ')}"
    code, output, said = said_by(code=without)
    assert (code, output) == (1, "")
    assert "pip install 'mcp>=2.3'" in said
    assert "Traceback" not in said


def test_what_keeps_it_from_starting_is_told(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No index, an address that is none: on stderr, with exit code 1."""
    code, output, said = said_by(QA_VAR_DIR=str(tmp_path_factory.mktemp("none")))
    assert (code, output) == (1, "")
    assert "qa-service build" in said
    code, output, said = said_by("--site", "rapport.example")
    assert (code, output) == (1, "")
    assert "n'est pas une adresse" in said
