import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import ValidationError
from tests.unit.intake.books import family_form

from waystation.intake.faults import FaultCode
from waystation.intake.submissions.mapping import suggest
from waystation.intake.submissions.submission import Submission
from waystation.web.views.intake.sent import MOST_FILES, FilesField, Sources, read_sent

XML = (
    "<data id='tested'><head>Sky</head><way><region>north</region></way><meta><instanceID>{}</instanceID></meta></data>"
)
MAIN, CHILDREN = b"head,KEY\nSky,u1\n", b"first,PARENT_KEY\nBo,u1\n"


def test_main_table_and_repeat_are_told_apart_whatever_their_order_and_names() -> None:
    form = family_form()
    for files in (
        [("x-child.csv", io.BytesIO(CHILDREN)), ("x.csv", io.BytesIO(MAIN))],
        [("main.csv", io.BytesIO(MAIN)), ("other.csv", io.BytesIO(CHILDREN.replace(b"first", b"child-first")))],
    ):
        read = read_sent(form, files, "c")
        mapping, _ = suggest(form, read.sheets)
        assert ([each.repeat for each in mapping.sheets], read.faults) == ([(), ("child",)], ())
        (found,) = read.submissions(form, mapping)
        assert isinstance(found, Submission)
        assert (found.key, found.answers["child"]) == ("u1", [{"first": "Bo"}])


def test_instances_are_told_apart_by_the_number_of_their_file() -> None:
    files = [(f"{name}.xml", io.BytesIO(XML.format(name).encode())) for name in ("a", "b")]
    read = read_sent(family_form(), [*files, ("c.xml", io.BytesIO(b"<data id='tested'"))], "")
    assert [(each.key, each.row) for each in read.instances] == [("a", 1), ("b", 2)]
    assert [(each.code, each.row) for each in read.faults] == [(FaultCode.DAMAGED, 3)]


def test_so_many_files_are_taken_and_none_is_said() -> None:
    field = FilesField()
    one = SimpleUploadedFile("a.csv", b"x")
    assert field.clean([one, one]) == [one, one]
    for wrong in ([], [one] * (MOST_FILES + 1), None):
        with pytest.raises(ValidationError):
            field.clean(wrong)


def test_sources_are_let_go_together() -> None:
    files = [io.BytesIO(), io.BytesIO()]
    Sources(files).close()
    assert all(each.closed for each in files)
