"""Our own drafts, in a real build: they are nowhere until their line `draft` is deleted."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from mkdocs_briefings.reading.read import read

from ..conftest import ROOT
from ..making import MakeSite, Result, Site

FOLDER = ROOT / "briefings"


@pytest.fixture
def ours(site: MakeSite) -> Site:
    made = site()
    shutil.copytree(FOLDER, made.content, dirs_exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", made.root)
    return made


def test_a_draft_changes_no_byte_of_the_site(ours: Site) -> None:
    """Not an address, list, feed, index, count or date ahead: the site is the one without it."""
    drafts = read(FOLDER).drafts
    files = [ours.content / draft.path for draft in drafts]
    texts = [file.read_text(encoding="utf-8") for file in files]
    # A day on which their own dates hold nothing back any more.
    day = max(draft.published for draft in drafts) + timedelta(days=1)
    clock = datetime(day.year, day.month, day.day, tzinfo=UTC)

    def built() -> Result:
        env = {"SOURCE_DATE_EPOCH": str(int(clock.timestamp()))}
        done = ours.run("briefings", "build", "--strict", env=env, watch=None)
        assert done.exit_code == 0, done.log
        return done

    drafted = built()
    assert f"dated in the future: {', '.join(sorted(d.slug for d in drafts))}\n" in drafted.log
    for file in files:
        file.unlink()
    without = built()
    assert drafted.files == without.files

    for file, text in zip(files, texts, strict=True):
        file.write_text(text.replace("\ndraft: true\n", "\n"), encoding="utf-8")
    out = built()
    for draft in drafts:
        page = f"briefings/{draft.published.year}/{draft.slug}/index.html"
        assert page in set(out.files) - set(without.files)
        for where in ("feed.xml", "sitemap.xml", f"topics/{draft.topics[0]}/index.html"):
            assert draft.slug in out.text(where), where
