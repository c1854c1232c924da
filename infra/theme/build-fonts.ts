import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { SettingsError } from '../../functions/core/publication.ts';
import { sitePaths } from '../../functions/core/site-paths.ts';
import type { Theme } from '../../functions/core/theme/theme-settings.ts';
import type { BuiltTheme } from './built-theme.ts';
import { readThemeFile } from './read-theme-file.ts';

const maxFontBytes = 2_000_000;

const fontFormats = new Map([
  ['wOF2', 'woff2'],
  ['wOFF', 'woff'],
]);

const headingRule = 'h1,h2,h3,h4,h5,h6,.masthead-title{font-family:"own-headings",var(--serif)}\n';

const fontUses = ['text', 'headings', 'interface'] as const;

/**
 * Style rules that put a publication's fonts before the usual ones, and the font files.
 * @throws {SettingsError} when a file is missing or is no font
 */
export const buildFonts = ({ fonts }: Theme, folder: string): Pick<BuiltTheme, 'css' | 'files'> => {
  const faces = fontUses.flatMap((use) =>
    (fonts[use] ?? []).map(({ file, weight, style }) => {
      const { bytes } = readThemeFile(folder, file, `theme.fonts.${use}`, maxFontBytes);
      const format = fontFormats.get(bytes.toString('latin1', 0, 4));
      if (!format) throw new SettingsError(`theme.fonts.${use}: ${file} is not a WOFF2 or WOFF font`);
      const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
      const path = sitePaths.font(hash, format);
      const source = `url("${basename(path)}") format("${format}")`;
      const css = `@font-face{font-family:"own-${use}";src:${source};font-weight:${weight};font-style:${style};font-display:swap}`;
      return { use, path, css, content: bytes.toString('base64') };
    }),
  );
  const uses = new Set(faces.map(({ use }) => use));
  const variables = [...uses].map((use) => `--own-${use}:"own-${use}",;`).join('');
  const headings = uses.has('headings') ? headingRule : '';
  return {
    css: faces.length === 0 ? '' : `${faces.map(({ css }) => css).join('\n')}\n:root{${variables}}\n${headings}`,
    files: Object.fromEntries(faces.map(({ path, content }) => [path, content])),
  };
};
