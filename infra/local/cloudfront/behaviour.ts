import { createEdgeFunction, type EdgeFunction } from './edge-function.ts';
import type { FetchOrigin } from './origin.ts';
import type { BehaviourPlan } from './plan-behaviour.ts';

export interface Behaviour extends Omit<BehaviourPlan, 'functions' | 'origin'> {
  readonly origin: FetchOrigin;
  readonly matchesPath: (path: string) => boolean;
  /** CloudFront responds to OPTIONS itself. */
  readonly isReadOnly: boolean;
  readonly onRequest: readonly EdgeFunction[];
  readonly onResponse: readonly EdgeFunction[];
}

export const createBehaviour = ({ functions, ...behaviour }: BehaviourPlan, origin: FetchOrigin): Behaviour => {
  const createFunctions = (event: string) =>
    functions.filter((each) => each.event === event).map(({ code }) => createEdgeFunction(code));
  return {
    ...behaviour,
    origin,
    isReadOnly: !behaviour.methods.includes('POST'),
    matchesPath: compilePathPattern(behaviour.pathPattern),
    onRequest: createFunctions('viewer-request'),
    onResponse: createFunctions('viewer-response'),
  };
};

export const applyHeaderRules = (
  headers: Readonly<Record<string, string>>,
  { headers: rules }: Behaviour,
): Record<string, string> => {
  const applied = { ...headers };
  for (const { name, value, overrides } of rules) {
    if (value === undefined) delete applied[name];
    else if (overrides || applied[name] === undefined) applied[name] = value;
  }
  return applied;
};

/** In a path pattern `*` is any text including slashes, `?` is one character, and case matters. */
const compilePathPattern = (pattern: string): ((path: string) => boolean) => {
  const rooted = /^[/*]/.test(pattern) ? pattern : `/${pattern}`;
  const source = rooted
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const test = new RegExp(`^${source}$`, 's');
  return (path) => test.test(path);
};
