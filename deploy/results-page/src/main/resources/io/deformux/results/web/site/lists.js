import {get, hasToken, post} from './api.js';
import {fault, h, score, stageBar, table, time} from './dom.js';

/** Search field, filters and pages around a list; `filters` are name, label and choices. */
async function list(path, title, {query, go}, filters, content) {
  const params = new URLSearchParams(query);
  const found = await get(`${path}?${params}`);
  const field = h('input', {type: 'search', id: 'q', value: query.get('q') ?? '', autocomplete: 'off'});
  let typed;
  field.addEventListener('input', () => {
    clearTimeout(typed);
    typed = setTimeout(() => go({q: field.value, page: ''}), 250);
  });
  const selects = filters.map(([name, label, choices]) => h('label', {}, label,
    h('select', {id: name, onchange: event => go({[name]: event.target.value, page: ''})},
      ['', ...choices].map(choice => h('option', {value: choice, selected: choice === (query.get(name) ?? '')}, choice || 'all')))));
  const pages = Math.max(1, Math.ceil(found.total / found.size));
  const step = (by, text) => h('button', {type: 'button', id: 'page' + by, disabled: found.page + by < 1 || found.page + by > pages,
    onclick: () => go({page: String(found.page + by)})}, text);
  return [h('h2', {}, title),
    h('form', {class: 'search', role: 'search', onsubmit: event => event.preventDefault()},
      h('label', {}, 'Search', field), selects),
    found.items.length ? content(found.items) : h('p', {class: 'quiet'}, 'Nothing here yet.'),
    h('div', {class: 'row paging'}, step(-1, 'Back'), h('span', {}, `page ${found.page} of ${pages}, ${found.total} in all`), step(1, 'On'))];
}

const state = text => h('span', {class: text}, text);

export const jobs = context => list('/api/jobs', 'Scans', context,
  [['state', 'State', ['running', 'completed', 'failed']]],
  items => table('Scans, the newest first', ['Job', 'State', 'Model', 'Time', 'What'], items.map(job => [
    h('a', {href: '#/jobs/' + encodeURIComponent(job.id)}, job.id),
    state(job.state),
    job.model ?? '',
    time(job.time),
    job.stage ? stageBar(job.stage) : job.fault ? h('span', {}, h('strong', {}, job.fault.code), ' ', job.fault.message)
      : job.warnings ? `${job.warnings} warnings` : ''])));

export const trainings = context => list('/api/trainings', 'Trainings', context,
  [['state', 'State', ['running', 'completed', 'failed']]],
  items => table('Trainings, the newest first', ['Training', 'State', 'Mean Dice', 'Folds', 'Time', 'Model'], items.map(one => [
    h('a', {href: '#/trainings/' + encodeURIComponent(one.id)}, one.id),
    state(one.state),
    {number: score(one.meanDice)},
    `${one.folds.filter(fold => fold.result).length} of ${one.folds.length} known`,
    time(one.time),
    one.model ?? ''])));

export const comparisons = context => list('/api/comparisons', 'Comparisons', context,
  [['state', 'State', ['completed', 'failed']]],
  items => table('Comparisons of networks, the newest first', ['Comparison', 'State', 'Best', 'Mean Dice', 'Networks', 'Time'], items.map(one => [
    h('a', {href: '#/comparisons/' + encodeURIComponent(one.id)}, one.id),
    state(one.state),
    one.networks[0]?.name ?? '',
    {number: score(one.networks[0]?.dice.mean)},
    `${one.networks.length} compared` + (one.failed.length ? `, ${one.failed.length} failed` : ''),
    time(one.time)])));

export const models = context => list('/api/models', 'Models', context, [],
  items => table('Published models, the newest first', ['Model', 'Mean Dice', 'Network', 'Data set', 'Labels', 'Published'], items.map(one => [
    h('a', {href: `#/models/${encodeURIComponent(one.name)}/${encodeURIComponent(one.version)}`}, `${one.name} ${one.version}`),
    {number: score(one.meanDice)},
    one.provenance ? `${one.provenance.architecture}, ${one.provenance.folds.length} folds` : '–',
    one.provenance?.dataset ?? '–',
    one.labels.map(label => label.name).join(', '),
    time(one.time)])));

export const failures = async context => [...await list('/api/failures', 'Failures', context,
  [['state', 'State', ['open', 'replayed', 'discarded']]],
  items => table('What failed, the newest first', ['Job', 'State', 'What to do', 'Attempts', 'Time', 'Again'], items.map(one => [
    one.about ? h('a', {href: `#/${one.about.kind}/${encodeURIComponent(one.about.id)}`}, one.job) : one.job ?? one.id,
    state(one.state),
    fault(one),
    {number: String(one.attempts)},
    time(one.time),
    one.state === 'open' ? replayButton(one) : '']))),
  ...(hasToken() ? [] : context.tokenForm('Replaying needs the token of the page.'))];

function replayButton(failure) {
  const button = h('button', {type: 'button', disabled: !hasToken(),
    title: hasToken() ? false : 'needs the token of this page'}, 'Replay');
  button.setAttribute('aria-label', `Replay ${failure.job ?? failure.id}`);
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      await post(`/api/failures/${failure.id}/replay`, '');
      button.textContent = 'asked for';
    } catch (e) {
      button.replaceWith(h('span', {class: 'failed', role: 'alert'}, e.message));
    }
  });
  return button;
}
