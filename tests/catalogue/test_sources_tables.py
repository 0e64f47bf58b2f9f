"""Tables: found in folders and zips, read row by row, damaged rows told with their line."""

import gzip
import zipfile

import pytest

from provender.catalogue.publisher import Problem
from provender.catalogue.tables import Row, Tables
from provender.terms.errors import SourceError


def rows(folder, text, *args, name="a.csv", **kwargs):
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(Tables.at(folder).rows(name, *args, **kwargs))


def test_fields_come_in_the_order_asked_for_with_their_line(tmp_path):
    found = rows(tmp_path, 'name,id\nEgg,1\n\n"Rye\ntoast",2\nMilk,3\n', ("id", "name"))
    assert found == [Row(2, ["1", "Egg"]), Row(4, ["2", "Rye\ntoast"]), Row(6, ["3", "Milk"])]


def test_an_optional_column_that_is_missing_is_empty(tmp_path):
    assert rows(tmp_path, "id\n1\n", ("id",), ("brand",)) == [Row(2, ["1", ""])]


def test_an_optional_field_beyond_a_short_row_is_empty(tmp_path):
    assert rows(tmp_path, "id,brand\n1\n", ("id",), ("brand",)) == [Row(2, ["1", ""])]


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path):
    assert rows(tmp_path, "\ufeffid\n1\n", ("id",)) == [Row(2, ["1"])]


def test_a_missing_column_is_named_with_those_found(tmp_path):
    with pytest.raises(SourceError, match=r"a\.csv: found the columns id, name; expected also amount"):
        rows(tmp_path, "id,name\n1,Egg\n", ("id", "amount"))


def test_a_short_row_is_a_problem_and_the_next_is_read(tmp_path):
    problem, row = rows(tmp_path, "id,name\n1\n2,Egg\n", ("id", "name"))
    assert str(problem) == "a.csv line 2, row: found “1”; expected at least 2 columns, found 1"
    assert row.fields == ["2", "Egg"]


def test_bytes_that_are_not_text_are_a_problem_and_the_next_row_is_read(tmp_path):
    problem, row = rows(tmp_path, b"id,name\n1,Cr\xe8me\n2,Egg\n", ("id", "name"))
    assert (problem.line, problem.why) == (2, "its bytes are not text in the file's encoding")
    assert row.fields == ["2", "Egg"]


def test_a_field_without_end_is_a_problem_and_not_a_crash(tmp_path):
    found = rows(tmp_path, 'id,name\n1,"' + "x" * 200_000 + "\n2,Egg\n", ("id", "name"))
    assert isinstance(found[0], Problem)
    assert "not CSV" in found[0].why


def test_a_file_without_rows_has_none(tmp_path):
    assert rows(tmp_path, "id\n", ("id",)) == []


def test_an_empty_file_says_that_it_has_no_columns(tmp_path):
    with pytest.raises(SourceError, match="found the columns none"):
        rows(tmp_path, "", ("id",))


def test_a_header_without_end_is_a_named_error(tmp_path):
    with pytest.raises(SourceError, match="expected a CSV table with a header"):
        rows(tmp_path, "x" * 200_000, ("id",))


def test_a_gzipped_table_reads_as_the_plain_one(tmp_path):
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"id\n1\n"))
    assert list(Tables.at(tmp_path).rows("a.csv", ("id",))) == [Row(2, ["1"])]


def test_a_gzipped_table_cut_short_is_a_named_error(tmp_path):
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"id\n" + b"123456\n" * 1000)[:-20])
    with pytest.raises(SourceError, match=r"a\.csv is cut short or damaged"):
        list(Tables.at(tmp_path).rows("a.csv", ("id",)))


def zipped(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def test_a_table_in_a_zip_is_found_at_any_depth_and_in_any_case(tmp_path):
    path = zipped(tmp_path / "z.zip", **{"FDC 2024/deep/A.CSV": "id\n9\n", "FDC 2024/A.csv": "id\n1\n"})
    assert list(Tables.at(path).rows("a.csv", ("id",))) == [Row(2, ["1"])]


def test_a_table_in_the_only_folder_inside_is_found(tmp_path):
    (tmp_path / "unpacked").mkdir()
    (tmp_path / "unpacked" / "A.csv").write_text("id\n1\n")
    assert list(Tables.at(tmp_path).rows("a.csv", ("id",))) == [Row(2, ["1"])]


def test_a_damaged_member_of_a_zip_is_a_named_error(tmp_path):
    path = zipped(tmp_path / "z.zip", **{"a.csv": "id\n" + "".join(f"{n * 7919 % 10007}\n" for n in range(9000))})
    content = bytearray(path.read_bytes())
    content[5000] ^= 255
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"a\.csv is cut short or damaged"):
        list(Tables.at(path).rows("a.csv", ("id",)))


def test_a_zip_of_an_unknown_compression_says_to_unzip_it(tmp_path):
    path = zipped(tmp_path / "z.zip", **{"a.csv": "id\n1\n"})
    content = path.read_bytes()
    directory = content.index(b"PK\x01\x02")
    path.write_bytes(content[: directory + 10] + b"\x09\x00" + content[directory + 12 :])
    with pytest.raises(SourceError, match="unzip it yourself"):
        list(Tables.at(path).rows("a.csv", ("id",)))


@pytest.mark.parametrize("name", ["none", "text.txt"])
def test_neither_a_folder_nor_a_zip_is_a_named_error(tmp_path, name):
    (tmp_path / "text.txt").write_text("hello")
    with pytest.raises(SourceError, match=r"cannot be read as a folder or a zip"):
        Tables.at(tmp_path / name)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SourceError, match=r"looked for a\.csv and did not find it"):
        list(Tables.at(tmp_path).rows("a.csv", ("id",)))


def test_usdas_quoting_comes_off_text_and_numbers(tmp_path):
    (tmp_path / "W.txt").write_bytes(
        '~01001~^1^~pat (1" sq)~^5.0^^~~\r\n\r\n~x~^2\r\n~01002~^1^~½~^7^^~~\r\n'.encode("iso-8859-1")
    )
    first, problem, second = Tables.at(tmp_path).split("w.txt", 4)
    assert first == Row(1, ["01001", "1", 'pat (1" sq)', "5.0", "", ""])
    assert (problem.line, problem.why) == (3, "expected at least 4 fields between ^")
    assert second.fields[2] == "½"
