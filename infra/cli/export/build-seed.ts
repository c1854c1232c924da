import { posix } from 'node:path';
import { Document, isMap, isScalar, parseDocument } from 'yaml';
import { findAiNotice, formatAiLine } from '../../../functions/core/ai-notice.ts';
import { aliasesSchema } from '../../../functions/core/article/markdown/front-matter-schema.ts';
import { formatAlias, parseAliases } from '../../../functions/core/article/markdown/parse-aliases.ts';
import { parseFrontMatter } from '../../../functions/core/article/markdown/parse-front-matter.ts';
import { selectKnownFields } from '../../../functions/core/article/markdown/select-known-fields.ts';
import type { Entry } from '../../../functions/core/entry.ts';
import { isShortenedKey } from '../../../functions/core/identity.ts';
import { parsePlaceholderUrl } from '../../../functions/core/links/seed-references.ts';
import type { Publication } from '../../../functions/core/publication.ts';
import { findImageType } from '../../../functions/core/seed-kind.ts';
import { sitePaths } from '../../../functions/core/site-paths.ts';
import { formatSeed, type SeedContent } from '../seeds/format-seed.ts';
import { type ArticleSnapshot, compareSeed } from './compare-seed.ts';

export interface SeedSource {
  readonly key: string;
  /** An author's own Markdown that says what stands on the site. */
  readonly original?: string | undefined;
  readonly snapshot: ArticleSnapshot;
  readonly stated: { readonly date: boolean; readonly updated: boolean };
  readonly slug?: string | undefined;
}

export interface SeedTarget {
  readonly publication: Publication;
  readonly site: string;
  readonly now: string;
}

/** What the seed says of `updated`: what waits for its time has not been changed yet. */
const selectUpdated = ({ snapshot: { due, entry }, stated }: SeedSource): string | undefined =>
  due === undefined || stated.updated ? entry.updated : undefined;

/** What the author stated stays, names among them, too. */
const completeAliases = (original: string, formerPaths: readonly string[]): string[] | undefined => {
  const { values } = selectKnownFields(parseFrontMatter(original).fields);
  const aliases = aliasesSchema.parse(values.aliases ?? []);
  const { aliases: stated } = parseAliases([...aliases, ...aliasesSchema.parse(values.redirectFrom ?? [])], undefined);
  const missing = formerPaths.filter((path) => !stated.includes(path));
  return missing.length > 0 ? [...aliases, ...missing.map(formatAlias)] : undefined;
};

const completeOriginal = (source: SeedSource, original: string): string => {
  const { snapshot, stated, slug } = source;
  const { entry, announced, formerPaths } = snapshot;
  return completeFrontMatter(original, {
    date: stated.date ? undefined : entry.published,
    updated: selectUpdated(source),
    announced,
    slug,
    aliases: completeAliases(original, formerPaths),
    id: entry.id,
    corrected: entry.correction?.at,
  });
};

/** Where the seed states `ai`, its reader writes the line above the text again. */
const removeAiNotice = (html: string, entry: Entry, language: string): string => {
  const notice = findAiNotice(entry, language);
  const line = notice === undefined ? '' : formatAiLine(notice);
  return html.startsWith(line) ? html.slice(line.length) : html;
};

const toSeedContent = (source: SeedSource, { publication, site }: SeedTarget, isPortable: boolean): SeedContent => {
  const { key, snapshot, slug } = source;
  const { entry, body, announced, expires, formerPaths } = snapshot;
  const html = removeAiNotice(body.html, entry, publication.language);
  const hasPicture = body.html.includes('<img ');
  const image = entry.image && {
    ...entry.image,
    url: isPortable ? toPortableAddress(entry.image.url, site, key) : entry.image.url,
  };
  return {
    title: entry.title,
    date: { at: entry.published, dateOnly: entry.dateOnly },
    updated: selectUpdated(source),
    expires,
    authors: entry.authors.map(({ name }) => name),
    editors: entry.editors,
    topics: entry.topics.map(({ name }) => name),
    summary: entry.summary,
    announced,
    slug,
    aliases: formerPaths,
    id: entry.id,
    image: image ?? (hasPicture ? 'none' : undefined),
    language: entry.language,
    canonical: entry.canonical,
    source: entry.source,
    dateline: entry.dateline,
    correction: entry.correction,
    email: entry.email,
    page: entry.page,
    featured: entry.featured,
    ai: entry.ai,
    body: { kind: 'html', html: isPortable ? rewritePortableAddresses(html, site, key) : html, exact: true },
  };
};

/** The author's own text if the same documents come from it, else the body as it stands on the site. */
export const buildSeed = (
  source: SeedSource,
  target: SeedTarget,
): { readonly seed: string; readonly differences: readonly string[] } => {
  const { key, snapshot, original } = source;
  const candidates = [
    ...(original === undefined ? [] : [() => completeOriginal(source, original)]),
    () => formatSeed(toSeedContent(source, target, true), target.publication.timeZone),
    () => formatSeed(toSeedContent(source, target, false), target.publication.timeZone),
  ];
  let best: { seed: string; differences: readonly string[] } | undefined;
  for (const write of candidates) {
    const seed = write();
    const differences = compareSeed({ key, seed, snapshot, ...target });
    if (differences.length === 0) return { seed, differences };
    if (!best || differences.length < best.differences.length) best = { seed, differences };
  }
  return best ?? { seed: '', differences: [] };
};

/** Everything but these fields stays as the author wrote it, comments too. */
const completeFrontMatter = (
  text: string,
  fields: Readonly<Record<string, string | readonly string[] | undefined>>,
): string => {
  const { body, fields: stated, source, format } = parseFrontMatter(text);
  const parsed =
    format === 'yaml' ? parseDocument(source, { schema: 'failsafe' }) : new Document(stated, { schema: 'failsafe' });
  const document = isMap(parsed.contents) ? parsed : new Document({}, { schema: 'failsafe' });
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const written = isMap(document.contents)
      ? document.contents.items.find(({ key }) => isScalar(key) && String(key.value).trim().toLowerCase() === name)
      : undefined;
    document.set(written && isScalar(written.key) ? written.key.value : name, value);
  }
  return `---\n${document.toString({ lineWidth: 0, flowCollectionPadding: false })}---\n${format === undefined ? '\n' : ''}${body}`;
};

const encodeKey = (key: string): string => key.split('/').map(encodeURIComponent).join('/');

/** A picture or file becomes relative to the seed, a page relative to the site's root, so that it holds at any site. */
const toPortableAddress = (address: string, site: string, key: string): string => {
  if (!address.startsWith(`${site}/`)) return address;
  const path = address.slice(site.length);
  const placeholder = parsePlaceholderUrl(address);
  if (placeholder) {
    const { reference, fragment } = placeholder;
    const target = encodeKey(reference.slice('path/'.length));
    const isPath = reference.startsWith('path/');
    return isPath
      ? `${posix.relative(posix.dirname(`/${encodeKey(key)}`), `/${target}`)}${fragment}`
      : `seed-name:${target}${fragment}`;
  }
  const folder = [sitePaths.image(''), sitePaths.file('')].find((each) => path.startsWith(each));
  // The path of a long key is a hash of it, the same in every publication.
  if (folder && isShortenedKey(path.slice(folder.length))) return path;
  if (folder) return posix.relative(posix.dirname(`/${encodeKey(key)}`), `/${path.slice(folder.length)}`);
  return findImageType(path) === undefined ? path : address;
};

const rewritePortableAddresses = (html: string, site: string, key: string): string =>
  html.replace(
    / (src|href)="([^"]*)"/g,
    (_, name: string, address: string) => ` ${name}="${toPortableAddress(address, site, key)}"`,
  );
