"""What callers say, in Chinese, English and both, and the type the desk reads from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emergency_desk.domain.incident_types import default_needs, read_type
from tests.domain.reference_data import shipped, type_

CALLS = (
    # -- Chinese, as people say it on the phone
    ("喂你好，我这边台东三路78号居民楼着火了，五楼往外冒黑烟", "building_fire"),
    ("楼下饭店厨房油锅起火了，火挺大的", "building_fire"),
    ("对面那栋楼窗户里往外冒烟，不知道里面有没有人", "building_fire"),
    ("仓库烧起来了，里面堆的都是纸箱", "building_fire"),
    ("我家邻居屋里有糊味，敲门没人应，楼道里全是烟", "building_fire"),
    ("电动车在楼道里充电起火了，楼上的人下不来", "building_fire"),
    ("楼道里电动车着火，烟很大，好几个人困在楼上", "building_fire"),
    ("阳台上晒的被子着了", "building_fire"),
    ("楼下停的电动车着火了", "vehicle_fire"),
    ("着火了着火了！快来人啊", "building_fire"),
    ("小区地下车库里着火了，浓烟很大", "building_fire"),
    ("消防车怎么还没来，十二楼着火了", "building_fire"),
    ("物业报烟感报警，18层，正在核实", "building_fire"),
    ("重庆路上有辆货车着火了，司机跑出来了", "vehicle_fire"),
    ("路边停着的新能源车冒烟了，好像要自燃", "vehicle_fire"),
    ("公交车起火，人都下来了", "vehicle_fire"),
    ("厂里锅炉爆炸了，好几个人受伤", "explosion"),
    ("轰的一声，玻璃全碎了，好像是什么东西炸了", "explosion"),
    ("饭店液化气罐爆炸，门脸都没了", "explosion"),
    ("楼道里有很重的燃气味，我不敢开灯", "gas_leak"),
    ("施工队把天然气管道挖断了，一直在嘶嘶漏", "gas_leak"),
    ("家里煤气味特别大，老人头晕", "gas_leak"),
    ("化工园区有个储罐泄漏，气味刺鼻，眼睛睁不开", "hazmat"),
    ("高速上一辆罐车侧翻，硫酸流了一地", "hazmat"),
    ("冷库氨气泄漏，工人都往外跑", "hazmat"),
    ("加油站加油机着火了", "hazmat"),
    ("油库罐区爆炸着火", "hazmat"),
    ("油罐车侧翻，柴油流到马路上", "hazmat"),
    ("氨气味很大，两个工人晕倒了", "hazmat"),
    ("环湾大道两辆车追尾，有人卡在车里出不来", "traffic"),
    ("一辆大巴翻到沟里了，二十多个人", "traffic"),
    ("有个骑电动车的被车撞了，流了好多血", "traffic"),
    ("香港中路和福州路路口撞车了，堵得厉害", "traffic"),
    ("工地塔吊倒了，压着人", "construction_accident"),
    ("挖沟的时候塌方，两个工人被埋在沟里，埋到胸口", "construction_accident"),
    ("脚手架垮了，上面四个人掉下来", "construction_accident"),
    ("金矿井下冒顶，三个矿工联系不上", "mine"),
    ("煤矿透水了，还有人没上来", "mine"),
    ("老房子塌了，里面压着两个老人", "collapse"),
    ("学校围墙倒了，砸到学生", "collapse"),
    ("厂房屋顶被压塌，有人在里面", "collapse"),
    ("崂山北九水那边山上着火了，能看见火线", "forest_fire"),
    ("有人上坟烧纸把荒草点着火了，往林子里烧", "forest_fire"),
    ("后山冒烟，好像是树林起火", "forest_fire"),
    ("台风把广告牌刮下来砸了车", "typhoon"),
    ("大风把工棚顶掀了，工人没地方去", "typhoon"),
    ("桥洞积水很深，一辆车淹在里面，人在车顶上", "rainstorm_flood"),
    ("港东村积水0.8米，6人被困", "rainstorm_flood"),
    ("下大雨，低洼处平房进水，老人要转移", "rainstorm_flood"),
    ("the underpass is flooded, a bus with 8 people is stuck in the water", "rainstorm_flood"),
    ("strong smell of ammonia from the cold store, two workers unconscious", "hazmat"),
    ("水泥罐车侧翻，堵了两条车道", "traffic"),
    ("地下室倒灌进水了，配不上泵", "rainstorm_flood"),
    ("村后水库漫坝了，下游要转移", "rainstorm_flood"),
    ("雕龙嘴山体滑坡，埋了一户人家", "landslide"),
    ("下雨山上滚石头下来，公路边护坡垮了，落石一直掉", "landslide"),
    ("刚才地震了吧，吊灯晃得厉害，楼都在晃", "earthquake"),
    ("渔船在大公岛东边进水快沉了，船上五个人", "marine"),
    ("赶海的被涨潮困在礁石上了", "marine"),
    ("游艇失去动力在海上漂着", "marine"),
    ("有人落水了，在栈桥东边", "drowning"),
    ("孩子在水库游泳没上来", "drowning"),
    ("有个女的跳海了，赶紧派人", "drowning"),
    ("电梯停在六楼和七楼中间，困了三个人，还有孕妇", "elevator"),
    ("我被关在电梯里了", "elevator"),
    ("整个小区停电两个小时了，没人管", "power_outage"),
    ("电线杆倒了，电线掉在路上还冒火花", "power_outage"),
    ("马路中间水管爆了，水喷起来三米高", "water_outage"),
    ("我们这一片从早上就停水了", "water_outage"),
    ("胶州湾隧道里追尾起火，浓烟出不来", "tunnel_accident"),
    ("路面塌陷了一个大坑，一辆车掉进去", "road_tunnel"),
    ("大树倒了横在路上，车过不去", "road_tunnel"),
    ("河里飘了好多死鱼，水发黑", "environmental"),
    ("海面上有一大片油污，像是哪条船漏的", "environmental"),
    ("有人半夜偷排废水，味道呛人", "environmental"),
    ("学校一个班二十多个学生发烧呕吐，怀疑诺如", "epidemic"),
    ("婚宴聚餐以后三十多个人上吐下泻", "food_poisoning"),
    ("工人在食堂吃完饭都吐了", "food_poisoning"),
    ("养殖场一夜死了两百多只鸡，怀疑禽流感", "animal_epidemic"),
    ("灯会人太多，前面有人摔倒发生踩踏", "crowd_crush"),
    ("有人持刀在商场门口砍人", "public_order"),
    ("几十个人堵门讨薪，拉着横幅", "public_order"),
    ("我父亲八十岁，早上出去走失了，到现在没回来", "lost_person"),
    ("三个驴友在崂山迷路了，手机快没电了", "lost_person"),
    ("暴雪把大棚压塌了，出村的路也封了", "snow_ice"),
    ("高架路面结冰，车都打滑", "snow_ice"),
    ("我爸心脏病犯了，喘不上气", "medical_aid"),
    ("一家三口煤气中毒，叫不醒", "medical_aid"),
    ("有个老人在公园晕倒了", "medical_aid"),
    ("阳台外面有个大马蜂窝，怕蜇着孩子", "other"),
    # -- English, as visitors and other desks say it
    ("There's a fire on the 7th floor of the hotel, people at the windows", "building_fire"),
    ("Structure fire, 18-storey mixed building, smoke from the stairwell", "building_fire"),
    ("thick smoke coming out of the flat next door", "building_fire"),
    ("a car is on fire on the expressway", "vehicle_fire"),
    ("I can smell gas in the corridor", "gas_leak"),
    ("strong smell of gas near the school", "gas_leak"),
    ("there was a big explosion at the factory", "explosion"),
    ("tanker overturned and it is leaking something, fumes everywhere", "hazmat"),
    ("two cars collided, one person trapped", "traffic"),
    ("my son was hit by a car", "traffic"),
    ("a trench collapse at the construction site, one man buried", "construction_accident"),
    ("the roof of the old house collapsed", "collapse"),
    ("brush fire on the hill behind the village", "forest_fire"),
    ("hillside on fire, strong wind towards the village", "forest_fire"),
    ("the underpass is flooded and a bus is stuck in it", "rainstorm_flood"),
    ("landslide blocked the road to the village", "landslide"),
    ("fishing boat capsized off the pier, four people in the water", "marine"),
    ("someone fell into the river and can't swim", "drowning"),
    ("three people trapped in lift, one of them pregnant", "elevator"),
    ("power outage in the whole block", "power_outage"),
    ("burst water main, the street is full of water", "water_outage"),
    ("oil slick along the beach", "environmental"),
    ("forty pupils vomiting after eating in the canteen", "food_poisoning"),
    ("a man with a knife in the mall", "public_order"),
    ("hiker lost on the mountain, phone nearly dead", "lost_person"),
    ("my husband has chest pain and is not breathing", "medical_aid"),
    ("Medical aid", "medical_aid"),
    ("Traffic accident pd request c3", "traffic"),
    ("Public assist", "other"),
    # -- a second set, said in other words
    ("我们单元三楼阳台起火，晾的衣服都着了", "building_fire"),
    ("KTV二楼冒黑烟，好多人往外跑", "building_fire"),
    ("幼儿园隔壁的快递站失火", "building_fire"),
    ("宿舍里充电宝炸了，床铺烧着了", "building_fire"),
    ("报告，辖区一商铺发生火情，火势已蔓延至二层", "building_fire"),
    ("高压锅爆炸，厨房起火", "building_fire"),
    ("一辆特斯拉撞到隔离墩后燃烧", "vehicle_fire"),
    ("摩托车自己烧起来了", "vehicle_fire"),
    ("油罐车在G20高速发生泄漏", "hazmat"),
    ("实验室硝酸洒了，有两个学生被烧伤", "hazmat"),
    ("码头集装箱里装的危险品冒白烟", "hazmat"),
    ("闻到臭鸡蛋味，怀疑煤气管漏了", "gas_leak"),
    ("燃气公司的管子被挖掘机弄破了", "gas_leak"),
    ("烧烤店煤气罐漏气", "gas_leak"),
    ("面包车和大货车对撞，司机昏迷", "traffic"),
    ("校车侧翻，车上有孩子", "traffic"),
    ("一个外卖小哥被撞飞了", "traffic"),
    ("路口一辆出租车撞了护栏", "traffic"),
    ("吊篮断了，两个工人挂在半空", "construction_accident"),
    ("工人掉进污水井里，下去救的人也没上来", "construction_accident"),
    ("有人从六楼外墙作业时坠落", "construction_accident"),
    ("矿上出事了，巷道塌了", "mine"),
    ("自建房倒塌，下面压了人", "collapse"),
    ("危房墙裂了大缝，要倒", "collapse"),
    ("景区后面的山林起火，风很大", "forest_fire"),
    ("大珠山发现火情，正往山顶烧", "forest_fire"),
    ("台风登陆，渔港的棚子全倒了", "typhoon"),
    ("路灯杆被大风刮断", "typhoon"),
    ("河水漫过堤了，村子要淹", "rainstorm_flood"),
    ("地铁口进水，积水没过膝盖", "rainstorm_flood"),
    ("立交桥下车被水泡了熄火，人出不来", "rainstorm_flood"),
    ("屋后的山坡滑下来了，房子后墙裂了", "landslide"),
    ("泥石流冲进村里", "landslide"),
    ("刚才有震感，我们从楼里跑出来了", "earthquake"),
    ("有艘渔船失联，三个人联系不上", "marine"),
    ("货轮碰撞，有船员落海", "marine"),
    ("桨板上的人被吹到外海去了", "marine"),
    ("小孩掉到河里了", "drowning"),
    ("有人从跨海大桥跳下去了", "drowning"),
    ("冰面裂了，两个学生掉下去了", "drowning"),
    ("电梯门打不开，里面有老人", "elevator"),
    ("扶梯突然倒转，摔了好几个", "elevator"),
    ("变压器冒火花，一片都黑了", "power_outage"),
    ("自来水发黄有味", "water_outage"),
    ("供热主管道破裂，热水喷到马路上", "water_outage"),
    ("隧道里车子起火", "tunnel_accident"),
    ("隧道内两车追尾，一个人卡在车里", "tunnel_accident"),
    ("海底隧道冒烟", "tunnel_accident"),
    ("隧道积水半米，车熄火了", "rainstorm_flood"),
    ("地铁停在隧道里了", "road_tunnel"),
    ("a lorry is on fire in the tunnel", "tunnel_accident"),
    ("pile-up inside the tunnel, smoke", "tunnel_accident"),
    ("人行道塌下去一块，有个人掉进去了", "road_tunnel"),
    ("化工厂往河里排黄水", "environmental"),
    ("海边沙滩上全是黑油", "environmental"),
    ("幼儿园多名儿童手足口", "epidemic"),
    ("几个人吃了野蘑菇恶心呕吐", "food_poisoning"),
    ("猪场的猪大批死亡", "animal_epidemic"),
    ("地铁站里人挤人，有人被踩伤", "crowd_crush"),
    ("两伙人打起来了，有人拿棍子", "public_order"),
    ("有人站在楼顶要跳楼", "public_order"),
    ("孙子在海水浴场走丢了", "lost_person"),
    ("登山的时候摔到沟里，动不了", "lost_person"),
    ("大雪封路，车都堵在高速上", "snow_ice"),
    ("孕妇羊水破了要生了", "medical_aid"),
    ("有人喝了农药", "medical_aid"),
    ("小孩手指卡在门缝里拿不出来", "other"),
    ("家里钻进一条蛇", "other"),
    ("the kitchen is burning", "building_fire"),
    ("flames coming out of the third floor window", "building_fire"),
    ("lorry crashed into a bus", "traffic"),
    ("pedestrian struck by a vehicle", "traffic"),
    ("chlorine leak at the swimming pool", "hazmat"),
    ("we are stuck in a lift between floors", "elevator"),
    ("water is coming into our basement", "rainstorm_flood"),
    ("child missing at the beach", "lost_person"),
    ("old man collapsed and unconscious", "medical_aid"),
    ("yacht adrift near the island", "marine"),
    ("gas cylinder leaking in the restaurant", "gas_leak"),
    ("tree fell across the road", "road_tunnel"),
    ("the building is shaking", "earthquake"),
    ("Structure fire residential", "building_fire"),
    ("Vehicle accident rollover", "traffic"),
    ("Fire alarm", "building_fire"),
    ("Wires down", "power_outage"),
    ("Gas leak outside", "gas_leak"),
    ("Water rescue ocean", "drowning"),
    ("Vegetation fire", "forest_fire"),
    # -- both at once
    ("外国游客说 fire in the kitchen，三楼", "building_fire"),
    ("hotel 前台说 smell of gas，二楼", "gas_leak"),
    ("tourist trapped in elevator，酒店八楼", "elevator"),
)


@pytest.mark.parametrize(("words", "expected"), CALLS)
def test_a_call_is_read_as_its_type(words: str, expected: str) -> None:
    assert read_type(words, shipped().types).type_id == expected


DENIED = (
    ("没有着火，是电梯困人", "elevator"),
    ("没着火，就是楼道里燃气味很大", "gas_leak"),
    ("no fire, just a smell of gas", "gas_leak"),
    ("There is no sign of fire but the lift is stuck", "elevator"),
    ("撞车了，没有起火", "traffic"),
    ("车没有着火，就是追尾了", "traffic"),
    ("现场没有发现燃气泄漏，是水管爆了", "water_outage"),
    ("没有着火", None),
    ("no fire here", None),
    ("there isn't any fire", None),
    ("房子没塌", None),
    ("", None),
    ("今天天气不错", None),
)


@pytest.mark.parametrize(("words", "expected"), DENIED)
def test_what_is_denied_is_not_read(words: str, expected: str | None) -> None:
    assert read_type(words, shipped().types).type_id == expected


ASKED = ("是不是着火了，我看见窗户里有光", "楼上有没有着火啊，你们来看看", "不知道是不是起火了", "not sure if there is a fire")


@pytest.mark.parametrize("words", ASKED)
def test_a_question_whether_it_burns_is_not_a_denial(words: str) -> None:
    assert read_type(words, shipped().types).type_id == "building_fire"


def test_the_denied_words_are_told() -> None:
    assert "着火" in read_type("没有着火，是电梯困人", shipped().types).denied


def test_a_word_inside_a_longer_one_says_nothing() -> None:
    reading = read_type("饭店燃气爆炸", shipped().types)
    assert (reading.type_id, "燃气" in reading.matched) == ("explosion", False)


def test_the_runner_up_is_the_next_best_type() -> None:
    reading = read_type("两辆车追尾，没人受伤，好像有燃气味", shipped().types)
    assert {reading.type_id, reading.runner_up} == {"traffic", "gas_leak"}


def test_the_matched_words_are_shown_as_said() -> None:
    assert read_type("有辆货车着火", shipped().types).matched[0] == "车…着火"


def test_parts_of_a_phrase_do_not_join_across_sentences() -> None:
    assert read_type("我在车里。对面着火", shipped().types).type_id == "building_fire"


def test_full_width_capitals_and_spaces_make_no_difference() -> None:
    assert read_type("ＦＩＲＥ　ＩＮ　ＴＨＥ　ＫＩＴＣＨＥＮ", shipped().types) == read_type("fire in the kitchen", shipped().types)
    assert read_type("居民楼 着火 了", shipped().types).type_id == "building_fire"


def test_an_english_word_inside_another_is_not_read() -> None:
    assert read_type("the firefighter has finished", shipped().types).type_id is None


def test_a_high_building_asks_for_a_high_reach_team() -> None:
    needs = dict(default_needs(type_("building_fire"), "18层着火", shipped().added_needs))
    assert (needs["high_reach"], needs["fire_fighting"]) == (1, 2)


def test_a_low_building_asks_for_none() -> None:
    assert "high_reach" not in dict(default_needs(type_("building_fire"), "3层着火", shipped().added_needs))


def test_every_type_but_other_is_reached_by_a_call() -> None:
    assert {one.id for one in shipped().types} == {expected for _words, expected in CALLS}


FRAGMENTS = st.lists(st.sampled_from([words[:9] for words, _ in CALLS] + ["没有", "no ", "，", "。", " ", "车", "楼", "12"]), max_size=6)


@given(FRAGMENTS.map("".join))
def test_the_same_words_always_give_the_same_answer(words: str) -> None:
    first = read_type(words, shipped().types)
    assert first == read_type(words, shipped().types)
    assert first.type_id is None or (first.matched and first.type_id != first.runner_up)


@given(st.text(max_size=60))
def test_any_text_at_all_can_be_read(words: str) -> None:
    read_type(words, shipped().types)
