"""A build after commits tells what git tells, and is a clean build byte for byte; most take the
way of a build after an edit of a text."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import integers, sampled_from
from mkdocs_briefings.building import standing
from mkdocs_briefings.building.publication import Publication
from mkdocs_briefings.building.standing import Standing
from mkdocs_briefings.building.store import Store
from mkdocs_briefings.building.version import code
from mkdocs_briefings.host import edited as building
from mkdocs_briefings.host import histories, history, leaving
from mkdocs_briefings.host.histories import Histories

from ..making import CONFIG, MakeSite, Result, Site, environment
from ..repos import Repo
from .specimen import SPECIMEN
from .test_edited import TEXTS, above, more, quota, reworded, ways
from .test_reuse import briefings, compared
from .test_reuse import edited as exchanged

__all__ = ["ways"]

QUOTA, COUNT = "2025/reed-quota.md", "2025/reed-count.md"
PAGE, OTHER = (f"briefings/{path[:-3]}/index.html" for path in (QUOTA, COUNT))
FORGE = "https://github.com/example/specimen"
IGNORED = "-- .gitignore --\nsite/\nclean/\n.cache/\n.clean*\nmkdocs*.yml\n"
LOWERED: dict[str, Any] = {"severity": {"*": "warning"}}


@pytest.fixture
def forge(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every site's repository is on a forge, which has an address for each commit."""
    monkeypatch.setitem(CONFIG, "repo_url", FORGE)


@pytest.fixture
def kept(site: MakeSite, forge: None, ways: list[bool]) -> tuple[Site, Repo]:
    """A site in git, built twice: once before its first commit of a text but one."""
    made = site(SPECIMEN + IGNORED)
    repo = Repo(made.root)
    repo.commit("content: Begin", "2026-04-01")
    more(QUOTA, "\nIt is a year of trial.\n")(made)
    repo.commit("content: Say that it is a trial", "2026-04-02")
    compared(made)
    ways.clear()
    return made, repo


def test_an_editor_at_work(kept: tuple[Site, Repo], ways: list[bool]) -> None:
    made, repo = kept
    for n in (1, 2):
        more(QUOTA, f"\nThe councils met {n} times.\n")(made)
        written = compared(made)
        assert written.rendered > 0
        assert f"{FORGE}/blob/" not in written.text(PAGE), "nobody else has that version"
        commit = repo.commit(f"content: Tell of {n} meetings", f"2026-05-0{n}")
        told = compared(made)
        assert told.rendered == 1
        assert f"Tell of {n} meetings" in told.text(PAGE)
        assert f"{FORGE}/blob/{commit}/briefings/{QUOTA}" in told.text(PAGE)
    assert ways == [True] * 4
    compared(made)
    assert len(ways) == 4, "there was nothing to do"
    exchanged(made.content / "authors.yml", "role: Reporter", "role: Correspondent")
    compared(made)
    repo.commit("content: Promote a reporter", "2026-05-04")
    compared(made)
    assert ways == [True] * 4 + [False, True]


def test_a_commit_and_another_edit_at_once(kept: tuple[Site, Repo], ways: list[bool]) -> None:
    made, repo = kept
    more(QUOTA, "\nIt is so.\n")(made)
    repo.commit("content: Say so", "2026-05-01")
    more(COUNT, "\nThey were counted.\n")(made)
    repo.commit("content: Say that, too", "2026-05-02")
    more(QUOTA, "\nIt is not so.\n")(made)
    told = compared(made)
    assert "Say so" in told.text(PAGE)
    assert f"{FORGE}/blob/" not in told.text(PAGE)
    assert "Say that, too" in told.text(OTHER)
    quota(made, "\nIt is not so.\n", "")
    assert f"{FORGE}/blob/" in compared(made).text(PAGE), "it is what was committed again"
    assert ways == [True, True]


def test_a_title_and_its_commit(kept: tuple[Site, Repo], ways: list[bool]) -> None:
    made, repo = kept
    exchanged(made.content / QUOTA, "\ntitle: ", "\ntitle: Again ")
    written = compared(made)
    assert written.rendered > 1, "others show it"
    assert f"{FORGE}/blob/" not in written.text(PAGE)
    repo.commit("content: Say it again", "2026-05-01")
    assert "Say it again" in compared(made).text(PAGE)
    exchanged(made.content / QUOTA, "\ntitle: ", "\ntitle: And ")
    repo.commit("content: Say it once more", "2026-05-02")
    told = compared(made)
    assert told.rendered > 1
    assert "Say it once more" in told.text(PAGE)
    assert ways == [True] * 3


def committed(made: Site, repo: Repo) -> None:
    more(COUNT, "\nThey were counted.\n")(made)
    repo.commit("content: Count", "2026-05-01")


def elsewhere(made: Site, repo: Repo) -> None:
    repo.commit("Tell what this is", "2026-05-01", README="A site.\n")


def several(made: Site, repo: Repo) -> None:
    for n, path in enumerate((QUOTA, COUNT, QUOTA), start=1):
        more(path, f"\nIt is so for the {n}th time.\n")(made)
        repo.commit(f"content: Say it {n} times", f"2026-05-0{n}")


def by_an_old_clock(made: Site, repo: Repo) -> None:
    more(QUOTA, "\nIt is so.\n")(made)
    repo.commit("content: Say it too early", "2026-03-01")


def new_briefing(made: Site, repo: Repo) -> None:
    text = (made.content / COUNT).read_text(encoding="utf-8")
    (made.content / "2025" / "another-count.md").write_text(text, encoding="utf-8")
    compared(made)
    repo.commit("content: Count again", "2026-05-01")


def staged(made: Site, repo: Repo) -> None:
    more(QUOTA, "\nIt is so.\n")(made)
    repo.git("add", "--all")


def staged_and_taken_back(made: Site, repo: Repo) -> None:
    more(QUOTA, "\nIt is so.\n")(made)
    repo.git("add", "--all")
    quota(made, "\nIt is so.\n", "")


def no_longer_known(made: Site, repo: Repo) -> None:
    repo.git("rm", "--quiet", "--cached", f"briefings/{QUOTA}")


def another_branch_ahead(made: Site, repo: Repo) -> None:
    repo.git("switch", "--quiet", "--create", "side")
    committed(made, repo)


def sent_on(made: Site, repo: Repo) -> None:
    """What a branch has is brought in without a commit of its own."""
    another_branch_ahead(made, repo)
    repo.git("switch", "--quiet", "main")
    repo.git("merge", "--quiet", "--ff-only", "side")


def nothing_in_it(made: Site, repo: Repo) -> None:
    repo.commit("Nothing", "2026-05-01")


@pytest.mark.parametrize(
    "edit",
    [
        committed, elsewhere, several, by_an_old_clock, new_briefing, staged,
        staged_and_taken_back, no_longer_known, another_branch_ahead, sent_on, nothing_in_it,
    ],
    ids=lambda edit: edit.__name__.replace("_", " "),
)  # fmt: skip
def test_commits_in_one_line(
    kept: tuple[Site, Repo], ways: list[bool], edit: Callable[[Site, Repo], None]
) -> None:
    made, repo = kept
    edit(made, repo)
    compared(made)
    assert ways[-1]
    # What is left is right for what comes next.
    more(QUOTA, "\nAnd so on.\n")(made)
    compared(made)
    repo.commit("content: Go on", "2026-05-20")
    compared(made)
    assert ways[-1]


def amended(made: Site, repo: Repo) -> None:
    repo.git("commit", "--quiet", "--amend", "--message=content: Say it otherwise")


def rebased(made: Site, repo: Repo) -> None:
    first = repo.git("rev-parse", "HEAD~1")
    repo.git("switch", "--quiet", "--create", "side", first)
    repo.commit("content: Count", "2026-05-01", briefings__2026__counted="Nothing.\n")
    repo.git("rebase", "--quiet", "side", "main")


def reset(made: Site, repo: Repo) -> None:
    repo.git("reset", "--quiet", "--hard", "HEAD~1")


def merged(made: Site, repo: Repo) -> None:
    repo.git("switch", "--quiet", "--create", "side", "HEAD~1")
    committed(made, repo)
    repo.git("switch", "--quiet", "main")
    repo.merge("side", "Merge", "2026-05-02")


def renamed(made: Site, repo: Repo) -> None:
    repo.git("mv", f"briefings/{COUNT}", "briefings/2025/counted.md")
    repo.commit("content: Rename", "2026-05-02")


def renamed_back(made: Site, repo: Repo) -> None:
    renamed(made, repo)
    repo.git("mv", "briefings/2025/counted.md", f"briefings/{COUNT}")
    repo.commit("content: Rename again", "2026-05-03")


def gone_and_back(made: Site, repo: Repo) -> None:
    text = (made.content / COUNT).read_text(encoding="utf-8")
    (made.content / COUNT).unlink()
    repo.commit("content: Delete", "2026-05-01")
    compared(made, **LOWERED)
    (made.content / COUNT).write_text(text, encoding="utf-8")
    compared(made, **LOWERED)
    repo.commit("content: Bring it back", "2026-05-02")


def another_kind(made: Site, repo: Repo) -> None:
    """A file that is a link for one commit."""
    text = (made.content / COUNT).read_bytes()
    (made.content / COUNT).unlink()
    (made.content / COUNT).symlink_to("elsewhere.md")
    repo.commit("content: Link", "2026-05-01")
    (made.content / COUNT).unlink()
    (made.content / COUNT).write_bytes(text)
    repo.commit("content: No link", "2026-05-02")


def other_ends_of_lines(made: Site, repo: Repo) -> None:
    (made.root / ".gitattributes").write_text("*.md text eol=crlf\n")


def grafted(made: Site, repo: Repo) -> None:
    """The last commit is the first from now on."""
    (made.root / ".git/info").mkdir(exist_ok=True)
    (made.root / ".git/info/grafts").write_text(f"{repo.head}\n")


@pytest.mark.parametrize(
    "edit",
    [
        amended, rebased, reset, merged, renamed, renamed_back, gone_and_back, another_kind,
        other_ends_of_lines, grafted,
    ],
    ids=lambda edit: edit.__name__.replace("_", " "),
)  # fmt: skip
def test_all_else_is_asked_of_git(
    kept: tuple[Site, Repo], ways: list[bool], edit: Callable[[Site, Repo], None]
) -> None:
    made, repo = kept
    compared(made, **LOWERED)
    edit(made, repo)
    compared(made, **LOWERED)
    assert ways
    assert not ways[-1]


def test_a_setting_of_git_counts(kept: tuple[Site, Repo], ways: list[bool]) -> None:
    """Whatever file it stands in."""
    made, _ = kept
    place = made.root / "settings"
    place.write_text("[core]\n\tautocrlf = true\n", encoding="utf-8")
    more(COUNT, "\nThey were counted.\n")(made)
    with environment(GIT_CONFIG_GLOBAL=str(place)):
        compared(made)
    assert ways == [], "the files were not even looked at"


def test_a_shallow_clone(
    kept: tuple[Site, Repo], ways: list[bool], tmp_path: Path, forge: None
) -> None:
    _, repo = kept
    place = tmp_path / "clone"
    repo.git("clone", "--quiet", "--depth=1", f"file://{repo.root}", str(place))
    clone, there = Site(place), Repo(place)
    assert "No history is shown" in compared(clone).log
    more(QUOTA, "\nIt is so.\n")(clone)
    assert "Say that it is a trial" not in compared(clone).text(PAGE)
    assert ways == [True]
    there.commit("content: Say so", "2026-05-01")
    compared(clone)
    assert ways == [True, False]
    there.git("fetch", "--quiet", "--unshallow")
    assert "Say that it is a trial" in compared(clone).text(PAGE)
    more(QUOTA, "\nIt is not.\n")(clone)
    compared(clone)
    assert ways[-1]


CORRECTED = """\
corrections:
  - {date: 2026-05-02, text: "The quota is halved, not doubled."}
date: 2025"""


def test_the_commit_of_a_correction(kept: tuple[Site, Repo], ways: list[bool]) -> None:
    made, repo = kept
    quota(made, "date: 2025", CORRECTED)
    compared(made)
    commit = repo.commit("content: Correct", "2026-05-02")
    assert f"{FORGE}/commit/{commit}" in compared(made).text(PAGE)
    more(QUOTA, "\nIt is so.\n")(made)
    compared(made)
    repo.commit("content: Say so", "2026-05-03")
    assert f"{FORGE}/commit/{commit}" in compared(made).text(PAGE)
    assert ways == [False, True, True, True]


def test_a_long_read_has_its_version_elsewhere_too(
    kept: tuple[Site, Repo], ways: list[bool]
) -> None:
    made, repo = kept
    more(QUOTA, f"\n{'toll ' * 5_000}\n")(made)
    compared(made)
    repo.commit("content: Say it at length", "2026-05-02")
    compared(made)
    assert ways == [False, False]


def test_with_search(kept: tuple[Site, Repo], ways: list[bool]) -> None:
    made, repo = kept
    compared(made, search=True)
    for n in (1, 2):
        more(QUOTA, f"\nThe councils met {n} times.\n")(made)
        compared(made, search=True)
        repo.commit(f"content: Tell of {n} meetings", f"2026-05-0{n}")
        compared(made, search=True)
    assert ways == [True] * 4


# Meanwhile ------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["touched_by", "changed", "bringing"])
def test_a_commit_while_git_is_asked(
    kept: tuple[Site, Repo], ways: list[bool], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    made, repo = kept
    more(QUOTA, "\nIt is so.\n")(made)
    repo.commit("content: Say so", "2026-05-01")
    more(COUNT, "\nThey were counted.\n")(made)
    real = getattr(histories, step)
    done: list[str] = []

    def meanwhile(*given: Any) -> Any:
        found = real(*given)
        if not done:
            done.append(repo.commit("content: Count", "2026-05-02"))
        return found

    with monkeypatch.context() as patch:
        patch.setattr(histories, step, meanwhile)
        made.publish(plugin={"search": False, "cards": False})
    assert done
    told = compared(made)
    assert "Count" in told.text(OTHER)
    more(QUOTA, "\nAnd so on.\n")(made)
    compared(made)
    assert ways[-1]


def test_a_commit_while_git_is_asked_for_all(
    kept: tuple[Site, Repo], ways: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, repo = kept
    quota(made, "[nature]", "[money]")
    more(COUNT, "\nThey were counted.\n")(made)
    real = history.changed

    def meanwhile(*given: Any) -> Any:
        repo.commit("content: Count", "2026-05-02")
        return real(*given)

    with monkeypatch.context() as patch:
        patch.setattr(history, "changed", meanwhile)
        made.publish(plugin={"search": False, "cards": False})
    assert "Count" in compared(made).text(OTHER)
    assert not any(ways)
    more(QUOTA, "\nAnd so on.\n")(made)
    compared(made)
    assert ways[-1]


def test_a_build_that_is_killed(
    kept: tuple[Site, Repo], ways: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, repo = kept

    class Killed(BaseException):
        pass

    def killed(*given: object) -> None:
        raise Killed

    for place, step in ((Publication, "finish"), (building, "leave"), (Histories, "keep")):
        more(QUOTA, f"\nIt is so: {step}.\n")(made)
        repo.commit(f"content: Say {step}", "2026-05-01")
        with monkeypatch.context() as patch:
            patch.setattr(place, step, killed)
            with pytest.raises(Killed):
                made.publish(plugin={"search": False, "cards": False})
        compared(made)
    more(QUOTA, "\nAnd so on.\n")(made)
    repo.commit("content: Go on", "2026-05-02")
    compared(made)
    assert ways[-1]


@pytest.mark.parametrize("key", ["head", "0", ""])
@pytest.mark.parametrize("harm", ["gone", "spoilt"])
def test_what_is_lost_costs_only_time(
    kept: tuple[Site, Repo], ways: list[bool], key: str, harm: str
) -> None:
    made, repo = kept
    with closing(sqlite3.connect(made.root / ".cache/briefings/store.sqlite3")) as store:
        change = {"gone": "delete from", "spoilt": "update"}[harm]
        values = "" if harm == "gone" else "set value = x'00'"
        where = "where kind = 'histories' and (key = ? or ? = '')"
        assert store.execute(f"{change} entries {values} {where}", (key, key)).rowcount > 0
        store.commit()
    more(QUOTA, "\nIt is so.\n")(made)
    compared(made)
    assert ways == [False]
    repo.commit("content: Say so", "2026-05-01")
    compared(made)
    assert ways == [False, True]


def test_what_is_kept_is_what_git_tells(kept: tuple[Site, Repo], ways: list[bool]) -> None:
    made, repo = kept
    for edit in (several, by_an_old_clock, new_briefing, staged):
        edit(made, repo)
        compared(made)
    assert ways == [True, True, False, True, True]
    with Store(made.root / ".cache/briefings/store.sqlite3", code()) as store:
        note = leaving.note(store)
        assert note is not None
        found = Histories(store, note.state, made.content, repo.head)
        wanted = history.read_history(made.content, {}).files
        assert dict(found) == dict(wanted)
        assert len(found) == len(wanted) > 5


# The house ------------------------------------------------------------------------------------

RULES = """\
-- briefings/rules.yml --
avoid: [{word: weir, write: dam}, {word: halved, write: cut}]
cite: true
words: {at_least: 40}
title: {at_most: 12}
require: {related: 2, why: 1}
links: {refuse: [t.co]}
"""
IN_OPTIONS: dict[str, Any] = {
    "rules": {"avoid": ["weir", "halved"], "cite": True, "words": {"at_least": 40}}
}


@pytest.mark.parametrize("place", ["rules.yml", "mkdocs.yml"])
def test_house_rules_are_held(site: MakeSite, ways: list[bool], place: str) -> None:
    made = site(SPECIMEN + (RULES if place == "rules.yml" else ""))
    plugin = LOWERED | ({} if place == "rules.yml" else IN_OPTIONS)

    def told(edit: Callable[[Site], object]) -> list[str]:
        edit(made)
        return [p for p in map(str, compared(made, **plugin).problems) if QUOTA in p]

    first = told(lambda _: None)
    assert len(first) > 2
    weir = told(more(QUOTA, "\nThe weir is [old](https://t.co/x).\n"))
    assert len(weir) > len(first)
    assert sum("'weir'" in line for line in weir) == 1
    lower = told(above(QUOTA, "One line more.\n\n"))
    assert len(lower) == len(weir)
    assert lower != weir
    assert told(lambda s: quota(s, "One line more.\n\n", "")) == weir
    assert told(lambda s: quota(s, "\nThe weir is [old](https://t.co/x).\n", "")) == first
    long = told(more(QUOTA, "\nIt is so, and it is so again. " * 9))
    assert sum("house-words" in line for line in long) < sum("house-words" in p for p in first)
    titled = told(lambda s: quota(s, "\ntitle: ", "\ntitle: Of a weir, "))
    assert sum("'weir'" in line for line in titled) == 1
    assert ways == [True] * 6
    told(lambda s: quota(s, "[nature]", "[money]"))
    assert ways[-1] is False


def test_a_rule_that_keeps_a_site_from_being_published(site: MakeSite, ways: list[bool]) -> None:
    made = site(SPECIMEN)
    rules: dict[str, Any] = {"rules": {"avoid": ["weir"]}}
    compared(made, **rules)
    more(QUOTA, "\nThe weir is old.\n")(made)
    assert compared(made, **rules).exit_code == 1
    quota(made, "The weir is old.", "The dam is old.")
    assert compared(made, **rules).exit_code == 0
    assert ways == [False, True]


def test_rules_that_are_others_are_held(site: MakeSite, ways: list[bool]) -> None:
    made = site(SPECIMEN + RULES)
    compared(made, **LOWERED)
    exchanged(made.content / "rules.yml", "{word: weir, write: dam}", "{word: trial}")
    more(QUOTA, "\nIt is a trial of the weir.\n")(made)
    said: Result = compared(made, **LOWERED)
    assert [p for p in map(str, said.problems) if QUOTA in p and "'trial'" in p]
    more(QUOTA, "\nIt is another trial.\n")(made)
    compared(made, **LOWERED)
    assert ways == [False, True]


# At random ------------------------------------------------------------------------------------


class Commits(RuleBasedStateMachine):
    """A site in git whose texts are edited at random, and whose editors commit now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.site = Site(Path(self.folder.name))
        self.site.write(SPECIMEN + IGNORED + RULES)
        self.repo = Repo(self.site.root)
        self.repo.commit("content: Begin", "2026-04-01")
        self.commits = 0

    @rule(edit=sampled_from(TEXTS), seed=integers(0, 1000))
    def edit_a_text(self, edit: Callable[[Site, random.Random], object], seed: int) -> None:
        edit(self.site, random.Random(seed))

    @rule(day=integers(1, 28))
    def commit(self, day: int) -> None:
        self.commits += 1
        self.repo.commit(f"content: Change {self.commits}", f"2026-05-{day:02}")

    @rule(seed=integers(0, 1000))
    def edit_and_commit(self, seed: int) -> None:
        reworded(self.site, random.Random(seed))
        self.commit(1 + seed % 28)

    @rule()
    def stage(self) -> None:
        self.repo.git("add", "--all")

    @rule(seed=integers(0, 1000))
    def take_back(self, seed: int) -> None:
        path = random.Random(seed).choice(briefings(self.site))
        self.repo.git("checkout", "--quiet", "HEAD", "--", str(path))

    @rule()
    def amend(self) -> None:
        self.repo.git("commit", "--quiet", "--amend", "--allow-empty", "--message=content: Amend")

    @rule()
    def step_back(self) -> None:
        if self.repo.git("rev-list", "--count", "HEAD") != "1":
            self.repo.git("reset", "--quiet", "--mixed", "HEAD~1")

    @invariant()
    def equals_a_clean_build(self) -> None:
        compared(self.site, **LOWERED)

    def teardown(self) -> None:
        self.folder.cleanup()


def test_a_site_in_git_that_is_edited_at_random(ways: list[bool], forge: None) -> None:
    run_state_machine_as_test(
        Commits,
        settings=settings(
            max_examples=4,
            stateful_step_count=10,
            deadline=None,
            phases=[Phase.generate],
            derandomize=True,
        ),
    )
    assert len(ways) > 12
    assert sum(ways) > len(ways) / 2, ways


def test_standing_tells_the_commit(kept: tuple[Site, Repo], ways: list[bool]) -> None:
    """What is left tells of which commit it is, so that another is seen."""
    made, repo = kept
    left: list[Standing] = []
    real = standing.leave

    def noted(store: Store, key: str, found: Standing) -> None:
        left.append(found)
        real(store, key, found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "leave", noted)
        head = repo.commit("Nothing", "2026-05-01")
        assert compared(made).rendered == 0
    assert [found.ground.said[-1] for found in left] == [head]
    assert ways == [True]
