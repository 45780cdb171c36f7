"""Find out which comment answers which: by what the page says, by nesting, by how deep it stands."""

import re

from .items import Items, all_values_at
from .platform import Platform


def levels(items: Items, platform: Platform) -> list[int | None]:
    """Return how deep each item is by a class or by the indents around it; None where unknown."""
    found: list[int | None] = [None] * len(items.all)
    pattern = re.compile(platform.level) if platform.level else None
    nests = set(items.index.find(platform.nests)) if platform.nests else set()
    for number, item in enumerate(items.all):
        match = pattern.search(item.element.get("class") or "") if pattern else None
        if match:
            found[number] = int(match[1])
        elif nests:
            found[number] = sum(around in nests for around in item.element.iterancestors())
    return found


def answered(items: Items, platform: Platform) -> list[str]:
    """Return, for each item, the id of the one that it answers, or nothing."""
    ids = {item.source_id for item in items.all if item.source_id}
    said: dict[int, str] = {}
    for where in platform.parents:
        for number, values in all_values_at(items, where).items():
            own = items.all[number].source_id
            value = next((one for one in values if one in ids and one != own), "")
            if value:
                said.setdefault(number, value)
    depth = levels(items, platform)
    last: dict[int, str] = {}
    found: list[str] = []
    for number, item in enumerate(items.all):
        level = depth[number]
        parent = said.get(number, "")
        if not parent and item.parent >= 0:
            parent = items.all[item.parent].source_id
        if not parent and level is not None:
            parent = last.get(level - 1, "")
        if level is not None:
            last[level] = item.source_id
            for deeper in [one for one in last if one > level]:
                del last[deeper]
        found.append(parent)
    return found
