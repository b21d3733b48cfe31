"""The command line. A command is imported only when it is typed, so that `--help` answers at once."""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points, version
from importlib.util import find_spec
from pathlib import Path

import click

from index.errors import QAError
from qa_service.collector import collector_paused

GROUP = "qa_service.commands"  # the entry points by which each room adds its commands
FAILURE, USAGE = 1, 2


class _Commands(click.Group):
    """The commands that the installed rooms declare."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # click's signature
        return sorted(point.name for point in _points())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # click's signature
        point = next((point for point in _points() if point.name == cmd_name), None)
        with collector_paused():
            command: click.Command | None = point.load() if point else None
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.list_commands(ctx) and not args[0].startswith("-"):
            raise click.UsageError(f"commande inconnue : « {args[0]} »", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # as above
        with formatter.section("Commandes"):
            formatter.write_dl([(point.name, _summary(point)) for point in sorted(_points())])


def _points() -> Sequence[EntryPoint]:
    return tuple(entry_points(group=GROUP))


def _summary(point: EntryPoint) -> str:
    """Return the first line of a command's docstring, read from its file: help answers without importing the rooms."""
    room, *path = point.module.split(".")
    found = find_spec(room)
    if found is None or found.origin is None:
        return ""
    tree = ast.parse(Path(found.origin).parent.joinpath(*path).with_suffix(".py").read_text(encoding="utf-8"))
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == point.attr)
    return next(((ast.get_docstring(node) or "").splitlines()[0] for node in functions), "")


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("qa-service"), prog_name="qa-service")
def qa_service() -> None:
    """Répond aux questions sur le rapport d'activité, avec les mots du rapport."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return the exit code: 0, 1 for a failure that is explained on stderr, 2 for wrong usage."""
    try:
        arguments = list(sys.argv[1:] if argv is None else argv)
        code = qa_service.main(args=arguments, prog_name="qa-service", standalone_mode=False)
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "qa-service"
        click.echo(f"{_in_french(error)}\nVoir : {where} --help", err=True)
        return USAGE
    except click.Abort:
        click.echo("Interrompu.", err=True)
        return FAILURE
    except (QAError, click.ClickException) as error:
        message = error.format_message() if isinstance(error, click.ClickException) else str(error)
        click.echo(f"Erreur : {message}", err=True)
        return FAILURE
    except BrokenPipeError:
        # The reader of the output left ("| head"): nothing is wrong and nobody listens.
        sys.stderr.close()
        return 0
    return code if isinstance(code, int) else 0


def _in_french(error: click.UsageError) -> str:
    """Return what is wrong with a command line; click says it in English."""
    match error:
        case click.NoSuchOption():
            return f"option inconnue : {error.option_name}"
        case click.MissingParameter():
            return f"il manque : {error.param.make_metavar(error.ctx) if error.param and error.ctx else 'un argument'}"
        case click.BadParameter():
            name = error.param.opts[0] if error.param and error.param.opts else "argument"
            return f"valeur refusée pour {name}{_accepted(error.param)}"
        case _:
            return error.message


def _accepted(param: click.Parameter | None) -> str:
    match param.type if param else None:
        case click.Choice() as choice:
            return f" ; au choix : {', '.join(map(str, choice.choices))}"
        case click.IntRange() as between:
            return f" ; de {between.min} à {between.max}"
        case _:
            return ""
