"""Review and proof stages as the environment writes them: `初审:editor,复审:deputy,终审:chief`."""

from dataclasses import dataclass

GROUPS = ("reporter", "editor", "deputy", "chief", "proofreader", "layout", "admin")


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a review: the name people see and the group that holds it."""

    name: str
    group: str


def parse_stages(text: str) -> list[Stage]:
    """Read `name:group` pairs, comma separated, in order.

    Raises ValueError with one clear sentence for an empty list, a pair without a name or a known group,
    and a name that occurs twice.
    """
    stages: list[Stage] = []
    for pair in text.replace("，", ",").replace("：", ":").split(","):
        name, _, group = (part.strip() for part in pair.partition(":"))
        if not name or group not in GROUPS:
            raise ValueError(f"{pair.strip()!r} is not name:group with a group of {', '.join(GROUPS)}")
        if any(stage.name == name for stage in stages):
            raise ValueError(f"the stage {name!r} occurs twice")
        stages.append(Stage(name, group))
    return stages
