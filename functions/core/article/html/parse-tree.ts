import { type DefaultTreeAdapterMap, type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from 'parse5';
import { SeedRejected } from '../article.ts';

/** Far beyond any article; what lies beyond is an attack or a broken generator, and would stall the reading. */
const deepestNesting = 600;
const mostElements = 200_000;

/**
 * Parses HTML as browsers do, however broken it is; a fragment gets the `html` and `body` it lacks.
 * @throws {SeedRejected} for markup nested too deep or with too many elements to be read in bounded time
 */
export const parseTree = (html: string): DefaultTreeAdapterTypes.Document => {
  let depth = 0;
  let elements = 0;
  const treeAdapter = {
    ...defaultTreeAdapter,
    createElement(...made: Parameters<typeof defaultTreeAdapter.createElement>) {
      elements += 1;
      if (elements > mostElements) throw new SeedRejected(`The HTML has more than ${mostElements} elements.`);
      return defaultTreeAdapter.createElement(...made);
    },
    onItemPush() {
      depth += 1;
      if (depth > deepestNesting) {
        throw new SeedRejected(`The HTML is nested more than ${deepestNesting} elements deep.`);
      }
    },
    onItemPop() {
      depth -= 1;
    },
  };
  return parse<DefaultTreeAdapterMap>(html, { treeAdapter, scriptingEnabled: false });
};
