import { type Article, SeedRejected } from '../article/article.ts';
import type { Body, Named } from '../entry.ts';
import { articleId, fingerprint, seedUuid } from '../identity.ts';
import { slugOf } from '../slug.ts';
import type { Version } from './records.ts';

const most = { title: 500, name: 200, names: 20, id: 500, correction: 500 } as const;

/** Where an article came from. The body's name has the upload's sequencer, so that no two uploads share one. */
export interface Origin {
  readonly publicationId: string;
  readonly key: string;
  readonly sequencer: string;
}

/**
 * Parts what a seed says into the record of its article and the body that lies among the desk's papers.
 * @throws {SeedRejected} when a part is larger than any list or feed could bear
 */
export const versionOf = (article: Article, origin: Origin): { version: Version; body: Body } => {
  refuseOversize(article);
  const body = { html: article.html, text: article.text, cut: [...article.cut] };
  const { dateline, published, printed, updated, announced, corrected } = article;
  // When it was announced is nothing that readers see: saying so is no change of the article.
  const { announced: _told, ...shown } = article;
  const revision = fingerprint(JSON.stringify(shown));
  const likely = dateline?.date ?? printed;
  const version: Version = {
    id: articleId(origin.publicationId, origin.key, article.id),
    slugWish: article.slug ?? article.title,
    title: article.title,
    summary: article.summary,
    authors: article.authors.map(named),
    editors: [...article.editors],
    topics: distinct(article.topics.map(named)),
    words: wordsIn(article.text),
    email: article.email,
    revision,
    body: `${seedUuid(origin.publicationId, origin.key)}/${origin.sequencer}-${revision}.json`,
    ...(article.language && { language: article.language }),
    ...(article.source && { source: article.source }),
    ...(dateline && {
      dateline: { place: dateline.place, ...(dateline.agency && { agency: dateline.agency }) },
    }),
    ...(article.image && { image: article.image }),
    ...(article.canonical && { canonical: article.canonical }),
    ...(article.correction && { correction: article.correction }),
    ...(published && { published: { ...published, stated: true } }),
    ...(!published && likely && { published: { ...likely, stated: false } }),
    ...(updated && { updated: updated.at }),
    ...(announced && { announced: announced.at }),
    ...(corrected && { corrected: corrected.at }),
  };
  return { version, body };
};

const refuseOversize = ({ title, topics, authors, editors, id, correction = '' }: Article): void => {
  if (title.length > most.title) {
    throw new SeedRejected(
      `The headline has ${title.length} characters; at most ${most.title} can be shown.`,
      'headline',
    );
  }
  for (const [what, names] of Object.entries({ topics, authors, editors })) {
    if (names.length > most.names)
      throw new SeedRejected(`There are ${names.length} ${what}; at most ${most.names} are possible.`);
    const long = names.find((name) => name.length > most.name);
    if (long)
      throw new SeedRejected(
        `One of the ${what} is longer than ${most.name} characters: ${long.slice(0, 40)}…`,
      );
  }
  if (correction.length > most.correction) {
    throw new SeedRejected(
      `The correction has ${correction.length} characters; at most ${most.correction} can be shown.`,
      'front matter',
    );
  }
  if (id && id.length > most.id)
    throw new SeedRejected(`The id is longer than ${most.id} characters.`, 'front matter');
};

const named = (name: string): Named => ({ name, slug: slugOf(name, fingerprint(name).slice(0, 8)) });

const distinct = (names: readonly Named[]): Named[] => [
  ...new Map(names.map((name) => [name.slug, name])).values(),
];

/** Words as readers count them; scripts without spaces are segmented. */
const wordsIn = (text: string): number => {
  let words = 0;
  for (const { isWordLike } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(
    text.slice(0, 200_000),
  )) {
    if (isWordLike) words += 1;
  }
  return words;
};
