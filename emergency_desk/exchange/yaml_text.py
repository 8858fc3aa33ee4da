"""The one text format of plans, walks and reference data: YAML in which every scalar is a string.

No implicit typing (a clause "4.10" stays "4.10", "19:31" stays a time), no anchors, aliases or tags, so that a file
cannot grow when read. What the strings mean is decided by the reader of each kind of file.
"""

from __future__ import annotations

from typing import Any

import yaml

from emergency_desk.domain.errors import BadFile

_Base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def load(text: str, name: str) -> Any:
    """Read a text into dicts, lists and strings. Raises BadFile naming the line."""
    try:
        for event in yaml.parse(text, Loader=_Base):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or _has_tag(event):
                line = event.start_mark.line + 1 if event.start_mark else 0
                raise BadFile(name=name, reason="yaml_feature", line=line, detail="anchor, alias or tag")
        return yaml.load(text, Loader=_UniqueKeys)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise BadFile(name=name, reason="yaml", line=line, detail=error.problem or "") from error
    except yaml.YAMLError as error:
        raise BadFile(name=name, reason="yaml", line=0, detail=str(error)) from error


def _has_tag(event: Any) -> bool:
    tag = getattr(event, "tag", None)
    return bool(tag) and tag != "!"


class _UniqueKeys(_Base):
    """A key given twice is a mistake of the writer, not a last word."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen: set[str] = set()
        for key, _value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key must be one word", key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key given twice: {key.value}", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)
