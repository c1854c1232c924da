/**
 * What mail programs do not know of the HTML and CSS of our mails, beside MJML's own components, by the data of
 * `caniemail`. It brings 46 packages, so it is no dependency:
 *
 *     npm install --prefix /tmp/caniemail caniemail@2.0.2
 *     node tests/bench/mail-support.ts /tmp/caniemail
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import mjml from 'mjml';
import { z } from 'zod';

const clients = [
  'gmail.desktop-webmail',
  'gmail.ios',
  'gmail.android',
  'outlook.windows',
  'outlook.outlook-com',
  'outlook.macos',
  'apple-mail.ios',
  'apple-mail.macos',
  'yahoo.desktop-webmail',
];

const stockMjml = `<mjml><mj-head><mj-preview>News</mj-preview></mj-head><mj-body>
<mj-section><mj-column><mj-text font-size="28px">Title</mj-text><mj-divider/>
<mj-image src="https://news.example/a.jpg" alt="A"/><mj-text>Text <a href="https://news.example/">link</a></mj-text>
<mj-table><tr><th>A</th><td>1</td></tr></mj-table>
<mj-button href="https://news.example/">Read</mj-button></mj-column></mj-section>
<mj-section><mj-column><mj-text>1</mj-text></mj-column><mj-column><mj-text>2</mj-text></mj-column></mj-section>
</mj-body></mjml>`;

/** With the font that MJML loads by itself. */
const mjmlOptions = {
  validationLevel: 'strict',
  filePath: '.',
  fonts: { Ubuntu: 'https://fonts.googleapis.com/css?family=Ubuntu:300,400,500,700' },
  keepComments: false,
  minify: false,
  minifyOptions: { minifyCss: false },
} as const;

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('name the folder that caniemail is installed in');

const issuesSchema = z.map(z.string(), z.array(z.object({ title: z.string() })));
type Issues = z.infer<typeof issuesSchema>;
const { caniemail } = z
  .object({
    caniemail: z.custom<
      (input: { clients: readonly string[]; html: string }) => { issues: { errors: Issues; warnings: Issues } }
    >((value) => typeof value === 'function'),
  })
  .parse(await import(pathToFileURL(join(folder, 'node_modules/caniemail/dist/index.js')).href));

const countFeatures = (issues: Issues): number => new Set([...issues.values()].flat().map(({ title }) => title)).size;

const readGolden = (name: string): string =>
  readFileSync(new URL(`../core/newsletter/${name}`, import.meta.url), 'utf8').replaceAll(
    /\{\{\w+\}\}/g,
    'https://news.example/',
  );

const mails = {
  'our digest': readGolden('digest/golden/digest.html'),
  'our confirmation': readGolden('email/golden/confirmation.html'),
  'our welcome': readGolden('email/golden/welcome.html'),
  "mjml's own components": (await mjml(stockMjml, mjmlOptions)).html,
};
for (const [name, html] of Object.entries(mails)) {
  const { issues } = caniemail({ clients, html });
  console.log(`${name}: ${countFeatures(issues.errors)} unknown, ${countFeatures(issues.warnings)} in part`);
}
