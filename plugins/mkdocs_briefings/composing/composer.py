"""Makes the bodies and pages of a site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, FunctionLoader
from markupsafe import Markup

from ..building.version import code
from ..publishing.citations import citation
from ..publishing.structured import structured
from ..rendering.abroad import mark_words
from ..rendering.effort import EffortError
from ..rendering.extensions import refused
from ..rendering.filters import filters
from ..rendering.markdown import BodyRenderer, Href, RenderedBody
from ..viewing.parts import Chrome
from ..viewing.records import BriefingView, View
from ..wording.language import language, within
from . import kept_code
from .bounds import BoundError, bounded
from .inputs import BodyInput, Frame, digest
from .templates import Templates

NO_BODY = RenderedBody(html="")


class Composer:
    """Composes pages one after another; two threads must not share one.

    Args:
        frame: Of the site.
        code: What `compiled` gave of the same frame; None for what other processes have kept.
        agrees: As of `BodyRenderer`.

    Raises:
        ValueError: If a Markdown extension is refused: see `rendering.extensions.refused`.
    """

    def __init__(
        self,
        frame: Frame,
        code: Mapping[str, bytes] | None = None,
        agrees: bool | None = None,
    ) -> None:
        if faults := refused(frame.extensions):
            raise ValueError("; ".join(faults))
        self.frame = frame
        self.language = language(frame.chrome.lang)
        self._code = code
        self.agrees = agrees
        """As of `BodyRenderer`, when the last body was made."""

    @cached_property
    def renderer(self) -> BodyRenderer:
        """Made for the first body: other processes may make all of them."""
        return self._renderer()

    @cached_property
    def of_bodies(self) -> str:
        """What `Frame.of_bodies` gives: for the key of a body."""
        return self.frame.of_bodies()

    @cached_property
    def _environment(self) -> Templates:
        if self._code is None:
            self._code = kept_code.load(code_key(self.frame))
        return environment(self.frame, self._code)

    def keep_code(self) -> None:
        """Keep the code of the templates that were compiled, for other processes."""
        # None was needed where no page was made.
        made = vars(self).get("_environment")
        if isinstance(made, Templates) and len(made.code) > len(self._code or {}):
            self._code = dict(made.code)
            kept_code.keep(code_key(self.frame), self._code)

    def compiled(self, names: Iterable[str]) -> Mapping[str, bytes]:
        """The code of templates, for the composer of another process."""
        return self._environment.compiled(names)

    def _renderer(self) -> BodyRenderer:
        frame = self.frame
        return BodyRenderer(
            frame.extensions, frame.extension_configs, fast=frame.fast, agrees=self.agrees
        )

    def body(self, source: BodyInput) -> RenderedBody:
        """The body of a page.

        Raises:
            BoundError: If it takes too much work, too long, or too much memory.
        """

        def href(target: str, fragment: str) -> Href | None:
            return source.links.get((target, fragment))

        try:
            with bounded():
                return self.renderer.render(
                    source.markdown,
                    href,
                    lang=source.lang,
                    language=within(source.lang, self.language),
                    sources=source.sources,
                    charts=source.charts,
                    terms=source.terms,
                    glossary=source.glossary,
                    passages=source.passages,
                )
        except EffortError as error:
            raise BoundError(str(error), error.near) from error
        except BoundError:
            # The parser was left in the middle of something.
            self.renderer = self._renderer()
            raise
        finally:
            self.agrees = self.renderer.agrees

    def page(self, view: View, body: RenderedBody = NO_BODY, base: str = "") -> bytes:
        """The HTML of a page round its body, UTF-8; `base` as for `values`."""
        return self.written(view, self.told(view, body, base))

    def told(self, view: View, body: RenderedBody, base: str = "") -> Mapping[str, object]:
        """What `values` gives of a page with this body."""
        return values(with_citations(view, body), self.frame.chrome, body.html, base)

    def written(self, view: View, told: Mapping[str, object]) -> bytes:
        """The HTML of a page of which this is told, UTF-8."""
        text = self._environment.page(view.template, told)
        # What is no character has no bytes in UTF-8; reading keeps it away from texts.
        return text.encode("utf-8", errors="xmlcharrefreplace")


def code_key(frame: Frame) -> str:
    """A digest of all that decides the code of templates; empty where nobody can tell."""
    if any(Path(folder).is_absolute() for folder in frame.behind):
        return ""  # In no package, whose version would tell what is in it.
    chrome = frame.chrome
    return digest(code(), frame.templates, frame.behind, chrome.words_lang, chrome.lang)


def environment(frame: Frame, code: Mapping[str, bytes] | None = None) -> Templates:
    """Templates of a site, with all of its filters; `code` as for `Templates`."""
    behind = FileSystemLoader([folder for name in frame.behind if (folder := folder_of(name))])
    env = Templates(ChoiceLoader([FunctionLoader(_named(frame.templates)), behind]), code)
    prepare(env, frame.chrome)
    return env


def _named(templates: Mapping[str, str]) -> Callable[[str], tuple[str, str, None] | None]:
    """Sources with their names, which errors tell."""
    return lambda name: (templates[name], name, None) if name in templates else None


def folder_of(name: str) -> str:
    """Where a folder of `Frame.behind` is on this machine; empty where it is not installed.

    >>> Path(folder_of("jinja2/ext")).parts[-2:]
    ('jinja2', 'ext')
    >>> folder_of("/srv/theme"), folder_of("no_such_package/theme")
    ('/srv/theme', '')
    """
    package, _, rest = name.partition("/")
    if Path(name).is_absolute():
        return name
    spec = find_spec(package)
    return str(Path(spec.origin).parent / rest) if spec and spec.origin else ""


def prepare(env: Environment, chrome: Chrome) -> None:
    """Make an environment fit for our templates, before it loads the first: it escapes at the
    root, knows our filters, and marks our words where they are in another language."""
    env.autoescape = True
    env.filters.update(filters(language(chrome.lang)))
    if chrome.words_lang:
        mark_words(env, chrome.words_lang, chrome.lang)


def base_of(url: str) -> str:
    """What leads from a page back to the site's root.

    >>> base_of("topics/tariffs/"), base_of("topics.html"), base_of("")
    ('../../', './', './')
    """
    return "../" * url.count("/") or "./"


def values(view: View, chrome: Chrome, body: str = "", base: str = "") -> dict[str, object]:
    """All that a template of ours uses; `body` is sanitised HTML.

    `base` leads to the site's root; it is made from the page's address when left out.
    """
    return {
        "chrome": chrome,
        "base": base or base_of(view.url),
        "view": view,
        "body": Markup(body),
        "structured": Markup(structured(view, chrome)),
        "cite": citation(view, chrome) if isinstance(view, BriefingView) else None,
    }


def with_citations(view: View, body: RenderedBody) -> View:
    """A view that knows how often its text cites each source: told once the text is rendered."""
    if not isinstance(view, BriefingView):
        return view
    if all(source.cited == body.cited.get(source.number, 0) for source in view.sources):
        return view
    sources = (replace(s, cited=body.cited.get(s.number, 0)) for s in view.sources)
    return replace(view, sources=tuple(sources))
