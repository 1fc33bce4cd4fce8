import json
import sys
from pathlib import Path
from typing import NoReturn

import click

from waystation.briefs.charts.calibration import calibration_chart
from waystation.briefs.language import Language
from waystation.briefs.put import put_files
from waystation.cli.folder import BAD_INPUT, open_tables, report_faults
from waystation.cli.learning_answer import print_feedback, print_lessons
from waystation.cli.learning_document import lessons_document
from waystation.cli.parameters import WIDTH
from waystation.engine.learning.errors import SilenceNotAskedError
from waystation.engine.learning.learn import learn as learn_from
from waystation.engine.learning.result import Lessons
from waystation.engine.model import Network, OutcomeKind
from waystation.formats import Fault, FolderTables
from waystation.formats.experience import LearnedFaultError, experience_of, learned_files, with_lessons
from waystation.formats.folder import replace_folder, require_free

_NOTHING = "learned"
_COVERAGE = 0.8


@click.command(short_help="Learn the risks of legs and partners from outcomes and judgement.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Put what was learned into legs.csv and beliefs.csv of FOLDER.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the folder with what was learned to another place.")
@click.option("--coverage", type=WIDTH, default="0.8", show_default=True, help="Of the intervals shown.")
@click.option(
    "--feedback", is_flag=True, help="Show the private answers of questions that wait for their second round."
)
@click.option(
    "--plots", type=click.Path(path_type=Path), help="Write calibration-CODE.svg for each person into this folder."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for programs.")
@click.option("--language", type=click.Choice(["en", "ko"]), default="en", show_default=True, help="Of the answer.")
def learn(
    folder: Path,
    write: bool,
    out: Path | None,
    coverage: float,
    feedback: bool,
    plots: Path | None,
    as_json: bool,
    language: Language,
) -> None:
    """Learn from what happened and from what people judge.

    Reads outcomes.csv, judgements.csv, regimes.csv and calibration.csv of a network
    folder, and says of every leg and partner: the mean, an 80 % interval, how many
    missions, what share is judgement, what changed since the last time and why.
    Nothing is written without --write or --out; then only learned columns of
    legs.csv change, and beliefs.csv keeps what was believed.

    Exit status: 0 done, 2 bad input, every fault named (a group without news about
    which nobody was asked is one); nothing is written then.

    \b
    Examples:
      waystation learn examples/queue
      waystation learn my-network --write
      waystation learn my-network --feedback --language ko
    """  # noqa: D301 - click needs the backspace itself
    if write and out is not None:
        raise click.UsageError("--write changes FOLDER itself, --out leaves it; give one of them.")
    if out is not None:
        require_free(out)
    network, tables = open_tables(folder, as_json=as_json, nothing=_NOTHING)
    lessons = _lessons(network, tables, coverage, as_json=as_json)
    written = _written(folder, folder if write else out, tables, lessons, coverage, as_json=as_json)
    if plots is not None:
        written += _plots(plots, lessons, language)
    if as_json:
        click.echo(json.dumps(lessons_document(lessons, written), ensure_ascii=False, indent=2))
    elif feedback:
        print_feedback(lessons, language)
    else:
        missions = sum(each.count for each in network.outcomes if each.kind is not OutcomeKind.CALLED_OFF)
        print_lessons(lessons, missions, language, written)


def _lessons(network: Network, tables: FolderTables, coverage: float, *, as_json: bool) -> Lessons:
    try:
        return learn_from(network, experience_of(tables), coverage)
    except SilenceNotAskedError as error:
        rows = {id(outcome): row for outcome, row in zip(network.outcomes, tables.rows("outcomes.csv"), strict=True)}
        faults = [
            rows[id(each.outcome)].fault(
                "outcome",
                f"no news on {each.outcome.leg} for {each.days} days, and nobody was asked what that means",
                f"ask people how many of 100 groups silent for {each.days} days were intercepted: judgements.csv, silent",
            )
            for each in error.unasked
        ]
        _refuse(tuple(faults), as_json=as_json)


def _written(
    folder: Path, target: Path | None, tables: FolderTables, lessons: Lessons, coverage: float, *, as_json: bool
) -> tuple[str, ...]:
    """Write the folder with what was learned, wholly or not at all; the intervals kept are those of 80 %."""
    if target is None:
        return ()
    if abs(coverage - _COVERAGE) > 1e-12:
        raise click.UsageError("beliefs.csv keeps 80 % intervals; leave --coverage out when you write.")
    try:
        made = with_lessons(tables, lessons)
    except LearnedFaultError as error:
        _refuse(error.faults, as_json=as_json)
    replace_folder(target, learned_files(folder, made))
    return tuple(click.format_filename(target / name) for name in ("legs.csv", "beliefs.csv"))


def _plots(folder: Path, lessons: Lessons, language: Language) -> tuple[str, ...]:
    made = {
        f"calibration-{record.expert}.svg": (calibration_chart(record, language).screen + "\n").encode()
        for record in lessons.people
    }
    return tuple(click.format_filename(path) for path in put_files(made, folder))


def _refuse(faults: tuple[Fault, ...], *, as_json: bool) -> NoReturn:
    report_faults(faults, as_json=as_json, nothing=_NOTHING)
    sys.exit(BAD_INPUT)
