"""The home page as editors arrange it."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0005_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FrontSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("set_at", models.DateTimeField(null=True)),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FrontSlot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("lead", "头条"),
                            ("second", "次头条"),
                            ("picture", "图片新闻"),
                            ("section", "栏目置顶"),
                            ("off", "不自动上首页"),
                        ],
                        max_length=10,
                        verbose_name="位置",
                    ),
                ),
                (
                    "order",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[django.core.validators.MaxValueValidator(999)],
                        verbose_name="次序",
                    ),
                ),
                ("shown_from", models.DateTimeField(blank=True, null=True, verbose_name="起")),
                ("shown_until", models.DateTimeField(blank=True, null=True, verbose_name="止")),
                ("set_at", models.DateTimeField(verbose_name="编排时间")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="front_slots",
                        to="articles.article",
                        verbose_name="稿件",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="编排人",
                    ),
                ),
            ],
            options={
                "verbose_name": "首页编排",
                "verbose_name_plural": "首页编排",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("place", "article"), name="front_place_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("shown_from", None),
                            ("shown_until", None),
                            ("shown_until__gt", models.F("shown_from")),
                            _connector="OR",
                        ),
                        name="front_ends_after_start",
                    ),
                ],
            },
        ),
    ]
