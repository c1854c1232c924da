import type { CutText } from '../../article.ts';
import { cleanLine } from '../../text/clean-text.ts';
import { type Element, findElement, findElements, getAttribute, getTextLine, removeNodes } from '../body/tree.ts';
import { createElementTest } from './element-test.ts';

interface NotionProperties {
  readonly authors: readonly string[];
  readonly dates: readonly string[];
  readonly topics: readonly string[];
  readonly status?: string;
  readonly cut: readonly CutText[];
}

interface Property {
  readonly kind: string;
  readonly name: string;
  readonly values: readonly string[];
}

const isTable = createElementTest('table.properties');
const isValue = createElementTest('span.selected-value, span.user, time, span.status-value, div.checkbox');

const readProperty = (row: Element): Property | undefined => {
  const kind = /\bproperty-row-([\w-]+)/.exec(getAttribute(row, 'class') ?? '')?.[1];
  const [name, value] = ['th', 'td'].map((tag) => findElement(row, ({ tagName }) => tagName === tag));
  if (kind === undefined || !name || !value) return undefined;
  const parts = findElements(value, isValue)
    .map(getTextLine)
    .filter((text) => text !== '');
  const values = parts.length > 0 ? parts : [getTextLine(value)];
  return { kind, name: cleanLine(getTextLine(name)), values: values.map((text) => cleanLine(text.replace(/^@/, ''))) };
};

const authorName = /^(?:authors?|writers?|by|written by|autora?|autor(?:in|en)?|auteurs?)$/i;
const dateName = /^(?:date|published?(?: (?:on|at|date))?|publish(?:ing)? date|publication date|datum|fecha|data)$/i;
const topicName = /^(?:tags?|topics?|categor(?:y|ies)|keywords?|labels?)$/i;
const statusName = /^(?:status|state|stage|visibility)$/i;

/** Reads the table of properties above a page of Notion, and takes it out. */
export const cutNotionProperties = (page: Element): NotionProperties => {
  const tables = findElements(page, isTable);
  const properties = tables.flatMap((table) =>
    findElements(table, ({ tagName }) => tagName === 'tr').flatMap((row) => readProperty(row) ?? []),
  );
  removeNodes(tables);
  const select = (fits: (property: Property) => boolean): readonly string[] => properties.find(fits)?.values ?? [];
  const named = select(({ name }) => authorName.test(name));
  const dated = select(({ name, kind }) => dateName.test(name) && kind !== 'last_edited_time');
  const [status] = select(({ name, kind }) => statusName.test(name) || kind === 'status');
  return {
    authors: named.length > 0 ? named : select(({ kind }) => kind === 'created_by' || kind === 'person'),
    dates: dated.length > 0 ? dated : select(({ kind }) => kind === 'date' || kind === 'created_time'),
    topics: select(({ name, kind }) => topicName.test(name) && /select/.test(kind)),
    ...(status && { status }),
    cut: properties.map(({ name, values }) => ({ text: `${name}: ${values.join(', ')}`, reason: 'page property' })),
  };
};
