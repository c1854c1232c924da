import { extname } from 'node:path';
import { SettingsError } from '../../functions/core/publication.ts';
import { sitePaths, toSiteUrl } from '../../functions/core/site-paths.ts';
import type { Theme } from '../../functions/core/theme/theme-settings.ts';
import type { BuiltTheme } from './built-theme.ts';
import { decodePng } from './pixels.ts';
import { readThemeFile, type ThemeFile } from './read-theme-file.ts';

const maxLogoBytes = 500_000;
/** In a mail, in pixels. */
const mailLogoHeight = 64;
const mailLogoWidth = 320;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size of a logo says how wide it is for its height, so that nothing moves when it arrives. */
const measureLogo = ({ bytes, name, setting }: ThemeFile): Size => {
  if (extname(name).toLowerCase() === '.svg') {
    const [, width, height] =
      /<svg\b[^>]*\sviewBox\s*=\s*["']\s*[-\d.e]+[\s,]+[-\d.e]+[\s,]+([\d.e]+)[\s,]+([\d.e]+)/i.exec(
        bytes.toString(),
      ) ?? [];
    if (Number(width) > 0 && Number(height) > 0) return { width: Number(width), height: Number(height) };
    throw new SettingsError(`${setting}: ${name} has no viewBox that says how wide and high it is`);
  }
  try {
    return decodePng(bytes);
  } catch (cause) {
    throw new SettingsError(`${setting}: ${name} is not a PNG picture that can be read`, { cause });
  }
};

const fitInto = ({ width, height }: Size, maxWidth: number, maxHeight: number): Size => {
  const share = Math.min(maxWidth / width, maxHeight / height);
  return { width: Math.round(width * share), height: Math.round(height * share) };
};

const formatSize = ({ width, height }: Size): string => `width="${width}" height="${height}"`;

/** Pages, in pixels. Without a width, an SVG has none within a link, and is not seen. */
const formatPageSizes = (size: Size): string =>
  `{{#if isHome}}${formatSize(fitInto(size, 640, 112))}{{else}}${formatSize(fitInto(size, 320, 56))}{{/if}}`;

/**
 * The logo in the masthead, in light and dark, and in mails if it is a PNG: mail programs show no SVG.
 * @throws {SettingsError} when a file is missing or cannot be used
 */
export const buildLogo = ({ logo, dark }: Theme, folder: string): Pick<BuiltTheme, 'templates' | 'files'> => {
  if (logo === undefined) return { templates: {}, files: {} };
  const file = readThemeFile(folder, logo, 'theme.logo', maxLogoBytes);
  const size = measureLogo(file);
  const darkFile =
    dark?.logo === undefined ? undefined : readThemeFile(folder, dark.logo, 'theme.dark.logo', maxLogoBytes);
  const href = (name: string, isDark = false): string => toSiteUrl('', sitePaths.logo(name, isDark));
  const image = `<img src="${href(logo)}" ${formatPageSizes(size)} alt="{{publication}}">`;
  const source = darkFile
    ? `<source srcset="${href(darkFile.name, true)}" media="(prefers-color-scheme: dark)" ${formatPageSizes(measureLogo(darkFile))}>`
    : '';
  const mailSize = formatSize(fitInto(size, mailLogoWidth, mailLogoHeight));
  // `home` ends with the slash that the path begins with. Behind it is the paper of day, as its ink may be dark.
  const mailImage = `<img src="{{home}}${href(logo).slice(1)}" ${mailSize} alt="{{publication}}" style="display:inline-block;max-width:100%;height:auto;border:0;background-color:#fbf9f4">`;
  return {
    templates: {
      'page/partials/logo.html': `<picture>${source}${image}</picture>`,
      ...(/\.png$/i.test(logo) && { 'email/partials/mail-logo.html': mailImage }),
    },
    files: Object.fromEntries([
      [sitePaths.logo(logo, false), file.bytes.toString('base64')],
      ...(darkFile ? [[sitePaths.logo(darkFile.name, true), darkFile.bytes.toString('base64')]] : []),
    ]),
  };
};
