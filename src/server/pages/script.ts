/**
 * Reads the page again when something changed, and puts in place what differs: what has the focus keeps it, what is
 * unfolded stays so. A filter answers while it is typed. Without all of it the page is as useful.
 */
export const SCRIPT = `
const told = document.getElementById('live');
function tell(kind, text) {
  told.className = 'live ' + kind;
  if (told.textContent !== text) told.textContent = text;
}
function nameOf(element) {
  return element && (element.id ? '#' + element.id : element.getAttribute('href') || element.getAttribute('data-name'));
}
function put(part, other) {
  if (other.innerHTML === part.innerHTML) return;
  const inside = part.contains(document.activeElement) ? document.activeElement : null;
  if (inside && /^(INPUT|SELECT|TEXTAREA)$/.test(inside.tagName)) return;
  const focused = nameOf(inside);
  const open = [...part.querySelectorAll('details[open]')].map(nameOf);
  part.replaceChildren(...other.childNodes);
  for (const details of part.querySelectorAll('details')) details.open = details.open || open.includes(nameOf(details));
  if (!focused) return;
  const again = [...part.querySelectorAll('a, button, summary, details, [tabindex]')].find((each) => nameOf(each) === focused);
  if (again) again.focus({ preventScroll: true });
}
async function show(url, only) {
  const answer = await fetch(url, { headers: { accept: 'text/html' } });
  if (answer.redirected) return location.reload();
  if (!answer.ok) return tell('off', 'not live: the controller answers ' + answer.status);
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of document.querySelectorAll('[data-live]')) {
    const other = next.getElementById(part.id);
    if (other && (!only || part.id === only)) put(part, other);
  }
}
let asked = false, under = false;
async function again() {
  if (under) { asked = true; return; }
  under = true;
  try { await show(location.href); tell('on', 'live'); }
  catch { tell('off', 'not live: the controller does not answer'); }
  finally {
    under = false;
    if (asked) { asked = false; again(); }
  }
}
const events = new EventSource('/events');
let was = false;
events.addEventListener('changed', again);
events.addEventListener('open', () => { if (was) again(); was = true; tell('on', 'live'); });
events.addEventListener('error', () => tell('off', 'not live: the controller does not answer'));

const filter = document.querySelector('form[role=search]');
let typed;
function sift() {
  const query = new URLSearchParams(new FormData(filter)).toString();
  const url = filter.action + '?' + query;
  history.replaceState(null, '', url);
  show(url, 'flows').catch(() => tell('off', 'not live: the controller does not answer'));
}
if (filter) {
  filter.addEventListener('input', () => { clearTimeout(typed); typed = setTimeout(sift, 150); });
  filter.addEventListener('submit', (event) => { event.preventDefault(); clearTimeout(typed); sift(); });
}
`;
