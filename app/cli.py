"""Every command, thin: reads its words, calls a room, prints (sync.md ch. 12)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy.exc import OperationalError

from app.accounts.people import Unfit
from app.commands import bench, book, people, serving
from app.commands.ground import Refusal
from app.figures import NotYet
from app.ledger.backup import Failed
from app.ledger.start import InUse
from app.logs import set_up


def main(argv: list[str] | None = None) -> int:
    """The exit code. Every refusal is one Danish sentence on standard error."""
    set_up()
    try:
        words = _parser().parse_args(argv)
        return int(words.act(words) or 0)
    except (Unfit, Failed, Refusal, NotYet) as refusal:
        return _sorry(str(refusal))
    except InUse:
        return _sorry("Serveren kører og bruger mappen. Stop den først.")
    except OperationalError:
        return _sorry("Databasen svarer ikke. Tjek RAADGIVER_DATABASE_URL, og at databasen kører.")
    except PermissionError as error:
        return _sorry(f"Der kan ikke skrives i {error.filename}.")
    except BrokenPipeError:
        return 0


def _sorry(text: str) -> int:
    print(text, file=sys.stderr)
    return 1


class Parser(argparse.ArgumentParser):
    """argparse with a Danish word for what it does not understand."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"Kommandoen blev ikke forstået ({message}).\n{self.format_usage()}")


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python3 -m app", description="Rådgiver på hjul", add_help=True)
    parser.add_argument("--port", type=int)
    parser.set_defaults(act=serving.demo_server)
    commands = parser.add_subparsers(metavar="KOMMANDO")

    def command(name: str, act: Callable[[Any], int | None], what: str, into: Any = commands) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = into.add_parser(name, help=what, description=what)
        made.add_argument("--json", action="store_true", help="svar som JSON")
        made.set_defaults(act=act)
        return made

    serve = command("serve", serving.serve, "kører serveren på det, der er")
    serve.add_argument("--port", type=int)
    serve.add_argument("--workers", type=int)
    command("migrate", book.migrate, "bringer databasen til nyeste skema")
    command("demo", serving.demo, "fylder en tom database med demoprojektet")
    command("generate", book.generate, "skriver telefonens typer ud af records")
    command("revision", book.revision, "skriver næste skema ud af records").add_argument("what")
    command("verify", book.verify, "efterregner bogen, summerne og eksportfilerne")
    command("backup", book.backup, "tager en sikkerhedskopi og prøver den af").add_argument("file", type=Path)
    restore = command("restore", book.restore, "lægger en sikkerhedskopi tilbage")
    restore.add_argument("file", type=Path)
    restore.add_argument("--older", action="store_true", help="også når det ikke er den nyeste afprøvede")
    command("erase", book.erase, "sletter en borger").add_argument("code")
    tidy = command("tidy", book.tidy, "sletter det, hvis tid er gået; en kørende server gør det selv hver nat")
    tidy.add_argument("--tombstones", metavar="90d", help="hvor længe slettede registreringers indhold bliver liggende")
    tidy.add_argument("--preview", action="store_true", help="tæller kun, hvad der ville blive slettet")
    measured = command("bench", bench.bench, "måler os mod andre motorer, side om side")
    measured.add_argument("--quick", action="store_true", help="færre og mindre kørsler")
    measured.add_argument("--again", action="store_true", help="begynder forfra i stedet for at gå videre")
    measured.add_argument("--report", action="store_true", help="måler intet og viser det, der sidst blev målt")
    for name, what in (("only", "W1,W5"), ("peers", "ours,pouchdb"), ("variants", "ours,rxdb-enc"), ("runs", "5"), ("size", "10000"), ("out", "FIL")):
        measured.add_argument(f"--{name}", metavar=what)
    _groups(commands, command)
    return parser


def _groups(commands: Any, command: Callable[..., argparse.ArgumentParser]) -> None:
    user = commands.add_parser("user", help="brugere").add_subparsers(required=True)
    add = command("add", people.user_add, "opretter en bruger", user)
    for name in ("email", "name", "initials", "role"):
        add.add_argument(f"--{name}", required=True)
    add.add_argument("--password-stdin", action="store_true", required=True)
    role = command("role", people.user_role, "giver en bruger en anden rolle", user)
    role.add_argument("--email", required=True)
    role.add_argument("--role", required=True)
    for name, act, what in (("forget-factor", people.forget_factor, "fjerner kodeapp, papirkoder og passkeys for en, der har mistet dem"),
                            ("passphrase", people.user_passphrase, "giver en bruger en ny adgangssætning"),
                            ("close", people.user_close, "lukker en konto"), ("open", people.user_open, "åbner en lukket konto igen")):
        command(name, act, what, user).add_argument("--email", required=True)
    user.choices["passphrase"].add_argument("--password-stdin", action="store_true", required=True)
    user.choices["close"].add_argument("--anyway", action="store_true", help="også når noget på brugerens telefon ikke er sendt")
    month = commands.add_parser("month", help="måneder").add_subparsers(required=True)
    close = command("close", people.month_close, "lukker en måned", month)
    close.add_argument("month")
    close.add_argument("--reason", default="")
    export = command("export", people.month_export, "skriver en måneds eksport", month)
    export.add_argument("month")
    export.add_argument("--out", type=Path, required=True)
    lock = export.add_mutually_exclusive_group()
    lock.add_argument("--password-stdin", action="store_true", help="zip med adgangskode (AES-256)")
    lock.add_argument("--recipient", default="", metavar="age1…", help="krypteret til en offentlig nøgle (age)")
    command("send", people.month_send, "leverer lukkede måneder, der ikke er leveret, over SFTP", month)
    taken = command("extract", people.extract, "skriver udtrækket til evaluator, låst")
    taken.add_argument("--out", type=Path, required=True)
    taken.add_argument("--agreement", required=True, metavar="AFTALE", help="aftalens navn eller sagsnummer; står i loggen hos hver borger")
    locked = taken.add_mutually_exclusive_group(required=True)
    locked.add_argument("--password-stdin", action="store_true", help="zip med adgangskode (AES-256)")
    locked.add_argument("--recipient", default="", metavar="age1…", help="krypteret til en offentlig nøgle (age)")
    device = commands.add_parser("device", help="telefoner").add_subparsers(required=True)
    command("list", people.device_list, "viser telefonerne", device)
    revoke = command("revoke", people.device_revoke, "spærrer en telefon", device)
    revoke.add_argument("device_id")
    revoke.add_argument("--wipe", action="store_true", help="og sletter dens indhold")


if __name__ == "__main__":
    sys.exit(main())
