"""What was read becomes drafts with nothing lost: stack, names, body, pictures, captions without pictures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from articles.checklist import problems
from articles.intake import drafts, kept
from articles.intake.pieces import WEB, Kind, Reading
from articles.models import Article, Origin, Series
from articles.workflow import perform
from media.models import Photo
from newsroom.lib.html import photo_ids, text
from people.models import Act, Identity, Region
from tests.articles.intake.sent import picture
from tests.cast import Cast
from tests.factories.articles import SeriesFactory
from tests.factories.intake import reading, sent
from tests.factories.media import PhotoFactory
from tests.factories.people import RegionFactory, ReporterFactory

pytestmark = pytest.mark.django_db

K = Kind
NEWS = (
    (K.HEADLINE, "新桥今日通车"),
    [(K.DATELINE, "本报讯"), (K.BYLINE, "（记者 林晚照）"), (K.PARAGRAPH, "两岸居民盼了三年。")],
    (K.PARAGRAPH, "桥长八百米。"),
)


def drafted(
    read: Reading, cast: Cast, now: datetime, pictures: Mapping[str, bytes] | None = None
) -> list[Article]:
    page = sent(read, cast.editor, now, pictures)
    photos = drafts.take_pictures(page, cast.editor) if pictures else {}
    with transaction.atomic():
        return [origin.article for origin in drafts.make_drafts(page, photos, cast.editor, now)]


def one(read: Reading, cast: Cast, now: datetime, pictures: Mapping[str, bytes] | None = None) -> Article:
    [article] = drafted(read, cast, now, pictures)
    return article


def names(article: Article) -> list[tuple[str, ...]]:
    return list(article.bylines.values_list("identity", "name", "outlet", "act", "place"))


def test_a_story_becomes_a_draft_that_can_be_submitted(cast: Cast, now: datetime) -> None:
    article = one(reading(*NEWS), cast, now)
    assert (article.status, article.kind) == (Article.Status.DRAFT, Article.Kind.STORY)
    assert (article.headline, article.dateline) == ("新桥今日通车", "本报讯")
    assert article.body == "<p>两岸居民盼了三年。</p><p>桥长八百米。</p>"
    assert names(article) == [("reporter", "林晚照", "", "text", "dateline")]
    assert article.keyed_in_for_another
    assert article.created_by == cast.editor
    assert problems(article, now) == []
    perform("submit", article, cast.editor, now=now)
    assert article.revisions.count() == 1, "it had its first version as every saved draft has"


def test_the_raw_text_is_kept_beside_each_in_the_order_it_came(cast: Cast, now: datetime) -> None:
    rows = [
        (K.HEADLINE, "甲稿"),
        (K.PARAGRAPH, "甲的正文。"),
        (K.HEADLINE, "乙稿", 2),
        (K.PARAGRAPH, "甲的尾巴。"),
    ]
    first, second = drafted(reading(*rows), cast, now)
    assert first.origin.text == "甲稿\n甲的正文。\n甲的尾巴。"
    assert second.origin.text == "乙稿"
    assert first.origin.intake == second.origin.intake
    assert second.origin.warnings == ["no body"]


def test_the_whole_stack_and_what_stands_round_the_text(cast: Cast, now: datetime) -> None:
    read = reading(
        (K.KICKER, "市委召开会议强调"), (K.HEADLINE, "把  好事办好"), (K.SUBHEADLINE, "——三年行动综述"),
        (K.LEDE, "三年来，两岸变了样。"), (K.NOTE, "编者按：今起推出专栏。"), (K.PARAGRAPH, "正文一。"),
        (K.SUBHEAD, "渠水清"), (K.SUBHEAD, "人心齐"), (K.PARAGRAPH, "正文二，"), (K.PARAGRAPH, "接着说。"),
        (K.NOTE, "链接：何谓三年行动"), (K.NOTE, "指的是修渠。"), (K.PARAGRAPH, "正文三。"),
        joined=(7, 9),
    )  # fmt: skip
    article = one(read, cast, now)
    assert (article.kicker, article.headline) == ("市委召开会议强调", "把  好事办好")
    assert (article.subheadline, article.lede) == ("三年行动综述", "三年来，两岸变了样。")
    assert article.editors_note == "今起推出专栏。"
    assert article.body == (
        "<p>正文一。</p><h2>渠水清<br>人心齐</h2><p>正文二，接着说。</p>"
        '<aside class="editors-note"><p>链接：何谓三年行动</p><p>指的是修渠。</p></aside><p>正文三。</p>'
    )


def test_text_that_looks_like_tags_stays_text(cast: Cast, now: datetime) -> None:
    article = one(reading((K.HEADLINE, "<b>甲</b>"), (K.PARAGRAPH, "<script>乙</script> & 丙")), cast, now)
    assert article.headline == "<b>甲</b>"
    assert text(article.body) == "<script>乙</script> & 丙"


def test_tables_keep_their_cells(cast: Cast, now: datetime) -> None:
    article = one(reading((K.HEADLINE, "名单"), (K.TABLE, "甲\t1\n乙\t2")), cast, now)
    assert text(article.body) == "甲\t1\n乙\t2"
    assert "<table>" in article.body


# Names


def test_names_keep_role_outlet_act_place_and_order(cast: Cast, now: datetime) -> None:
    read = reading(
        (K.HEADLINE, "新桥通车"),
        (K.BYLINE, "柳湾日报记者 万里晴 实习生 江小鱼"),
        (K.PARAGRAPH, "两岸居民盼了三年。"),
        (K.BYLINE, "文/图 通讯员 白晓鸥"),
    )
    article = one(read, cast, now)
    assert names(article) == [
        (Identity.REPORTER, "万里晴", "柳湾日报", Act.TEXT, "headline"),
        (Identity.NONE, "江小鱼", "实习生", Act.TEXT, "headline"),
        (Identity.CORRESPONDENT, "白晓鸥", "", Act.TEXT, "end"),
        (Identity.CORRESPONDENT, "白晓鸥", "", Act.PHOTO, "end"),
    ]


def test_a_name_is_whom_of_the_bureau_it_can_only_be(cast: Cast, now: datetime) -> None:
    known = ReporterFactory(name="林晚照")
    assert one(reading(*NEWS), cast, now).bylines.get().reporter == known
    ReporterFactory(name="林晚照", is_active=False)
    assert one(reading(*NEWS), cast, now).bylines.get().reporter == known
    ReporterFactory(name="林晚照")
    assert one(reading(*NEWS), cast, now).bylines.get().reporter is None


def test_signatures_of_single_paragraphs_stay_with_them(cast: Cast, now: datetime) -> None:
    read = reading(
        (K.HEADLINE, "简讯"), (K.PARAGRAPH, "● 甲村修渠。"), (K.BYLINE, "（何山）"),
        (K.PARAGRAPH, "● 乙村铺路。"), (K.BYLINE, "（苏桐）"),
    )  # fmt: skip
    article = one(read, cast, now)
    assert text(article.body) == "● 甲村修渠。\n（何山）\n● 乙村铺路。\n（苏桐）"
    assert [name for _identity, name, *_rest in names(article)] == ["何山", "苏桐"]


def test_what_no_field_holds_stands_in_the_body_with_a_doubt(cast: Cast, now: datetime) -> None:
    long = "长" * 201
    read = reading(
        (K.SERIES, "栏" * 61), (K.HEADLINE, long), (K.DATELINE, "讯" * 41),
        (K.BYLINE, f"（记者 {'名' * 61}）"), (K.PARAGRAPH, "正文。"),
    )  # fmt: skip
    article = one(read, cast, now)
    assert (article.headline, article.dateline, article.series) == ("", "", None)
    lines = text(article.body).split("\n")
    assert lines[:3] == ["栏" * 61, long, "讯" * 41]
    assert "名" * 61 in lines[3]
    assert lines[-1] == "正文。"
    assert drafts.TOO_LONG in article.origin.warnings
    article.full_clean(exclude=["created_by"])


# Series, time, place


def test_a_series_is_found_by_its_title_or_made(cast: Cast, now: datetime) -> None:
    def of(title: str) -> tuple[str, str]:
        article = one(reading((K.SERIES, title), *NEWS), cast, now)
        assert article.series
        return article.series.title, article.instalment

    SeriesFactory(title="港城答卷")
    assert of("港城答卷") == ("港城答卷", "")
    assert of("港城答卷·码头") == ("港城答卷", "码头")
    assert of("两岸新貌·湾区篇") == ("两岸新貌", "湾区篇")
    assert of("两岸新貌·渡口篇") == ("两岸新貌", "渡口篇")
    assert of("聚焦民生·看变化") == ("聚焦民生·看变化", "")
    assert Series.objects.count() == 3


def test_when_it_was_printed_is_when_it_was_first_published(cast: Cast, now: datetime) -> None:
    zone = timezone.get_default_timezone()
    article = one(reading((K.ISSUE, "2018年7月5日 星期四"), *NEWS), cast, now)
    assert article.first_published_at == datetime(2018, 7, 5, tzinfo=zone)
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    article = one(reading((K.ISSUE, f"{tomorrow:%Y年%m月%d日}"), *NEWS), cast, now)
    assert article.first_published_at is None, "it will be"


def test_a_web_page_says_source_time_editor_and_author(cast: Cast, now: datetime) -> None:
    page = (K.ISSUE, "来源：柳湾新闻网 2021-06-07 10:02:52 责任编辑：郁金 作者：苏桐")
    article = one(reading(page, (K.HEADLINE, "新桥通车"), (K.PARAGRAPH, "正文。"), form=WEB), cast, now)
    assert (article.source, article.responsible_editor) == ("柳湾新闻网", "郁金")
    assert timezone.localtime(article.first_published_at).isoformat() == "2021-06-07T10:02:52+08:00"
    assert [name for _identity, name, *_rest in names(article)] == ["苏桐"]


def test_counties_named_in_full_in_headline_and_dateline_are_its_regions(cast: Cast, now: datetime) -> None:
    county = RegionFactory(name="柳湾新区")
    RegionFactory(name="云溪县"), RegionFactory(name="云溪县")  # which of them, no name tells
    RegionFactory(name="石门镇", level=Region.Level.TOWN, code="990101001")
    read = reading((K.HEADLINE, "柳湾新区和云溪县、石门镇共建一渠"), (K.PARAGRAPH, "正文。"))
    assert list(one(read, cast, now).regions.all()) == [county]


# Pictures


def test_pictures_land_in_the_library_and_stand_where_they_stood(cast: Cast, now: datetime) -> None:
    read = reading(
        (K.HEADLINE, "新桥通车"), (K.PARAGRAPH, "甲。"), (K.PICTURE, "1.png"), (K.CAPTION, "▲桥上人来人往。"),
        (K.CREDIT, "通讯员 白晓鸥 记者 万里晴摄"), (K.PARAGRAPH, "乙。"),
    )  # fmt: skip
    article = one(read, cast, now, {"1.png": picture(1)})
    photo = Photo.objects.get()
    assert article.body == f"<p>甲。</p>{_place(photo)}<p>乙。</p>"
    use = article.photos.get()
    assert (use.caption, use.credit) == ("桥上人来人往。", "通讯员 白晓鸥 记者 万里晴 摄")
    assert (photo.caption, photo.credit_line) == (use.caption, use.credit)
    assert [problem.field for problem in problems(article, now)] == ["bylines"]


def _place(photo: Photo) -> str:
    return f'<figure class="image"><img src="/photos/{photo.public_id}/w640.webp" alt=""></figure>'


def test_pictures_under_one_caption_are_one_group(cast: Cast, now: datetime) -> None:
    read = reading(
        (K.HEADLINE, "新桥通车"), (K.PARAGRAPH, "甲。"), (K.PICTURE, "1.png"), (K.PICTURE, "2.png"),
        (K.CAPTION, "通车现场。"), (K.CREDIT, "苏桐摄"),
    )  # fmt: skip
    article = one(read, cast, now, {"1.png": picture(1), "2.png": picture(2)})
    first, second = article.photos.all()
    assert (first.joined, second.joined, first.caption, second.caption) == (False, True, "通车现场。", "")
    assert photo_ids(article.body) == [first.photo.public_id]


def test_captions_and_pictures_that_alternate_belong_together(cast: Cast, now: datetime) -> None:
    read = reading(
        (K.HEADLINE, "新桥通车"), (K.PARAGRAPH, "甲。"), (K.CAPTION, "一。"), (K.PICTURE, "1.png"),
        (K.CAPTION, "二。"), (K.PICTURE, "2.png"), (K.CAPTION, "没有来。"),
    )  # fmt: skip
    article = one(read, cast, now, {"1.png": picture(1), "2.png": picture(2)})
    assert [use.caption for use in article.photos.all()] == ["一。", "二。"]
    assert [told["caption"] for told in article.origin.loose_captions] == ["没有来。"]


def test_the_librarys_own_words_stay(cast: Cast, now: datetime) -> None:
    read = reading(*NEWS, (K.PICTURE, "1.png"), (K.CAPTION, "这里的说明。"), (K.CREDIT, "苏桐摄"))
    first = one(read, cast, now, {"1.png": picture(1)})
    Photo.objects.update(caption="库里的说明")
    again = reading(*NEWS, (K.PICTURE, "1.png"), (K.CAPTION, "又一句。"), (K.CREDIT, "何山摄"))
    second = one(again, cast, now, {"1.png": picture(1)})
    photo = Photo.objects.get()
    assert first.photos.get().photo == second.photos.get().photo == photo
    assert (photo.caption, photo.credit_line) == ("库里的说明", "苏桐 摄")
    assert second.photos.get().caption == "又一句。"


def test_a_lone_picture_is_a_picture_story(cast: Cast, now: datetime) -> None:
    read = reading((K.PICTURE, "1.png"), (K.CAPTION, "春耕正忙。"), (K.CREDIT, "通讯员 何山摄"))
    article = one(read, cast, now, {"1.png": picture(1)})
    assert (article.kind, article.body, article.headline) == (Article.Kind.PICTURE, "", "")
    assert names(article) == [("correspondent", "何山", "", "photo", "headline")]
    assert [problem.field for problem in problems(article, now)] == ["headline"]


def test_a_caption_without_picture_waits_for_it(cast: Cast, now: datetime) -> None:
    read = reading(*NEWS, (K.CAPTION, "春耕正忙。"), (K.CREDIT, "记者 苏桐 摄"), (K.CAPTION, "秋收也忙。"))
    article = one(read, cast, now)
    assert [told["caption"] for told in Origin.objects.get(article=article).loose_captions] == [
        "春耕正忙。",
        "秋收也忙。",
    ]
    photo = PhotoFactory(caption="", credit="")
    drafts.attach(article.origin, 0, photo, cast.editor, now)
    use = article.photos.get()
    assert (use.photo, use.caption, use.credit) == (photo, "春耕正忙。", "记者 苏桐 摄")
    assert [told["caption"] for told in Origin.objects.get(article=article).loose_captions] == ["秋收也忙。"]
    assert article.revisions.count() == 2
    with pytest.raises(ValueError, match=photo.public_id):
        drafts.attach(Origin.objects.get(article=article), 0, photo, cast.editor, now)


def test_a_picture_that_the_library_refuses_leaves_its_caption(cast: Cast, now: datetime) -> None:
    read = reading(*NEWS, (K.PICTURE, "1.png"), (K.CAPTION, "春耕正忙。"))
    article = one(read, cast, now, {"1.png": b"no picture"})
    assert not article.photos.exists()
    assert [told["caption"] for told in article.origin.loose_captions] == ["春耕正忙。"]


def test_a_picture_whose_file_was_lost_leaves_its_caption_too(cast: Cast, now: datetime) -> None:
    read = reading(*NEWS, (K.PICTURE, "1.png"), (K.CAPTION, "春耕正忙。"))
    page = sent(read, cast.editor, now, {"1.png": picture(1)})
    [path] = kept.pictures_of(page).values()
    default_storage.delete(path)
    photos = drafts.take_pictures(page, cast.editor)
    [origin] = drafts.make_drafts(page, photos, cast.editor, now)
    assert [told["caption"] for told in origin.loose_captions] == ["春耕正忙。"]
