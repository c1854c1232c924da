import { type Article, SeedRejected } from '../article.ts';
import type { ArticleBody, TopicOrAuthor } from '../entry.ts';
import { fingerprint, toArticleId, toSeedUuid, toTopicOrAuthor } from '../identity.ts';
import { findReferences } from '../links/seed-references.ts';
import type { SeedVersion } from './seed-record.ts';

const limits = {
  titleLength: 500,
  nameLength: 200,
  nameCount: 20,
  /** Sort keys of lists contain it, beside an instant: DynamoDB takes 1,024 bytes. */
  idBytes: 500,
  slugLength: 500,
  correctionLength: 500,
  warningCount: 50,
  /** The record of an article has all of it, and its places in 40 lists: DynamoDB takes 400 KB. */
  versionBytes: 100_000,
  /** Each year of a topic or an author has a page, and a manifest lists them: DynamoDB takes 400 KB. */
  firstYear: 1600,
  lastYear: 2199,
} as const;

export interface SeedOrigin {
  readonly publicationId: string;
  readonly key: string;
  readonly sequencer: string;
  /** Origin of the site, without a trailing slash. */
  readonly site: string;
  /** Fingerprint of the file. */
  readonly content?: string;
}

/**
 * Separates what the table keeps of a seed's article from its body.
 * @throws {SeedRejected} when a field is too large for lists, feeds and the table
 */
export const toSeedVersion = (article: Article, origin: SeedOrigin): { version: SeedVersion; body: ArticleBody } => {
  checkSizes(article);
  const body = { html: article.html, text: article.text, cut: [...article.cut] };
  const { dateline, published, printed, updated, corrected } = article;
  // Readers see neither when it was announced nor warnings nor earlier addresses, so these do not change the article.
  const { announced, warnings, aliases = [], isDayOfKey, ...shown } = article;
  const revision = fingerprint(JSON.stringify(shown));
  const references = findReferences(article.html, origin.site, article.image?.url);
  const likelyPublished = dateline?.date ?? printed;
  const version: SeedVersion = {
    id: toArticleId(origin.publicationId, origin.key, article.id),
    content: origin.content ?? '',
    slugSource: article.slug ?? article.page?.name ?? article.title,
    title: article.title,
    summary: article.summary,
    authors: article.authors.map(toTopicOrAuthor),
    editors: [...article.editors],
    topics: removeDuplicates(article.topics.map(toTopicOrAuthor)),
    wordCount: countWords(article.text),
    email: article.email,
    revision,
    // With the sequencer, so that no two uploads share a body.
    bodyKey: `${toSeedUuid(origin.publicationId, origin.key)}/${origin.sequencer}-${revision}.json`,
    bodyLength: [body.html, body.text, ...body.cut.map(({ text }) => text)].reduce(
      (length, text) => length + text.length,
      0,
    ),
    ...(article.ai && { ai: article.ai }),
    ...(article.page && { page: article.page }),
    ...(article.featured && { featured: true }),
    ...(article.id && { isIdStated: true }),
    ...(article.slug && { isSlugStated: true }),
    ...(aliases.length > 0 && { aliases: [...aliases] }),
    ...(article.language && { language: article.language }),
    ...(article.source && { source: article.source }),
    ...(dateline && { dateline: { place: dateline.place, ...(dateline.agency && { agency: dateline.agency }) } }),
    ...(article.image && { image: article.image }),
    ...(article.canonical && { canonical: article.canonical }),
    ...(article.correction && { correction: article.correction }),
    ...(published && { published: { ...published, stated: true, ...(isDayOfKey && { isDayOfKey }) } }),
    ...(!published && likelyPublished && { published: { ...likelyPublished, stated: false } }),
    ...(updated && { updated: updated.at }),
    ...(article.expires && { expiresAt: article.expires.at }),
    ...(announced && { announcedAt: announced.at }),
    ...(corrected && { correctedAt: corrected.at }),
    ...(references.length > 0 && { references }),
    ...(warnings.length > 0 && { warnings: warnings.slice(0, limits.warningCount) }),
  };
  const versionBytes = Buffer.byteLength(JSON.stringify(version));
  if (versionBytes > limits.versionBytes)
    throw new SeedRejected(
      `All that is known of it besides its text has ${versionBytes} bytes; at most ${limits.versionBytes} are possible.`,
      'front matter',
    );
  return { version, body };
};

const checkSizes = ({
  title,
  slug = '',
  topics,
  authors,
  editors,
  id = '',
  correction = '',
  published,
}: Article): void => {
  if (title.length > limits.titleLength) {
    throw new SeedRejected(
      `The headline has ${title.length} characters; at most ${limits.titleLength} can be shown.`,
      'headline',
    );
  }
  for (const [field, names] of Object.entries({ topics, authors, editors })) {
    if (names.length > limits.nameCount)
      throw new SeedRejected(`There are ${names.length} ${field}; at most ${limits.nameCount} are possible.`);
    const tooLong = names.find((name) => name.length > limits.nameLength);
    if (tooLong)
      throw new SeedRejected(
        `One of the ${field} is longer than ${limits.nameLength} characters: ${tooLong.slice(0, 40)}…`,
      );
  }
  if (correction.length > limits.correctionLength) {
    throw new SeedRejected(
      `The correction has ${correction.length} characters; at most ${limits.correctionLength} can be shown.`,
      'front matter',
    );
  }
  if (slug.length > limits.slugLength)
    throw new SeedRejected(`The slug is longer than ${limits.slugLength} characters.`, 'front matter');
  const idBytes = Buffer.byteLength(id);
  if (idBytes > limits.idBytes)
    throw new SeedRejected(
      `The id has ${idBytes} bytes in UTF-8; at most ${limits.idBytes} are possible.`,
      'front matter',
    );
  const year = Number(published?.at.slice(0, 4) ?? limits.firstYear);
  if (!(year >= limits.firstYear && year <= limits.lastYear))
    throw new SeedRejected(`The date must be in a year from ${limits.firstYear} to ${limits.lastYear}.`, 'date');
};

const removeDuplicates = (names: readonly TopicOrAuthor[]): TopicOrAuthor[] => [
  ...new Map(names.map((name) => [name.slug, name])).values(),
];

const wordSegmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Counts words also in scripts that have no spaces. */
const countWords = (text: string): number => {
  let words = 0;
  for (const { isWordLike } of wordSegmenter.segment(text.slice(0, 200_000))) {
    if (isWordLike) words += 1;
  }
  return words;
};
