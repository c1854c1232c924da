import { attribute, elementsIn, isText, type Parent } from './tree.ts';

/** What the page's JSON-LD says of its article, as written there. */
export interface LinkedArticle {
  readonly headline?: string;
  readonly authors: readonly string[];
  readonly published?: string;
  readonly modified?: string;
  readonly description?: string;
  readonly keywords: readonly string[];
  readonly image?: string;
  readonly language?: string;
  readonly publisher?: string;
  readonly body?: string;
}

type Json = Readonly<Record<string, unknown>>;

const articleTypes = /(?:Article|BlogPosting|Posting|Report|Review|Recipe|HowTo|LiveBlogPosting)$/;
const pageTypes = /^(?:WebPage|ItemPage|AboutPage|MedicalWebPage|FAQPage|CollectionPage)$/;

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

const typesOf = (node: Json): string[] =>
  listOf(node['@type'])
    .filter((type) => typeof type === 'string')
    .map((type) => type.replace(/^.*[/#:]/, ''));

const parseLoosely = (source: string): unknown => {
  const bare = source
    .replace(/^\s*(?:<!--|\/\/<!\[CDATA\[|<!\[CDATA\[)|(?:-->|\/\/\]\]>|\]\]>)\s*$/g, '')
    .trim();
  for (const attempt of [bare, bare.replace(/\p{Cc}+/gu, ' '), bare.replace(/;\s*$/, '')]) {
    try {
      return JSON.parse(attempt);
    } catch {
      // Pages often carry JSON with raw line breaks or a stray semicolon; what stays unreadable is left out.
    }
  }
  return undefined;
};

const gatherNodes = (value: unknown, nodes: Json[], depth = 0): void => {
  if (depth > 6 || nodes.length > 400) return;
  for (const each of listOf(value)) {
    if (!isRecord(each)) continue;
    nodes.push(each);
    for (const key of ['@graph', 'mainEntity', 'mainEntityOfPage', 'itemListElement', 'hasPart']) {
      gatherNodes(each[key], nodes, depth + 1);
    }
  }
};

const nodesOf = (document: Parent): Json[] => {
  const nodes: Json[] = [];
  for (const element of elementsIn(document)) {
    if (element.tagName !== 'script' || !/ld\+json/i.test(attribute(element, 'type') ?? '')) continue;
    const [source] = element.childNodes;
    if (source && isText(source)) gatherNodes(parseLoosely(source.value), nodes);
  }
  return nodes;
};

const textIn = (value: unknown): string | undefined => {
  const [first] = listOf(value);
  if (typeof first === 'string') return first.trim() || undefined;
  if (isRecord(first)) return textIn(first['@value'] ?? first.name ?? first.headline);
  return undefined;
};

const addressIn = (value: unknown): string | undefined => {
  const [first] = listOf(value);
  if (typeof first === 'string') return first.trim() || undefined;
  return isRecord(first) ? addressIn(first.url ?? first.contentUrl ?? first['@id']) : undefined;
};

const namesIn = (value: unknown, byId: ReadonlyMap<string, Json>): string[] =>
  listOf(value).flatMap((each) => {
    if (typeof each === 'string') return [each];
    if (!isRecord(each)) return [];
    const referred = typeof each['@id'] === 'string' ? byId.get(each['@id']) : undefined;
    const name = textIn(each.name) ?? textIn(referred?.name);
    return name ? [name] : listOf(each.name).filter((one) => typeof one === 'string');
  });

const keywordsIn = (value: unknown): string[] =>
  listOf(value).flatMap((each) => (typeof each === 'string' ? [each] : (textIn(each) ?? [])));

const richness = (node: Json): number =>
  ['author', 'datePublished', 'headline', 'articleBody', 'image'].filter((key) => node[key] !== undefined)
    .length;

const pickArticle = (nodes: readonly Json[]): Json | undefined => {
  const ofType = (pattern: RegExp) =>
    nodes.filter((node) => typesOf(node).some((type) => pattern.test(type)));
  const articles = ofType(articleTypes).filter((node) => node.headline ?? node.name ?? node.datePublished);
  const [first] = articles;
  if (!first) return ofType(pageTypes).find((node) => node.datePublished ?? node.author);
  return articles.reduce((best, node) => (richness(node) > richness(best) ? node : best), first);
};

/** The article that the page's JSON-LD describes (alone, in an array or in a `@graph`), if it does. */
export const readJsonLd = (document: Parent): LinkedArticle | undefined => {
  const nodes = nodesOf(document);
  const article = pickArticle(nodes);
  if (!article) return undefined;
  const byId = new Map(
    nodes.flatMap((node) => (typeof node['@id'] === 'string' ? [[node['@id'], node]] : [])),
  );
  const page = nodes.find((node) => typesOf(node).some((type) => pageTypes.test(type)));
  const optional = {
    headline: textIn(article.headline ?? article.name),
    published: textIn(article.datePublished ?? page?.datePublished ?? article.dateCreated),
    modified: textIn(article.dateModified),
    description: textIn(article.description),
    image: addressIn(article.image ?? article.thumbnailUrl),
    language: textIn(article.inLanguage),
    publisher: namesIn(article.publisher, byId)[0],
    body: textIn(article.articleBody),
  };
  return {
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    authors: namesIn(article.author ?? article.creator, byId),
    keywords: keywordsIn(article.keywords),
  };
};
