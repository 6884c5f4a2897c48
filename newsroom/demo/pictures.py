"""The demo's pictures, drawn afresh: no photograph, no font, no file but Pillow."""

from newsroom.demo import scenes_land, scenes_rooms, scenes_street

_SCENES = {
    scene.__name__: scene
    for scene in (
        scenes_land.canal, scenes_land.greenhouse, scenes_land.greenway, scenes_land.harvest, scenes_land.kites,
        scenes_land.lotus, scenes_land.planting, scenes_land.snow, scenes_land.tractor, scenes_land.wind,
        scenes_rooms.canteen, scenes_rooms.corridor, scenes_rooms.factory, scenes_rooms.lecture,
        scenes_rooms.library, scenes_rooms.reading_room, scenes_rooms.service_hall, scenes_rooms.workshop,
        scenes_street.bus_stop, scenes_street.cranes, scenes_street.drill, scenes_street.market,
        scenes_street.old_street, scenes_street.playground, scenes_street.skyline,
    )
}  # fmt: skip
#: What `draw` knows.
KEYS = tuple(_SCENES)


def draw(key: str) -> bytes:
    """The picture of that key as a JPEG, 1500 to 2400 pixels wide; the same bytes every time. KeyError if unknown."""
    return _SCENES[key]().print()
