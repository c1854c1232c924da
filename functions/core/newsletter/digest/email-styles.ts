import type { StartSide } from '../../text/language.ts';

/** The site's light colours, for article bodies. The dark ones are in `digest.mjml`. */
const emailPalette = {
  soft: '#5d574e',
  rule: '#d9d2c4',
  tint: '#f1ede3',
  accent: '#8a2420',
} as const;

const code = `font-family:Consolas,Menlo,monospace;font-size:15px;background-color:${emailPalette.tint}`;
const smallHeading = 'margin:24px 0 8px;font-size:17px;line-height:1.35';
const cell = `padding:6px 0;padding-end:12px;border-bottom:1px solid ${emailPalette.rule}`;

/**
 * Inline styles by element, since mail clients drop style sheets. `start` stands for the side at which lines begin,
 * `end` for the other.
 */
const logicalStyles = {
  p: 'margin:0 0 16px',
  h3: 'margin:28px 0 10px;font-size:20px;line-height:1.3',
  h4: smallHeading,
  h5: smallHeading,
  h6: smallHeading,
  blockquote: `margin:0 0 16px;padding:0;padding-start:16px;border-start:3px solid ${emailPalette.rule}`,
  ul: 'margin:0 0 16px;padding:0;padding-start:24px',
  ol: 'margin:0 0 16px;padding:0;padding-start:28px',
  li: 'margin:0 0 6px',
  dl: 'margin:0 0 16px',
  dt: 'font-weight:bold',
  dd: 'margin:0 0 8px;margin-start:24px',
  pre: `${code};margin:0 0 16px;padding:12px 14px;line-height:1.5;white-space:pre-wrap;overflow-wrap:anywhere`,
  hr: `margin:24px 0;border:0;border-top:1px solid ${emailPalette.rule}`,
  figure: 'margin:0 0 16px',
  figcaption: `margin:6px 0 0;font-size:14px;line-height:1.45;color:${emailPalette.soft}`,
  img: 'display:block;width:auto;max-width:100%;height:auto',
  table: 'width:100%;border-collapse:collapse;font-size:15px;line-height:1.4;word-break:normal',
  caption: `padding:0 0 6px;font-size:14px;color:${emailPalette.soft};text-align:start`,
  tr: 'vertical-align:top',
  th: `${cell};text-align:start`,
  td: cell,
  code,
  kbd: code,
  samp: code,
  a: `color:${emailPalette.accent}`,
  sup: 'line-height:0',
  sub: 'line-height:0',
  summary: 'margin:0 0 8px;font-weight:bold',
  mark: `background-color:${emailPalette.tint};color:inherit`,
};

const toPhysicalStyles = (start: StartSide): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(logicalStyles).map(([tag, style]): [string, string] => [
      tag,
      style
        .replace(/\b(padding|margin|border)-start/g, `$1-${start}`)
        .replace('padding-end', `padding-${start === 'left' ? 'right' : 'left'}`)
        .replace('text-align:start', `text-align:${start}`),
    ]),
  );

export const emailStyles: Readonly<Record<StartSide, ReadonlyMap<string, string>>> = {
  left: toPhysicalStyles('left'),
  right: toPhysicalStyles('right'),
};
