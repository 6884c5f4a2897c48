"""The people most tests need, one of each kind."""

from __future__ import annotations

from functools import cached_property

from people import roles
from people.models import User
from tests.factories.people import UserFactory


class Cast:
    """One person of each role, made when first named: `cast.editor`, `cast.chief`, …

    `superuser` sees everything and signs nothing; `outsider` has an account without any role;
    `retired` is an inactive chief.
    """

    @cached_property
    def reporter(self) -> User:
        return self._person("reporter", "林晚照", roles.REPORTER)

    @cached_property
    def reporter2(self) -> User:
        return self._person("reporter2", "石远", roles.REPORTER)

    @cached_property
    def editor(self) -> User:
        return self._person("editor", "顾知秋", roles.EDITOR)

    @cached_property
    def deputy(self) -> User:
        return self._person("deputy", "陆明夷", roles.DEPUTY)

    @cached_property
    def chief(self) -> User:
        return self._person("chief", "沈怀瑾", roles.CHIEF)

    @cached_property
    def proofreader(self) -> User:
        return self._person("proofreader", "阮青禾", roles.PROOFREADER)

    @cached_property
    def layout(self) -> User:
        return self._person("layout", "乔一帆", roles.LAYOUT)

    @cached_property
    def admin(self) -> User:
        return self._person("admin", "严守正", roles.ADMIN)

    @cached_property
    def superuser(self) -> User:
        return UserFactory(username="superuser", full_name="超级管理员", is_superuser=True)

    @cached_property
    def outsider(self) -> User:
        return UserFactory(username="outsider", full_name="路人")

    @cached_property
    def retired(self) -> User:
        return UserFactory(username="retired", full_name="退休总编", roles=[roles.CHIEF], is_active=False)

    def everyone(self) -> dict[str, User]:
        """All of them by name, in a fixed order."""
        return {
            name: getattr(self, name)
            for name in vars(type(self))
            if not name.startswith("_") and name != "everyone"
        }

    def _person(self, username: str, full_name: str, role: str) -> User:
        return UserFactory(username=username, full_name=full_name, roles=[role])
