"""The newsroom's pages for people and places, asked by each person, and by hand-made requests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import chain, regions, rules
from people.models import Delegation, Region, Reporter, Signature, User
from tests.cast import Cast
from tests.factories.people import PASSWORD, DelegationFactory, ReporterFactory, UserFactory

CREW = ("reporter", "editor", "deputy", "chief", "proofreader", "layout", "admin", "superuser")
KEEPERS = {"admin", "superuser"}
HEADS = {"chief", *KEEPERS}


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def opens(person: User, name: str, *args: Any) -> bool:
    """Whether the page answers with itself; a refusal is 403 or the way to the login."""
    status = browser(person).get(reverse(f"admin:people_{name}", args=args)).status_code
    assert status in (200, 302, 403), status
    return status == 200


def today() -> date:
    return rules.bureau_date(timezone.now())


@pytest.fixture
def link(cast: Cast) -> Signature:
    with transaction.atomic():
        return chain.append(
            "article:12", "pass", cast.deputy, at=datetime(2026, 11, 22, tzinfo=UTC), stage="终审",
            on_behalf_of=cast.chief, note="同意签发", effect={"release": 1},
        )  # fmt: skip


@pytest.mark.parametrize(
    ("page", "who"),
    [
        ("user_changelist", KEEPERS),
        ("user_add", KEEPERS),
        ("region_changelist", set(CREW)),
        ("region_add", KEEPERS),
        ("reporter_changelist", set(CREW)),
        ("reporter_add", set(CREW) - {"proofreader", "layout"}),
        ("delegation_changelist", HEADS),
        ("delegation_add", HEADS),
        ("signature_changelist", HEADS),
        ("signature_add", set()),
    ],
)
def test_who_opens_which_page(cast: Cast, link: Signature, page: str, who: set[str]) -> None:
    people = cast.everyone()
    del people["reporter2"]
    assert {name for name, person in people.items() if opens(person, page)} == who


def test_pages_of_one_row(cast: Cast, link: Signature) -> None:
    region = Region.objects.create(code="130000", name="河北省", level=1)
    loan = DelegationFactory(principal=cast.chief, deputy=cast.deputy, stage="终审")
    for page, row in (("region", region), ("delegation", loan), ("signature", link), ("user", cast.editor)):
        assert opens(cast.admin, f"{page}_change", row.pk), page
        assert opens(cast.superuser, f"{page}_change", row.pk), page


def test_the_groups_have_no_page() -> None:
    assert not admin.site.is_registered(Group)


class TestAccounts:
    def test_an_account_is_made_with_its_roles(self, cast: Cast) -> None:
        groups = Group.objects.filter(name__in=["reporter", "editor"])
        answer = browser(cast.admin).post(
            reverse("admin:people_user_add"),
            {
                "username": "newcomer", "full_name": "新来的", "usable_password": "true",
                "password1": "rather-long-words", "password2": "rather-long-words",
                "groups": [group.pk for group in groups],
            },
        )  # fmt: skip
        assert answer.status_code == 302
        person = User.objects.get(username="newcomer")
        assert person.roles == {"reporter", "editor"}
        assert Client().login(username="newcomer", password="rather-long-words")

    def test_the_roles_are_boxes_with_the_trade_s_names(self, cast: Cast) -> None:
        page = browser(cast.admin).get(reverse("admin:people_user_change", args=[cast.editor.pk]))
        text = page.content.decode()
        for name in ("记者", "编辑", "副总编辑", "总编辑", "校对", "版面编辑", "管理员"):
            assert name in text
        boxes = page.context["adminform"].form["groups"].subwidgets
        checked = [box.data["label"] for box in boxes if box.data["selected"]]
        assert (len(boxes), checked) == (7, ["编辑"])

    def test_the_pages_speak_to_an_administrator(self, cast: Cast) -> None:
        added = browser(cast.admin).get(reverse("admin:people_user_add")).text
        assert "created a user" not in added
        assert "能否登录" in added
        page = browser(cast.admin).get(reverse("admin:people_user_change", args=[cast.editor.pk])).text
        assert "已设密码。" in page
        assert [word for word in ("pbkdf2", "算法", "超级用户") if word in page] == []

    def test_the_list_shows_roles_at_a_constant_number_of_queries(
        self, cast: Cast, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(20):
            UserFactory(roles=["reporter", "chief"])
        client = browser(cast.admin)
        with django_assert_max_num_queries(10):
            page = client.get(reverse("admin:people_user_changelist"), {"role": "chief"}).content.decode()
        assert page.count("记者、总编辑") == 20

    def test_nobody_deletes_an_account(self, cast: Cast) -> None:
        for person in (cast.admin, cast.superuser):
            client = browser(person)
            url = reverse("admin:people_user_delete", args=[cast.reporter.pk])
            assert client.post(url, {"post": "yes"}).status_code == 403
            client.post(
                reverse("admin:people_user_changelist"),
                {"action": "delete_selected", "_selected_action": [cast.reporter.pk], "post": "yes"},
            )
        assert User.objects.filter(pk=cast.reporter.pk).exists()

    def test_an_administrator_cannot_make_or_touch_a_superuser(self, cast: Cast) -> None:
        client = browser(cast.admin)
        fields = {"username": "editor", "full_name": "顾知秋", "is_active": "on", "is_superuser": "on"}
        client.post(reverse("admin:people_user_change", args=[cast.editor.pk]), fields)
        cast.editor.refresh_from_db()
        assert not cast.editor.is_superuser
        url = reverse("admin:people_user_change", args=[cast.superuser.pk])
        assert client.post(url, {"username": "taken"}).status_code == 403
        url = reverse("admin:auth_user_password_change", args=[cast.superuser.pk])
        words = {
            "usable_password": "true",
            "password1": "rather-long-words",
            "password2": "rather-long-words",
        }
        assert client.post(url, words).status_code == 403
        assert Client().login(username="superuser", password=PASSWORD)

    def test_nobody_locks_himself_out(self, cast: Cast) -> None:
        groups = [Group.objects.get(name="admin").pk]
        client = browser(cast.admin)
        answer = client.post(
            reverse("admin:people_user_change", args=[cast.admin.pk]),
            {"username": "admin", "full_name": "严守正", "groups": groups},
        )
        assert answer.status_code == 302
        cast.admin.refresh_from_db()
        assert cast.admin.is_active

    def test_a_deactivated_account_is_out_at_once(self, cast: Cast) -> None:
        client = browser(cast.editor)
        assert client.get(reverse("admin:people_region_changelist")).status_code == 200
        browser(cast.admin).post(
            reverse("admin:people_user_change", args=[cast.editor.pk]), {"username": "editor"}
        )
        assert client.get(reverse("admin:people_region_changelist")).status_code == 302
        assert not Client().login(username="editor", password=PASSWORD)

    def test_an_account_without_a_role_is_not_let_in(self, cast: Cast) -> None:
        assert cast.outsider.is_active
        for password, opened in ((PASSWORD, cast.reporter), (PASSWORD, cast.outsider)):
            client = Client()
            words = {"username": opened.username, "password": password, "next": "/admin/"}
            client.post(reverse("admin:login"), words)
            assert ("_auth_user_id" in client.session) is (opened == cast.reporter)


class TestRegions:
    def test_level_and_parent_follow_from_the_code(self, cast: Cast) -> None:
        regions.load(regions.read(regions.SHIPPED))
        client = browser(cast.admin)
        answer = client.post(reverse("admin:people_region_add"), {"code": "131071499", "name": "新街道"})
        assert answer.status_code == 302
        region = Region.objects.get(code="131071499")
        assert (region.level, region.parent and region.parent.code) == (4, "131071")

    @pytest.mark.parametrize(
        ("code", "sentence"),
        [("12345", "代码应为"), ("440300", "请先添加它的上级地区。"), ("130000", "已存在")],
    )
    def test_a_bad_code_is_refused_on_the_form(self, cast: Cast, code: str, sentence: str) -> None:
        Region.objects.create(code="130000", name="河北省", level=1)
        page = browser(cast.admin).post(reverse("admin:people_region_add"), {"code": code, "name": "某地"})
        assert sentence in page.content.decode()
        assert Region.objects.count() == 1

    def test_the_code_of_a_region_stays(self, cast: Cast) -> None:
        region = Region.objects.create(code="130000", name="河北省", level=1)
        url = reverse("admin:people_region_change", args=[region.pk])
        browser(cast.admin).post(url, {"code": "140000", "name": "河北"})
        region.refresh_from_db()
        assert (region.code, region.name) == ("130000", "河北")

    def test_it_is_found_by_name_and_by_the_beginning_of_its_code(self, cast: Cast) -> None:
        regions.load(regions.read(regions.SHIPPED))
        client = browser(cast.reporter)
        assert pick(client, "articles.Article.regions", Region, "耀华") == ["耀华道街道"]
        assert pick(client, "articles.Article.regions", Region, "131071")[0] == "廊坊经济技术开发区"
        url = reverse("admin:people_region_changelist")
        listed = client.get(url, {"q": "131071"}).content.decode()
        assert listed.count("1310714") == 2


def pick(client: Client, field: str, model: type[Any], term: str) -> list[str]:
    """What the admin's picker offers for a field `app.Model.field`."""
    app, name, field_name = field.split(".")
    words = {"term": term, "app_label": app.lower(), "model_name": name.lower(), "field_name": field_name}
    answer = client.get(reverse("admin:autocomplete"), words)
    assert answer.status_code == 200, answer.status_code
    return [one["text"] for one in answer.json()["results"]]


class TestReporters:
    def test_a_new_correspondent_is_made_on_the_spot(self, cast: Cast) -> None:
        url = reverse("admin:people_reporter_add")
        words = {
            "name": "周禾",
            "identity": "correspondent",
            "outlet": "",
            "_popup": "1",
            "user": cast.reporter.pk,
        }
        answer = browser(cast.reporter).post(url, words)
        assert answer.status_code == 200
        made = Reporter.objects.get(name="周禾")
        assert (made.identity, made.user, made.is_active) == ("correspondent", None, True)

    @pytest.mark.parametrize(("person", "linked"), [("editor", False), ("chief", False), ("admin", True)])
    def test_only_an_administrator_links_a_login(self, cast: Cast, person: str, linked: bool) -> None:
        """Whoever could unlink himself from a byline could sign his own story."""
        reporter = ReporterFactory(name="孟川")
        url = reverse("admin:people_reporter_change", args=[reporter.pk])
        words = {"name": "孟川", "identity": "reporter", "is_active": "on", "user": cast.reporter.pk}
        assert browser(getattr(cast, person)).post(url, words).status_code == 302
        reporter.refresh_from_db()
        assert reporter.user == (cast.reporter if linked else None)

    def test_a_reporter_changes_nobody(self, cast: Cast) -> None:
        reporter = ReporterFactory(name="孟川")
        url = reverse("admin:people_reporter_change", args=[reporter.pk])
        assert browser(cast.reporter).post(url, {"name": "改名", "identity": "reporter"}).status_code == 403
        reporter.refresh_from_db()
        assert reporter.name == "孟川"

    @pytest.mark.parametrize("term", ["解小满", "小满", "xxm", "jxm", "xiexiaoman", "临港日报", "XXM"])
    def test_it_is_found_by_name_outlet_and_pinyin(self, cast: Cast, term: str) -> None:
        ReporterFactory(name="解小满", outlet="临港日报")
        ReporterFactory(name="孟川")
        page = browser(cast.editor).get(reverse("admin:people_reporter_changelist"), {"q": term})
        assert [reporter.name for reporter in page.context["cl"].result_list] == ["解小满"]

    def test_the_picker_offers_only_those_in_use(self, cast: Cast) -> None:
        ReporterFactory(name="孟川")
        ReporterFactory(name="孟海", is_active=False)
        assert pick(browser(cast.reporter), "articles.Byline.reporter", Reporter, "meng") == ["记者 孟川"]

    def test_a_changed_name_is_found_by_its_new_letters(self, db: None) -> None:
        reporter = ReporterFactory(name="孟川")
        reporter.name = "周禾"
        reporter.save(update_fields=["name"])
        reporter.refresh_from_db()
        assert reporter.pinyin == "zh zhouhe"


class TestDelegations:
    def test_only_editors_are_offered_as_stand_ins(self, cast: Cast) -> None:
        cast.everyone()
        page = browser(cast.chief).get(reverse("admin:people_delegation_add"))
        offered = page.context["adminform"].form.fields["deputy"].queryset
        assert set(offered) == {cast.editor, cast.deputy, cast.chief}

    def words(self, cast: Cast, **changes: Any) -> dict[str, Any]:
        words = {
            "stage": "终审", "principal": cast.chief.pk, "deputy": cast.deputy.pk,
            "starts_on": today(), "ends_on": today() + timedelta(days=3),
        }  # fmt: skip
        return words | changes

    def test_a_chief_lends_his_stage(self, cast: Cast) -> None:
        url = reverse("admin:people_delegation_add")
        assert browser(cast.chief).post(url, self.words(cast)).status_code == 302
        assert rules.delegated_by(cast.deputy, "终审", timezone.now()) == cast.chief

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"stage": "初审"}, "沈怀瑾 自己不签这一审级，不能委托。"),
            ({"stage": "四审"}, "四审"),
            ({"deputy": "principal"}, "不能委托给自己。"),
            ({"deputy": "second chief"}, "自己就签这一审级，不必代审。"),
            ({"deputy": "outsider"}, "选择一个有效的选项"),
            ({"deputy": "retired"}, "选择一个有效的选项"),
            ({"principal": "superuser"}, "选择一个有效的选项"),
            ({"ends_on": "2020-01-01"}, "结束日期不能早于开始日期。"),
        ],
    )
    def test_a_loan_that_cannot_be_is_refused(
        self, cast: Cast, changes: dict[str, str], sentence: str
    ) -> None:
        people = {
            "principal": cast.chief, "second chief": UserFactory(roles=["chief"]), "outsider": cast.outsider,
            "retired": cast.retired, "superuser": cast.superuser,
        }  # fmt: skip
        fields = {
            name: people[value].pk if name in ("deputy", "principal") else value
            for name, value in changes.items()
        }
        page = browser(cast.chief).post(reverse("admin:people_delegation_add"), self.words(cast, **fields))
        assert page.status_code == 200
        assert sentence in page.content.decode()
        assert not Delegation.objects.exists()

    def test_of_one_that_has_begun_only_the_end_moves(self, cast: Cast) -> None:
        loan = DelegationFactory(principal=cast.chief, deputy=cast.deputy, stage="终审", starts_on=today())
        url = reverse("admin:people_delegation_change", args=[loan.pk])
        words = self.words(cast, deputy=cast.editor.pk, ends_on=today())
        assert browser(cast.chief).post(url, words).status_code == 302
        loan.refresh_from_db()
        assert (loan.deputy, loan.ends_on) == (cast.deputy, today())

    def test_one_that_has_begun_is_not_deleted(self, cast: Cast) -> None:
        begun = DelegationFactory(principal=cast.chief, deputy=cast.deputy, stage="终审", starts_on=today())
        ahead = DelegationFactory(
            principal=cast.chief, deputy=cast.deputy, stage="终审",
            starts_on=today() + timedelta(days=1), ends_on=today() + timedelta(days=2),
        )  # fmt: skip
        client = browser(cast.chief)
        answers = [
            client.post(
                reverse("admin:people_delegation_delete", args=[loan.pk]), {"post": "yes"}
            ).status_code
            for loan in (begun, ahead)
        ]
        assert answers == [403, 302]
        assert list(Delegation.objects.all()) == [begun]


class TestSignatures:
    def test_the_list_reads_as_people_speak(self, cast: Cast, link: Signature) -> None:
        page = browser(cast.chief).get(reverse("admin:people_signature_changelist")).content.decode()
        for words in ("陆明夷（代沈怀瑾）", "通过", "终审", "article:12", "同意签发", link.hash[:12]):
            assert words in page

    @pytest.mark.parametrize(
        ("words", "found"),
        [({"action": "pass"}, 1), ({"action": "return"}, 0), ({"q": "陆明夷"}, 1), ({"q": "article:1"}, 0)],
    )
    def test_it_is_filtered(self, cast: Cast, link: Signature, words: dict[str, str], found: int) -> None:
        page = browser(cast.chief).get(reverse("admin:people_signature_changelist"), words)
        assert page.context["cl"].result_count == found

    @pytest.mark.parametrize("person", ["chief", "admin", "superuser"])
    def test_nobody_writes_in_it(self, cast: Cast, link: Signature, person: str) -> None:
        client = browser(getattr(cast, person))
        assert client.post(reverse("admin:people_signature_add"), {"note": "x"}).status_code == 403
        change = reverse("admin:people_signature_change", args=[link.pk])
        assert client.post(change, {"note": "不同意"}).status_code == 403
        delete = reverse("admin:people_signature_delete", args=[link.pk])
        assert client.post(delete, {"post": "yes"}).status_code == 403
        assert "同意签发" in client.get(change).content.decode()
        assert list(chain.verify()) == []
        assert Signature.objects.count() == 1
