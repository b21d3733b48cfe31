"""The command line. A command is imported only when it is typed, so that `--help` answers at once."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points, version

import click

from index.errors import QAError

GROUP = "qa_service.commands"  # the entry points by which each room adds its commands
FAILURE, USAGE = 1, 2


class _Commands(click.Group):
    """The commands that the installed rooms declare."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # click's signature
        return sorted(point.name for point in _points())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # click's signature
        point = next((point for point in _points() if point.name == cmd_name), None)
        command: click.Command | None = point.load() if point else None
        return command


def _points() -> Sequence[EntryPoint]:
    return tuple(entry_points(group=GROUP))


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
        error.show()
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
