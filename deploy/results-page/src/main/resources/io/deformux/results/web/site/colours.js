/** The colour of a label, far from those of its neighbours: the golden angle around the circle of hues. */
export function colour(value) {
  const hue = (value * 137.508) % 360;
  const channel = n => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (0.55 - 0.36 * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}
