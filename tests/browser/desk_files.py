"""The files that are sent in the day at the desk: a table of people and a form, all invented."""

import io

import openpyxl

ROWS, BAD = 200, 10


def table() -> str:
    """Return 200 rows of invented people, ten of them wrong, and two of them one person entered twice."""
    lines = ["reference,name,region,age,danger,answer_way,answer_address"]
    for number in range(1, ROWS + 1):
        age = "old" if number % (ROWS // BAD) == 0 else str(18 + number % 60)
        first, second = number % len(SYLLABLES), number // len(SYLLABLES) % len(SYLLABLES)
        family = SYLLABLES[(5 * number + second) % len(SYLLABLES)] + "an"
        name = f"{family.title()} {(SYLLABLES[first] + SYLLABLES[second]).title()}"
        lines.append(
            f"r{number:03},{name},district {number % 9 + 1},{age},not said,telephone,{number * 7_654_321 % 10_000_000:07}"
        )
    lines[7] = "r007,Kim Sung-eun,the old harbour,34,asked about by name,telephone,the green bell"
    lines[150] = "r150,Kim Seong-eun,the old harbour,34,asked about by name,telephone,the green bell"
    return "\n".join([*lines, ""])


SYLLABLES = ("ora", "tem", "vil", "sano", "bek", "liru", "mot", "fada", "gwen", "ixi", "pelo", "rund", "zaki", "thom")


def own_form() -> bytes:
    """Return a form of the shape of the published one, written here."""
    book = openpyxl.Workbook()
    survey = book.active
    assert survey is not None
    survey.title = "survey"
    for row in (
        ("type", "name", "label"),
        ("select_one consent", "con_Consent", "Consent"),
        ("select_multiple methodsofcontrol", "vic_Methods_of_Control", "Methods of Control"),
        ("text", "vic_LocationOfRecruitment", "Location of Recruitment"),
        ("image", "photo", "A picture"),
    ):
        survey.append(row)
    choices = book.create_sheet("choices")
    for row in (
        ("list_name", "name", "label"),
        ("consent", "yes", "Yes"),
        ("consent", "no", "No"),
        ("methodsofcontrol", "DebtBondage", "Debt bondage"),
        ("methodsofcontrol", "WithholdsDocuments", "Withholds documents"),
    ):
        choices.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
