"""Pictures for tests: small, real JPEG files taken in as an upload is."""

from __future__ import annotations

import itertools
from io import BytesIO
from typing import Any

import factory
from PIL import Image

from media.library import ingest
from media.models import Photo, PhotoCredit
from people.models import Act, Identity

_numbers = itertools.count(1)


def picture(
    width: int = 480, height: int = 320, number: int | None = None, kind: str = "JPEG", **options: Any
) -> bytes:
    """The file of a picture that no other number has: colours that change to the right and downwards.

    `kind` and `options` go to Pillow's `save`.
    """
    number = next(_numbers) if number is None else number
    across, down = Image.linear_gradient("L").rotate(90), Image.linear_gradient("L")
    shade = Image.new("L", (256, 256), number * 37 % 200)
    image = Image.merge("RGB", (across, down, shade)).resize((width, height))
    # The number itself, as eight pixels' worth of bits: shades repeat.
    for bit in range(16):
        image.paste(((number >> bit & 1) * 255,) * 3, (bit * width // 16, 0, (bit + 1) * width // 16, 4))
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


class PhotoFactory(factory.Factory[Photo]):
    """A photo of the library: `PhotoFactory(width=1200, height=800, caption="…", uploaded_by=cast.reporter)`.

    `credit` is the photographer's name, "" for none. The renditions are not made yet.
    """

    class Meta:
        model = Photo

    width = 480
    height = 320
    number = factory.Sequence(lambda n: 10_000 + n)
    caption = factory.Sequence(lambda n: f"临港码头的第{n}个清晨")
    credit = "孟帆"

    @classmethod
    def _create(cls, model_class: type[Photo], *args: Any, **fields: Any) -> Photo:
        data = fields.pop("data", None) or picture(
            fields.pop("width"), fields.pop("height"), fields.pop("number")
        )
        credit = fields.pop("credit")
        by = fields.pop("uploaded_by", None)
        name = fields.pop("original_name", "IMG_0001.jpg")
        photo, _created = ingest(BytesIO(data), name, by)
        for key in ("width", "height", "number"):
            fields.pop(key, None)
        for field, value in fields.items():
            setattr(photo, field, value)
        photo.save()
        if credit:
            PhotoCredit.objects.get_or_create(
                photo=photo, name=credit, identity=Identity.REPORTER, act=Act.PHOTO
            )
        return photo
