"""Makes sites for tests from one string, and builds them as users do.

A site is written as Go's txtar writes files: a line `-- path --`, then the file's text. Paths are
those of a project: `briefings/2026/rates.md`, `mkdocs.yml`.
"""

from __future__ import annotations

import io
import logging
import os
import re
import subprocess
import sysconfig
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

import yaml
from mkdocs_briefings.building.workers import Pool
from mkdocs_briefings.catalog.problem import Problem, Severity
from mkdocs_briefings.host.progress import Advance
from mkdocs_briefings.host.run import run_build
from mkdocs_briefings.host.standing import Asked, Before, nothing_to_do

NOW = 1_780_315_200
"""The clock of every build, as SOURCE_DATE_EPOCH: 1 June 2026, 12:00 UTC."""

CONFIG: Mapping[str, Any] = {
    "site_name": "Specimen",
    "site_url": "https://briefings.example/",
    "docs_dir": "briefings",
    "theme": {"name": "briefings"},
}
"""What `mkdocs.yml` holds unless the site's string or the call says otherwise."""

PROBLEM = re.compile(
    r"(?P<path>[^\s:]+):(?P<line>\d+):(?P<column>\d+): "
    r"(?P<severity>error|warning)\[(?P<code>[a-z0-9-]+)\]: (?P<message>[^\n]*)"
    r"(?:\n\s+hint: (?P<hint>[^\n]*))?"
)


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a command did."""

    exit_code: int
    log: str
    """All that it said, standard output and error."""
    files: Mapping[str, bytes] = field(repr=False)
    """The site as it stands after the command, by path relative to it."""

    @property
    def problems(self) -> list[Problem]:
        """The problems in the log, in its order, with paths as printed."""
        return [
            Problem(
                path=found["path"],
                line=int(found["line"]),
                column=int(found["column"]),
                code=found["code"],
                message=found["message"],
                hint=found["hint"] or "",
                severity=Severity(found["severity"]),
            )
            for found in PROBLEM.finditer(self.log)
        ]

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems]

    @property
    def rendered(self) -> int:
        """Pages that `briefings build` says it made."""
        found = re.search(r"(\d+) of them new or changed", self.log)
        assert found, self.log
        return int(found[1])

    def text(self, path: str) -> str:
        """A published file as text; the test fails with what there is when it is missing."""
        assert path in self.files, f"{path} is not in {sorted(self.files)}\n{self.log}"
        return self.files[path].decode("utf-8")

    @property
    def pages(self) -> dict[str, str]:
        """Every HTML file as text."""
        return {p: b.decode("utf-8") for p, b in self.files.items() if p.endswith(".html")}


class Site:
    """A project in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.content = root / "briefings"
        self.output = root / "site"

    def write(self, text: str) -> None:
        """Write the files of a txtar string, over those that are there."""
        for name, body in parts(text):
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8", newline="")

    def configure(self, options: Mapping[str, Any], plugin: Mapping[str, Any]) -> Path:
        """Write `mkdocs.yml`: what the site says, else `CONFIG`, and over both the options."""
        path = self.root / "mkdocs.yml"
        own = self.root / "mkdocs.own.yml"
        if not own.exists():
            # What is written here is never taken for the site's own.
            path.rename(own) if path.exists() else own.write_text("{}\n", encoding="utf-8")
        base = yaml.safe_load(own.read_text(encoding="utf-8"))
        config = {**CONFIG, "plugins": [{"briefings": dict(plugin)}], **base, **options}
        config = {key: value for key, value in config.items() if value is not None}
        path.write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
        return path

    def build(
        self, *, strict: bool = False, plugin: Mapping[str, Any] | None = None, **options: Any
    ) -> Result:
        """Build in this process, as `mkdocs build` does.

        Args:
            strict: Warnings are errors.
            plugin: Options of the plugin.
            options: Keys of `mkdocs.yml`; None leaves a key out (`site_url=None`).
        """
        path = self.configure(options, plugin or {})
        with environment(SOURCE_DATE_EPOCH=str(NOW)), recorded() as said:
            code = build_in_process(path, strict=strict)
        output = self.root / options.get("site_dir", "site")
        return Result(exit_code=code, log="\n".join(said), files=tree(output))

    def publish(
        self,
        *,
        strict: bool = False,
        plugin: Mapping[str, Any] | None = None,
        pool: Pool | None = None,
        advance: Advance = lambda *_: None,
        **options: Any,
    ) -> Result:
        """Build in this process, as `briefings build` does; arguments as for `build`.

        Args:
            pool: Makes pages.
            advance: Told of each page that was made.
        """
        path = self.configure(options, plugin or {})
        out = io.StringIO()
        with environment(SOURCE_DATE_EPOCH=str(NOW)), recorded() as said, redirect_stderr(out):
            asked = Asked.of(path, None, strict=strict)
            before, started = Before.of(asked), time.monotonic()
            code = 0
            if not nothing_to_do(before, quiet=False, started=started):
                code = run_build(asked, quiet=False, advance=advance, pool=pool, seen=before.seen)
        log = "\n".join([*said, out.getvalue()])
        return Result(exit_code=code, log=log, files=tree(self.output))

    def run(
        self,
        *command: str,
        plugin: Mapping[str, Any] | None = None,
        env: Mapping[str, str] | None = None,
        **options: Any,
    ) -> Result:
        """Run a real command in the site's folder: `run("mkdocs", "build", "--strict")`."""
        self.configure(options, plugin or {})
        done = subprocess.run(
            [script(command[0]), *command[1:]],
            cwd=self.root,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW), "NO_COLOR": "1", **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return Result(
            exit_code=done.returncode, log=done.stdout + done.stderr, files=tree(self.output)
        )


class MakeSite(Protocol):
    """The fixture `site`: a site in a new folder from one string."""

    def __call__(self, text: str = "") -> Site: ...


def parts(text: str) -> Iterator[tuple[str, str]]:
    """The files of a txtar string, in order.

    >>> list(parts("-- a.md --\\nx\\n-- b/c.yml --\\n"))
    [('a.md', 'x\\n'), ('b/c.yml', '')]
    """
    pieces = re.split(r"^-- (\S.*?) --\n", text, flags=re.MULTILINE)
    assert not pieces[0].strip(), f"text before the first file: {pieces[0]!r}"
    yield from zip(pieces[1::2], pieces[2::2], strict=True)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path relative to it; nothing when it is not there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """Paths whose bytes differ, or that only one of two trees has.

    Compare trees with this: pytest explains a difference between two large mappings line by line,
    which takes minutes.
    """
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))


def script(name: str) -> str:
    """The installed command of this environment, whatever the PATH says."""
    return str(Path(sysconfig.get_path("scripts")) / name)


@contextmanager
def environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def recorded() -> Iterator[list[str]]:
    """Collect what MkDocs and its plugins log at INFO and above, a line each."""
    said: list[str] = []

    class Recorder(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(f"{record.levelname}: {record.getMessage()}")

    log, recorder = logging.getLogger("mkdocs"), Recorder(logging.INFO)
    level = log.level
    log.addHandler(recorder)
    log.setLevel(logging.INFO)
    try:
        yield said
    finally:
        log.removeHandler(recorder)
        log.setLevel(level)


def build_in_process(
    config_file: Path, *, strict: bool, command: Literal["build", "serve"] = "build"
) -> int:
    """Exit code of a build; startup and shutdown events included, which `build()` leaves out."""
    from click.exceptions import ClickException
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    try:
        config = load_config(config_file=str(config_file), strict=strict)
        config.plugins.on_startup(command=command, dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    except SystemExit as end:
        return int(end.code or 0)
    except ClickException as end:
        logging.getLogger("mkdocs").error(end.format_message())
        return end.exit_code
    return 0
