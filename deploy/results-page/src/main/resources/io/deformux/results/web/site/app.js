import {openSession, takeTokenFromAddress} from './api.js';
import {h} from './dom.js';
import {jobs, trainings, comparisons, models, failures} from './lists.js';
import {job} from './job.js';
import {training} from './training.js';
import {comparison} from './comparison.js';
import {model} from './model.js';
import {send} from './send.js';
import {askForToken} from './token.js';
import {replaceUnderHands} from './hands.js';

const main = document.getElementById('main');
const live = document.getElementById('live');

const pages = [
  [/^#\/jobs$/, () => ({kind: 'jobs', show: jobs})],
  [/^#\/jobs\/([^?]+)$/, id => ({kind: 'jobs', id, show: job})],
  [/^#\/trainings$/, () => ({kind: 'trainings', show: trainings})],
  [/^#\/trainings\/([^?]+)$/, id => ({kind: 'trainings', id, show: training})],
  [/^#\/comparisons$/, () => ({kind: 'comparisons', show: comparisons})],
  [/^#\/comparisons\/([^?]+)$/, id => ({kind: 'comparisons', id, show: comparison})],
  [/^#\/models$/, () => ({kind: 'models', show: models})],
  [/^#\/models\/([^/?]+)\/([^/?]+)$/, (name, version) => ({kind: 'models', id: `${name} ${version}`, show: model})],
  [/^#\/failures$/, () => ({kind: 'failures', show: failures})],
  [/^#\/send$/, () => ({kind: 'send', show: send})]
];

let current;
let query = new URLSearchParams();
let turn = 0;
let waiting;

async function show(keepFocus) {
  const mine = ++turn;
  clearTimeout(waiting); // what was to be shown anew is shown now, or was of another page
  waiting = undefined;
  const [path, search = ''] = (location.hash || '#/jobs').split('?');
  query = new URLSearchParams(search);
  const found = pages.map(([pattern, page]) => [path.match(pattern), page]).find(([match]) => match);
  current = found ? found[1](...found[0].slice(1).map(decodeURIComponent)) : {kind: 'jobs', show: jobs};
  document.querySelectorAll('nav a').forEach(link =>
    link.getAttribute('href') === '#/' + current.kind
      ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current'));
  try {
    const content = await current.show({id: current.id, query, go, tokenForm});
    if (mine !== turn) {
      return; // somebody has gone on meanwhile
    }
    if (keepFocus) {
      replaceUnderHands(main, content);
    } else {
      main.replaceChildren(...content);
      if (turn > 1) {
        main.focus();
      }
    }
    document.title = (main.querySelector('h2')?.textContent ?? 'deformux') + ' – deformux';
  } catch (e) {
    if (mine !== turn) {
      return;
    }
    main.replaceChildren(...(e.status === 401 && e.code === 'TOKEN_MISSING'
      ? [h('h2', {}, 'Token'), ...tokenForm('This page is shown to those who have its token.')]
      : [h('div', {class: 'fault'}, e.message)]));
  }
}

const tokenForm = why => askForToken(why, () => {
  listen();
  show();
});

/** To other words of search in the same list. */
function go(changes) {
  for (const [name, value] of Object.entries(changes)) {
    value ? query.set(name, value) : query.delete(name);
  }
  const text = query.toString();
  history.replaceState(null, '', '#/' + current.kind + (text ? '?' + text : ''));
  show(true);
}

function changed(change) {
  const concerns = current && (change === undefined || change.kind === current.kind)
    && (change === undefined || current.id === undefined || current.id === change.id);
  // What is complete does not change any more, and its viewer stays as it was turned.
  if (concerns && current.kind !== 'send' && !main.querySelector('.viewer') && !waiting) {
    waiting = setTimeout(() => {
      waiting = undefined;
      show(true);
    }, 300);
  }
}

const AGAIN_MS = 5000;
let source;
let again;

/** Hears of changes while somebody looks on; a browser has few connections to one server, whatever the tabs. */
function listen() {
  clearTimeout(again);
  source?.close();
  if (document.hidden) {
    live.textContent = 'paused';
    return;
  }
  source = new EventSource('/api/events');
  source.onopen = () => {
    live.textContent = 'live';
    changed();
  };
  source.onerror = () => {
    live.textContent = 'not connected, trying again …';
    if (source.readyState === EventSource.CLOSED) { // it was refused, after which a browser gives up
      again = setTimeout(listen, AGAIN_MS);
    }
  };
  source.addEventListener('change', event => changed(JSON.parse(event.data)));
  source.addEventListener('all', () => changed());
}

document.getElementById('skip').addEventListener('click', event => {
  event.preventDefault();
  main.focus();
});
takeTokenFromAddress();
document.addEventListener('visibilitychange', listen);
addEventListener('hashchange', () => {
  takeTokenFromAddress();
  show();
});
await openSession().catch(() => {}); // what it lacks is said where it is needed
listen();
show();
