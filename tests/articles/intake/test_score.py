"""Every figure over the given pages reaches the aim; the samples of other papers come close to it."""

from __future__ import annotations

import pytest

from tests.articles.intake.samples import Sample, given, read, samples
from tests.articles.intake.scoring import AIM, FIGURES, Count, Score, bag, choices, score, total
from tests.conftest import NO_SHARED

SAMPLES = samples()
AIM_ELSEWHERE = 0.9
TOLD = ("headline", "kicker", "subheadline", "series", "lede", "dateline", "body_starts", "body_ends")


def score_of(pages: list[Sample]) -> Score:
    return total(score(truth, read(text)) for _name, text, truth in pages)


@pytest.fixture(scope="module")
def on_given_pages() -> Score:
    pages = given()
    if not pages:
        pytest.skip(NO_SHARED)
    return score_of(pages)


@pytest.fixture(scope="module")
def on_samples() -> Score:
    return score_of(SAMPLES)


@pytest.mark.parametrize("figure", FIGURES)
def test_given_pages_are_read(on_given_pages: Score, figure: str) -> None:
    assert on_given_pages[figure].f1 >= AIM, on_given_pages[figure]


@pytest.mark.parametrize("figure", FIGURES)
def test_other_papers_are_read(on_samples: Score, figure: str) -> None:
    assert on_samples[figure].f1 >= AIM_ELSEWHERE, on_samples[figure]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample[0])
def test_a_sample_says_what_its_page_says(sample: Sample) -> None:
    """The expected reading is held to its page: every string of it occurs there, white space ignored."""
    _name, text, truth = sample
    page = "".join(text.split())
    told = [
        *(story[key] for story in truth["articles"] for key in TOLD),
        *(name["name"] for story in truth["articles"] for name in story["bylines"]),
        *(photo["caption"] for photo in truth["photos"]),
        *(credit["name"] for photo in truth["photos"] for credit in photo["credits"]),
    ]
    assert told
    for text in (one for value in told for one in choices(value) if one):
        assert text in page


def test_a_page_scored_against_itself_is_perfect() -> None:
    story = {
        "headline": "春灌 开闸",
        "kicker": None,
        "subheadline": "水到田头",
        "series": None,
        "lede": None,
        "dateline": "本报讯",
        "bylines": [{"role": "记者", "name": "何山", "outlet": None}],
    }
    expected = {
        "kind": "newspaper page",
        "issue": {"number": 7},
        "articles": [
            {
                **story,
                "subheads": [],
                "body_starts": "水来了",
                "body_ends": "水走了。",
                "paragraphs": 2,
                "body_chars": 6,
            }
        ],
        "photos": [],
    }
    body = [{"type": "paragraph", "text": text} for text in ("水来了。", "水走了。")]
    found = {
        **expected,
        "issue": {"number": "7"},
        "articles": [{**story, "headline": "春灌开闸", "body": body}],
    }

    assert all(count.f1 == 1 for count in score(expected, found).values())

    found["articles"][0]["body"] = [{"type": "paragraph", "text": "水来了。水走了。"}]
    found["articles"][0]["bylines"] = [{"role": "通讯员", "name": "何山", "outlet": None}]
    worse = score(expected, found)

    assert worse["paragraphs"] == Count(1, 0, 1)
    assert worse["order and joins"] == Count(3, 1, 1)
    assert worse["bylines"] == Count(0, 1, 1)


def test_any_of_several_readings_counts_and_each_only_once() -> None:
    assert bag([{"any": ["甲", "乙"]}, "甲"], ["甲", "乙"]) == Count(2, 0, 0)
    assert bag([{"any": ["甲", None]}], []) == Count(0, 0, 0)
    assert bag(["甲", "甲"], ["甲"]) == Count(1, 0, 1)
