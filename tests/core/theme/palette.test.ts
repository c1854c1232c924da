import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import * as z from 'zod';
import { parsePublication, SettingsError } from '../../../functions/core/publication.ts';
import { createRender } from '../../../functions/core/render.ts';
import { renderIcon, renderStyle } from '../../../functions/core/site/render-assets.ts';
import { renderNotFoundPage } from '../../../functions/core/site/render-not-found-page.ts';
import { type Color, computeContrast } from '../../../functions/core/theme/color.ts';
import { buildPalette, defaultPalette, requiredContrast } from '../../../functions/core/theme/palette.ts';
import { readCompiledTemplates } from '../../request-build.ts';
import { buildTestDigest, digestInput, digestPublication, richEntry } from '../newsletter/digest/digest-fixture.ts';
import { buildAllReaderMails, createMailContext } from '../newsletter/email/render-all-emails.ts';
import { createSitePage } from '../site/site-page-fixture.ts';

const templates = await readCompiledTemplates();
const color = fc.integer({ min: 0, max: 0xffffff }).map((value): Color => `#${value.toString(16).padStart(6, '0')}`);
const withTheme = (theme: unknown) => parsePublication({ ...digestPublication, theme });

test('templates have no other colours than those that a theme replaces, but for print and hidden text', () => {
  const known = new Set<string>([...Object.values(defaultPalette.light), ...Object.values(defaultPalette.dark)]);
  for (const [name, source] of Object.entries(templates)) {
    const used = source.match(/(?<![&\w])#(?:[0-9a-f]{6}|[0-9a-f]{3})\b/gi) ?? [];
    const others = used.filter((each) => !known.has(each.toLowerCase()) && !/^#(000|fff|444|bbb|ffffff)$/.test(each));
    expect(others, name).toEqual([]);
  }
});

describe('one accent', () => {
  const { theme } = withTheme({ accent: '#0B5C3B', paper: '#ffffff' });
  const publication = { ...digestPublication, theme };
  const render = createRender(templates, theme);
  const context = createSitePage({ theme });
  const digest = buildTestDigest({
    ...digestInput,
    entries: [{ ...richEntry, html: '<p><a href="https://a.example">A</a></p>' }],
    publication,
    render,
  });
  const documents: [name: string, text: string][] = [
    ['the style', renderStyle(render).css],
    ['a page', renderNotFoundPage({ ...context, render })],
    ['the icon', renderIcon({ ...context, render })],
    ['a mail', digest.html],
    ['the mail of a reader', buildAllReaderMails({ ...createMailContext({ theme }), render }).confirmation.html],
  ];

  it.each(documents)('changes %s', (_name, text) => {
    expect(text).not.toMatch(/#8a2420|#fbf9f4|#e8a598/i);
  });

  it('is in what has it', () => {
    for (const [name, text] of documents) if (name !== 'a page') expect(text, name).toContain('#0b5c3b');
  });
});

test('without a theme, nothing changes', () => {
  expect(buildPalette(withTheme({}).theme)).toEqual(defaultPalette);
});

test('whatever is chosen is readable in both lights, or refused with the next that passes', () => {
  fc.assert(
    fc.property(
      fc.record(
        { accent: color, paper: color, dark: fc.record({ accent: color, paper: color }, { requiredKeys: [] }) },
        { requiredKeys: [] },
      ),
      (theme) => {
        let chosen: unknown = theme;
        for (let tries = 0; tries < 5; tries += 1)
          try {
            const palette = buildPalette(withTheme(chosen).theme);
            for (const { paper, ink, soft, accent } of [palette.light, palette.dark])
              for (const text of [ink, soft, accent])
                expect(computeContrast(text, paper)).toBeGreaterThanOrEqual(requiredContrast);
            return;
          } catch (error) {
            if (!(error instanceof SettingsError)) throw error;
            const next = [...error.message.matchAll(/theme\.(dark\.)?(accent|paper): .* passes is (#[0-9a-f]{6})/g)];
            expect(next.length).toBeGreaterThan(0);
            for (const [, dark, name = '', value] of next) {
              const current = z.looseObject({ dark: z.looseObject({}).optional() }).parse(chosen);
              chosen = dark ? { ...current, dark: { ...current.dark, [name]: value } } : { ...current, [name]: value };
            }
          }
        throw new Error(`no theme comes of ${JSON.stringify(theme)}`);
      },
    ),
    { numRuns: 500 },
  );
});

test.each([['#ABC'], ['red'], ['#12345g'], ['#12345678']])('%s is no colour', (accent) => {
  expect(() => withTheme({ accent })).toThrow('theme.accent: must be a colour such as "#8a2420"');
});
