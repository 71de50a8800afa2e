// Elements without a framework: h('p', {class: 'note'}, 'text', child). Text stays text, whatever it holds.
export function h(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== false && value !== undefined && value !== null) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter(child => child !== undefined && child !== null && child !== false));
  return element;
}

/** A table; rows are lists of cells, a cell is text, an element or {number}. On a phone each row is a block. */
export function table(caption, heads, rows) {
  const isNumber = cell => cell !== null && typeof cell === 'object' && 'number' in cell;
  const cells = row => row.map((cell, i) =>
    h('td', {class: isNumber(cell) ? 'number' : false, 'data-head': heads[i]}, isNumber(cell) ? cell.number : cell));
  const side = i => rows.length > 0 && isNumber(rows[0][i]) ? 'number' : false;
  return h('div', {class: 'table', tabindex: 0, role: 'region', 'aria-label': caption},
    h('table', {class: 'stack'},
      h('caption', {}, caption),
      h('thead', {}, h('tr', {}, heads.map((head, i) => h('th', {scope: 'col', class: side(i)}, head)))),
      h('tbody', {}, rows.map(row => h('tr', {}, cells(row))))));
}

/** What belongs to one thing: pairs of a name and its value. */
export const facts = (title, pairs) => h('section', {}, h('h3', {}, title),
  h('dl', {class: 'facts'}, pairs.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])));

export const time = text => new Date(text).toLocaleString();

export const duration = ms => {
  const s = Math.round(ms / 1000);
  return ms < 1000 ? `${ms} ms` : s < 120 ? `${s} s` : s < 7200 ? `${Math.round(s / 60)} min` : `${(s / 3600).toFixed(1)} h`;
};

export const bytes = n => n < 1e4 ? `${n} B` : n < 1e7 ? `${Math.round(n / 1e3)} kB` : `${Math.round(n / 1e6)} MB`;

export const score = x => x === undefined ? '–' : x.toFixed(3);

export function stageBar(stage) {
  const share = Math.round(100 * stage.done / stage.total);
  return h('span', {},
    h('progress', {max: stage.total, value: stage.done, 'aria-label': `${stage.stage}: ${share} %`}),
    ` ${stage.stage} ${stage.done}/${stage.total} ${stage.unit}`,
    stage.etaMs === undefined ? '' : `, ${duration(stage.etaMs)} left`);
}

export const fault = f => h('div', {class: 'fault'}, h('strong', {}, f.code), f.stage ? ` (${f.stage})` : '', h('br'), f.message);
