"""The look of the HTML page: large letters, one accent, dark by night, black on white on paper."""

from waystation.briefs.drawing import FONTS

STYLE = f"""
:root{{--paper:#fff;--ink:#16181b;--quiet:#55595f;--rule:#cfd2d6;--card:#f4f5f6;--accent:#b3202c;color-scheme:light dark}}
@media (prefers-color-scheme:dark){{
:root{{--paper:#0b0c0e;--ink:#e8e6e1;--quiet:#a9abaf;--rule:#33363b;--card:#16181b;--accent:#ff6b5e}}
}}
*{{box-sizing:border-box}}
html{{-webkit-text-size-adjust:100%}}
body{{margin:0;background:var(--paper);color:var(--ink);font:17px/1.55 {FONTS};word-break:keep-all;overflow-wrap:break-word}}
main{{max-width:46rem;margin:0 auto;padding:1rem}}
h1{{font-size:1.6rem;line-height:1.25;margin:.2rem 0 .6rem}}
h2{{font-size:1.2rem;line-height:1.3;margin:2.2rem 0 .6rem;padding-top:.6rem;border-top:2px solid var(--ink)}}
h3{{font-size:1.05rem;line-height:1.35;margin:0}}
p{{margin:.35rem 0}}
header p{{color:var(--quiet);margin:.1rem 0}}
header .private{{margin-top:.6rem;font-size:.9rem;border-left:3px solid var(--accent);padding-left:.6rem}}
.answer{{background:var(--card);border-left:5px solid var(--accent);padding:.7rem .9rem;margin-top:1.2rem}}
.lead{{font-size:1.2rem;line-height:1.45;font-weight:700}}
.quiet,.when{{color:var(--quiet);font-size:.92rem}}
.facts{{display:grid;grid-template-columns:repeat(3,1fr);gap:.5rem;margin:0}}
.facts div{{background:var(--card);padding:.5rem .7rem}}
.facts dt{{color:var(--quiet);font-size:.86rem;line-height:1.3}}
.facts dd{{margin:.1rem 0 0;font-size:1.1rem;font-weight:700;font-variant-numeric:tabular-nums}}
.facts .main dd{{font-size:1.5rem}}
figure{{margin:.6rem 0}}
svg{{display:block;width:100%;max-width:36rem;height:auto}}
.wide{{overflow-x:auto}}
table{{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;margin:.5rem 0}}
th,td{{text-align:left;vertical-align:top;padding:.4rem .6rem .4rem 0;border-bottom:1px solid var(--rule)}}
thead th{{color:var(--quiet);font-size:.86rem;font-weight:400;line-height:1.3;vertical-align:bottom}}
tbody th{{font-weight:700}}
.num{{text-align:right}}
tbody .num{{white-space:nowrap}}
td:last-child,th:last-child{{padding-right:.3rem}}
.mark{{background:var(--card);font-weight:700;padding-left:.4rem;padding-right:.4rem}}
.narrow{{width:auto}}
.narrow th,.narrow td{{padding-right:1.6rem}}
.beside{{display:grid;grid-template-columns:auto minmax(0,1fr);gap:0 1.2rem;align-items:start}}
ul,ol{{margin:.4rem 0;padding-left:1.2rem}}
li{{margin:.35rem 0}}
.stages{{list-style:none;padding:0;counter-reset:stage}}
.stages>li{{counter-increment:stage;border-left:4px solid var(--accent);padding:.1rem 0 .1rem .9rem;margin:0 0 1.1rem}}
.stages>li.off{{border-left:4px dashed var(--rule)}}
.stages h3::before{{content:counter(stage) " "}}
.when span{{display:block}}
.steps{{list-style:none;padding-left:.2rem;margin:.2rem 0}}
.steps li{{margin:.15rem 0;padding-left:.7rem;border-left:2px solid var(--rule)}}
.stages ul{{margin-left:0}}
.rare{{color:var(--quiet);font-size:.88rem}}
nav{{margin:1rem 0 0;display:flex;flex-wrap:wrap;gap:.3rem .9rem;font-size:.95rem}}
a{{color:inherit;text-underline-offset:.2em}}
.branch{{font-size:.8rem;font-weight:400;color:var(--quiet);border:1px solid var(--rule);padding:0 .4rem;white-space:nowrap}}
@media (max-width:34rem){{
.beside{{display:block}}
.facts{{grid-template-columns:1fr 1fr}}
.cards thead{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}
.cards,.cards tbody,.cards tr,.cards th,.cards td{{display:block}}
.cards tr{{border-bottom:1px solid var(--rule);padding:.45rem 0}}
.cards th,.cards td{{border:0;padding:.08rem 0;text-align:left}}
.cards td::before{{content:attr(data-label) ": ";color:var(--quiet)}}
table:not(.cards){{font-size:.88rem}}
}}
@media print{{
@page{{size:A4;margin:16mm 15mm}}
:root{{--paper:#fff;--ink:#000;--quiet:#333;--rule:#aaa;--card:#fff;--accent:#b3202c}}
body{{font-size:10.5pt;line-height:1.4}}
main{{max-width:none;padding:0}}
h2,h3{{break-after:avoid}}
h2{{margin-top:1.2rem}}
tr,figure,.answer,.facts div,.steps,.whole,.stages>li>ul>li{{break-inside:avoid}}
.when{{break-after:avoid}}
thead{{display:table-header-group}}
.facts{{grid-template-columns:repeat(3,1fr)}}
.facts div{{border:1px solid var(--rule);padding:.25rem .5rem}}
.facts .main dd{{font-size:1.3rem}}
nav{{display:none}}
svg{{width:auto;max-width:100%;height:4.2cm;margin:0 auto}}
#map svg{{height:7.6cm}}
#choices svg,#frontier svg{{height:5.2cm}}
ul.quiet{{font-size:8pt;line-height:1.3}}
ul.quiet li{{margin:.15rem 0}}
.when{{font-size:9pt}}
.when span{{display:inline}}
.when span:not(:last-child)::after{{content:" ·"}}
.wide{{overflow:visible}}
}}
"""
