"""Spellings of Chinese syllables from Hong Kong, Macau, Singapore, Malaysia and Taiwan that no rule of Mandarin gives."""

_TABLE = """
chan chen zhan; cheung zhang; wong wang huang; ng wu huang; lee li; lau liu; leung liang; yeung yang; tsang zeng zheng;
kwok guo; tse xie; chow zhou; tang deng; hui xu; fung feng; yip ye; lam lin lan; ho he hao ke; cheng zheng; chung zhong;
mak mai; lo luo lu; law luo; so su; to du tu; poon pan; tsui xu cui; tam tan; lui lei lv; yuen yuan ruan;
kwan guan jun kun; kwong kuang guang; lai li lai; lung long; mok mo; ngai wei; pang peng; shek shi; shum shen cen;
sin xian shan; siu xiao shao; suen sun xuan; tin tian; ting ding; tong tang tong; tsoi cai; choi cai; wan yun wen yin;
woo hu; wu hu wu; yau qiu you; yim yan; yiu yao; yu yu; yung rong weng yong; au ou qu; ka jia;
wing yong rong ying; man wen min; wai wei hui; chi zhi zi qi ci; mei mei; ling ling; yee yi er; kit jie; lok le luo;
hoi hai kai; yan ren en xin; sze si shi; tsz zi; hin xian xuan; chun jun zhen chun qin; fai hui; keung qiang;
kin jian; mui mei; oi ai; pui pei; shing cheng sheng; suk shu; tai dai tai; tak de; tung dong tong; wah hua; wa hua;
yin yan xian yin; ying ying; yuk yu; hung hong xiong kong; king jing qing; kam jin gan; chiu zhao chao; chiang jiang;
kuo guo; kai jia qi kai; kei qi ji; ki qi ji; kuen quan juan; kwai gui; lin lian; mun min men; nga ya; on an;
pak bai bo; ping ping bing; sau xiu shou; sum xin shen; shan shan; shun shun xun; sung song; tat da; wo he; wun huan;
yat yi ri; yuet yue; yut yi; hon han; hau hao hou; kwun guan; bik bi; fong fang kuang; cho zuo cao; chong zhuang;
tan chen; lim lin; ong wang weng; goh wu; teo zhang; chua cai; tay zheng; koh xu gu; low liu luo; sim shen;
neo liang; nio liang; yeo yang; heng wang xing; kang jiang kang; quek guo; kwek guo; seah xie; soh su; toh du zhuo;
chew zhou; lau liu lao; khoo qiu xu; yap ye; hoe he; phua pan; foo fu hu; gan yan; chin chen qian qin; wee huang;
ooi huang; oon wen; pek bai; sng sun; thia cheng; loh luo; lew liu; boey mei; tok zhuo
"""

SOUTHERN: dict[str, frozenset[str]] = {
    entry.split()[0]: frozenset(entry.split()[1:]) for entry in _TABLE.replace("\n", " ").split(";") if entry.strip()
}
"""A spelling, and the syllables of pinyin of the characters that are commonly spelt so in names."""
