"""People of the bureau, the places they write about, and the chain of what they signed."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from newsroom.lib.text import clean_line
from people import pinyin, roles


class User(AbstractUser):
    """A login of the bureau (账号). Never deleted, only deactivated: signatures point here."""

    full_name = models.CharField(_("姓名"), max_length=40, blank=True, validators=[clean_line])

    class Meta:
        verbose_name = _("账号")
        verbose_name_plural = pgettext_lazy("plural", "账号")

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return str(self)

    @cached_property
    def roles(self) -> frozenset[str]:
        """Names of the groups this person is in; see `people.roles`."""
        return frozenset(self.groups.values_list("name", flat=True)) if self.pk else frozenset()

    @property
    def is_staff(self) -> bool:
        """Whether Django's admin lets this account in: no column that could drift from the roles."""
        return self.is_superuser or bool(self.roles & roles.ALL.keys())

    @is_staff.setter
    def is_staff(self, value: bool) -> None:
        """Ignored: Django's user manager and `createsuperuser` insist on setting it."""


class RegionQuerySet(models.QuerySet["Region"]):
    def within(self, region: Region) -> Self:
        """The region itself and everything inside it, by code prefix."""
        return self.filter(code__startswith=region.prefix)


class Region(models.Model):
    """A place (地区) by its GB/T 2260 code: six digits down to the county level, nine for towns."""

    class Level(models.IntegerChoices):
        PROVINCE = 1, _("省级")
        CITY = 2, _("地级")
        COUNTY = 3, _("县级")
        TOWN = 4, _("乡级")

    PREFIX_LENGTH = {Level.PROVINCE: 2, Level.CITY: 4, Level.COUNTY: 6, Level.TOWN: 9}

    code = models.CharField(_("代码"), max_length=9, unique=True)
    name = models.CharField(_("名称"), max_length=60, validators=[clean_line])
    level = models.PositiveSmallIntegerField(_("级别"), choices=Level.choices)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上级"),
    )

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("地区")
        verbose_name_plural = pgettext_lazy("plural", "地区")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def prefix(self) -> str:
        """The digits that every code inside this region begins with."""
        return self.code[: self.PREFIX_LENGTH[Region.Level(self.level)]]

    @property
    def lineage(self) -> list[str]:
        """Codes of this region and of every region around it, widest first. No query."""
        widths = [w for lvl, w in self.PREFIX_LENGTH.items() if lvl <= self.level]
        return [self.code[:w].ljust(6, "0") for w in widths]


class Identity(models.TextChoices):
    """What a credited person is to the paper (身份)."""

    REPORTER = "reporter", _("记者")
    CORRESPONDENT = "correspondent", _("通讯员")
    INSTITUTION = "institution", _("机构")
    NONE = "", _("（不写）")


class Act(models.TextChoices):
    """What a credited person did (分工)."""

    TEXT = "text", _("文")
    PHOTO = "photo", _("摄")
    COURTESY = "courtesy", _("供图")
    GRAPHICS = "graphics", _("制图")


class Reporter(models.Model):
    """Someone who can be credited (署名人): staff reporter, correspondent or institution."""

    name = models.CharField(_("姓名或单位"), max_length=60, validators=[clean_line])
    identity = models.CharField(
        _("身份"), max_length=20, choices=Identity.choices, default=Identity.REPORTER, blank=True
    )
    outlet = models.CharField(_("媒体或单位"), max_length=60, blank=True, validators=[clean_line])
    user = models.OneToOneField(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reporter",
        verbose_name=_("登录账号"),
    )
    is_active = models.BooleanField(_("在用"), default=True)
    # Letters an editor types to find the name: initials and full syllables.
    pinyin = models.CharField(max_length=500, blank=True, editable=False)

    class Meta:
        verbose_name = _("记者与通讯员")
        verbose_name_plural = pgettext_lazy("plural", "记者与通讯员")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        parts = [self.outlet, self.get_identity_display() if self.identity else "", self.name]
        return " ".join(str(p) for p in parts if p)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pinyin = pinyin.search_key(self.name)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "pinyin"}
        super().save(*args, **kwargs)


class Credit(models.Model):
    """One name in an ordered list of credits (署名). The name is kept as printed; the link is a help."""

    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    reporter = models.ForeignKey(
        Reporter, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("署名人")
    )
    identity = models.CharField(
        _("身份"), max_length=20, choices=Identity.choices, default=Identity.REPORTER, blank=True
    )
    act = models.CharField(_("分工"), max_length=20, choices=Act.choices, default=Act.TEXT)
    name = models.CharField(_("姓名"), max_length=60, blank=True, validators=[clean_line])
    outlet = models.CharField(_("媒体或单位"), max_length=60, blank=True, validators=[clean_line])

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def on(self, day: date) -> Self:
        """Those that cover that day of the bureau's calendar."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Delegation(models.Model):
    """A review stage lent to someone for some days (代审), both days included."""

    stage = models.CharField(_("审级"), max_length=20)
    principal = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="delegations_given", verbose_name=_("委托人")
    )
    deputy = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="delegations_held", verbose_name=_("代审人")
    )
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"))

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("代审")
        verbose_name_plural = pgettext_lazy("plural", "代审")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="delegation_ends_after_start",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(principal=models.F("deputy")),
                name="delegation_to_another",
                violation_error_message=_("不能委托给自己。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.principal} → {self.deputy} {self.stage}"


class AppendOnly(models.Model):
    """A row that is written once: its `save` and `delete` refuse. What goes around them, `verify` finds."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError(f"{type(self).__name__} is append-only")


class SignatureQuerySet(models.QuerySet["Signature"]):
    def about(self, subject: str) -> Self:
        return self.filter(subject=subject).order_by("sequence")


class Signature(AppendOnly):
    """A link of the chain (签名): who did what to which subject, when, and what they saw.

    `record` is the canonical JSON text that `hash` is the SHA-256 of; the other columns repeat parts of it
    so that they can be queried, and `people.chain.verify` holds them against it.
    `effect` is JSON text: what the action did to releases, in the shape the acting app chose.
    """

    sequence = models.PositiveBigIntegerField(unique=True)
    subject = models.CharField(_("对象"), max_length=64, db_index=True)
    action = models.CharField(_("动作"), max_length=20)
    stage = models.CharField(_("审级"), max_length=20, blank=True)
    person = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="signatures", verbose_name=_("签名人")
    )
    person_name = models.CharField(_("签名人姓名"), max_length=150, blank=True)
    on_behalf_of = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("代谁审")
    )
    on_behalf_of_name = models.CharField(_("代谁审"), max_length=150, blank=True)
    digest = models.CharField(_("所见内容摘要"), max_length=64, blank=True)
    note = models.TextField(_("意见"), blank=True)
    effect = models.TextField(blank=True)
    at = models.DateTimeField(_("时间"))
    record = models.TextField()
    previous = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("签名")
        verbose_name_plural = pgettext_lazy("plural", "签名")
        ordering = ["sequence"]
        indexes = [models.Index(fields=["action", "at"], name="signature_action_at")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.subject} {self.action} {self.person_name}"


class ChainHead(models.Model):
    """The one row (pk 1) that is locked to add a link; holds the last link's number and hash."""

    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash}"
