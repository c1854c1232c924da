import type { Publication } from '../../functions/core/publication.ts';
import { sitePaths } from '../../functions/core/site-paths.ts';
import { buildFonts } from './build-fonts.ts';
import { buildIcons } from './build-icons.ts';
import { buildLogo } from './build-logo.ts';
import type { BuiltTheme } from './built-theme.ts';

/** In place of the SVG icon with a letter. */
const ownIconLinks = `<link rel="icon" href="${sitePaths.favicon}" sizes="16x16 32x32 48x48">
<link rel="icon" type="image/png" href="${sitePaths.largeIcon}" sizes="512x512">
<link rel="apple-touch-icon" href="${sitePaths.appleIcon}">
`;

/**
 * Builds what a publication's theme adds to its site and mails: icons, logo and fonts.
 * @param folder the publication's `theme` folder; it need not exist where the settings name no file
 * @throws {SettingsError} when a file that the settings name is missing or cannot be used
 */
export const buildTheme = (publication: Publication, folder: string): BuiltTheme => {
  const { theme } = publication;
  const icons = Object.fromEntries(
    [...buildIcons(publication, folder)].map(([path, bytes]) => [path, Buffer.from(bytes).toString('base64')]),
  );
  const logo = buildLogo(theme, folder);
  const fonts = buildFonts(theme, folder);
  return {
    templates: { ...logo.templates, ...(theme.icon !== undefined && { 'page/partials/icons.html': ownIconLinks }) },
    css: fonts.css,
    files: { ...icons, ...logo.files, ...fonts.files },
  };
};
