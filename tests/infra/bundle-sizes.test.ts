import { expect, test } from 'vitest';
import { bundleLambdas } from '../../infra/constructs/bundle-lambdas.ts';

/** Bytes. A function starts faster the less it loads: docs/benchmarks.md#a-cold-start. */
const maxBundleBytes = {
  publish: 1_000_000,
  'compose-issue': 1_712_000,
  deliver: 1_040_000,
  'record-feedback': 490_000,
  subscriptions: 1_120_000,
  'seed-parser-process': 1_365_000,
  'resize-picture': 900_000,
  'picture-worker': 700_000,
};

const { modules } = bundleLambdas();

test('no bundle is larger than it has to be', () => {
  expect([...modules.keys()].sort()).toEqual(Object.keys(maxBundleBytes).sort());
  const tooLarge = Object.entries(maxBundleBytes).flatMap(([name, bytes]) => {
    const size = modules.get(name)?.byteLength ?? 0;
    return size <= bytes ? [] : [`${name} has ${size} bytes`];
  });
  expect(tooLarge).toEqual([]);
});

test('bundles contain no provider of credentials but the environment, no parser of styles and no compiler of templates', () => {
  for (const [name, bundle] of modules)
    expect(Buffer.from(bundle).toString(), name).not.toMatch(
      /SSOClient|CognitoIdentityClient|169\.254\.170\.2|CssSyntaxError|JavaScriptCompiler/,
    );
});

/** What esbuild calls for each function that is made, also each time that a closure is: `keepNames`. */
const nameKeeper = /"name",\{value:[\w$]+,configurable:!0\}/;

test('bundles do not write down the name of each function that they make', () => {
  for (const [name, bundle] of modules) expect(Buffer.from(bundle).toString(), name).not.toMatch(nameKeeper);
});
