"""Sample workbooks that come with the program: names, descriptions, and where they lie."""

from pathlib import Path

DESCRIPTIONS = {
    "tiny": "入门：3 个窗口 10 人，2026 年 11 月，按淄博 2024 方案，只有最少的几张表",
    "zibo": "淄博 2024：12 个窗口，2026 年 10 月，周末值班、国庆预约、领导在岗带班",
    "yiyuan": "沂源 2022：12 个窗口，2026 年 9 月，时间银行有期限，周日调休上班，互助组合并值班",
    "yangquan": "阳泉 2023：9 个窗口，2026 年 4 月，午间每窗口有人，清明预约，同一人不连值周六日",
    "xixia": "西峡 2023：13 个窗口，2026 年 5 月，午间按比例开放，周六预约，周六调休上班",
    "shanting": "山亭 2022：11 个窗口，2026 年 2 月，春节值班，除夕至初二预约，午间互助组轮值",
    "jan2027": "自定义：8 个窗口，2027 年 1 月（放假安排未公布，按法定日推算），半天值班、分组带班、午间总值班岗",
    "overloaded": "人手不足：8 个窗口，2026 年 8 月，请假、缺 B 角和预约冲突使部分需求无法满足，用来看问题清单",
}
"""Name of each sample and one line about it."""


def names() -> tuple[str, ...]:
    """The samples, the smallest first."""
    return tuple(DESCRIPTIONS)


def path_of(name: str) -> Path:
    """Where a sample's workbook lies; KeyError for a name that is none of `names()`."""
    if name not in DESCRIPTIONS:
        raise KeyError(name)
    return Path(__file__).with_name(f"{name}.xlsx")
