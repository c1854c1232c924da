import type { ApiRoute } from './plan-apis.ts';

export interface RouteMatch {
  readonly route: ApiRoute;
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface RankedMatch extends RouteMatch {
  /** The lowest wins: API Gateway prefers full matches, then greedy paths, then `$default`. */
  readonly rank: number;
}

const matchRoute = (route: ApiRoute, method: string, path: string): RankedMatch | undefined => {
  if (route.key === '$default') return { route, pathParameters: {}, rank: 6 };
  const [wanted = '', pattern = ''] = route.key.split(' ');
  if (wanted !== 'ANY' && wanted !== method) return undefined;
  const source = pattern
    .replace(/[\\^$.*?()[\]|]/g, '\\$&')
    .replace(/\{(\w+)\+\}/g, '(?<$1>.+)')
    .replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  const found = new RegExp(`^${source}$`).exec(path);
  if (!found) return undefined;
  const isGreedy = pattern.includes('+}');
  const kind = isGreedy ? 4 : pattern.includes('{') ? 2 : 0;
  return { route, pathParameters: { ...found.groups }, rank: kind + (wanted === 'ANY' ? 1 : 0) };
};

export const selectRoute = (routes: readonly ApiRoute[], method: string, path: string): RouteMatch | undefined =>
  routes
    .flatMap((route) => matchRoute(route, method, path) ?? [])
    .toSorted((a, b) => a.rank - b.rank)
    .at(0);
