"""Regions: codes, what is inside what, and loading files of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from people import regions
from people.models import Region


@pytest.fixture
def shipped(db: None) -> None:
    regions.load(regions.read(regions.SHIPPED))


def codes(region: str) -> list[str]:
    return list(Region.objects.within(Region.objects.get(code=region)).values_list("code", flat=True))


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "regions.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("130000", Region.Level.PROVINCE),
        ("131000", Region.Level.CITY),
        ("131071", Region.Level.COUNTY),
        ("131071450", Region.Level.TOWN),
        ("429004", Region.Level.COUNTY),
    ],
)
def test_the_shape_of_a_code_says_its_level(code: str, level: Region.Level) -> None:
    assert regions.level_of(code) == level


@pytest.mark.parametrize(
    "code",
    [
        "",
        "13",
        "1310",
        "13107",
        "1310710",
        "131071000",
        "1310714501",
        "031000",
        "13100x",
        "１３１０００",
        " 131000",
    ],
)
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(ValidationError, match="代码应为"):
        regions.level_of(code)


@pytest.mark.parametrize(
    ("code", "prefix", "lineage"),
    [
        ("130000", "13", ["130000"]),
        ("131000", "1310", ["130000", "131000"]),
        ("131071", "131071", ["130000", "131000", "131071"]),
        ("131071450", "131071450", ["130000", "131000", "131071", "131071450"]),
    ],
)
def test_prefix_and_lineage(code: str, prefix: str, lineage: list[str]) -> None:
    region = Region(code=code, level=regions.level_of(code))
    assert (region.prefix, region.lineage) == (prefix, lineage)


class TestShipped:
    def test_both_cities_with_counties_zones_and_towns(self, shipped: None) -> None:
        names = dict(Region.objects.values_list("code", "name"))
        assert {names["131000"], names["371500"]} == {"廊坊市", "聊城市"}
        assert names["131071"] == "廊坊经济技术开发区"
        assert names["371571"] == "聊城经济技术开发区"
        assert names["371502"] == "东昌府区"
        counties = Region.objects.filter(level=Region.Level.COUNTY)
        assert counties.filter(code__startswith="1310").count() == 11
        assert counties.filter(code__startswith="3715").count() == 8 + 3
        assert Region.objects.filter(level=Region.Level.TOWN, code__startswith="1310").count() == 123

    def test_everything_inside_a_region_is_found_by_its_code(self, shipped: None) -> None:
        assert codes("131071") == ["131071", "131071450", "131071451"]
        assert len(codes("131000")) == 1 + 11 + 123
        assert codes("130000") == ["130000", *codes("131000")]
        assert codes("131071450") == ["131071450"]

    def test_parents_and_lineage_agree(self, shipped: None) -> None:
        for region in Region.objects.select_related("parent"):
            assert region.lineage[-1] == region.code
            assert (region.parent.code if region.parent else None) == (region.lineage[-2:-1] or [None])[0]

    def test_no_name_stands_for_two_places(self, shipped: None) -> None:
        assert Region.objects.values("name").distinct().count() == Region.objects.count()


class TestLoad:
    def test_a_second_time_changes_nothing(self, shipped: None) -> None:
        before = list(Region.objects.values_list())
        assert regions.load(regions.read(regions.SHIPPED)) == regions.Loaded(0, 0, len(before))
        assert list(Region.objects.values_list()) == before

    def test_level_and_parent_follow_from_the_code(self, db: None, tmp_path: Path) -> None:
        path = write(tmp_path, "131071450,耀华道街道\n131071,开发区\n130000,河北省\n131000,廊坊市\n")
        assert regions.load(regions.read(path)) == regions.Loaded(4, 0, 0)
        found = {
            r.code: (r.level, r.parent and r.parent.code) for r in Region.objects.select_related("parent")
        }
        assert found == {
            "130000": (1, None),
            "131000": (2, "130000"),
            "131071": (3, "131000"),
            "131071450": (4, "131071"),
        }

    def test_a_place_may_skip_a_level(self, db: None, tmp_path: Path) -> None:
        regions.load(regions.read(write(tmp_path, "420000,湖北省\n429004,仙桃市\n")))
        assert Region.objects.get(code="429004").parent == Region.objects.get(code="420000")

    def test_a_parent_that_comes_later_is_taken(self, db: None, tmp_path: Path) -> None:
        regions.load(regions.read(write(tmp_path, "420000,湖北省\n429004,仙桃市\n")))
        loaded = regions.load(regions.read(write(tmp_path, "429000,省直辖县级\n429004,仙桃市\n")))
        assert loaded == regions.Loaded(1, 1, 0)
        assert Region.objects.get(code="429004").parent == Region.objects.get(code="429000")

    def test_a_new_name_is_taken_and_the_row_stays(self, shipped: None, tmp_path: Path) -> None:
        pk = Region.objects.get(code="131071").pk
        assert regions.load(regions.read(write(tmp_path, "131071,廊坊开发区"))) == regions.Loaded(0, 1, 0)
        assert Region.objects.get(pk=pk).name == "廊坊开发区"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    @pytest.mark.parametrize("heading", ["", "code,name,level,parent\r\n", "代码,名称\r\n"])
    def test_files_as_spreadsheets_write_them(
        self, db: None, tmp_path: Path, encoding: str, heading: str
    ) -> None:
        path = write(tmp_path, f'{heading}130000,"河北省",,\r\n\r\n131000, 廊坊市 \r\n', encoding)
        regions.load(regions.read(path))
        assert list(Region.objects.values_list("code", "name")) == [
            ("130000", "河北省"),
            ("131000", "廊坊市"),
        ]

    @pytest.mark.parametrize(
        ("line", "sentence"),
        [
            ("13100x,坏", "第 2 行：代码应为六位数字（县级及以上）或九位数字（乡级）：13100x"),
            (",没有代码", "第 2 行：代码应为六位数字（县级及以上）或九位数字（乡级）："),
            ("131000,", "第 2 行：名称：此字段不能为空。"),
            ("131000", "第 2 行：名称：此字段不能为空。"),
            ("131000," + "长" * 61, "第 2 行：名称：确保该变量包含不超过 60 字符"),
            ("131000,廊\u0001坊", "第 2 行：名称："),
            ("131000,廊坊市,3", "第 2 行：级别 3 与代码 131000 不符，应为 2"),
            ("131000,廊坊市,市", "第 2 行：级别 市 与代码 131000 不符，应为 2"),
            ("131000,廊坊市,2,370000", "第 2 行：上级 370000 不是 131000 的上级"),
            ("371500,聊城市", "第 2 行：371500 的上级 370000 不在表中"),
            ("371502,东昌府区,3,371500", "第 2 行：371502 的上级 371500 不在表中"),
            ("130000,又是河北", "第 2 行：代码 130000 重复"),
            ('131000,"廊坊市', "第 2 行：不是 CSV"),
        ],
    )
    def test_a_bad_line_is_named_and_nothing_is_written(
        self, db: None, tmp_path: Path, line: str, sentence: str
    ) -> None:
        path = write(tmp_path, f"130000,河北省\n{line}\n")
        with pytest.raises(CommandError) as refused:
            call_command("load_regions", path)
        assert str(refused.value).startswith(sentence)
        assert not Region.objects.exists()

    def test_every_bad_line_is_named_in_order(self, db: None, tmp_path: Path) -> None:
        path = write(tmp_path, "371500,聊城市\n13,坏\n130000,河北省\n")
        with pytest.raises(regions.RegionFileError) as refused:
            regions.load(regions.read(path))
        assert [sentence[:6] for sentence in refused.value.sentences] == ["第 1 行：", "第 2 行："]

    @pytest.mark.parametrize("data", [b"\xff\xfe\x00\xff", b"\x89PNG\r\n\x1a\n\xff\xff"])
    def test_what_is_no_text_is_refused(self, db: None, tmp_path: Path, data: bytes) -> None:
        path = tmp_path / "picture.csv"
        path.write_bytes(data)
        with pytest.raises(CommandError, match="编码"):
            call_command("load_regions", path)

    def test_a_file_that_is_not_there_is_one_sentence(self, db: None, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="读不了"):
            call_command("load_regions", tmp_path / "nowhere.csv")

    def test_the_command_says_what_it_did(self, db: None, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("load_regions")
        first = capsys.readouterr().out
        call_command("load_regions")
        assert "更新 0，未变 0" in first
        assert "新增 0，更新 0，未变 285" in capsys.readouterr().out
