/** The one style sheet; follows the light or dark of the system. Every text has a contrast of 4.5 at least. */
export const STYLE = `
:root { color-scheme: light dark; --page: #f4f6f9; --card: #fff; --sunk: #f0f3f7; --ink: #18212c; --soft: #54606f;
  --line: #dfe5ec; --edge: #828e9d; --link: #0a55a3; --focus: #0a66c9; --solid: #0a55a3; --on-solid: #fff;
  --good: #11703a; --good-bg: #e0f4e7; --warn: #875000; --warn-bg: #fff0d3; --bad: #b0251d; --bad-bg: #fde6e4;
  --idle: #4a5867; --idle-bg: #e8ecf1; --bar: #7389a3; --shade: 0 1px 2px rgb(16 32 48 / 7%); }
@media (prefers-color-scheme: dark) { :root { --page: #0d131a; --card: #151d27; --sunk: #1b2531; --ink: #e6ecf3;
  --soft: #a0afc0; --line: #273342; --edge: #64748a; --link: #7db9ff; --focus: #7db9ff; --solid: #2f7fd6; --on-solid: #fff;
  --good: #5fd690; --good-bg: #12301f; --warn: #f0bf62; --warn-bg: #33270d; --bad: #ff938a; --bad-bg: #3c1b19;
  --idle: #b4c1cf; --idle-bg: #263240; --bar: #6d86a5; --shade: none; } :root { --solid: #1b62b3; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; color: var(--ink); background: var(--page);
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif; }
.wrap { width: 100%; max-width: 80rem; margin: 0 auto; padding: 0 1.5rem; }
header.top { background: var(--card); border-bottom: 1px solid var(--line); }
header.top .wrap { display: flex; flex-wrap: wrap; align-items: center; gap: 0.4rem 1.5rem; min-height: 3.5rem;
  padding-top: 0.4rem; padding-bottom: 0.4rem; }
.brand { display: inline-flex; align-items: center; gap: 0.55rem; font-weight: 700; font-size: 1.05rem; color: var(--ink);
  text-decoration: none; letter-spacing: -0.01em; } .brand svg { width: 1.5rem; height: 1.5rem; }
.mark-bg { fill: var(--solid); } .mark-line { stroke: #fff; stroke-width: 2; fill: none; stroke-linecap: round; }
header.top .end { margin-left: auto; display: flex; align-items: center; gap: 0.75rem; font-size: 0.9rem; }
.live { font-size: 0.85rem; color: var(--soft); display: inline-flex; align-items: center; gap: 0.4rem; }
.live::before { content: ''; width: 0.55rem; height: 0.55rem; border-radius: 50%; background: var(--edge); }
.live.on::before { background: var(--good); } .live.off::before { background: var(--bad); }
main { flex: 1; padding-top: 1.25rem !important; padding-bottom: 2.5rem !important; }
footer { border-top: 1px solid var(--line); color: var(--soft); font-size: 0.85rem; } footer .wrap { padding: 0.9rem 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; letter-spacing: -0.015em; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 0 0 0.75rem; } h3 { font-size: 0.95rem; margin: 1rem 0 0.4rem; }
a { color: var(--link); text-underline-offset: 0.15em; } p { margin: 0.4rem 0; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: 0.6rem; z-index: 1; background: var(--card); padding: 0.5rem; }
.crumbs { font-size: 0.9rem; color: var(--soft); margin: 0 0 0.35rem; }
.title { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 0.9rem; margin-bottom: 0.35rem; }
.title .end { margin-left: auto; display: flex; flex-wrap: wrap; gap: 0.5rem; }
.soft { color: var(--soft); } .good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); }
.small { font-size: 0.87rem; } .nowrap { white-space: nowrap; }
code { font: 0.88em ui-monospace, SFMono-Regular, Menlo, 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem 1.25rem; margin: 1rem 0;
  box-shadow: var(--shade); }
.note { border-left: 4px solid var(--warn); } .note.bad { border-left-color: var(--bad); color: inherit; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 0.9rem; margin: 1rem 0; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 0.8rem 1rem; box-shadow: var(--shade); }
.tile b { display: block; font-size: 1.55rem; line-height: 1.2; font-variant-numeric: tabular-nums; letter-spacing: -0.02em; }
.tile span { color: var(--soft); font-size: 0.87rem; } .tile b.small { font-size: 1.05rem; line-height: 1.75; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1rem; margin: 1rem 0; align-items: start; } .columns .card { margin: 0; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: 0.93rem; }
th, td { text-align: left; vertical-align: top; padding: 0.55rem 1rem 0.55rem 0; border-bottom: 1px solid var(--line); }
tbody tr:last-child > * { border-bottom: 0; } th:last-child, td:last-child { padding-right: 0; }
thead th { font-size: 0.8rem; font-weight: 600; color: var(--soft); white-space: nowrap; padding-top: 0; }
tbody th { font-weight: 600; white-space: nowrap; } td { overflow-wrap: anywhere; } td.num, th.num { text-align: right; font-variant-numeric: tabular-nums; }
.path { overflow-wrap: normal; } td .was, td .is { display: inline-block; min-width: 3rem; }
.flows td:first-child { min-width: 12rem; } .flows a { font-weight: 600; text-decoration: none; } .flows a:hover { text-decoration: underline; }
.state { display: inline-flex; align-items: center; gap: 0.4em; padding: 0.08rem 0.6rem; border-radius: 99px; font-weight: 600;
  font-size: 0.84rem; white-space: nowrap; background: var(--idle-bg); color: var(--idle); }
.state::before { content: ''; width: 0.5em; height: 0.5em; border-radius: 50%; background: currentcolor; }
.state.good { background: var(--good-bg); color: var(--good); } .state.warn { background: var(--warn-bg); color: var(--warn); }
.state.bad { background: var(--bad-bg); color: var(--bad); }
.was { background: var(--bad-bg); color: var(--bad); padding: 0.08rem 0.3rem; border-radius: 4px; }
.is { background: var(--good-bg); color: var(--good); padding: 0.08rem 0.3rem; border-radius: 4px; }
form { margin: 0; } form.row { display: flex; flex-wrap: wrap; gap: 0.6rem 0.9rem; align-items: end; margin: 0 0 0.9rem; }
label { display: grid; gap: 0.2rem; font-size: 0.87rem; color: var(--soft); } label.grow { flex: 1 1 14rem; }
input, select, button, .button { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--edge);
  border-radius: 7px; padding: 0.4rem 0.7rem; min-height: 2.3rem; max-width: 100%; }
button, .button { background: var(--sunk); cursor: pointer; font-weight: 600; font-size: 0.93rem; text-decoration: none; }
button.main { background: var(--solid); border-color: var(--solid); color: var(--on-solid); } button:hover { filter: brightness(1.07); }
button.plain { border-color: transparent; background: none; color: var(--link); min-height: 0; padding: 0.2rem 0.4rem; }
details > summary { cursor: pointer; color: var(--link); font-weight: 600; } details[open] > summary { margin-bottom: 0.6rem; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem; }
figure { margin: 0; padding: 0.9rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; box-shadow: var(--shade); }
figcaption { font-weight: 600; font-size: 0.93rem; margin-bottom: 0.5rem; display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; }
figcaption span { font-weight: 400; color: var(--soft); } figure svg { width: 100%; height: auto; display: block; }
.bar { fill: var(--bar); } .bar.good { fill: var(--good); } .bar.warn { fill: var(--warn); } .bar.bad { fill: var(--bad); }
.axis { stroke: var(--line); } .tick { fill: var(--soft); font-size: 9.5px; font-family: inherit; }
.share { width: 100%; min-width: 8rem; height: 0.55rem; display: block; margin: 0.35rem 0; } .share rect { rx: 1px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1.1rem; margin: 0; } dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; } ul.plain { margin: 0.3rem 0; padding-left: 1.1rem; }
/* what is unfolded goes below the rest */
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem 1.25rem; align-items: center; } .actions details[open] { flex: 1 0 100%; }
.timeline { list-style: none; margin: 0; padding: 0; } .timeline > li { position: relative; padding: 0 0 1.1rem 1.4rem; }
.timeline > li::before { content: ''; position: absolute; left: 0.2rem; top: 0.5rem; width: 0.6rem; height: 0.6rem; border-radius: 50%; background: var(--edge); }
.timeline > li.good::before { background: var(--good); } .timeline > li.warn::before { background: var(--warn); } .timeline > li.bad::before { background: var(--bad); }
.timeline > li.good, .timeline > li.warn, .timeline > li.bad { color: inherit; }
.timeline > li::after { content: ''; position: absolute; left: 0.47rem; top: 1.25rem; bottom: -0.35rem; width: 1px; background: var(--line); }
.timeline > li:last-child { padding-bottom: 0; } .timeline > li:last-child::after { display: none; }
.timeline .head { display: flex; flex-wrap: wrap; gap: 0.2rem 0.8rem; align-items: baseline; }
.sign { max-width: 26rem; margin: 3rem auto; } .sign form { display: grid; gap: 0.9rem; margin-top: 1rem; }
@media (max-width: 44rem) { .wrap { padding-left: 1rem; padding-right: 1rem; } .wide { display: none; } h1 { font-size: 1.3rem; }
  .card { padding: 0.9rem 1rem; } th, td { padding-right: 0.7rem; } .title .end { margin-left: 0; width: 100%; } dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 0.5rem; } .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.6rem; } .path { overflow-wrap: normal; } td .was, td .is { display: inline-block; min-width: 3rem; }
.flows td:first-child { min-width: 0; } }
@media print { header.top, footer, form { display: none; } body { background: none; } .card, figure, .tile { box-shadow: none; break-inside: avoid; } }
@media (prefers-reduced-motion: no-preference) { .state, .bar { transition: background-color 0.2s, fill 0.2s; } }
`;
