"""People and places for tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import factory
from django.contrib.auth.models import Group
from django.utils import timezone

from people import roles, rules
from people.models import Delegation, Identity, Region, Reporter, User

PASSWORD = "newsroom-test"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """An active account with the password PASSWORD, in the groups of `UserFactory(roles=["editor", …])`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    full_name = factory.Sequence(lambda n: f"员工{n}")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def roles(self, create: bool, extracted: Iterable[str] | None, **kwargs: Any) -> None:
        if create and extracted:
            roles.ensure_groups()  # a test that flushed the database has lost what the migration made
            self.groups.set(Group.objects.filter(name__in=list(extracted)))  # type: ignore[attr-defined]
            self.__dict__.pop("roles", None)


class RegionFactory(factory.django.DjangoModelFactory[Region]):
    """A county of its own code by default; pass `code` with `level` for anything else."""

    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"99{1 + n // 89:02d}{11 + n % 89}")
    name = factory.Sequence(lambda n: f"第{n}区")
    level = Region.Level.COUNTY


class ReporterFactory(factory.django.DjangoModelFactory[Reporter]):
    class Meta:
        model = Reporter

    name = factory.Sequence(lambda n: f"记者{n}")
    identity = Identity.REPORTER


class DelegationFactory(factory.django.DjangoModelFactory[Delegation]):
    """Lent from yesterday to tomorrow, by the bureau's calendar."""

    class Meta:
        model = Delegation

    stage = "初审"
    principal = factory.SubFactory(UserFactory, roles=[roles.EDITOR])
    deputy = factory.SubFactory(UserFactory, roles=[roles.DEPUTY])
    starts_on = factory.LazyFunction(lambda: rules.bureau_date(timezone.now()) - timedelta(days=1))
    ends_on = factory.LazyFunction(lambda: rules.bureau_date(timezone.now()) + timedelta(days=1))
