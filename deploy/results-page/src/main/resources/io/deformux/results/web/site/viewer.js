import {Niivue} from './niivue.js';
import {h} from './dom.js';
import {colour} from './colours.js';

/** Where values have no unit, as in MR. */
const OWN = 'of the scan';

/** Windows in HU: lower and upper end. */
const WINDOWS = {'soft tissue': [-160, 240], lung: [-1350, 150], bone: [-450, 1050], brain: [0, 80], liver: [-45, 105]};

/** Air of a CT has about -1000 HU; nothing else goes as low as half of it. */
function isInHounsfieldUnits({img, hdr}) {
  let lowest = Infinity;
  for (let n = 0; n < img.length; n += 97) { // enough to meet air
    lowest = Math.min(lowest, img[n]);
  }
  return lowest * (hdr.scl_slope || 1) + hdr.scl_inter <= -500;
}

/**
 * Shows a label map over its scan, if the job has stored that; or over one that somebody opens from a disk, which goes
 * nowhere but into this page. The viewer hangs at its canvas (`canvas.viewer`).
 */
export async function openViewer(place, url, labels, scanUrl) {
  const canvas = h('canvas', {tabindex: 0, 'aria-label': 'Slices of the label map; arrow keys move through them'});
  const value = h('p', {class: 'quiet', role: 'status'}, ' ');
  const controls = h('div', {class: 'row'});
  // NiiVue gives the canvas the size of what it lies in.
  place.replaceChildren(controls, h('div', {class: 'stage'}, canvas), value);
  // The right side of the patient is on the left, as in the preview.
  const viewer = new Niivue({backColor: [0, 0, 0, 1], show3Dcrosshair: true, isResizeCanvas: true, loadingText: 'loading',
    isRadiologicalConvention: true});
  viewer.setInterpolation?.(true);
  await viewer.attachToCanvas(canvas);
  canvas.viewer = viewer;
  let unit = '';
  const names = new Map(labels.map(label => [label.value, label.name]));
  await show(scanUrl ? [{url: scanUrl, name: 'scan.nii.gz'}] : []);
  viewer.onLocationChange = () => told();
  viewer.setSliceType(viewer.sliceTypeAxial);

  async function show(scans) {
    await viewer.loadVolumes([...scans, {url, name: 'labels.nii.gz', opacity: scans.length ? 0.6 : 1}]);
    const overlay = labelVolume();
    const all = [0, ...labels.map(label => label.value)];
    const colours = [[0, 0, 0], ...labels.map(colour)];
    overlay.setColormapLabel({
      R: colours.map(c => c[0]), G: colours.map(c => c[1]), B: colours.map(c => c[2]),
      A: all.map(label => label === 0 ? 0 : 255), I: all, labels: all.map(label => names.get(label) ?? '')});
    viewer.updateGLVolume();
  }

  function labelVolume() {
    return viewer.volumes[viewer.volumes.length - 1];
  }

  /** The place that is shown, in voxels of a volume that run to the right, to the front and up, whatever its file has. */
  function voxel(volume) {
    const mm = Array.from(viewer.frac2mm(viewer.scene.crosshairPos)).slice(0, 3);
    return Array.from(volume.mm2vox(mm)).map((at, axis) => Math.max(0, Math.min(volume.dimsRAS[axis + 1] - 1, at)));
  }

  function told() {
    const at = voxel(labelVolume());
    slider.value = at[2];
    const label = labelVolume().getValue(...at);
    const mm = Array.from(viewer.frac2mm(viewer.scene.crosshairPos)).slice(0, 3).map(x => x.toFixed(1));
    const [below] = viewer.volumes;
    const scanned = below === labelVolume() ? '' : `, ${Number(below.getValue(...voxel(below)).toFixed(2))}${unit}`;
    value.textContent = `slice ${at[2]}, ${mm.join(', ')} mm: ${label === 0 ? 'nothing' : names.get(label) ?? label}${scanned}`;
  }

  function moveTo(slice) {
    const overlay = labelVolume();
    const [i, j] = voxel(overlay);
    const mm = Array.from(overlay.vox2mm([i, j, slice], overlay.matRAS)).slice(0, 3);
    viewer.scene.crosshairPos = viewer.mm2frac(mm);
    viewer.drawScene();
    told();
  }

  const slices = labelVolume().dimsRAS[3];
  const slider = h('input', {type: 'range', id: 'slice', min: 0, max: slices - 1, value: Math.floor(slices / 2),
    oninput: event => moveTo(Number(event.target.value))});
  const opacity = h('input', {type: 'range', id: 'opacity', min: 0, max: 100, value: 100, oninput: event => {
    viewer.setOpacity(viewer.volumes.length - 1, event.target.value / 100);
  }});
  const windows = h('select', {id: 'window', disabled: true, onchange: event => {
    const below = viewer.volumes[0];
    [below.cal_min, below.cal_max] = WINDOWS[event.target.value] ?? [below.robust_min, below.robust_max];
    viewer.updateGLVolume();
  }}, [OWN, ...Object.keys(WINDOWS)].map(name => h('option', {}, name)));
  function scanIsThere() {
    windows.disabled = false;
    const hounsfield = isInHounsfieldUnits(viewer.volumes[0]);
    unit = hounsfield ? ' HU' : '';
    windows.value = hounsfield ? 'soft tissue' : OWN;
    windows.dispatchEvent(new Event('change'));
    opacity.value = 60;
  }
  const scan = h('input', {type: 'file', id: 'scan', accept: '.nii,.gz,.nrrd,.mha', onchange: async () => {
    const file = scan.files[0];
    const address = URL.createObjectURL(file);
    await show([{url: address, name: file.name}]);
    URL.revokeObjectURL(address);
    scanIsThere();
  }});
  const views = [['slices', viewer.sliceTypeAxial], ['three planes', viewer.sliceTypeMultiplanar], ['3D', viewer.sliceTypeRender]];
  const buttons = views.map(([name, type], i) => h('button', {type: 'button', 'aria-pressed': String(i === 0), onclick: event => {
    viewer.setSliceType(type);
    buttons.forEach(button => button.setAttribute('aria-pressed', String(button === event.target)));
  }}, name));
  controls.append(h('label', {}, 'Slice', slider), h('label', {}, 'Opacity of labels', opacity),
    h('label', {}, 'Window', windows), h('label', {}, scanUrl ? 'Another scan, from this disk' : 'Scan underneath, from this disk', scan),
    ...buttons);
  if (scanUrl) {
    scanIsThere();
  }
  canvas.addEventListener('keydown', event => {
    const by = {ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10}[event.key];
    if (by) {
      event.preventDefault();
      moveTo(Math.max(0, Math.min(slices - 1, Number(slider.value) + by)));
    }
  });
  moveTo(Math.floor(slices / 2));
}
