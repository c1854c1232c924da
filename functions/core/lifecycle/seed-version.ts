import { type Article, SeedRejected } from '../article.ts';
import type { ArticleBody, TopicOrAuthor } from '../entry.ts';
import { fingerprint, toArticleId, toSeedUuid } from '../identity.ts';
import { toSlug } from '../text/slug.ts';
import type { SeedVersion } from './seed-record.ts';

const limits = { titleLength: 500, nameLength: 200, nameCount: 20, idLength: 500, correctionLength: 500 } as const;

export interface SeedOrigin {
  readonly publicationId: string;
  readonly key: string;
  readonly sequencer: string;
}

/**
 * Separates what the table keeps of a seed's article from its body.
 * @throws {SeedRejected} when a field is too large for lists and feeds
 */
export const toSeedVersion = (article: Article, origin: SeedOrigin): { version: SeedVersion; body: ArticleBody } => {
  checkSizes(article);
  const body = { html: article.html, text: article.text, cut: [...article.cut] };
  const { dateline, published, printed, updated, corrected } = article;
  // Readers do not see when it was announced, so stating that does not change the article.
  const { announced, ...shown } = article;
  const revision = fingerprint(JSON.stringify(shown));
  const likelyPublished = dateline?.date ?? printed;
  const version: SeedVersion = {
    id: toArticleId(origin.publicationId, origin.key, article.id),
    slugSource: article.slug ?? article.title,
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
    ...(article.language && { language: article.language }),
    ...(article.source && { source: article.source }),
    ...(dateline && { dateline: { place: dateline.place, ...(dateline.agency && { agency: dateline.agency }) } }),
    ...(article.image && { image: article.image }),
    ...(article.canonical && { canonical: article.canonical }),
    ...(article.correction && { correction: article.correction }),
    ...(published && { published: { ...published, stated: true } }),
    ...(!published && likelyPublished && { published: { ...likelyPublished, stated: false } }),
    ...(updated && { updated: updated.at }),
    ...(announced && { announcedAt: announced.at }),
    ...(corrected && { correctedAt: corrected.at }),
  };
  return { version, body };
};

const checkSizes = ({ title, topics, authors, editors, id, correction = '' }: Article): void => {
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
  if (id && id.length > limits.idLength)
    throw new SeedRejected(`The id is longer than ${limits.idLength} characters.`, 'front matter');
};

const toTopicOrAuthor = (name: string): TopicOrAuthor => ({ name, slug: toSlug(name, fingerprint(name).slice(0, 8)) });

const removeDuplicates = (names: readonly TopicOrAuthor[]): TopicOrAuthor[] => [
  ...new Map(names.map((name) => [name.slug, name])).values(),
];

/** Counts words also in scripts that have no spaces. */
const countWords = (text: string): number => {
  let words = 0;
  for (const { isWordLike } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text.slice(0, 200_000))) {
    if (isWordLike) words += 1;
  }
  return words;
};
