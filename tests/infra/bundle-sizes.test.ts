import { expect, test } from 'vitest';
import { bundleLambdas } from '../../infra/constructs/bundle-lambdas.ts';

/** Bytes. A function starts faster the less it loads: docs/benchmarks.md#a-cold-start. */
const maxBundleBytes = {
  publish: 1_000_000,
  'compose-issue': 1_780_000,
  deliver: 1_090_000,
  'record-feedback': 515_000,
  subscriptions: 1_175_000,
  'seed-parser-process': 1_330_000,
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
