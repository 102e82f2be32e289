"""The leaflet of a package, 说明.txt: what is inside and how to check it, for a person who has only the package."""

from typing import Any

CHINESE = """\
爱心账本 审计包
县 {county}　账簿 {book}　凭证 {first}–{last}　导出时刻 {made_at}（世界时）
{demo_zh}
一、如何核验
  把压缩包解到一个空文件夹，在其中打开终端，输入：python3 -I verify.py（Windows 上：py -I verify.py）
  只需 Python 3.8 及以上，无需联网，无需安装其他软件。也可不解压：python3 -I verify.py 压缩包.zip
  -I 不要漏掉：有了它，文件夹里的其他程序不会被运行。
  通过则逐项列明；有误则指出第一处错误所在的凭证或文件。
  担保到哪里：编号、校验码和签名担保的是 journal.jsonl，及由它算出的 balances.csv；journal.body 只核对合计。
  其他文件（registers/ 等）只由 manifest.json 列出，包外没有凭据：谁改了它们又重写 manifest.json，核验查不出。
  登记册中要紧之处，请到单位对照。
  先核验，再打开表格：用表格软件另存也会改动文件，会被指出。
  verify.py 可与公开源码中的 ledger/exports/verify.py 逐字节比对。
{seal_zh}
二、包内文件
  journal.jsonl    流水账，每行一张凭证：number 编号，recorded_us 记录时刻（1970年起的微秒，世界时），
                   previous 上一凭证校验码，digest 本凭证校验码，body 凭证内容（原文）
  balances.csv     最后凭证之后的全部余额
  journal.hledger、journal.ledger、journal.body  同一流水账，供 hledger 与 ledger 核算，按入账日排列，每行带其后余额
{taken_zh}{file_zh}  registers/       登记册（导出时的状态，姓名已遮盖）：sites 网点，households 农户，items 物品，
                   prices 兑换分值，lots 批次，donors 捐赠方，rules 积分规则，staff 经办人（登录名），
                   sheets、sheet-lines 评议表及其明细，objections 异议（不含提出异议的农户），
                   suppliers 供货单位，money 收到的资金（来源、捐赠方、金额）
  manifest.json    本包的范围，以及各文件的大小与 SHA-256
  verify.py        核验程序，四百多行 Python，可以通读

三、怎样读
  积分以十分之一分计（380 即 38.0 分），钱以分计，物品以基本单位计。分录由来源 source 记到去处 destination。
  stock 在架，sent 调出在途，received 调入，handed-out 已发放，set-aside 待处理，written-off 报损，difference 差异，
  purse 户积分（support 保障，merit 激励），fund 积分来源，redeemed 已兑换，donor 捐赠方。
  来源类账户（donor、fund、received、difference 等）的余额为负，表示由此出去多少。
  donation 捐赠入库，dispatch 调出，arrival 调入验收，arrival-difference 调入差异，sheet 评议，notice 公示，
  notice-down 撤下公示，objection 异议，objection-answer 异议答复，claw-back-notice 追回公示，claw-back 追回积分，
  credit 入账，redemption 兑换，reversal 冲销。

四、包内没有什么
  没有完整姓名、卡号、证件号、电话。文字说明（原因、公示地点、代领人等）可能写到人，留在单位，
  凭证 notes 中只有其加盐校验码；需要时到单位查看原文并对照。
"""

ENGLISH = """\
Aixin Ledger: audit package
County {county}, book {book}, entries {first}–{last}, made at {made_at}
{demo_en}
1. How to check it
  Unpack the zip into an empty folder, open a terminal there: python3 -I verify.py (on Windows: py -I verify.py)
  It needs Python 3.8 or later, no network, nothing installed. Without unpacking: python3 -I verify.py PACKAGE.zip
  Do not leave -I out: with it no other program that lies in the folder is run.
  It says what was checked, or names the entry or file where the first thing is wrong.
  What it vouches for: numbers, digests and signature hold journal.jsonl, and balances.csv, which follows from it; of
  journal.body the sums are compared. All other files (registers/ and so on) are listed by manifest.json alone, and
  nothing outside vouches for them: who changes one and writes manifest.json anew is not found. Ask the office for
  its registers where they matter.
  Check first, open tables later: a spreadsheet that saves a file changes it, and this will be named.
  Compare verify.py byte by byte with ledger/exports/verify.py of the published source.
{seal_en}
2. What is inside
  journal.jsonl    the journal, an entry a line; recorded_us is in microseconds since 1970, UTC; body is the exact text
  balances.csv     all balances after the last entry
  journal.hledger, journal.ledger, journal.body  the same by booked day, for hledger and ledger to add up
{taken_en}{file_en}  registers/       the registers as they stood when this was made, names masked
  manifest.json    the range of the package, and the size and SHA-256 of each file
  verify.py        the check, some four hundred lines of Python to read through

3. How to read it
  Points are counted in tenths (380 is 38.0 points), money in fen, goods in their base unit. A posting moves a quantity
  from source to destination. Sources (donor, fund, received, difference …) stand below zero by what came out of them.

4. What is not inside
  No full name, card, ID or phone number. Free texts could name a person and stay in the office; an entry holds their
  salted digests under notes, so a text shown there can be compared.
"""

SEALED_ZH = """\
  本包有签名：县总账（全县各账簿的凭证）签名时的张数与根，由县的密钥签署；本账簿的凭证在其中。核验时会显示公钥，
  请与县里公布的核对。手上若有旧的封账校验或旧审计包（越旧越好，留存在单位以外的）：
      python3 -I verify.py --against 旧文件
  它能查出整本账被改写后重新签名；单凭本包查不出。请将本次的 checkpoints.txt 也留存一份。
"""
SEALED_EN = """\
  This package is signed: the county's key signs how many entries all books of the county have, and their root; the
  entries of this book are among them. The check shows the public key: compare it with the one the county has made
  known. If somebody outside has kept an older checkpoint or package, the older the better:
      python3 -I verify.py --against OLD
  It shows a history that was rewritten and signed again, which this package alone cannot. Keep checkpoints.txt, too.
"""
UNSIGNED_ZH = """\
  本包没有签名：核验说明包内前后一致，不能说明是谁所作。
  请将最后凭证的校验码与兑换凭单、日报等留存在单位以外的对照。
"""
UNSIGNED_EN = """\
  This package carries no signature: the check shows that it agrees with itself, not who made it. Compare the digest
  of the last entry with one kept outside the office, on a receipt or a daily sheet.
"""
FILE_ZH = """\
  checkpoints.txt  封账校验：公钥，凭证在总账中的证明，签名的张数与根，以及从历次旧封账校验至今只增未改的证明
"""
FILE_EN = """\
  checkpoints.txt  the checkpoint: public key, proof that an entry is in the log, what was signed, and for each
                   older checkpoint the proof that to its entries others were only added
"""
TAKEN_ZH = """\
  taken-over.csv   凭证 {first} 之前的余额；manifest.json 的 previous 为其校验码。两者系承接，本包不能核验
"""
TAKEN_EN = """\
  taken-over.csv   the balances before entry {first}; previous in manifest.json is the digest before it. Both are taken
                   over: this package cannot check them
"""


def leaflet(said: dict[str, Any]) -> bytes:
    """Return the leaflet of a package that says this of itself, so that an old Notepad shows it well."""
    later = said["first"] > 1
    words = {
        **said,
        "demo_zh": "★ 演示县的账，不是真账。\n" if said["demo"] else "",
        "demo_en": "* The book of a demo county, not a real one.\n" if said["demo"] else "",
        "seal_zh": SEALED_ZH if said["signature"] else UNSIGNED_ZH,
        "seal_en": SEALED_EN if said["signature"] else UNSIGNED_EN,
        "file_zh": FILE_ZH if said["signature"] else "",
        "file_en": FILE_EN if said["signature"] else "",
        "taken_zh": TAKEN_ZH.format(**said) if later else "",
        "taken_en": TAKEN_EN.format(**said) if later else "",
    }
    text = f"{CHINESE}\n\n{ENGLISH}".format(**words)
    return text.replace("\n", "\r\n").encode("utf-8-sig")
