"""The newsroom's pages for accounts, places, credited people, delegations and the chain of signatures."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people import roles, rules
from people.forms import DelegationForm, NewUserForm, RegionForm, UserForm
from people.models import Delegation, Region, Reporter, Signature, User

# The roles are boxes on the account; the groups behind them are nobody's business.
admin.site.unregister(Group)

# What the chain's actions are called. The apps above decide which there are; one unknown here shows as it is.
ACTIONS: dict[str, Promise] = {
    "submit": _("提交审核"),
    "pass": _("通过"),
    "confirm": _("确认改动"),
    "return": _("退回修改"),
    "recall": _("撤回"),
    "spike": _("不用"),
    "restore": _("恢复"),
    "reschedule": _("改发布时间"),
    "reopen": _("重新打开"),
    "amend": _("改稿重发"),
    "withdraw": _("撤稿"),
    "correct": _("更正"),
    "block": _("封存图片"),
    "unblock": _("解除封存"),
    "arrange": _("编排首页"),
    "proof": _("出样"),
    "sign": _("签样"),
    "release": _("签发"),
}


def is_autocomplete(request: HttpRequest) -> bool:
    return bool(request.resolver_match and request.resolver_match.url_name == "autocomplete")


class RoleFilter(admin.SimpleListFilter):
    title = _("角色")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, str]]:
        return [(role, roles.label(role)) for role in roles.ALL]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


class ActionFilter(admin.SimpleListFilter):
    title = _("动作")
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, str]]:
        return [(action, str(label)) for action, label in ACTIONS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Signature]) -> QuerySet[Signature]:
        return queryset.filter(action=self.value()) if self.value() else queryset


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    form = UserForm
    add_form = NewUserForm
    list_display = ["username", "full_name", "role_names", "is_active", "last_login"]
    list_filter = [RoleFilter, "is_active"]
    search_fields = ["username", "full_name"]
    ordering = ["username"]
    filter_horizontal = ()
    fieldsets = [
        (None, {"fields": ["username", "password", "full_name", "email"]}),
        (_("角色与登录"), {"fields": ["groups", "is_active", "is_superuser"]}),
        (_("登录"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "full_name", "usable_password", "password1", "password2", "groups"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    @admin.display(description=_("角色"))
    def role_names(self, user: User) -> str:
        held = {group.name for group in user.groups.all()}
        return "、".join(roles.label(role) for role in roles.ALL if role in held)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[User], search_term: str
    ) -> tuple[QuerySet[User], bool]:
        """In a picker, only people who can log in."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        return (found.filter(is_active=True) if is_autocomplete(request) else found), duplicates

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Without the box of system maintenance for those who cannot tick it."""
        if obj is None:
            return self.add_fieldsets
        fixed = self.get_readonly_fields(request, obj)
        first, standing, log = self.fieldsets
        names = ["groups", "is_active"] if "is_superuser" in fixed else standing[1]["fields"]
        return [first, (standing[0], {"fields": names}), log]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Only a superuser makes superusers, and nobody locks himself out."""
        fixed = list(super().get_readonly_fields(request, obj))
        if not request.user.is_superuser or obj == request.user:
            fixed.append("is_superuser")
        if obj == request.user:
            fixed.append("is_active")
        return fixed

    def has_module_permission(self, request: HttpRequest) -> bool:
        return rules.may_edit_users(request.user)

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        if is_autocomplete(request):
            return rules.may_look_up(request.user)
        return rules.may_edit_users(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return rules.may_edit_users(request.user)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return rules.may_edit_user(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return rules.may_delete_user(request.user, obj)


@admin.register(Region)
class RegionAdmin(admin.ModelAdmin):
    form = RegionForm
    list_display = ["indented_name", "code", "level", "parent"]
    list_filter = ["level"]
    list_select_related = ["parent"]
    list_per_page = 200
    search_fields = ["name", "code__startswith"]
    ordering = ["code"]
    fields = ["code", "name", "level", "parent"]

    @admin.display(description=_("名称"), ordering="code")
    def indented_name(self, region: Region) -> str:
        return "　" * (region.level - 1) + region.name

    def get_fields(self, request: HttpRequest, obj: Region | None = None) -> list[Any]:
        return ["code", "name", "level", "parent"] if obj else ["code", "name"]

    def get_readonly_fields(self, request: HttpRequest, obj: Region | None = None) -> list[str]:
        """A code is an address readers may have kept; level and parent follow from it."""
        return ["code", "level", "parent"] if obj else []

    def has_module_permission(self, request: HttpRequest) -> bool:
        return rules.may_look_up(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Region | None = None) -> bool:
        return rules.may_look_up(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return rules.may_edit_regions(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Region | None = None) -> bool:
        return rules.may_edit_regions(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Region | None = None) -> bool:
        return rules.may_edit_regions(request.user)


@admin.register(Reporter)
class ReporterAdmin(admin.ModelAdmin):
    list_display = ["name", "identity", "outlet", "user", "is_active"]
    list_filter = ["identity", "is_active"]
    list_select_related = ["user"]
    search_fields = ["name", "outlet", "pinyin"]
    ordering = ["pinyin", "pk"]
    autocomplete_fields = ["user"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Reporter], search_term: str
    ) -> tuple[QuerySet[Reporter], bool]:
        """In a picker, only people still in use."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        return (found.filter(is_active=True) if is_autocomplete(request) else found), duplicates

    def get_fields(self, request: HttpRequest, obj: Reporter | None = None) -> list[Any]:
        fields = ["name", "identity", "outlet"]
        if obj or rules.may_link_login(request.user):
            fields.append("user")
        return [*fields, "is_active"] if obj else fields

    def get_readonly_fields(self, request: HttpRequest, obj: Reporter | None = None) -> list[str]:
        return [] if rules.may_link_login(request.user) else ["user"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return rules.may_look_up(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Reporter | None = None) -> bool:
        return rules.may_look_up(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return rules.may_create_reporter(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Reporter | None = None) -> bool:
        return rules.may_edit_reporter(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Reporter | None = None) -> bool:
        return rules.is_admin(request.user)


@admin.register(Delegation)
class DelegationAdmin(admin.ModelAdmin):
    form = DelegationForm
    list_display = ["stage", "principal", "deputy", "starts_on", "ends_on"]
    list_filter = ["stage"]
    list_select_related = ["principal", "deputy"]
    search_fields = ["principal__full_name", "deputy__full_name"]
    date_hierarchy = "starts_on"
    fields = ["stage", "principal", "deputy", "starts_on", "ends_on"]

    def get_readonly_fields(self, request: HttpRequest, obj: Delegation | None = None) -> list[str]:
        """What has begun may have been signed under: only its end can still be moved."""
        return ["stage", "principal", "deputy", "starts_on"] if obj and has_begun(obj) else []

    def has_module_permission(self, request: HttpRequest) -> bool:
        return rules.may_delegate(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Delegation | None = None) -> bool:
        return rules.may_delegate(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return rules.may_delegate(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Delegation | None = None) -> bool:
        return rules.may_delegate(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Delegation | None = None) -> bool:
        return rules.may_delegate(request.user) and (obj is None or not has_begun(obj))


@admin.register(Signature)
class SignatureAdmin(admin.ModelAdmin):
    """The chain, to be read only."""

    list_display = ["sequence", "at", "signer", "what", "stage", "subject", "note_start", "hash_start"]
    list_display_links = ["sequence"]
    list_filter = [ActionFilter, "stage", "at"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["subject__exact", "person_name", "note", "hash__startswith", "digest__startswith"]
    ordering = ["-sequence"]
    fields = (
        "sequence", "at", "person_name", "on_behalf_of_name", "what", "stage", "subject", "note", "digest",
        "effect", "previous", "hash", "record",
    )  # fmt: skip
    readonly_fields = fields

    @admin.display(description=_("签名人"), ordering="person_name")
    def signer(self, link: Signature) -> str:
        if link.on_behalf_of_name:
            return _("%(person)s（代%(principal)s）") % {
                "person": link.person_name,
                "principal": link.on_behalf_of_name,
            }
        return link.person_name

    @admin.display(description=_("动作"), ordering="action")
    def what(self, link: Signature) -> str:
        return str(ACTIONS.get(link.action, link.action))

    @admin.display(description=_("意见"))
    def note_start(self, link: Signature) -> str:
        return link.note if len(link.note) <= 30 else f"{link.note[:30]}…"

    @admin.display(description=_("摘要"))
    def hash_start(self, link: Signature) -> str:
        return link.hash[:12]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return rules.may_read_chain(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Signature | None = None) -> bool:
        return rules.may_read_chain(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Signature | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Signature | None = None) -> bool:
        return False


def has_begun(delegation: Delegation) -> bool:
    return delegation.starts_on <= rules.bureau_date(timezone.now())
