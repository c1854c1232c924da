/** A colour as `#rrggbb`. */
export type Color = `#${string}`;

type Channels = readonly [red: number, green: number, blue: number];

export const parseChannels = (color: Color): Channels => {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff];
};

const formatColor = (channels: readonly number[]): Color =>
  `#${channels.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;

/** @param share of the second colour, from 0 to 1 */
export const mixColors = (first: Color, second: Color, share: number): Color => {
  const others = parseChannels(second);
  return formatColor(parseChannels(first).map((channel, n) => channel + ((others[n] ?? 0) - channel) * share));
};

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
const computeLuminance = (color: Color): number => {
  const [red = 0, green = 0, blue = 0] = parseChannels(color).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** From 1 to 21. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export const computeContrast = (first: Color, second: Color): number => {
  const [dark = 0, light = 0] = [computeLuminance(first), computeLuminance(second)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

const stepShare = 0.01;

/**
 * The nearest colour, towards black or white, that has the contrast against the background; the colour itself if it
 * has.
 */
export const findReadableColor = (color: Color, background: Color, contrast: number): Color => {
  const target = computeLuminance(background) > 0.18 ? '#000000' : '#ffffff';
  for (let share = 0; share < 1; share += stepShare) {
    const mixed = mixColors(color, target, share);
    if (computeContrast(mixed, background) >= contrast) return mixed;
  }
  return target;
};
