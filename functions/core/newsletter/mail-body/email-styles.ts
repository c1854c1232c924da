import type { StartSide } from '../../text/language.ts';
import { defaultPalette } from '../../theme/palette.ts';

const { light: emailPalette } = defaultPalette;

const monospace = 'font-family:Consolas,Menlo,monospace;font-size:15px';
const code = `${monospace};background-color:${emailPalette.tint}`;
const smallHeading = 'margin:24px 0 8px;font-size:17px;line-height:1.35';
const cellRule = `border-bottom:1px solid ${emailPalette.rule}`;
const cell = `padding:6px 0;padding-end:12px;${cellRule}`;
const compactCell = `padding:5px 0;padding-end:6px;${cellRule};font-size:13px`;
const figureText = `font-size:14px;line-height:1.45;color:${emailPalette.soft}`;

/**
 * Inline styles by element and look, since mail clients drop style sheets. `start` stands for the side at which lines
 * begin, `end` for the other. Outlook for Windows knows the padding of cells only, so nothing else has any.
 */
const logicalStyles = {
  p: 'margin:0 0 16px',
  h3: 'margin:28px 0 10px;font-size:20px;line-height:1.3',
  h4: smallHeading,
  h5: smallHeading,
  h6: smallHeading,
  blockquote: 'margin:0 0 16px',
  quote: `padding:0;padding-start:16px;border-start:3px solid ${emailPalette.rule}`,
  ul: 'margin:0 0 16px;margin-start:24px;padding:0',
  ol: 'margin:0 0 16px;margin-start:28px;padding:0',
  flat: 'margin:0 0 16px;padding:0',
  li: 'margin:0 0 6px',
  dl: 'margin:0 0 16px',
  dt: 'font-weight:bold',
  dd: 'margin:0 0 8px;margin-start:24px',
  pre: `margin:0;${monospace};line-height:1.5;white-space:pre-wrap;word-break:break-word`,
  'code block': `padding:12px 14px;background-color:${emailPalette.tint}`,
  hr: `margin:24px 0;border:0;border-top:1px solid ${emailPalette.rule}`,
  figure: 'margin:0 0 16px',
  figcaption: `margin:6px 0 0;${figureText}`,
  img: 'display:block;max-width:100%;height:auto',
  'inline picture': 'vertical-align:middle;max-width:100%;height:auto',
  frame: 'width:100%;border-collapse:collapse',
  box: 'margin:0 0 16px',
  table: 'width:100%;border-collapse:collapse;font-size:15px;line-height:1.4;word-break:normal',
  caption: `margin:0 0 6px;${figureText};text-align:start;word-break:break-word`,
  tr: 'vertical-align:top',
  th: `${cell};text-align:start`,
  td: cell,
  'compact th': `${compactCell};text-align:start`,
  'compact td': compactCell,
  record: `padding:8px 0;${cellRule};font-size:15px;line-height:1.5`,
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
