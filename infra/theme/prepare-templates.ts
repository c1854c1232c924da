import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Publication } from '../../functions/core/publication.ts';
import { buildTheme } from './build-theme.ts';
import { bundleSearchScript } from './bundle-search-script.ts';
import { precompileTemplates } from './precompile-templates.ts';

/** What the Lambdas of one publication find beside their code, as JSON. */
export interface PreparedTemplates {
  readonly templates: string;
  /** Files of the site by their paths, in Base64. */
  readonly themeFiles: string;
}

export interface Look {
  readonly publication: Publication;
  /** The publication's `theme` folder. It need not exist where the settings name no file. */
  readonly themeFolder: string;
}

/**
 * Puts logo, fonts and icon of a publication into compiled templates, and precompiles them for the functions. The
 * script of the search page is a file as those of the theme are.
 */
export const applyTheme = (
  templates: Readonly<Record<string, string>>,
  { publication, themeFolder }: Look,
): { readonly templates: Readonly<Record<string, string>>; readonly files: Readonly<Record<string, string>> } => {
  const theme = buildTheme(publication, themeFolder);
  const style = `${templates['page/style.css'] ?? ''}${theme.css}`;
  return {
    templates: precompileTemplates({ ...templates, ...theme.templates, 'page/style.css': style }),
    files: { ...theme.files, ...bundleSearchScript() },
  };
};

/**
 * @param templatesPath the file that `writeTemplates` wrote
 * @throws {SettingsError} when a file that the theme names is missing or cannot be used
 */
export const prepareTemplates = (templatesPath: string, look: Look): PreparedTemplates => {
  const compiled = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(templatesPath, 'utf8')));
  const { templates, files } = applyTheme(compiled, look);
  return { templates: JSON.stringify(templates), themeFiles: JSON.stringify(files) };
};
