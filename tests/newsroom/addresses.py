"""Every address of the site, as its URL patterns have them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

Fill = Callable[["Route", str], object]


@dataclass(frozen=True)
class Route:
    """`template` is what `%` fills with the values of `parameters`, such as `/articles/%(article_id)s/`."""

    name: str
    template: str
    parameters: tuple[str, ...]

    def filled(self, fill: Fill) -> str:
        return self.template % {parameter: fill(self, parameter) for parameter in self.parameters}

    @property
    def in_newsroom(self) -> bool:
        return self.template.startswith("/admin/")

    @property
    def about_a_story(self) -> bool:
        return self.template.startswith("/admin/articles/article/%")


def routes() -> list[Route]:
    """All of them, each once, in the order in which they are tried."""
    return list(dict.fromkeys(_walk(get_resolver(), "", "")))


def _walk(resolver: URLResolver, before: str, namespace: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        regex = before + str(entry.pattern.regex.pattern).removeprefix("^").removesuffix("\\Z")
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, regex, inner)
        else:
            assert isinstance(entry, URLPattern)
            for template, parameters in normalize(regex):
                yield Route(f"{namespace}{entry.name or 'unnamed'}", f"/{template}", tuple(parameters))
