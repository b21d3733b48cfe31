"""The reports for assistants that speak the Model Context Protocol, over standard input and output."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

import anyio
import anyio.to_thread
from flask import Flask
from mcp import types
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from pydantic import ValidationError

from qa_service.service import QAService
from web import reader
from web.mcp_tools import ASK, CHECK_TEXT, LIST_SECTIONS, READ_SECTION, SEARCH_FIGURES, Tool
from web.problems import ProblemError, invalid
from web.typography import french

_TOOLS: Mapping[str, Tool[Any]] = {tool.name: tool for tool in (ASK, SEARCH_FIGURES, CHECK_TEXT, LIST_SECTIONS, READ_SECTION)}
_HINTS = types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


def serve(service: QAService, site: str) -> None:
    """Answer the assistant until it closes standard input; `site` is where links into the report lead."""
    anyio.run(_serve, mcp_server(service, site))


def mcp_server(service: QAService, site: str) -> Server:
    """Return the server of the tools, over whichever transport it is run."""
    links = _links(site)

    async def list_tools(_: ServerRequestContext, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_described(tool) for tool in _TOOLS.values()])

    async def call_tool(_: ServerRequestContext, asked: types.CallToolRequestParams) -> types.CallToolResult:
        # In a thread, so that a long text to check does not keep the assistant waiting for a sign of life.
        return await anyio.to_thread.run_sync(_called, service, links, asked)

    return Server(
        "qa-service",
        version=version("qa-service"),
        title="Le rapport répond",
        instructions=_instructions(service),
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


async def _serve(server: Server) -> None:
    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())


def _links(site: str) -> Flask:
    """Return an application that knows the addresses of the reader and serves nothing."""
    parts = urlsplit(site)
    app = Flask(__name__)
    app.config.update(SERVER_NAME=parts.netloc, APPLICATION_ROOT=parts.path or "/", PREFERRED_URL_SCHEME=parts.scheme)
    app.register_blueprint(reader.bp)
    return app


def _instructions(service: QAService) -> str:
    reports = "\n".join(
        f"- {report.document.slug} : {report.document.title} ({report.document.authority}, {report.document.period})"
        for report in service.reports
    )
    return (
        "Ces outils répondent sur les rapports suivants, avec leurs mots exacts et sans rien rédiger ; ce qu'ils ne "
        f"trouvent pas, dites que le rapport ne le dit pas.\n{reports}"
    )


def _described(tool: Tool[Any]) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=french(tool.description),
        # Its own description is that of the code, in English.
        input_schema={**tool.takes.model_json_schema(), "description": tool.title},
        output_schema=tool.gives.model_json_schema(mode="serialization"),
        annotations=_HINTS,
    )


def _called(service: QAService, links: Flask, asked: types.CallToolRequestParams) -> types.CallToolResult:
    tool = _TOOLS.get(asked.name)
    if tool is None:
        return _failed(f"Il n'y a pas d'outil « {asked.name} » ; au choix : {', '.join(_TOOLS)}.")
    try:
        with links.app_context():
            given = tool.run(service, tool.takes.model_validate(asked.arguments or {}))
    except ValidationError as error:
        fields = invalid(error.errors(include_url=False)).problem.errors
        return _failed("\n".join(f"{one.field} : {one.message}" for one in fields))
    except ProblemError as error:
        return _failed(error.problem.detail)
    text = types.TextContent(type="text", text=given.model_dump_json())
    return types.CallToolResult(content=[text], structured_content=given.model_dump(mode="json"))


def _failed(message: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=french(message))], is_error=True)
