"""Who is meant by a name that somebody typed: 姓名, 工号, 姓名(工号), 姓名(单位), 姓名(窗口)."""

import re
import unicodedata
from collections import defaultdict
from difflib import get_close_matches

from zhiban.io.roster_view import printed_names
from zhiban.model.problem import Problem

NOBODY = frozenset({"", "/", "-", "--", "—", "——", "–", "―", "无", "缺", "空", "空岗", "休"})
"""What stands in a cell in which nobody is named."""

_MARKS = re.compile(r"[、,;\n/]+")
_BLANKS = re.compile(r"\s+")


class Unclear(Exception):
    """A name that fits nobody or several people; `text` says which, `advice` what to type."""

    def __init__(self, text: str, advice: str) -> None:
        super().__init__(text)
        self.text, self.advice = text, advice


class NameBook:
    """All ways of naming the people of a problem."""

    def __init__(self, problem: Problem) -> None:
        self._known: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, str] = {}
        printed = printed_names(problem)
        for person in problem.people:
            window = problem.window[person.window]
            self._names[person.id] = person.name
            for said in (person.name, printed[person.id], person.id):
                self._known[clean(said)].add(person.id)
            for more in (person.id, window.unit, window.name, window.id):
                self._known[clean(f"{person.name}({more})")].add(person.id)

    def candidates(self, text: str) -> set[str]:
        """The people a text may mean; a printed name or 工号 that is exact wins over nothing else."""
        return self._known.get(clean(text), set())

    def one(self, text: str) -> str:
        """The 工号 that is meant; `Unclear` where it is nobody or several."""
        found = self.candidates(text)
        if len(found) == 1:
            return next(iter(found))
        if found:
            ways = "、".join(f"{self._names[p]}({p})" for p in sorted(found))
            raise Unclear(f"“{text}”可指 {len(found)} 人", f"请改为 {'或'.join(ways.split('、'))}")
        near = get_close_matches(clean(text), list(self._known), 1)
        hint = f"，是否为 {near[0]}？" if near else ""
        raise Unclear(f"“{text}”不是人员中的姓名或工号{hint}", "请改为人员中的姓名，重名时写姓名(工号)")

    def several(self, text: str) -> list[str]:
        """Everybody named in a cell, in its order; dashes and slashes name nobody."""
        normal = unicodedata.normalize("NFKC", text).strip()
        if normal in NOBODY:
            return []
        if len(self.candidates(normal)) == 1:
            return [self.one(normal)]
        found: list[str] = []
        for part in (p.strip() for p in _MARKS.split(normal)):
            if part in NOBODY:
                continue
            # 张　三 is one name with a blank in it; 张三 李四 are two.
            words = [part] if self.candidates(part) or not _BLANKS.search(part) else _BLANKS.split(part)
            found += [self.one(word) for word in words]
        return list(dict.fromkeys(found))


def clean(text: str) -> str:
    """A name without blanks, in NFKC."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))
