import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Publication, parsePublication } from '../../../functions/core/publication.ts';
import { createRender } from '../../../functions/core/render.ts';
import { createPageContext, type PageContext } from '../../../functions/core/site/page-context.ts';
import { renderStyle } from '../../../functions/core/site/render-assets.ts';
import { precompileTemplates } from '../../../infra/theme/precompile-templates.ts';

const templates = join(import.meta.dirname, '../../../templates');

const files = readdirSync(templates, { recursive: true, withFileTypes: true })
  .filter((file) => file.isFile() && !file.name.endsWith('.mjml'))
  .map((file) => join(file.parentPath, file.name));

export const renderTemplate = createRender(
  precompileTemplates(Object.fromEntries(files.map((file) => [relative(templates, file), readFileSync(file, 'utf8')]))),
);

export const siteStyle = renderStyle(renderTemplate);

const publication = parsePublication({
  id: 'harbour-gazette',
  title: 'The Harbour Gazette',
  description: 'News and letters from a small port and the world it trades with.',
  language: 'en-GB',
  timeZone: 'Europe/Lisbon',
  author: { name: 'The Harbour Gazette' },
  sender: { name: 'The Harbour Gazette', email: 'editor@harbour-gazette.example' },
  postalAddress: 'The Harbour Gazette, 1 Quay Street, Porto, Portugal',
  digest: { daily: { hour: 7 }, weekly: { day: 'monday', hour: 7 } },
});

/** A site with some settings of its own. */
export const createSitePage = (overrides: Partial<Publication> = {}, signUp = false): PageContext =>
  createPageContext({
    publication: { ...publication, ...overrides },
    site: 'https://harbour-gazette.example',
    render: renderTemplate,
    hasSignUp: signUp,
    pages: [],
  });
