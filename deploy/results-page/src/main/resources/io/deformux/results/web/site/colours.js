/** The colour of a label, as red, green and blue: the one that preview and segmentation have, where the result says it. */
export function colour(label) {
  const told = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/.exec(label.colour ?? '');
  return told ? told.slice(1).map(part => parseInt(part, 16)) : own(label.value);
}

/** Far from those of its neighbours: the golden angle around the circle of hues. */
function own(value) {
  const hue = (value * 137.508) % 360;
  const channel = n => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (0.55 - 0.36 * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}
