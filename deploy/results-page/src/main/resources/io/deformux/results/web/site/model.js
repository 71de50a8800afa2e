import {get} from './api.js';
import {duration, facts, h, score, table, time} from './dom.js';

/** One version of a model: how good it is and what it was made of. */
export async function model({id}) {
  const [name, version] = id.split(' ');
  const one = await get(`/api/models/${encodeURIComponent(name)}/${encodeURIComponent(version)}`);
  const made = one.provenance;
  return [h('h2', {}, id),
    h('p', {}, `Published ${time(one.time)} · mean Dice ${score(one.meanDice)}`,
      one.trainingId ? [' · ', h('a', {href: '#/trainings/' + encodeURIComponent(one.trainingId)}, 'training with its curves')] : ''),
    h('div', {class: 'columns'},
      h('div', {}, table('Dice of each label over the folds', ['Label', 'Mean', 'sd', 'Folds'], one.labels.map(label => [
        `${label.value} ${label.name}`, {number: score(label.mean)}, {number: score(label.sd)}, {number: String(label.folds)}]))),
      h('div', {}, made ? folds(made) : h('p', {class: 'quiet'}, 'Its event does not say what it was made of.'))),
    facts('What it is', [...made ? origin(made) : [],
      ['Training', one.trainingId ?? '–'], ['Digest (SHA-256)', h('code', {}, one.sha256)], ['Folder', h('code', {}, one.uri)]])];
}

const folds = made => table('Folds', ['Fold', 'Mean Dice', 'Best at iteration', 'Iterations', 'Time'], made.folds.map(fold => [
  String(fold.fold), {number: score(fold.meanDice)}, {number: String(fold.bestIteration)}, {number: String(fold.iterations)},
  {number: duration(fold.durationMs)}]));

const origin = made => [
  ['Network', `${made.architecture}, ${made.parameters.toLocaleString()} parameters, one network per fold`],
  ['Voxel spacing', made.spacingMm ? made.spacingMm.join(' × ') + ' mm' : 'the scan\u2019s own'],
  ...made.intensities.map(one => [made.intensities.length > 1 ? `Intensities of ${one.channel}` : 'Intensities', scaled(one)]),
  ['Data set', made.dataset ?? '–'],
  ['Data set\u2019s digest (SHA-256)', h('code', {}, made.datasetSha256)],
  ['Trained by', made.software ?? '–']];

/** How values become what the network sees. */
const scaled = one => ({
  window: () => `window ${one.low} to ${one.high} HU`,
  percentiles: () => `percentiles ${one.low} to ${one.high} of the scan`,
  'z-score': () => 'mean 0, deviation 1 over the scan',
  'clipped-score': () => `clipped to ${one.low} to ${one.high} HU, mean ${one.mean}, deviation ${one.deviation}`
}[one.method] ?? (() => one.method))();
