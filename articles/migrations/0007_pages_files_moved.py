import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import newsroom.lib.text


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0006_front"),
        ("media", "0002_attachment"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArticleFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="次序")),
                (
                    "title",
                    models.CharField(
                        blank=True,
                        help_text="留空时用文件名",
                        max_length=120,
                        validators=[newsroom.lib.text.clean_line],
                        verbose_name="附件标题",
                    ),
                ),
            ],
            options={
                "verbose_name": "附件",
                "verbose_name_plural": "附件",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="OldAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("old", models.CharField(max_length=400, unique=True, verbose_name="旧网址")),
                ("target", models.CharField(blank=True, max_length=400, verbose_name="新网址")),
            ],
            options={
                "verbose_name": "旧网址",
                "verbose_name_plural": "旧网址",
                "ordering": ["old"],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="page_order",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="页脚次序"),
        ),
        migrations.AddField(
            model_name="article",
            name="path",
            field=models.CharField(
                blank=True,
                help_text="如 about，用小写字母、数字和短横",
                max_length=40,
                validators=[
                    django.core.validators.RegexValidator(
                        "\\A[a-z][a-z0-9]*(?:-[a-z0-9]+)*\\Z",
                        "只用小写字母、数字和短横，以字母开头，如 about-us。",
                    )
                ],
                verbose_name="页面网址",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="page",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.AlterField(
            model_name="article",
            name="kind",
            field=models.CharField(
                choices=[("story", "文字稿"), ("picture", "图片稿"), ("page", "固定页面")],
                default="story",
                max_length=10,
                verbose_name="体裁",
            ),
        ),
        migrations.AlterField(
            model_name="listing",
            name="kind",
            field=models.CharField(
                choices=[
                    ("section", "Section"),
                    ("series", "Series"),
                    ("region", "Region"),
                    ("tag", "Tag"),
                    ("reporter", "Reporter"),
                    ("photo", "Photo"),
                    ("file", "File"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="release",
            index=models.Index(
                models.F("page"), condition=models.Q(("page", ""), _negated=True), name="release_page"
            ),
        ),
        migrations.AddField(
            model_name="articlefile",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="files",
                to="articles.article",
                verbose_name="稿件",
            ),
        ),
        migrations.AddField(
            model_name="articlefile",
            name="attachment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="uses",
                to="media.attachment",
                verbose_name="附件",
            ),
        ),
        migrations.AddField(
            model_name="oldaddress",
            name="article",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="old_addresses",
                to="articles.article",
                verbose_name="稿件",
            ),
        ),
        migrations.AddConstraint(
            model_name="articlefile",
            constraint=models.UniqueConstraint(fields=("article", "attachment"), name="file_once_in_article"),
        ),
        migrations.AddConstraint(
            model_name="oldaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(("article", None), ("target", ""), _connector="XOR"),
                name="old_address_one_target",
            ),
        ),
    ]
