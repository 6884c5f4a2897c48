"""The demo's pictures, drawn afresh: no photograph, no font, nothing but Pillow."""

from newsroom.demo.drawing import care, fields, learning, streets, town, water, weather, works

_SCENES = {
    scene.__name__: scene
    for scene in (
        care.canteen, care.corridor, care.service_hall,
        fields.greenhouse, fields.harvest, fields.planting, fields.tractor,
        learning.lecture, learning.playground, learning.reading_room,
        streets.bus_stop, streets.market, streets.old_street,
        town.drill, town.library, town.skyline,
        water.canal, water.greenway, water.lotus,
        weather.kites, weather.snow, weather.wind,
        works.cranes, works.factory, works.workshop,
    )
}  # fmt: skip
#: What `draw` knows.
KEYS = tuple(_SCENES)


def draw(key: str) -> bytes:
    """The picture of that key, a JPEG 1500 to 2400 pixels wide; the same bytes every time. KeyError if unknown."""
    return _SCENES[key]().print()
