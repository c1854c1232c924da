import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, describe, expect, it } from 'vitest';
import { fingerprintPublicationCard } from '../../../functions/core/card/card.ts';
import { parsePublication, SettingsError } from '../../../functions/core/publication.ts';
import { createRender } from '../../../functions/core/render.ts';
import { renderNotFoundPage } from '../../../functions/core/site/render-not-found-page.ts';
import { sitePaths } from '../../../functions/core/site-paths.ts';
import { compileTemplates, templatesFolder } from '../../../infra/templates.ts';
import { buildTheme } from '../../../infra/theme/build-theme.ts';
import { applyTheme } from '../../../infra/theme/prepare-templates.ts';
import { createSitePage } from '../../core/site/site-page-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'seedpress-theme-'));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: string | Uint8Array): string => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
  return name;
};

const createPng = (width: number, height: number, color: readonly number[] = [200, 10, 20, 255]): Uint8Array => {
  const image = new PNG({ width, height });
  for (let n = 0; n < image.data.length; n += 1) image.data[n] = color[n % 4] ?? 0;
  return PNG.sync.write(image);
};

const createPublication = (theme: object, title = 'The Harbour Gazette') =>
  parsePublication({
    id: 'gazette',
    title,
    description: 'News from a small port.',
    language: 'en',
    timeZone: 'UTC',
    author: { name: 'Gazette' },
    sender: { name: 'Gazette', email: 'editor@gazette.example' },
    postalAddress: '1 Quay Street, Porto',
    digest: { daily: { hour: 7 } },
    theme,
  });

const build = (theme: object, title?: string) => buildTheme(createPublication(theme, title), folder);
const decode = (content = ''): Buffer => Buffer.from(content, 'base64');
const readPixel = (png: Buffer, x: number, y: number): string => {
  const { data, width } = PNG.sync.read(png);
  return data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3).toString('hex');
};

const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 60"><rect width="300" height="60"/></svg>';
const font = write('fonts/text.woff2', Buffer.from('wOF2 and the rest'));

describe('icons', () => {
  it('have the sizes that browsers, phones and feed readers ask for', () => {
    const { files } = build({});
    const card = sitePaths.publicationCard(fingerprintPublicationCard(createPublication({})));
    const sizes = Object.entries(files)
      .filter(([path]) => path.endsWith('.png'))
      .map(([path, content]) => [path, PNG.sync.read(decode(content)).width]);
    expect(Object.fromEntries(sizes)).toEqual({
      '/apple-touch-icon.png': 180,
      [card]: 1200,
      '/assets/icon-144.png': 144,
      '/assets/icon-512.png': 512,
    });
    const favicon = decode(files['/favicon.ico']);
    expect([...favicon.subarray(0, 6)]).toEqual([0, 0, 1, 0, 3, 0]);
    for (const [n, size] of [16, 32, 48].entries()) {
      const entry = 6 + 16 * n;
      const start = favicon.readUInt32LE(entry + 12);
      const image = PNG.sync.read(favicon.subarray(start, start + favicon.readUInt32LE(entry + 8)));
      expect([favicon[entry], image.width, image.height]).toEqual([size, size, size]);
    }
  });

  it.each([
    ['Latin', 'Élan'],
    ['Greek', 'Ωκεανός'],
    ['Cyrillic', 'Жизнь'],
    ['Arabic, which has no letter here', 'جريدة'],
    ['an emoji', '🌱 News'],
  ])('show something in the colours of the theme: %s', (_script, title) => {
    const icon = decode(build({ accent: '#0b5c3b', paper: '#ffffff' }, title).files['/assets/icon-512.png']);
    const { data } = PNG.sync.read(icon);
    expect(readPixel(icon, 2, 2)).toBe('0b5c3b');
    let paper = 0;
    for (let n = 0; n < data.length; n += 4) if (data.readUIntBE(n, 3) === 0xffffff) paper += 1;
    expect(paper / (512 * 512)).toBeGreaterThan(0.03);
    expect(paper / (512 * 512)).toBeLessThan(0.4);
  });

  it('of titles with different letters differ; of the same title they are the same bytes', () => {
    const buildIcons = (title: string) =>
      Object.entries(build({}, title).files).filter(([path]) => !path.startsWith('/assets/card-'));
    expect(buildIcons('Alpha')).not.toEqual(buildIcons('Beta'));
    expect(buildIcons('Alpha')).toEqual(buildIcons('The Alpha'));
  });

  it("are the publication's own, which keeps what is transparent", () => {
    write('icon.png', createPng(600, 600, [10, 20, 30, 128]));
    const { files, templates } = build({ icon: 'icon.png' });
    const icon = PNG.sync.read(decode(files['/apple-touch-icon.png']));
    expect([...icon.data.subarray(0, 4)]).toEqual([10, 20, 30, 128]);
    expect(templates['page/partials/icons.html']).not.toContain('icon.svg');
  });

  it.each([
    ['is not square', createPng(512, 600), /512 × 600 pixels\. It must be square, with at least 512/],
    ['is too small', createPng(64, 64), /64 × 64 pixels\. It must be square, with at least 512/],
    ['is no picture', Buffer.from('<html>'), /is not a PNG picture/],
    [
      'claims to be huge',
      Buffer.concat([createPng(512, 512).slice(0, 16), Buffer.from('ffffffffffffffff', 'hex')]),
      /at most 4096/,
    ],
  ])('a file that %s is refused', (_why, content, message) => {
    write('bad.png', content);
    expect(() => build({ icon: 'bad.png' })).toThrow(message);
    expect(() => build({ icon: 'bad.png' })).toThrow(SettingsError);
  });
});

describe('logo and fonts', () => {
  it('stand in the masthead with their size, in light and dark', async () => {
    write('logo.svg', svg);
    write('night.png', createPng(200, 40));
    const publication = createPublication({ logo: 'logo.svg', dark: { logo: 'night.png' } });
    const themed = applyTheme(await compileTemplates(templatesFolder), { publication, themeFolder: folder });
    const page = renderNotFoundPage({
      ...createSitePage({ theme: publication.theme }),
      render: createRender(themed.templates),
    });
    expect(page).toContain('<img src="/assets/logo.svg" width="280" height="56" alt="The Harbour Gazette">');
    expect(page).toContain(
      '<source srcset="/assets/logo-dark.png" media="(prefers-color-scheme: dark)" width="280" height="56">',
    );
    expect(decode(themed.files['/assets/logo.svg']).toString()).toBe(svg);
    expect(decode(themed.files['/assets/logo-dark.png'])).toEqual(Buffer.from(createPng(200, 40)));
  });

  it('a PNG logo is in mails, fitted; an SVG logo is not, as mail programs show none', () => {
    write('wide.png', createPng(1280, 128));
    expect(build({ logo: 'wide.png' }).templates['email/partials/mail-logo.html']).toContain(
      'src="{{home}}assets/logo.png" width="320" height="32" alt="{{publication}}"',
    );
    write('logo.svg', svg);
    expect(build({ logo: 'logo.svg' }).templates).not.toHaveProperty(['email/partials/mail-logo.html']);
  });

  it('fonts are loaded from the site, under a name that changes with them', async () => {
    const publication = createPublication({
      fonts: { text: [{ file: font, weight: '200 900' }], headings: [{ file: font, weight: 700, style: 'italic' }] },
    });
    const { templates, files } = applyTheme(await compileTemplates(templatesFolder), {
      publication,
      themeFolder: folder,
    });
    const css = createRender(templates, publication.theme)('page/style.css', {});
    const [path = ''] = Object.keys(files).filter((name) => name.includes('font-'));
    expect(css).toContain(`src:url("${path.split('/').at(-1)}") format("woff2");font-weight:200 900;font-style:normal`);
    expect(css).toMatch(/:root\{--own-text:"own-text",;--own-headings:"own-headings",;\}/);
    expect(decode(files[path]).toString()).toBe('wOF2 and the rest');
    write('fonts/other.woff2', Buffer.from('wOF2 and another'));
    expect(build({ fonts: { text: [{ file: 'fonts/other.woff2' }] } }).files).not.toHaveProperty([path]);
  });

  it.each([
    [{ logo: 'gone.svg' }, /theme\.logo: there is no file .*gone\.svg/],
    [{ dark: { logo: 'gone.svg' }, logo: 'logo.svg' }, /theme\.dark\.logo: there is no file/],
    [{ icon: 'gone.png' }, /theme\.icon: there is no file/],
    [{ fonts: { text: [{ file: 'fonts/gone.woff2' }] } }, /theme\.fonts\.text: there is no file/],
    [{ fonts: { text: [{ file: 'fonts/no-font.woff' }] } }, /no-font\.woff is not a WOFF2 or WOFF font/],
    [{ logo: 'no-size.svg' }, /no-size\.svg has no viewBox/],
  ])('%j is refused by name', (theme, message) => {
    write('logo.svg', svg);
    write('no-size.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
    write('fonts/no-font.woff', 'text');
    expect(() => build(theme)).toThrow(message);
  });

  it.each(['../logo.svg', '/etc/logo.svg', 'a/../../logo.svg', '.hidden/logo.svg', 'logo.exe'])(
    'the settings name no file outside the folder, nor of another kind: %s',
    (logo) => {
      expect(() => createPublication({ logo })).toThrow(
        /publication\.theme\.logo: must be an SVG or PNG picture below/,
      );
    },
  );
});
