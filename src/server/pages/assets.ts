/** The one style sheet; follows the light or dark of the system. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --paper: #fff; --panel: #f6f8fa;
  --link: #0550ae; --good: #1a7f37; --warn: #9a6700; --bad: #cf222e; --focus: #0969da; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9da7b3; --line: #3d444d; --paper: #0d1117;
  --panel: #161b22; --link: #79b8ff; --good: #56d364; --warn: #e3b341; --bad: #ff7b72; --focus: #58a6ff; } }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
header, main, footer { max-width: 76rem; margin: 0 auto; padding: 0.75rem 1.25rem; }
header { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: baseline; border-bottom: 1px solid var(--line); }
header strong { font-size: 1.1rem; } header .end { margin-left: auto; }
h1 { font-size: 1.45rem; margin: 1rem 0 0.25rem; } h2 { font-size: 1.1rem; margin: 1.75rem 0 0.5rem; }
a { color: var(--link); } :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: 0.5rem; background: var(--paper); padding: 0.5rem; }
.soft { color: var(--soft); } .good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.75rem 0.4rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--soft); white-space: nowrap; } td { overflow-wrap: anywhere; }
td.nowrap { white-space: nowrap; } code { font: 0.9em ui-monospace, monospace; }
.state { font-weight: 600; white-space: nowrap; } .state::before { content: '\\25CF'; margin-right: 0.4em; }
form.row { display: flex; flex-wrap: wrap; gap: 0.5rem 0.75rem; align-items: end; margin: 0.75rem 0; }
label { display: grid; gap: 0.15rem; font-size: 0.9rem; color: var(--soft); }
input, select, button { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--soft);
  border-radius: 6px; padding: 0.35rem 0.6rem; } button { background: var(--panel); cursor: pointer; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 1rem; }
figure { margin: 0; padding: 0.75rem; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; }
figcaption { font-size: 0.9rem; color: var(--soft); margin-bottom: 0.5rem; } svg { width: 100%; height: auto; display: block; }
.bar { fill: var(--soft); } .bar.good { fill: var(--good); } .bar.warn { fill: var(--warn); } .bar.bad { fill: var(--bad); }
.axis { stroke: var(--line); } .tick { fill: var(--soft); font-size: 10px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
`;

/** Reads the page again when something changed, and puts in place what differs. Without it the page is as useful. */
export const SCRIPT = `
const told = document.getElementById('live');
let asked = false, under = false;
async function again() {
  if (under) { asked = true; return; }
  under = true;
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (answer.ok && !answer.redirected) {
      const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
      for (const part of document.querySelectorAll('[data-live]')) {
        const other = next.getElementById(part.id);
        if (other && other.innerHTML !== part.innerHTML && !part.contains(document.activeElement))
          part.innerHTML = other.innerHTML;
      }
      told.textContent = 'live';
    }
  } finally {
    under = false;
    if (asked) { asked = false; again(); }
  }
}
const events = new EventSource('/events');
events.addEventListener('changed', again);
events.addEventListener('open', () => { told.textContent = 'live'; });
events.addEventListener('error', () => { told.textContent = 'not live: the controller does not answer'; });
`;
