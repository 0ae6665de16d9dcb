"""Social Security numbers: area, group and serial that have been or can be issued.

https://www.ssa.gov/employer/randomization.html
"""


def accepts(text: str) -> bool:
    """Whether `text` holds nine digits with no impossible part."""
    digits = "".join(filter(str.isdigit, text))
    if len(digits) != 9:
        return False
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    # 9xx areas are taxpayer numbers, as telling as an SSN: they stay in.
    return area not in {"000", "666"} and group != "00" and serial != "0000"
