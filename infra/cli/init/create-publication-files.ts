import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { type Publication, parsePublication } from '../../../functions/core/publication.ts';
import { interpolate } from '../../../functions/core/text/interpolate.ts';
import { parseLanguageTag } from '../../../functions/core/text/language.ts';
import { toSlug } from '../../../functions/core/text/slug.ts';
import project from '../../../package.json' with { type: 'json' };
import { placeholderPostalAddress, toPlaceholderSender } from '../../check-deployment.ts';
import { hasSources, productFolder, settingsFileName } from '../../publication-folder/find-publication-folder.ts';
import { blank } from '../../publication-folder/list-page-warnings.ts';
import descriptions from './descriptions.json' with { type: 'json' };

export interface NewPublication {
  /** Absolute path of the folder that it will be in. */
  readonly folder: string;
  /** As the publisher wrote it: its id and title are made of it. */
  readonly name: string;
  readonly title?: string;
  readonly language?: string;
  readonly timeZone: string;
  /** Of the imprint and of mails. */
  readonly publisher?: string;
  readonly address?: string;
  readonly email?: string;
  /** Where npm finds Seedpress. */
  readonly seedpress?: string;
}

/** Files of a publication by their paths. */
export type PublicationFiles = ReadonlyMap<string, string>;

const capitalize = (name: string): string =>
  name
    .split(/[-_\s]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
    .trim();

/** A folder or tarball is named from the folder of the publication, as npm wants it. */
const toPackageSpecifier = (folder: string, given: string | undefined): string => {
  const wanted = given ?? (hasSources ? productFolder : `^${project.version}`);
  if (!existsSync(wanted)) return wanted;
  return `file:${relative(folder, resolve(wanted)) || '.'}`;
};

const formatJson = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

const readFileOf = (name: string): Promise<string> => readFile(new URL(`./files/${name}`, import.meta.url), 'utf8');

const isDraftLanguage = (language: string): language is keyof typeof descriptions =>
  Object.hasOwn(descriptions, language);

/** The language of the drafts for a publication in `language`: English for one that has none. */
const findDraftLanguage = (language: string): keyof typeof descriptions => {
  const [wanted = ''] = (parseLanguageTag(language) ?? '').split('-');
  return isDraftLanguage(wanted) ? wanted : 'en';
};

/** First drafts in the language of the publication, else in English. */
const readPageDraft = async (name: 'imprint' | 'privacy', publication: Publication): Promise<string> => {
  const { language, title, publisher, newsletter } = publication;
  const draft = await readFile(new URL(`./pages/${findDraftLanguage(language)}/${name}.md`, import.meta.url), 'utf8');
  return interpolate(draft, {
    title,
    publisher: publisher?.name ?? blank,
    address: publisher?.address ?? blank,
    email: publisher?.email ?? blank,
    days: String(newsletter.addressRetentionDays),
  });
};

/**
 * The files of a new publication, which starts as it is. A deployment asks for the sender and the postal address first.
 * @throws {SettingsError} when language or time zone are unknown
 */
export const createPublicationFiles = async (wanted: NewPublication): Promise<PublicationFiles> => {
  const id = toSlug(wanted.name, 'publication');
  const title = wanted.title ?? (capitalize(wanted.name) || id);
  const { address, email, language = 'en' } = wanted;
  const publisher = [wanted.publisher, address, email].some((each) => each !== undefined)
    ? {
        name: wanted.publisher ?? title,
        ...(address !== undefined && { address }),
        ...(email !== undefined && { email }),
      }
    : undefined;
  const settings = {
    id,
    title,
    description: interpolate(descriptions[findDraftLanguage(language)], { title }),
    language,
    timeZone: wanted.timeZone,
    author: { name: title },
    sender: { name: title, email: email ?? toPlaceholderSender(id) },
    postalAddress: publisher?.address ? `${publisher.name}, ${publisher.address}` : placeholderPostalAddress,
    ...(publisher && { publisher }),
    digest: { weekly: { day: 'friday', hour: 7 } },
  };
  const publication = parsePublication(settings, settingsFileName);
  const packageJson = {
    name: id,
    private: true,
    type: 'module',
    scripts: { start: 'seedpress start', deploy: 'seedpress deploy' },
    dependencies: { [project.name]: toPackageSpecifier(wanted.folder, wanted.seedpress) },
    // Newer versions of npm run the install scripts of these alone.
    allowScripts: project.allowScripts,
  };
  const schema = join('node_modules', project.name, 'infra/publication-folder/publication.schema.json');
  return new Map([
    ['package.json', formatJson(packageJson)],
    [settingsFileName, formatJson({ $schema: `./${schema}`, ...settings })],
    ['cdk.json', formatJson({ app: 'npx seedpress synth' })],
    ['README.md', (await readFileOf('README.md')).replace('{{title}}', title)],
    ['.gitignore', 'node_modules/\ncdk.out/\n.seedpress/\n'],
    ['.github/workflows/deploy.yml', await readFileOf('deploy.yml')],
    ['seeds/welcome.md', await readFileOf('welcome.md')],
    ['seeds/pages/imprint.md', await readPageDraft('imprint', publication)],
    ['seeds/pages/privacy.md', await readPageDraft('privacy', publication)],
    ['seeds/first-letter.txt', await readFileOf('first-letter.txt')],
    ['theme/templates/.gitkeep', ''],
  ]);
};
