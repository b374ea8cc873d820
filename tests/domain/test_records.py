"""Names and areas of what is kept, in the reader's language."""

from assessment.domain.records import Community, Membership, Round


def test_a_community_without_an_english_name_keeps_its_chinese_one():
    assert Community("C1", "阳光社区").name("en") == "阳光社区"
    both = Community("C1", "阳光社区", "Sunshine")
    assert (both.name("zh"), both.name("en")) == ("阳光社区", "Sunshine")


def test_an_area_leaves_out_what_is_blank_or_said_twice():
    community = Community("C1", "社区", province="北京市", city="北京市", district="朝阳区")
    assert community.area == ("北京市", "朝阳区")
    assert Community("C1", "社区").area == ()


def test_lists_and_rounds_are_titled_in_the_reader_s_language():
    listed = Membership("national", "国家试点", "National pilots", "", "")
    one_round = Round("R1", "第一轮", "Round 1", "2026-01-01", "2026-12-31", "hash")
    assert (listed.title("zh"), listed.title("en")) == ("国家试点", "National pilots")
    assert (one_round.label("zh"), one_round.label("en")) == ("第一轮", "Round 1")
