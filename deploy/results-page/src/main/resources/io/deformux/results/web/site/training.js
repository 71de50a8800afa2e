import {get} from './api.js';
import {duration, fault, h, score, stageBar, svg, table, time} from './dom.js';
import {colour} from './colours.js';

export async function training({id}) {
  const one = await get('/api/trainings/' + encodeURIComponent(id));
  const folds = table('Folds', ['Fold', 'Mean Dice', 'Best at', 'Iterations', 'Time', 'Now'], one.folds.map(fold => [
    String(fold.fold),
    {number: score(fold.result?.meanDice)},
    {number: fold.result ? String(fold.result.bestIteration) : '–'},
    {number: fold.result ? String(fold.result.iterations) : '–'},
    {number: fold.result ? duration(fold.result.durationMs) : ''},
    fold.stage ? stageBar(fold.stage) : fold.fault ? fault(fold.fault) : 'trained']));
  return [h('h2', {}, one.id),
    h('p', {}, h('span', {class: one.state}, one.state), ` · ${time(one.time)}`,
      one.meanDice === undefined ? '' : ` · mean Dice ${score(one.meanDice)}${one.sdDice === undefined ? '' : ' ± ' + score(one.sdDice)}`,
      one.model ? [' · ', h('a', {href: '#/models/' + one.model.split(' ').map(encodeURIComponent).join('/')}, one.model)] : ''),
    one.fault ? fault(one.fault) : '',
    folds,
    ...(one.dice ? [table('Dice of each label over the folds', ['Label', 'Mean', 'sd'],
      one.dice.map(label => [label.name, {number: score(label.mean)}, {number: score(label.sd)}]))] : []),
    ...chart('Loss', one.folds, 'loss'),
    ...chart('Dice', one.folds, 'dice')];
}

/** A curve per fold, as long as Kafka keeps what the folds told while they ran. */
function chart(title, folds, name) {
  const curves = folds.map(fold => ({fold: fold.fold, points: fold.curve.filter(point => point[name] !== undefined)}))
    .filter(curve => curve.points.length > 1);
  if (curves.length === 0) {
    return [];
  }
  const all = curves.flatMap(curve => curve.points);
  const [first, last] = [Math.min(...all.map(p => p.iteration)), Math.max(...all.map(p => p.iteration))];
  const [low, high] = [Math.min(0, ...all.map(p => p[name])), Math.max(...all.map(p => p[name]))];
  const x = p => 40 + 590 * (p.iteration - first) / Math.max(1, last - first);
  const y = p => 200 - 185 * (p[name] - low) / Math.max(1e-9, high - low);
  const paths = curves.map(curve => {
    const path = svg('path', {class: 'fold-curve', d: 'M' + curve.points.map(p => `${x(p).toFixed(1)},${y(p).toFixed(1)}`).join('L')});
    path.style.stroke = `rgb(${colour({value: curve.fold + 1}).join(',')})`;
    return path;
  });
  const legend = curves.map(curve => {
    const mark = h('span', {class: 'swatch', 'aria-hidden': 'true'});
    mark.style.background = `rgb(${colour({value: curve.fold + 1}).join(',')})`;
    return h('span', {}, mark, `fold ${curve.fold}: ${score(curve.points.at(-1)[name])} `);
  });
  return [h('h3', {}, title),
    svg('svg', {class: 'chart', viewBox: '0 0 640 224', role: 'img', 'aria-label': `${title} of ${curves.length} folds by iteration`},
      svg('line', {x1: 40, x2: 630, y1: 200, y2: 200}), svg('line', {x1: 40, x2: 40, y1: 15, y2: 200}),
      svg('text', {x: 4, y: 204}, low.toFixed(2)), svg('text', {x: 4, y: 20}, high.toFixed(2)),
      svg('text', {x: 40, y: 219}, String(first)), svg('text', {x: 335, y: 219, 'text-anchor': 'middle'}, 'iteration'),
      svg('text', {x: 630, y: 219, 'text-anchor': 'end'}, String(last)), paths),
    h('p', {class: 'row'}, legend)];
}
