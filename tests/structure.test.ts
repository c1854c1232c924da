import { readdirSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = new URL('..', import.meta.url).pathname;

interface SourceFile {
  readonly file: string;
  readonly text: string;
  /** The project's files that it imports. */
  readonly imports: readonly string[];
}

const readSources = (folder: string): SourceFile[] =>
  readdirSync(resolve(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => {
      const file = resolve(root, folder, name);
      const text = readFileSync(file, 'utf8');
      const found = [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)];
      return {
        file: relative(root, file),
        text,
        imports: found.map(([, path = '']) => relative(root, resolve(dirname(file), path))),
      };
    });

const sources = ['functions', 'infra'].flatMap(readSources);

const layers = {
  platform: /^functions\/platform\//,
  contract: /^functions\/platform\/contract\.ts$/,
  core: /^functions\/core\//,
  messages: /^templates\/.+messages\.json$/,
  text: /^functions\/core\/text\//,
  publicationSettings: /^functions\/core\/publication\.ts$/,
  theme: /^functions\/core\/theme\//,
  card: /^functions\/core\/card\//,
  sitePaths: /^functions\/core\/site-paths\.ts$/,
  adapters: /^functions\/adapters\//,
  publish: /^functions\/publish\//,
  resizePicture: /^functions\/resize-picture\//,
  composeIssue: /^functions\/compose-issue\//,
  deliver: /^functions\/deliver\//,
  recordFeedback: /^functions\/record-feedback\//,
  subscriptions: /^functions\/subscriptions\//,
  runtime: /^functions\/runtime\//,
  anyFunction: /^functions\//,
  infra: /^infra\/(?!cli\/)/,
  cli: /^infra\/cli\//,
  project: /^package\.json$/,
} as const;

const belowSteps = [layers.platform, layers.core, layers.adapters];

test.each([
  ['functions/platform/', [layers.platform]],
  ['functions/core/', [layers.core, layers.messages]],
  ['functions/adapters/', [...belowSteps]],
  ['functions/publish/', [...belowSteps, layers.publish]],
  ['functions/resize-picture/', [...belowSteps, layers.resizePicture]],
  ['functions/compose-issue/', [...belowSteps, layers.composeIssue]],
  ['functions/deliver/', [...belowSteps, layers.deliver]],
  ['functions/record-feedback/', [...belowSteps, layers.recordFeedback]],
  ['functions/subscriptions/', [...belowSteps, layers.subscriptions]],
  ['functions/', [layers.anyFunction, layers.messages]],
  [
    'infra/',
    [
      layers.infra,
      layers.contract,
      layers.text,
      layers.publicationSettings,
      layers.theme,
      layers.card,
      layers.sitePaths,
    ],
  ],
  ['infra/cli/', [layers.cli, layers.infra, layers.anyFunction, layers.project]],
])('%s imports only what lies below it', (folder, allowed) => {
  const files = sources.filter(
    ({ file }) => file.startsWith(folder) && (folder === 'infra/cli/' || !layers.cli.test(file)),
  );
  expect(files.length).toBeGreaterThan(0);
  const strays = files.flatMap(({ file, imports }) =>
    imports.filter((path) => !allowed.some((layer) => layer.test(path))).map((path) => `${file} → ${path}`),
  );
  expect(strays).toEqual([]);
});

/** Groups of nodes that reach one another, by Tarjan's algorithm. */
const findCycles = (graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] => {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (node: string): void => {
    order.set(node, order.size);
    lowest.set(node, order.get(node) ?? 0);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) lowest.set(node, Math.min(lowest.get(node) ?? 0, lowest.get(next) ?? 0));
    }
    if (lowest.get(node) !== order.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    if (group.length > 1) cycles.push(group.sort());
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return cycles;
};

const buildGraph = (toNode: (file: string) => string): Map<string, Set<string>> => {
  const graph = new Map<string, Set<string>>();
  for (const { file, imports } of sources) {
    const from = toNode(file);
    const targets = graph.get(from) ?? new Set();
    graph.set(from, targets);
    for (const to of imports.map(toNode)) if (to !== from) targets.add(to);
  }
  return graph;
};

describe('imports form no cycle', () => {
  test('of files', () => {
    expect(findCycles(buildGraph((file) => file))).toEqual([]);
  });

  test('of folders', () => {
    expect(findCycles(buildGraph(dirname))).toEqual([]);
  });

  test('and a cycle would be found', () => {
    const graph = new Map([
      ['a', new Set(['b'])],
      ['b', new Set(['c'])],
      ['c', new Set(['b'])],
    ]);
    expect(findCycles(graph)).toEqual([['b', 'c']]);
  });
});

test('no two exports share a name', () => {
  const owners = new Map<string, string[]>();
  for (const { file, text } of sources)
    for (const [, name = ''] of text.matchAll(/^export (?:async )?(?:const|function\*?|class|interface|type) (\w+)/gm))
      owners.set(name, [...(owners.get(name) ?? []), file]);
  // Each Lambda's entry file exports its handler.
  owners.delete('handler');
  expect([...owners].filter(([, files]) => files.length > 1)).toEqual([]);
});

test('the contract with the deployment imports nothing', () => {
  expect(sources.find(({ file }) => layers.contract.test(file))?.imports).toEqual([]);
});

test('core knows no clock, randomness, environment, disk or network', () => {
  const impure =
    /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\.|\bfetch\(|\bawait\b|DateTime\.(now|local|utc)\(\)|node:(fs|http|https|net|child_process|timers)/;
  const found = sources.filter(({ file, text }) => layers.core.test(file) && impure.test(text));
  expect(found.map(({ file }) => file)).toEqual([]);
});

test('the environment is read in one place', () => {
  const readers = sources.filter(({ file, text }) => layers.anyFunction.test(file) && text.includes('process.env'));
  expect(readers.map(({ file }) => file)).toEqual(['functions/runtime/environment.ts']);
});

test('every server of the local run is made where foreign requests are refused', () => {
  const makers = sources.filter(
    ({ file, text }) => /^infra\/local\//.test(file) && /\b(createServer|dynalite)\(/.test(text),
  );
  expect(makers.map(({ file }) => file).sort()).toEqual([
    'infra/local/base/http-server.ts',
    'infra/local/dynamodb/start-dynamodb.ts',
  ]);
  for (const { file, text } of makers) expect(text, file).toContain('refuseForeignRequests(');
});
