import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import newsroom.lib.slugs


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=newsroom.lib.slugs.public_id, editable=False, max_length=16, unique=True
                    ),
                ),
                ("sha256", models.CharField(editable=False, max_length=64, unique=True)),
                ("file", models.FileField(editable=False, max_length=200, upload_to="", verbose_name="文件")),
                ("name", models.CharField(editable=False, max_length=120, verbose_name="文件名")),
                ("kind", models.CharField(editable=False, max_length=10, verbose_name="格式")),
                ("bytes", models.PositiveBigIntegerField(editable=False, verbose_name="大小")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="上传时间")),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
            ],
            options={
                "verbose_name": "附件",
                "verbose_name_plural": "附件",
                "ordering": ["-uploaded_at", "-pk"],
            },
        ),
    ]
