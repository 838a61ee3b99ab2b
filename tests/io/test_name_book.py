"""Who is meant by a typed name."""

from collections.abc import Callable

import pytest

from zhiban.io.name_book import NameBook, Unclear
from zhiban.model.problem import Problem


@pytest.fixture
def names(small_problem: Problem, changed_problem: Callable[..., Problem]) -> NameBook:
    people = list(small_problem.people)
    for number, name in ((0, "张伟"), (3, "张伟"), (4, "张三"), (5, "李四"), (6, "欧阳  明")):
        people[number] = people[number].model_copy(update={"name": name})
    return NameBook(changed_problem(small_problem, people=tuple(people)))


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("张三", ["0202"]),
        (" 张　三 ", ["0202"]),
        ("0202", ["0202"]),
        ("张三(0202)", ["0202"]),
        ("张三（社会保险）", ["0202"]),
        ("张伟(0101)", ["0101"]),
        ("张伟（市社会保险局）", ["0201"]),
        ("张三、李四", ["0202", "0203"]),
        ("张三 李四", ["0202", "0203"]),
        ("张三，李四；张伟(W01)", ["0202", "0203", "0101"]),
        ("张三\n—", ["0202"]),
        ("张三、张三", ["0202"]),
        ("欧阳明", ["0301"]),
        ("—", []),
        ("／", []),
        ("", []),
        ("  ", []),
        ("空", []),
    ],
)
def test_understood(names: NameBook, text: str, people: list[str]) -> None:
    assert names.several(text) == people


@pytest.mark.parametrize(
    ("text", "said"),
    [("张伟", "可指 2 人"), ("张三、王二麻", "王二麻"), ("张三(9999)", "张三(9999)"), ("欧阳日", "是否为 欧阳明")],
)
def test_unclear(names: NameBook, text: str, said: str) -> None:
    with pytest.raises(Unclear) as error:
        names.several(text)
    assert said in error.value.text


def test_both_people_of_one_name_are_offered(names: NameBook) -> None:
    with pytest.raises(Unclear) as error:
        names.several("张伟")
    assert error.value.advice == "请改为 张伟(0101)或张伟(0201)"
