import {get} from './api.js';
import {duration, fault, h, table, time} from './dom.js';

const percent = share => `${(100 * share).toFixed(1)} %`;
const pValue = p => p === undefined ? '–' : p < 0.0001 ? '< 0.0001' : p.toFixed(4);

/** Mean and deviation; in brackets over how many cases where not over all, and how many structures were missed. */
function figure(f, cases, digits = 3) {
  const said = [...(f.cases < cases ? [`of ${f.cases}`] : []), ...(f.missed ? [`${f.missed} missed`] : [])];
  const mean = f.mean === undefined ? '–'
    : f.mean.toFixed(digits) + (f.sd === undefined ? '' : ` ± ${f.sd.toFixed(digits)}`);
  return said.length ? `${mean} (${said.join(', ')})` : mean;
}

export async function comparison({id}) {
  const one = await get('/api/comparisons/' + encodeURIComponent(id));
  return [h('h2', {}, one.id),
    h('p', {}, h('span', {class: one.state}, one.state), ` · ${time(one.time)}`,
      one.cases === undefined ? '' : ` · ${one.cases} cases, ${duration(one.durationMs)}`),
    one.fault ? fault(one.fault) : '',
    ...(one.networks.length ? tables(one) : []),
    ...(one.failed.length ? [table('Not compared', ['Network', 'Why'], one.failed.map(network => [
      training(network), fault(network)]))] : [])];
}

const training = network => h('a', {href: '#/trainings/' + encodeURIComponent(network.trainingId)}, network.name);

function tables({networks, resamples, cases}) {
  const labels = networks[0].labels.map(label => label.name);
  return [
    table('Networks by mean Dice; in brackets of how many cases a mean is, where not of all, and how many structures were missed',
      ['Network', 'Rank', 'Parameters', 'GMACs', 'Dice', 'HD95 mm', 'NSD', 'p (Holm)', 'Training', 'A scan', 'Memory'],
      networks.map(one => [
        training(one),
        {number: String(one.rank)},
        {number: `${(one.parameters / 1e6).toFixed(2)} M`},
        {number: (one.multiplyAccumulates / 1e9).toFixed(2)},
        {number: figure(one.dice, cases)},
        {number: figure(one.hd95Mm, cases, 2)},
        {number: figure(one.nsd, cases)},
        {number: pValue(one.adjustedPValue)},
        {number: duration(one.trainingMs)},
        {number: duration(Math.round(one.inferenceMs))},
        {number: one.peakMemoryBytes === undefined ? '–' : `${Math.round(one.peakMemoryBytes / 1e6)} MB`}])),
    table('Dice of each label', ['Network', ...labels],
      networks.map(one => [training(one), ...one.labels.map(label => ({number: figure(label.dice, cases)}))])),
    table(`Share of each rank when the cases are drawn anew ${resamples} times`,
      ['Network', ...networks.map((_, rank) => `Rank ${rank + 1}`)],
      networks.map(one => [training(one), ...one.rankShares.map(share => ({number: percent(share)}))])),
    h('p', {class: 'quiet'}, 'p: two-sided Wilcoxon signed-rank test of the cases\u2019 Dice against the best network, after Holm\u2019s correction.')];
}
