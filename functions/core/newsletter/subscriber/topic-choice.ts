import type { Entry } from '../../entry.ts';
import { fingerprint, toTopicOrAuthor } from '../../identity.ts';
import type { Publication } from '../../publication.ts';

/** A topic that readers may choose. The first of its slugs stands for it in forms and records. */
export interface OfferedTopic {
  readonly name: string;
  readonly slugs: readonly [string, ...string[]];
}

type TopicSettings = Pick<Publication, 'newsletter'>;

const listed = new WeakMap<Publication['newsletter']['topics'], readonly OfferedTopic[]>();

/** In the order of the settings. */
export const listOfferedTopics = ({ newsletter: { topics } }: TopicSettings): readonly OfferedTopic[] => {
  const known = listed.get(topics);
  if (known) return known;
  const offered = topics.map(({ name, topics: own }): OfferedTopic => {
    const [first = toTopicOrAuthor(name).slug, ...others] = own.map((each) => toTopicOrAuthor(each).slug);
    return { name, slugs: [first, ...others] };
  });
  listed.set(topics, offered);
  return offered;
};

const findOffered = (settings: TopicSettings, slug: string): OfferedTopic | undefined =>
  listOfferedTopics(settings).find(({ slugs }) => slugs.includes(slug));

/** The slug that stands for a topic, by its name, or one of its slugs or of the names that it stands for. */
export const findTopicByName = (settings: TopicSettings, name: string): string | undefined => {
  const { slug } = toTopicOrAuthor(name);
  const named = listOfferedTopics(settings).find((offered) => toTopicOrAuthor(offered.name).slug === slug);
  return (named ?? findOffered(settings, name) ?? findOffered(settings, slug))?.slugs[0];
};

/** The slugs of the articles that a reader wants: of what they chose, under its names of today. */
export const listWantedSlugs = (
  settings: TopicSettings,
  chosen: readonly string[] | undefined,
): readonly string[] | undefined =>
  chosen && [...new Set(chosen.flatMap((slug) => findOffered(settings, slug)?.slugs ?? [slug]))].sort();

/** @param wanted undefined for all articles */
export const isWanted = ({ topics }: Pick<Entry, 'topics'>, wanted: readonly string[] | undefined): boolean =>
  !wanted || topics.some(({ slug }) => wanted.includes(slug));

/** The chosen topics in the order of the settings, and then those that are not offered any more. */
const orderChosen = (settings: TopicSettings, chosen: readonly string[]): string[] => {
  const offered = listOfferedTopics(settings).filter(({ slugs }) => slugs.some((slug) => chosen.includes(slug)));
  const former = chosen.filter((slug) => !findOffered(settings, slug));
  return [...offered.map(({ slugs: [first] }) => first), ...new Set(former)];
};

/**
 * What a form chooses. All that are offered are the same as none: all articles.
 * @param own what the reader had chosen: they may keep what is not offered any more
 */
export const parseTopicChoice = (
  written: readonly string[],
  settings: TopicSettings,
  own: readonly string[] = [],
): { readonly topics?: readonly string[] } | 'unknown' => {
  const isKnown = (slug: string): boolean => own.includes(slug) || findOffered(settings, slug) !== undefined;
  if (!written.every(isKnown)) return 'unknown';
  const topics = orderChosen(settings, written);
  const isAll = listOfferedTopics(settings).every(({ slugs: [first] }) => topics.includes(first));
  return topics.length === 0 || isAll ? {} : { topics };
};

/** Whether none of what a reader chose is offered any more: articles of these topics may never come again. */
export const hasOnlyFormerTopics = (settings: TopicSettings, chosen: readonly string[] | undefined): boolean =>
  chosen !== undefined && chosen.length > 0 && !chosen.some((slug) => findOffered(settings, slug));

/**
 * The topics as a form offers them, with those of the reader's that are not offered any more.
 * @param ticked what was ticked in a form that was refused
 */
export const listTopicOptions = (
  settings: TopicSettings,
  chosen: readonly string[] = [],
  ticked: readonly string[] = chosen,
) => {
  const offered = listOfferedTopics(settings).map(({ name, slugs }) => ({
    slug: slugs[0],
    name,
    chosen: slugs.some((slug) => ticked.includes(slug)),
    isFormer: false,
  }));
  const former = orderChosen(settings, chosen).filter((slug) => !findOffered(settings, slug));
  return [...offered, ...former.map((slug) => ({ slug, name: slug, chosen: ticked.includes(slug), isFormer: true }))];
};

/** Eight hexadecimal digits that stand for a topic in a link, where slugs would be too long. */
export const nameTopicInLink = (slug: string): string => fingerprint('topic', slug).slice(0, 8);

/** The topics of a link, or undefined where one of them is not offered any more. */
export const findTopicsOfLink = (settings: TopicSettings, names: readonly string[]): string[] | undefined => {
  const found = names.map((name) =>
    listOfferedTopics(settings).find(({ slugs }) => slugs.some((slug) => nameTopicInLink(slug) === name)),
  );
  return found.every((each) => each !== undefined) ? found.map(({ slugs: [first] }) => first) : undefined;
};
