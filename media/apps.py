import warnings

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import pgettext_lazy


class MediaConfig(AppConfig):
    name = "media"
    verbose_name = pgettext_lazy("plural", "图片")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """No picture may be decoded in this process that an upload would refuse."""
        from PIL import Image

        from media import pixels  # noqa: F401 (registers the reader of HEIC)

        Image.MAX_IMAGE_PIXELS = settings.PHOTO_MAX_PIXELS
        # Broken metadata is everyday life, and was left out when the picture came in.
        warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
