import { expect, it } from 'vitest';
import { createRender } from '../../../functions/core/render.ts';
import { renderIcon, renderStyle } from '../../../functions/core/site/render-assets.ts';
import { precompileTemplates } from '../../../infra/theme/precompile-templates.ts';
import { createSitePage, renderTemplate, siteStyle } from './site-page-fixture.ts';

it('the hash of the style changes with it, and only with it', () => {
  expect(renderStyle(renderTemplate).hash).toBe(siteStyle.hash);
  expect(renderStyle(createRender(precompileTemplates({ 'page/style.css': 'a{}' }))).hash).not.toBe(siteStyle.hash);
});

it('the style loads nothing and mirrors for right-to-left', () => {
  expect(siteStyle.css).not.toMatch(/@import|url\(|@font-face/);
  expect(siteStyle.css).not.toMatch(/(?:margin|padding|border)-(?:left|right)|float: (?:left|right)|\b(?:left|right):/);
});

it.each([
  ['The Harbour Gazette', 'H'],
  ['élan', 'É'],
  ['Die Zeit', 'Z'],
  ['<b>', '&lt;'],
  ['👩‍🚀 News', '👩‍🚀'],
])('the icon of %s is %s', (title, letter) => {
  expect(renderIcon(createSitePage({ title }))).toContain(`>${letter}</text>`);
});
