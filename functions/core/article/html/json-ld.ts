import { parseFragment } from 'parse5';
import { getAttribute, getTextContent, isTextNode, type ParentNode, walkElements } from '../body/tree.ts';

export interface JsonLdArticle {
  readonly headline?: string;
  readonly authors: readonly string[];
  /** Authors that are no people. */
  readonly organizations: readonly string[];
  readonly published?: string;
  readonly modified?: string;
  readonly description?: string;
  readonly keywords: readonly string[];
  readonly image?: string;
  readonly language?: string;
  readonly publisher?: string;
  readonly body?: string;
}

type JsonLdNode = Readonly<Record<string, unknown>>;

const articleTypes = /(?:Article|BlogPosting|Posting|Report|Review|Recipe|HowTo|LiveBlogPosting)$/;
const pageTypes = /^(?:WebPage|ItemPage|AboutPage|MedicalWebPage|FAQPage|CollectionPage)$/;

const isRecord = (value: unknown): value is JsonLdNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const toList = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

const toTypes = (node: JsonLdNode): string[] =>
  toList(node['@type'])
    .filter((type) => typeof type === 'string')
    .map((type) => type.replace(/^.*[/#:]/, ''));

const parseLoosely = (source: string): unknown => {
  const bare = source.replace(/^\s*(?:<!--|\/\/<!\[CDATA\[|<!\[CDATA\[)|(?:-->|\/\/\]\]>|\]\]>)\s*$/g, '').trim();
  for (const attempt of [bare, bare.replace(/\p{Cc}+/gu, ' '), bare.replace(/;\s*$/, '')]) {
    try {
      return JSON.parse(attempt);
    } catch {
      // Pages often have JSON with raw line breaks or a stray semicolon. What still cannot be parsed is left out.
    }
  }
  return undefined;
};

const maxDepth = 6;

const addNodes = (value: unknown, nodes: JsonLdNode[], depth = 0): void => {
  if (depth > maxDepth || nodes.length > 400) return;
  for (const each of toList(value)) {
    if (!isRecord(each)) continue;
    nodes.push(each);
    for (const key of [
      '@graph',
      'author',
      'image',
      'publisher',
      'mainEntity',
      'mainEntityOfPage',
      'itemListElement',
      'hasPart',
    ]) {
      addNodes(each[key], nodes, depth + 1);
    }
  }
};

const findNodes = (document: ParentNode): JsonLdNode[] => {
  const nodes: JsonLdNode[] = [];
  for (const element of walkElements(document)) {
    if (element.tagName !== 'script' || !/ld\+json/i.test(getAttribute(element, 'type') ?? '')) continue;
    const [source] = element.childNodes;
    if (source && isTextNode(source)) addNodes(parseLoosely(source.value), nodes);
  }
  return nodes;
};

/** Scripts are not decoded when HTML is parsed, but many pages escape what they write into them. */
const decodeEntities = (text: string): string =>
  /&#?\w{2,10};/.test(text) ? getTextContent(parseFragment(text.replaceAll('<', '&lt;'))) : text;

const createTextFinder = (select: (node: JsonLdNode) => unknown) => {
  const find = (value: unknown, depth = 0): string | undefined => {
    const [first] = toList(value);
    if (typeof first === 'string') return decodeEntities(first).trim() || undefined;
    return isRecord(first) && depth < maxDepth ? find(select(first), depth + 1) : undefined;
  };
  return (value: unknown) => find(value);
};

const toText = createTextFinder((node) => node['@value'] ?? node.name ?? node.headline);
const toUrl = createTextFinder((node) => node.url ?? node.contentUrl ?? node['@id']);

type NodesById = ReadonlyMap<string, JsonLdNode>;

/** What `{ "@id": … }` refers to, as a node elsewhere on the page describes it. */
const resolveReference = (value: unknown, byId: NodesById): unknown => {
  const [first] = toList(value);
  const id = isRecord(first) ? first['@id'] : undefined;
  const isBare =
    isRecord(first) && first.url === undefined && first.contentUrl === undefined && first.name === undefined;
  return isBare && typeof id === 'string' ? (byId.get(id) ?? first) : first;
};

/** An id alone is the address of a node, not of a picture. */
const toImageUrl = (value: unknown, byId: NodesById): string | undefined => {
  const image = resolveReference(value, byId);
  return isRecord(image) && image.url === undefined && image.contentUrl === undefined ? undefined : toUrl(image);
};

const toNames = (value: unknown, byId: NodesById): string[] =>
  toList(value).flatMap((each) => {
    if (typeof each === 'string') return [decodeEntities(each)];
    if (!isRecord(each)) return [];
    const referred = typeof each['@id'] === 'string' ? byId.get(each['@id']) : undefined;
    const name = toText(each.name) ?? toText(referred?.name);
    return name ? [name] : toList(each.name).filter((one) => typeof one === 'string');
  });

const isOrganization = (value: unknown, byId: NodesById): boolean => {
  const node = resolveReference(value, byId);
  return isRecord(node) && toTypes(node).some((type) => type.endsWith('Organization'));
};

const toKeywords = (value: unknown): string[] =>
  toList(value).flatMap((each) => (typeof each === 'string' ? [each] : (toText(each) ?? [])));

const countFields = (node: JsonLdNode): number =>
  ['author', 'datePublished', 'headline', 'articleBody', 'image'].filter((key) => node[key] !== undefined).length;

const selectArticle = (nodes: readonly JsonLdNode[]): JsonLdNode | undefined => {
  const ofType = (pattern: RegExp) => nodes.filter((node) => toTypes(node).some((type) => pattern.test(type)));
  const articles = ofType(articleTypes).filter((node) => node.headline ?? node.name ?? node.datePublished);
  const [first] = articles;
  if (!first) return ofType(pageTypes).find((node) => node.datePublished ?? node.author);
  return articles.reduce((best, node) => (countFields(node) > countFields(best) ? node : best), first);
};

/** The article that the page's JSON-LD describes: alone, in an array or in a `@graph`. */
export const parseJsonLd = (document: ParentNode): JsonLdArticle | undefined => {
  const nodes = findNodes(document);
  const article = selectArticle(nodes);
  if (!article) return undefined;
  const byId = new Map<string, JsonLdNode>();
  for (const node of nodes) {
    const id = node['@id'];
    if (typeof id === 'string' && Object.keys(node).length > 1) byId.set(id, node);
  }
  const page = nodes.find((node) => toTypes(node).some((type) => pageTypes.test(type)));
  const authors = toList(article.author ?? article.creator);
  const optional = {
    headline: toText(article.headline ?? article.name),
    published: toText(article.datePublished ?? page?.datePublished ?? article.dateCreated),
    modified: toText(article.dateModified),
    description: toText(article.description),
    image: toImageUrl(article.image, byId) ?? toImageUrl(page?.primaryImageOfPage, byId) ?? toUrl(article.thumbnailUrl),
    language: toText(article.inLanguage),
    publisher: toNames(article.publisher, byId)[0],
    body: toText(article.articleBody),
  };
  return {
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    authors: toNames(
      authors.filter((author) => !isOrganization(author, byId)),
      byId,
    ),
    organizations: toNames(
      authors.filter((author) => isOrganization(author, byId)),
      byId,
    ),
    keywords: toKeywords(article.keywords),
  };
};
