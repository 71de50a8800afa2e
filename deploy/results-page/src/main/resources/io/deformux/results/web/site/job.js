import {get} from './api.js';
import {bytes, duration, fault, h, stageBar, table, time} from './dom.js';
import {colour} from './colours.js';

const file = (job, role) => (job.files ?? []).find(one => one.role === role);

export async function job({id}) {
  const one = await get('/api/jobs/' + encodeURIComponent(id));
  const head = [h('h2', {}, one.id),
    h('p', {}, h('span', {class: one.state}, one.state), ` · ${time(one.time)}`, one.model ? ` · ${one.model}` : '')];
  if (one.stage) {
    return [...head, h('p', {}, stageBar(one.stage))];
  }
  if (one.fault) {
    return [...head, fault(one.fault), h('p', {}, h('a', {href: '#/failures?q=' + encodeURIComponent(id)}, 'Send it again'))];
  }
  return [...head, ...warnings(one.result), ...viewer(one), details(one)];
}

const warnings = result => (result.warnings ?? []).map(one =>
  h('div', {class: 'note'}, h('strong', {}, one.code), ' ', one.message));

function viewer(one) {
  const labels = file(one, 'label-map');
  if (!labels) {
    return [];
  }
  const scan = file(one, 'scan');
  const place = h('div', {class: 'viewer'});
  const open = h('button', {type: 'button', id: 'open-viewer'},
    `Open the viewer (${bytes(labels.sizeBytes + (scan?.sizeBytes ?? 0))})`);
  open.addEventListener('click', async () => {
    open.disabled = true;
    open.textContent = 'loading …';
    try {
      const {openViewer} = await import('./viewer.js');
      await openViewer(place, labels.href, one.result.labels, scan?.href);
      place.querySelector('canvas').focus(); // where the button was that had the focus
    } catch (e) {
      place.replaceChildren(h('div', {class: 'note', role: 'alert'}, `The viewer cannot be shown here: ${e.message}`));
    }
  });
  place.append(open);
  return [h('h3', {}, 'Viewer'), place];
}

function details(one) {
  const {result} = one;
  const preview = file(one, 'preview');
  const downloads = table('Files', ['What', 'Size'], (one.files ?? []).map(output => [
    h('a', {href: output.href, download: output.role === 'preview' ? false : ''},
      output.className ? `${output.role}: ${output.className}` : output.role), {number: bytes(output.sizeBytes)}]));
  const timings = table('Times', ['Stage', 'Time'],
    Object.entries(result.timingsMs).map(([stage, ms]) => [stage, {number: duration(ms)}]));
  const {grid, runtime} = result;
  return h('div', {class: 'columns'},
    h('div', {}, h('h3', {}, 'Found'), volumes(result.labels),
      preview ? h('img', {class: 'preview', src: preview.href, alt: 'Three planes of the scan with what was found'}) : ''),
    h('div', {}, h('h3', {}, 'Outputs'), downloads,
      h('p', {class: 'quiet'}, 'What lies in an archive, such as a DICOM segmentation, is there.'),
      h('h3', {}, 'How'), timings,
      h('p', {class: 'quiet'}, `${grid.shape.join(' × ')} voxels of ${grid.spacingMm.map(x => x.toFixed(2)).join(' × ')} mm · `
        + `${runtime.device}, ${runtime.precision}, version ${runtime.softwareVersion} · model digest `,
        h('code', {}, result.model.sha256.slice(0, 12)))));
}

const percent = share => share === undefined ? '' : (100 * share).toFixed(1) + ' %';

/** As the labels are numbered, or those first that the network was least sure of; what it says nothing of comes last. */
function volumes(labels) {
  const ensemble = labels.some(label => label.meanDisagreement !== undefined);
  const heads = ['Label', 'mL', 'Voxels', 'Confidence', ...(ensemble ? ['Disagreement'] : [])];
  const show = some => table('Volumes', heads, some.map(label => [
    h('span', {}, swatch(label), label.name), {number: label.volumeMl.toFixed(2)}, {number: label.voxels.toLocaleString()},
    {number: percent(label.meanConfidence)}, ...(ensemble ? [{number: percent(label.meanDisagreement)}] : [])]));
  const place = h('div', {}, show(labels));
  if (labels.filter(label => label.meanConfidence !== undefined).length < 2) {
    return place;
  }
  const doubted = [...labels].sort((a, b) => (a.meanConfidence ?? 2) - (b.meanConfidence ?? 2));
  const button = h('button', {type: 'button', id: 'least-sure', 'aria-pressed': 'false'}, 'Least sure first');
  button.addEventListener('click', () => {
    const pressed = button.getAttribute('aria-pressed') === 'false';
    button.setAttribute('aria-pressed', String(pressed));
    place.replaceChildren(show(pressed ? doubted : labels));
  });
  return h('div', {}, h('p', {}, button), place);
}

function swatch(label) {
  const mark = h('span', {class: 'swatch', 'aria-hidden': 'true'});
  mark.style.background = `rgb(${colour(label).join(',')})`;
  return mark;
}
