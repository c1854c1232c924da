import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { beforeAll, describe, expect, it } from 'vitest';
import { findAxeViolations } from '../../site/axe.ts';
import { hasChromium, startChromium } from '../../site/browser.ts';
import { sampleEntry } from '../digest/digest-fixture.ts';
import { buildAllReaderMails, createMailContext } from './render-all-emails.ts';

const mails = buildAllReaderMails(createMailContext());
const rtlMails = buildAllReaderMails(createMailContext({ language: 'ar', title: 'جريدة الميناء' }));

it.each(['confirmation', 'already', 'data-link', 'welcome', 'new-address', 'old-address'] as const)(
  'the whole of the %s is as it was',
  async (name) => {
    const { subject, headers, html, text } = mails[name];
    const head = Object.entries({ Subject: subject, ...headers }).map(([header, value]) => `${header}: ${value}\n`);
    await expect(`${head.join('')}\n${text}`).toMatchFileSnapshot(`golden/${name}.txt`);
    await expect(html).toMatchFileSnapshot(`golden/${name}.html`);
  },
);

const validator = new HtmlValidate(
  new StaticConfigLoader({
    extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
    rules: {
      // Mail programs drop style sheets, and Outlook lays out by tables with attributes of old.
      'no-inline-style': 'off',
      'no-deprecated-attr': 'off',
      'attribute-boolean-style': 'off',
      // Written by the MJML compiler: conditional comments, its own roles, void elements and doctype.
      'no-conditional-comment': 'off',
      'doctype-style': 'off',
      'void-style': 'off',
      'no-trailing-whitespace': 'off',
      'no-redundant-role': 'off',
      'presentation-role-style': 'off',
      'prefer-native-element': 'off',
      'long-title': 'off',
    },
  }),
);

describe.each([
  ...Object.entries(mails),
  ...Object.entries(rtlMails).map(([name, note]) => [`${name}, in Arabic`, note] as const),
])('the %s', (_, note) => {
  it('is valid HTML', async () => {
    const { results } = await validator.validateString(note.html, 'note.html');
    expect(results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`))).toEqual(
      [],
    );
  });

  it('says in the text all that it says in HTML, and leads to the same pages', () => {
    const links = Array.from(note.html.matchAll(/href="([^"]+)"/g), ([, href = '']) => href.replaceAll('&#x3D;', '='));
    const missing = links.filter((link) => !note.text.includes(link) && link !== 'https://harbour-gazette.example/');
    expect(missing).toEqual([]);
    expect(note.text).not.toMatch(/<\w|&\w+;|undefined|\[object/);
    expect(
      Math.max(
        ...note.text
          .split('\n')
          .filter((line) => !line.includes('://'))
          .map((line) => line.length),
      ),
    ).toBeLessThan(80);
  });

  it('loads no remote content, so that opening it is not tracked', () => {
    expect(note.html).not.toMatch(/<img|src=|url\(|<link|@import/);
  });

  it('has dark colours, and the postal address', () => {
    expect(note.html).toContain('<meta name="color-scheme" content="light dark">');
    expect(note.html).toContain('prefers-color-scheme:dark');
    expect(note.text).toContain('1 Quay Street');
  });

  it('is known for a machine’s, which machines do not answer', () => {
    expect(note.headers['Auto-Submitted']).toBe('auto-generated');
  });
});

it('only the welcome is a mail of the list, to be left with one click', () => {
  const listed = Object.entries(mails).filter(([, { headers }]) =>
    Object.keys(headers).some((name) => name.startsWith('List-')),
  );
  expect(listed.map(([name]) => name)).toEqual(['welcome', 'welcome to nothing yet', 'welcome to each article']);
});

it('a title cannot end a header, nor become markup', () => {
  const hostile = buildAllReaderMails(
    createMailContext({ title: 'A\r\nBcc: all@harbour.example <b>{{unsubscribe}}</b>' }),
  );
  for (const note of Object.values(hostile)) {
    for (const [name, value] of Object.entries({ Subject: note.subject, ...note.headers }))
      expect(`${name}: ${value}`).not.toMatch(/[\r\n]/);
    expect(note.html).not.toContain('<b>');
  }
  const { html } = buildAllReaderMails(createMailContext()).welcome;
  expect(html).toContain(sampleEntry.title);
});

describe.skipIf(!hasChromium)('in a browser', () => {
  const colorSchemes = ['light', 'dark'] as const;
  const violations: { colorScheme: string; violation: string }[] = [];
  beforeAll(async () => {
    const browser = await startChromium();
    const page = await browser.newPage();
    for (const { html } of [...Object.values(mails), ...Object.values(rtlMails)]) {
      await page.setContent(html);
      const looks = colorSchemes.map((colorScheme) => ({ colorScheme, width: 390 }));
      for (const { look, violations: found } of await findAxeViolations(page, looks))
        for (const violation of found) violations.push({ colorScheme: look.colorScheme, violation });
    }
    await browser.close();
  });

  it.each(colorSchemes)('passes WCAG 2.2 AA: %s', (colorScheme) => {
    expect(violations.filter((each) => each.colorScheme === colorScheme)).toEqual([]);
  });
});
