import { type Color, computeContrast, findReadableColor, mixColors } from './color.ts';

/** The colours of pages and mails in one light. */
export interface Shades {
  readonly paper: Color;
  readonly ink: Color;
  /** Of dates, captions and footers. */
  readonly soft: Color;
  readonly rule: Color;
  readonly accent: Color;
  readonly field: Color;
  /** Behind code. */
  readonly tint: Color;
  /** Of headlines. */
  readonly head: Color;
}

export interface Palette {
  readonly light: Shades;
  readonly dark: Shades;
}

/** What a publication chooses. */
export interface ThemeColors {
  readonly accent?: Color | undefined;
  readonly paper?: Color | undefined;
  readonly dark?: { readonly accent?: Color | undefined; readonly paper?: Color | undefined } | undefined;
}

/** The colours that templates are written with: a palette replaces each wherever it stands. */
export const defaultPalette: Palette = {
  light: {
    paper: '#fbf9f4',
    ink: '#1d1b18',
    soft: '#5d574e',
    rule: '#d9d2c4',
    accent: '#8a2420',
    field: '#fffefb',
    tint: '#f1ede3',
    head: '#1d1b18',
  },
  dark: {
    paper: '#191816',
    ink: '#e8e3d8',
    soft: '#aca496',
    rule: '#3d3933',
    accent: '#e8a598',
    field: '#22201d',
    tint: '#2a2724',
    head: '#f1ece2',
  },
};

/** Of text against its background, for WCAG 2.2 AA. */
export const requiredContrast = 4.5;

/** Shades on another paper keep their distance from it. */
const shadesOn = (paper: Color, base: Shades): Shades => {
  const place = (share: number): Color => mixColors(paper, base.ink, share);
  return {
    ...base,
    paper,
    soft: findReadableColor(place(0.7), paper, requiredContrast),
    rule: place(0.16),
    field: mixColors(paper, '#ffffff', base === defaultPalette.light ? 0.6 : 0.05),
    tint: place(0.06),
  };
};

const chooseShades = (base: Shades, paper: Color | undefined, accent: Color | undefined): Shades => ({
  ...(paper === undefined ? base : shadesOn(paper, base)),
  accent: accent ?? findReadableColor(base.accent, paper ?? base.paper, requiredContrast),
});

/** The palette with what the publication chooses; the accent of dark mode follows that of light mode. */
export const buildPalette = ({ accent, paper, dark }: ThemeColors = {}): Palette => {
  const darkPaper = dark?.paper ?? defaultPalette.dark.paper;
  const follows = accent && findReadableColor(accent, darkPaper, 7);
  return {
    light: chooseShades(defaultPalette.light, paper, accent),
    dark: chooseShades(defaultPalette.dark, dark?.paper, dark?.accent ?? follows),
  };
};

export interface ContrastMistake {
  /** The setting under `theme`. */
  readonly path: readonly string[];
  readonly message: string;
}

const formatContrast = (contrast: number): string => (Math.floor(contrast * 10) / 10).toFixed(1);

/** Finds chosen colours that readers could not read, with the next that they could. */
export const findContrastMistakes = (colors: ThemeColors): readonly ContrastMistake[] => {
  const palette = buildPalette(colors);
  return (['light', 'dark'] as const).flatMap((light) => {
    const { paper, ink, accent } = palette[light];
    const path = light === 'dark' ? ['dark'] : [];
    const chosen = light === 'dark' ? colors.dark : colors;
    const onPaper = computeContrast(ink, paper);
    if (chosen?.paper !== undefined && onPaper < 7) {
      const next = findReadableColor(paper, ink, 7);
      const message = `${paper} is too ${light === 'dark' ? 'light' : 'dark'}: text on it has a contrast of ${formatContrast(onPaper)}, and needs 7. The next that passes is ${next}`;
      return [{ path: [...path, 'paper'], message }];
    }
    const contrast = computeContrast(accent, paper);
    if (chosen?.accent === undefined || contrast >= requiredContrast) return [];
    const next = findReadableColor(accent, paper, requiredContrast);
    const message = `${accent} on ${paper} has a contrast of ${formatContrast(contrast)}, and readers need ${requiredContrast}. The next that passes is ${next}`;
    return [{ path: [...path, 'accent'], message }];
  });
};

/** Makes what replaces the default colours in a template or style. */
export const createRecolor = (colors?: ThemeColors): ((text: string) => string) => {
  const { light, dark } = buildPalette(colors);
  const replacements = new Map([...zipColors(defaultPalette.light, light), ...zipColors(defaultPalette.dark, dark)]);
  return (text) => text.replace(/#[0-9a-f]{6}\b/gi, (color) => replacements.get(color.toLowerCase()) ?? color);
};

const shadeNames = ['paper', 'ink', 'soft', 'rule', 'accent', 'field', 'tint', 'head'] as const;

const zipColors = (from: Shades, to: Shades): [string, Color][] => shadeNames.map((name) => [from[name], to[name]]);
