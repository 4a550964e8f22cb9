/**
 * @file The style of the page: system fonts, colours as variables for light and dark, a print style. The three class
 * colours keep their lightness apart, so that they can be told apart without colour vision and in grey print.
 */

const LIGHT = `--page:#fbfbfa;--card:#fff;--ink:#1c2024;--muted:#5f6770;--line:#e3e5e8;--accent:#1e5fbf;
--survived:#1d8466;--degraded:#e3a72f;--damaged:#c2342c;--on-colour:#fff;--alarm:#fdeceb;--alarm-line:#c2342c;color-scheme:light`
const DARK = `--page:#14171a;--card:#1c2024;--ink:#e8eaed;--muted:#9aa3ad;--line:#30363c;--accent:#7cb0ff;
--survived:#45b592;--degraded:#f0bd55;--damaged:#f0645a;--on-colour:#0d1012;--alarm:#3a1f1d;--alarm-line:#f0645a;color-scheme:dark`

export const STYLE = `
:root{${LIGHT}}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${DARK}}}
:root[data-theme=dark]{${DARK}}
*{box-sizing:border-box}
html{scroll-padding-top:12px}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main,header.top,footer{max-width:1180px;margin:0 auto;padding:0 20px}
header.top{display:flex;align-items:center;justify-content:space-between;gap:12px;padding-top:14px;padding-bottom:14px;color:var(--muted)}
header.top h1{font-size:15px;font-weight:400}header.top b{color:var(--ink)}
h1,h2,h3,h4{line-height:1.25;margin:0}
h2{font-size:20px;margin:40px 0 12px}
h3{font-size:15px}
h4{font-size:15px;margin-bottom:6px}
p{margin:0 0 8px}
code{font:0.92em ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
pre{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:12px;overflow-x:auto;white-space:pre}
a{color:var(--accent)}
button,select,input{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:5px 10px}
button{cursor:pointer}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.muted,.small{color:var(--muted)}
.small{font-size:12.5px}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.alarm{background:var(--alarm);border:1px solid var(--alarm-line);border-left-width:6px;border-radius:8px;padding:14px 18px;margin:0 0 12px}
.alarm strong{display:block;font-size:13px;letter-spacing:.06em;text-transform:uppercase;color:var(--damaged)}
.alarm p{font-size:19px;line-height:1.35;margin:2px 0 0;font-weight:600}
.alarm p+p{font-size:15px}
.verdict{display:flex;gap:18px;align-items:center;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:16px 18px}
.verdict p{margin:0;font-size:16px}
.badge{font-weight:750;letter-spacing:.04em;font-size:19px;padding:8px 16px;border-radius:6px;color:var(--on-colour);background:var(--muted);white-space:nowrap}
.badge.pass{background:var(--survived)}.badge.fail{background:var(--damaged)}.badge.inconclusive{background:var(--degraded);color:#1c1300}
.dot{display:inline-block;width:20px;height:20px;border-radius:50%;text-align:center;line-height:20px;font-size:13px;font-weight:700;color:var(--on-colour);background:var(--muted)}
.dot.pass{background:var(--survived)}.dot.fail{background:var(--damaged)}.dot.inconclusive{background:var(--degraded);color:#1c1300}
.wide{overflow-x:auto}.wide[data-scrolls]{background:linear-gradient(to right,var(--card) 40%,transparent) 0 0/60px 100% no-repeat local,linear-gradient(to left,var(--card) 40%,transparent) 100% 0/60px 100% no-repeat local,linear-gradient(to right,var(--line),transparent) 0 0/14px 100% no-repeat scroll,linear-gradient(to left,var(--line),transparent) 100% 0/14px 100% no-repeat scroll,var(--card)}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th{text-align:left;font-weight:600;font-size:12.5px;color:var(--muted)}
th,td{padding:7px 10px;vertical-align:top;border-bottom:1px solid var(--line)}
.card{background:var(--card);border:1px solid var(--line);border-radius:8px}
.card>table tr:last-child>td{border-bottom:0}
.plain{width:auto;font-size:13px}.plain th,.plain td{padding:3px 12px 3px 0}
.overview th,.overview td{padding-left:7px;padding-right:7px}.overview td{white-space:nowrap}.overview .first td{border-top:1px solid var(--line)}.overview td{border-bottom:0}
.overview b{font-size:16px;font-weight:650}
.overview .limit{white-space:normal}.overview .name{white-space:normal;min-width:150px}.name code{overflow-wrap:break-word}
.limit{display:block;font-size:12.5px;color:var(--muted)}
.limit.fail,.limit em.fail{color:var(--damaged);font-weight:600}.limit em{font-style:normal;white-space:nowrap}
.stack{float:right;display:flex;width:64px;height:12px;border-radius:3px;overflow:hidden;margin:6px 0 0 10px;background:var(--line)}.rules{min-width:780px}.rules td:nth-child(3){min-width:244px}
.overview code{font-size:13px}.overview .name b code{font-size:15px}.overview td:nth-last-child(4){min-width:150px}
button.open{border:0;background:none;padding:0;color:var(--accent);text-decoration:underline;text-underline-offset:3px;text-decoration-thickness:1px}
.stack i{display:block;height:100%}
.s{background:var(--survived)}.g{background:var(--degraded)}.d{background:var(--damaged)}
.keys{display:flex;gap:16px;font-size:13px;margin:8px 0 0}.key i{display:inline-block;width:11px;height:11px;border-radius:2px;margin-right:6px}
.grid{display:grid;gap:16px;grid-template-columns:repeat(auto-fit,minmax(min(100%,520px),1fr));align-items:start}
.pair .grid{grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr))}
figure{margin:0;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:14px 16px;min-width:0}
figcaption p{color:var(--muted);font-size:13px;margin:2px 0 0}
.plot{overflow-x:auto;padding-top:8px}.plot svg{display:block;max-width:100%;height:auto;color:var(--ink);min-width:330px}
#map .plot svg,#classes .plot svg{min-width:520px}
.numbers summary,details.more summary{cursor:pointer;color:var(--muted);font-size:13px;padding-top:6px}
.controls{display:flex;flex-wrap:wrap;gap:12px;align-items:end;margin:0 0 12px}
.controls label{display:flex;min-width:0;max-width:100%;flex-direction:column;font-size:12.5px;color:var(--muted);gap:2px}
.controls select,.controls input{color:var(--ink);font-size:15px;max-width:100%}
.explorer{display:grid;grid-template-columns:minmax(0,1fr) 372px;gap:16px;margin-top:16px;align-items:start}
.scroll{height:512px;overflow:auto;border:1px solid var(--line);border-radius:8px;background:var(--card);overflow-anchor:none}
.rows{table-layout:fixed;font-size:14px;min-width:740px;border-collapse:separate;border-spacing:0}
.rows th{position:sticky;top:0;background:var(--card);padding:0;z-index:1}
.rows th button{all:unset;box-sizing:border-box;width:100%;padding:8px 10px;cursor:pointer;white-space:nowrap}
.rows th button:focus-visible{outline:2px solid var(--accent);outline-offset:-2px}
.rows th button::after{content:" ↕";opacity:.45}
.rows th[aria-sort=ascending] button::after{content:" ↑";opacity:1;color:var(--accent)}
.rows th[aria-sort=descending] button::after{content:" ↓";opacity:1;color:var(--accent)}
.rows th.plainhead{padding:8px 10px}
.rows tbody tr{height:30px;cursor:pointer}
.rows tbody td{height:30px;padding:0 10px;white-space:nowrap;vertical-align:middle;overflow:hidden}
.rows tbody tr:hover td{background:color-mix(in srgb,var(--accent) 7%,transparent)}
.rows tr[aria-selected=true] td{background:color-mix(in srgb,var(--accent) 16%,transparent)}
.rows td:nth-child(1),.rows td:nth-child(n+3){text-align:right}
.rows th:nth-child(1),.rows th:nth-child(n+3){text-align:right}
.class{white-space:nowrap}#theme{white-space:nowrap}.detail .plain td,.detail .plain th{padding-right:10px;font-size:12.5px}
.class::before{content:"";display:inline-block;width:9px;height:9px;border-radius:2px;margin-right:7px;background:var(--line)}
.class.survived::before{background:var(--survived)}.class.degraded::before{background:var(--degraded)}.class.damaged::before{background:var(--damaged)}
.grid.beside{margin-bottom:4px}#compare-plot svg{max-width:470px;margin:0 auto;font-size:11px;fill:var(--ink)}#compare-plot .mesh{stroke:var(--line)}#compare-plot .limit{stroke:var(--ink);stroke-dasharray:4 3;stroke-opacity:.7}
#compare-plot .lost{fill:var(--damaged)}#compare-plot .gained{fill:var(--accent)}#compare-plot .both{fill:var(--survived)}#compare-plot .neither{fill:var(--degraded)}#compare-plot .count{font-weight:650;paint-order:stroke;stroke:var(--card);stroke-width:3px}
[data-quadrant]{border-left-width:6px;width:100%;text-align:left}[data-quadrant].lost{border-left-color:var(--damaged)}[data-quadrant].gained{border-left-color:var(--accent)}[data-quadrant].both{border-left-color:var(--survived)}[data-quadrant].neither{border-left-color:var(--degraded)}
[aria-pressed=true]{background:color-mix(in srgb,var(--accent) 16%,transparent)}#compare-quadrants td{text-align:right}
.scroll.short{height:332px}#compare-table{min-width:640px}.nowrap{white-space:nowrap}.silent .limit{display:inline}.silent .limit::before{content:" ("}.silent .limit::after{content:")"}.scroll:has(:focus-visible){outline:2px solid var(--accent);outline-offset:2px}.scroll table:focus-visible{outline:none}
.detail{padding:14px 16px;min-height:120px;max-height:512px;overflow:auto}
footer{color:var(--muted);font-size:13px;padding-top:28px;padding-bottom:40px}
@media (max-width:1200px){.stacks,.stacks tbody,.stacks tr{display:block}.stacks thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.rules.stacks{min-width:0}.stacks tr{position:relative;display:grid;grid-template-columns:repeat(auto-fit,minmax(136px,1fr));gap:8px 14px;padding:12px 14px}.stacks tr+tr{border-top:1px solid var(--line)}
.stacks tr>td,.rules.stacks td:nth-child(3),.overview.stacks td:nth-last-child(4){padding:0;border:0;min-width:0;white-space:normal!important;overflow-wrap:anywhere}.stacks td:empty{display:none}.stacks .open{text-align:left}.overview.stacks .first td{border:0}
.overview.stacks .first td:first-child{position:absolute;left:14px;top:12px}.overview.stacks td.name{grid-column:1/-1;padding-left:30px}.stacks td[data-label]::before{content:attr(data-label);display:block;font-size:12.5px;font-weight:600;color:var(--muted)}}
@media (max-width:1100px){.explorer{grid-template-columns:minmax(0,1fr)}}
@media (max-width:860px){.verdict{flex-direction:column;align-items:flex-start;gap:10px}}
@media print{:root,:root[data-theme=dark]{${LIGHT}}body{background:#fff;font-size:12px}.controls,#theme,.skip,.numbers:not([open]){display:none}
.scroll,.scroll.short{height:auto;overflow:visible}.explorer{grid-template-columns:1fr}figure,.card,.alarm,.verdict{break-inside:avoid}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
html:not([data-scripted]) .scripted,[data-scripted] .unscripted{display:none}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--card);padding:6px 12px;z-index:9}
`
