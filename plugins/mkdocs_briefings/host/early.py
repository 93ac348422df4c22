"""An edited briefing on its page at once, before the rest of a served site is made again.

Of a large site the whole takes seconds: lists of related briefings, feeds, everything that shows
the edited one from elsewhere. Its own page rests on little besides itself. It is made from what the
last build knew of the others, and the build that follows makes it right where that has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from ..building.files import stamp
from ..catalog.briefing import Briefing
from ..catalog.codes import grade
from ..catalog.problem import Problem
from ..composing.batch import PageError, PageTask, composed
from ..linking.resolve import resolve_body
from ..linking.targets import Targets, targets
from ..linking.terms import Mention, mentioned
from ..reading.briefings import is_held
from ..reading.folder import scan
from ..reading.single import read_single
from ..viewing.make import Views, view_of
from ..viewing.records import View
from ..weighing import weighed
from .assemble import by_path, problem_view
from .inputs import Inputs, output_of
from .publish import Publishing

MOST = 5
"""Files edited at once that are shown early; more are no edit by hand."""


def text_files(folder: Path) -> Mapping[str, bytes]:
    """The stamp of every briefing and picture, by path; none if the folder is gone."""
    try:
        found = scan(folder)
        texts = {path: stamp(found.statuses[path]) for path in found.briefings}
        return texts | {path: stamp((folder / path).stat()) for path in found.images}
    except OSError:
        return {}


class Early:
    """What can be shown of edits before all is made again.

    Args:
        done: The last build.
        folder: The content folder.
    """

    def __init__(self, done: Publishing, folder: Path) -> None:
        self._composer = done.composer
        self._publication = done.publication
        # The next build has views of its own: of a large site there is no room for both.
        views = Views(done.site.shelf, (), titles=done.site.views.titles)
        self._site = replace(done.site, views=views)
        self._folder = folder
        self._slugs = {b.path: b.slug for b in self._site.catalog.briefings.values()}

    def show(self, paths: Iterable[str]) -> Mapping[str, bytes]:
        """Write the pages of briefings that were edited, as far as they can be made.

        Returns:
            What was written, by output file.
        """
        written: dict[str, bytes] = {}
        known = [path for path in paths if path in self._slugs]
        if len(known) <= MOST:
            for view, inputs in filter(None, map(self._edited, known)):
                task = PageTask(page=inputs.page(view))
                try:
                    content = composed(self._composer, task).content
                except PageError:  # The whole build tells.
                    continue
                self._publication.write(output_of(view.url), "", content)
                written[output_of(view.url)] = content
        return written

    @cached_property
    def _targets(self) -> Targets:
        return targets(self._site.catalog)

    def _edited(self, path: str) -> tuple[View, Inputs] | None:
        """What the page of a file shows now; None where it rests on more than the file itself."""
        site, shelf = self._site, self._site.shelf
        before = site.catalog.briefings[self._slugs[path]]
        record, problems = read_single(
            self._folder,
            path,
            shelf.site.settings,
            site.registries,
            site.catalog.images,
            site.catalog.briefings,
            weighed,
        )
        if record is None:
            url = shelf.cards[before.slug].url
            told = replace(shelf.site, problems=self._told(path, problems))
            return problem_view(path, url, told), Inputs.of(site)
        if self._moved(before, record):
            return None
        links, missed = resolve_body(self._targets, path, record.body, site.held_back)
        now = replace(
            shelf.site,
            catalog=replace(
                site.catalog, briefings={**site.catalog.briefings, record.slug: record}
            ),
            graph=replace(
                site.graph,
                links={**site.graph.links, path: links},
                mentions={**site.graph.mentions, **self._mentioned(record)},
            ),
            problems=self._told(path, (*problems, *missed)),
        )
        shown = shelf.showing(record, now)
        site = replace(site, catalog=now.catalog, graph=now.graph, shelf=shown)
        return view_of(record, shown), Inputs.of(site)

    def _moved(self, before: Briefing, now: Briefing) -> bool:
        """Whether an edit changes more of the site than the page's text: where it is, whether it
        is published, or what it is filed under for the first time."""
        site = self._site.shelf.site
        moment = site.settings.now
        return (
            before.slug != now.slug
            or before.draft != now.draft
            or is_held(before, moment) != is_held(now, moment)
            or site.addresses.briefing(before) != site.addresses.briefing(now)
            or before.storylines != now.storylines
            or not set(now.topics) <= site.catalog.topics.keys()
            or not {*now.authors, *filter(None, [now.editor])} <= site.catalog.authors.keys()
        )

    def _mentioned(self, record: Briefing) -> Mapping[str, tuple[Mention, ...]]:
        alone = replace(self._site.catalog, briefings={record.slug: record})
        return mentioned(alone, self._site.shelf.site.lang)

    def _told(self, path: str, problems: Iterable[Problem]) -> Mapping[str, tuple[str, ...]]:
        """The problems of a file, as its page shows them."""
        settings = self._site.shelf.site.settings
        return by_path(grade(sorted(problems), settings.severity))
