"""Forms of the admin for people and places."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AdminUserCreationForm, ReadOnlyPasswordHashWidget, UserChangeForm
from django.contrib.auth.hashers import is_password_usable
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people import regions, roles, rules
from people.models import Delegation, Region, User


class RolesField(forms.ModelMultipleChoiceField):
    """The groups of a person as a row of boxes with the trade's names."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Group.objects.filter(name__in=roles.ALL).order_by("pk"),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=_("角色"),
            **kwargs,
        )

    def label_from_instance(self, obj: Any) -> str:
        return roles.label(obj.name)


class PasswordState(ReadOnlyPasswordHashWidget):
    """Whether there is a password, and the way to a new one; how it is kept is nobody's business."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        usable = bool(value) and is_password_usable(value)
        context["summary"] = [{"label": _("已设密码。") if usable else _("没有密码，不能登录。")}]
        context["button_label"] = _("重设密码") if usable else _("设密码")
        return context


class NewUserForm(AdminUserCreationForm):
    groups = RolesField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("账号")
        self.fields["username"].help_text = _("登录时输入的名字，可用字母、数字和 @ . + - _。")
        self.fields["usable_password"].label = _("能否登录")
        self.fields["usable_password"].help_text = _("选“否”就不设密码，这个账号不能登录。")
        self.fields["usable_password"].choices = [("true", _("是")), ("false", _("否"))]  # type: ignore[attr-defined]

    class Meta(AdminUserCreationForm.Meta):  # with its field of the name, which logging in spells alike
        model = User
        fields = ("username", "full_name", "groups")


class UserForm(UserChangeForm):
    groups = RolesField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts = {
            "username": (_("账号"), _("登录时输入的名字，可用字母、数字和 @ . + - _。")),
            "password": (_("密码"), ""),
            "is_active": (_("能登录"), _("离开的人取消勾选即可，账号和他的签名都留着。")),
            "is_superuser": (_("系统维护"), _("可打开所有页面，不参与审签。只给维护系统的人。")),
        }
        for name, (label, help_text) in texts.items():
            if name in self.fields:
                self.fields[name].label = label
                self.fields[name].help_text = help_text  # type: ignore[assignment]
        if "password" in self.fields:
            self.fields["password"].widget = PasswordState()

    class Meta(UserChangeForm.Meta):
        model = User
        fields = "__all__"


class RegionForm(forms.ModelForm):
    """Level and parent follow from the code, as when a file is loaded."""

    class Meta:
        model = Region
        fields = ("code", "name")

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        self.instance.level = regions.level_of(code)
        self.instance.parent = regions.parent_of(code)
        if self.instance.parent is None and self.instance.level != Region.Level.PROVINCE:
            raise ValidationError(_("请先添加它的上级地区。"))
        return code


class DelegationForm(forms.ModelForm):
    """Lends a stage: its principal must hold it himself, its deputy must not."""

    stage = forms.ChoiceField(label=_("审级"))

    class Meta:
        model = Delegation
        fields = ("stage", "principal", "deputy", "starts_on", "ends_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = [*settings.REVIEW_STAGES, *settings.PROOF_STAGES]
        if "stage" in self.fields:
            names = [(stage.name, f"{stage.name}（{roles.label(stage.group)}）") for stage in stages]
            self.fields["stage"].choices = [("", "---------"), *names]  # type: ignore[attr-defined]
        people = User.objects.filter(is_active=True, is_superuser=False).order_by("full_name", "username")
        for name, groups in (("principal", {stage.group for stage in stages}), ("deputy", roles.EDITORS)):
            if name in self.fields:
                field: Any = self.fields[name]
                field.queryset = people.filter(groups__name__in=groups).distinct()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        stage, principal, deputy = (cleaned.get(name) for name in ("stage", "principal", "deputy"))
        if stage and principal and not rules.may_lend_stage(principal, stage):
            self.add_error("principal", _("%s 自己不签这一审级，不能委托。") % principal)
        if deputy and deputy == principal:
            self.add_error("deputy", _("不能委托给自己。"))
        elif stage and deputy and rules.may_lend_stage(deputy, stage):
            self.add_error("deputy", _("%s 自己就签这一审级，不必代审。") % deputy)
        return cleaned
