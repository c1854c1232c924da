import type { Article, SeedInput, StatedTime } from '../../article.ts';
import { isPageKey, toBaseName } from '../../seed-kind.ts';
import { summarize } from '../../text/summarize.ts';
import { findKeyDay } from '../text/parse-date.ts';
import type { checkFrontMatter } from './check-front-matter.ts';

type StatedFields = ReturnType<typeof checkFrontMatter>['stated'];

/** The later of what may be two dates: a page with a date behind it may be kept back until another. */
export const selectPublished = ({ date, publishDate }: StatedFields): StatedTime | undefined =>
  date && publishDate && publishDate.at < date.at ? date : (publishDate ?? date);

const selectImage = (
  { image, imageAlt, imageCaption, imageCredit }: StatedFields,
  found: Article['image'],
): Article['image'] => {
  const shown = image ?? (image === undefined ? found : undefined);
  const [caption, credit] = [shown?.caption ?? imageCaption, shown?.credit ?? imageCredit];
  return (
    shown && {
      url: shown.url,
      alt: shown.alt || (image ? (imageAlt ?? '') : ''),
      ...(caption && { caption }),
      ...(credit && { credit }),
    }
  );
};

const maxTopics = 20;

/** Collections of Eleventy, which its files state among the tags. */
const collectionTags = new Set(['all', 'post', 'posts', 'nav']);

/** Keywords are often many: they fill what the topics leave. */
export const selectTopics = ({ topics = [], tags = [], categories = [], keywords = [] }: StatedFields): string[] => {
  const stated = [...new Set([...topics, ...categories, ...tags.filter((tag) => !collectionTags.has(tag))])];
  const others = keywords.filter((keyword) => !stated.includes(keyword));
  return [...stated, ...others.slice(0, Math.max(0, maxTopics - stated.length))];
};

/** An article as its front matter says, where that says anything, else as it was found below. */
export const applyFrontMatter = (
  found: Article,
  stated: StatedFields,
  { key, timeZone }: Pick<SeedInput, 'key' | 'timeZone'>,
): Article => {
  const { image: foundImage, ...rest } = found;
  const image = selectImage(stated, foundImage);
  const written = selectPublished(stated) ?? found.published;
  const keyDay = written ? undefined : findKeyDay(key, timeZone);
  const published = written ?? keyDay;
  const { place, agency } = stated;
  const source = stated.source ?? agency;
  const topics = selectTopics(stated);
  return {
    ...rest,
    summary: stated.summary ? summarize(stated.summary) : found.summary,
    authors: stated.authors ?? found.authors,
    editors: stated.editors ?? found.editors,
    topics: topics.length > 0 ? topics : found.topics,
    email: stated.email ?? found.email,
    ...(isPageKey(key) && {
      page: {
        name: toBaseName(key),
        menu: stated.menu ?? 'footer',
        ...(stated.order !== undefined && { order: stated.order }),
      },
    }),
    ...(stated.featured && { featured: true }),
    ...(stated.ai && { ai: stated.ai }),
    ...(stated.title && { title: stated.title }),
    ...(stated.lang && { language: stated.lang }),
    ...(published && { published }),
    ...(keyDay && { isDayOfKey: true }),
    ...(stated.expires && { expires: stated.expires }),
    ...(stated.updated && { updated: stated.updated }),
    ...(stated.announced && { announced: stated.announced }),
    ...(source && { source }),
    ...(place && { dateline: { place, ...(agency && { agency }) } }),
    ...(stated.correction && { correction: stated.correction }),
    ...(stated.corrected && { corrected: stated.corrected }),
    ...(stated.canonical && { canonical: stated.canonical }),
    ...(stated.id && { id: stated.id }),
    ...(stated.slug && { slug: stated.slug }),
    ...(stated.aliases && stated.aliases.length > 0 && { aliases: stated.aliases }),
    ...(image && { image }),
  };
};
