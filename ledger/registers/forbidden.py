"""What can never be a rule: petition, birth, religion, refusal and complaint, told by the words of a rule."""

import re
import unicodedata

NEVER = {
    "petition": "信访 上访 进京访 越级 缠访 闹访 罢访 息诉 告状 petition",
    "birth": "生育 计生 超生 优生优育 婚育 节育 结扎 孕检 二孩 两孩 三孩 四孩 多孩 二胎 三胎 多子女 "
             "独生子 独生女 独生家 独生户 双女户 纯女户 birth contracepti only.child second.child third.child",
    "religion": "宗教 信教 传教 教堂 教徒 信徒 教会活动 寺庙 寺院 清真寺 礼拜 祷告 祈祷 拜佛 念佛 诵经 念经 佛教 道教 "
                r"基督 天主教 天主堂 伊斯兰 穆斯林 religi church mosque temple worship \bpray baptis",
    "refusal": "拒绝 拒不 拒签 拒迁 拒缴 抗拒 不配合 不服从 钉子户 refusal refusing refuses.to refused.to",
    "complaint": "投诉 举报 检举 控告 申诉 市长热线 政务热线 12345 12388 complain denounc whistle.?blow",
}
"""By class, the words that mean it and hardly anything else."""

FINE = (
    # Across two words, as in 设计|生态, 晚上|访问, 季节|育苗 or 宣传|教育, the signs stand side by side by chance.
    "[设统会合累预]计(?=生[产态活物猪])", "超(?=生产)", "花生(?=育)", "[季环]节(?=育)", "[诚守通]信(?=访[问谈])",
    "多(?=孩[子童])", "[三两四]孩(?=子)", "[网线晚早路以]上(?=访[问谈视])", "[优卓超跨]越(?=级)",
    "(?<!举)[报公警]告(?=状[况态])", "信教(?=[育学师])", "宗教(?=[育诲])", "宣传教", "道教(?=[育学师])", "教徒(?=弟)",
    "诚信(?=徒)", "[诵念]经(?=[典历济验营])", "防控(?=告)", "[推列选]举(?=报[名告])", r"\d{6,}",
    # A weekday or a week, a birthday, a fair.
    "礼拜[一二三四五六天日](?![次回])", "[每个]礼拜", "birthdays?", "temple fair",
    # To say no to a bad custom is a good one.
    "拒绝(?:参与|参加|索要|收受|一切|各种)?(?:高价|天价|高额|封建|陈规|电信)?"
    "(?:彩礼|婚闹|大操大办|铺张|浪费|攀比|陋习|赌博|黄赌毒|毒品|吸毒|酒驾|酒后驾|酗酒|家暴|家庭暴力|诈骗|迷信|野味)",
)
"""What is fine and is taken out before anything is looked for."""

ANY = re.compile("|".join(" ".join(NEVER.values()).split()), re.IGNORECASE)
TAKEN_OUT = re.compile("|".join(FINE), re.IGNORECASE)


def forbidden_word(text: str) -> str | None:
    """Return the first word of a text by which it rewards or punishes what people have a right to, if there is one."""
    found = ANY.search(TAKEN_OUT.sub("·", unicodedata.normalize("NFKC", text)))
    return found[0] if found else None
