import { fetchSearchIndex, SearchIndexChanged } from './fetch-search-index.ts';
import { type SearchPage, type SearchResult, startSearch } from './start-search.ts';

/** The script of the search page. What it says and where the index is stands in the page. */

const resultsPerPage = 10;
/** After a letter, the next one is waited for. */
const pauseMs = 250;

const find = <T extends Element>(selector: string, kind: new () => T): T => {
  const found = document.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the page has no ${selector}`);
  return found;
};

const form = find('#page-search', HTMLFormElement);
const input = find('#page-query', HTMLInputElement);
const status = find('#page-status', HTMLElement);
const list = find('#page-results', HTMLElement);
const more = find('#page-more', HTMLButtonElement);
const { indexes = '', found = '', soFar = '', none = '', failed = '' } = form.dataset;
const addresses = indexes.split(' ').filter(Boolean);
const openIndexes = (cache?: 'reload') => addresses.map((address) => fetchSearchIndex(address, cache));

let opened = openIndexes();
/** The query whose results are shown, or will be. */
let current = '';
let next: ((max: number) => Promise<SearchPage>) | undefined;

const createElement = (tag: string, name: string, text: string): HTMLElement => {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
};

const showResult = ({ address, title, datetime, day, summary, language }: SearchResult): HTMLElement => {
  const story = createElement('article', 'story', '');
  const heading = createElement('h2', 'story-title', '');
  const link = document.createElement('a');
  link.href = address;
  link.textContent = title;
  heading.append(link);
  const opening = createElement('p', 'story-summary', summary);
  for (const element of [heading, opening]) {
    element.dir = 'auto';
    if (language !== undefined) element.lang = language;
  }
  const facts = createElement('p', 'story-meta', '');
  const time = document.createElement('time');
  time.dateTime = datetime;
  time.textContent = day;
  facts.append(time);
  story.append(heading, opening, facts);
  return story;
};

const format = (message: string, count: number): string =>
  message.replace('{count}', count.toLocaleString(document.documentElement.lang));

const showPage = ({ results, hasMore, total }: SearchPage): void => {
  const stories = results.map(showResult);
  list.append(...stories);
  more.hidden = !hasMore;
  if (total === 0) status.textContent = none;
  else status.textContent = total === undefined ? format(soFar, list.childElementCount) : format(found, total);
  if (document.activeElement === more || more.dataset.isPressed) stories[0]?.querySelector('a')?.focus();
  delete more.dataset.isPressed;
};

const clear = (): void => {
  list.replaceChildren();
  more.hidden = true;
  status.textContent = '';
};

const search = async (query: string, isAgain = false): Promise<void> => {
  const isCurrent = (): boolean => current === query;
  try {
    next = startSearch(opened, query, document.documentElement.lang);
    const page = await next?.(resultsPerPage);
    if (!isCurrent()) return;
    clear();
    if (page) showPage(page);
  } catch (error) {
    if (!isCurrent()) return;
    opened = openIndexes('reload');
    if (error instanceof SearchIndexChanged && !isAgain) return search(query, true);
    clear();
    status.textContent = failed;
  }
};

const searchInput = (): void => {
  const query = input.value.trim();
  if (query === current) return;
  current = query;
  const address = new URL(location.href);
  if (query === '') address.searchParams.delete('q');
  else address.searchParams.set('q', query);
  history.replaceState(null, '', address);
  search(query);
};

let timer: ReturnType<typeof setTimeout> | undefined;
input.addEventListener('input', () => {
  clearTimeout(timer);
  timer = setTimeout(searchInput, pauseMs);
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  clearTimeout(timer);
  // The same query again, as after a failure.
  current = '';
  searchInput();
});
more.addEventListener('click', async () => {
  const query = current;
  more.dataset.isPressed = 'yes';
  try {
    const page = await next?.(resultsPerPage);
    if (page && query === current) showPage(page);
  } catch {
    opened = openIndexes('reload');
    status.textContent = failed;
  }
});

input.value = new URL(location.href).searchParams.get('q') ?? input.value;
searchInput();
