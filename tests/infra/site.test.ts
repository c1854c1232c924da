import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { retypedFeeds } from '../../functions/runtime/contract.ts';
import { discard, synthesized } from './synthesized.ts';

const stack = synthesized();
afterAll(() => discard(stack));

describe('the site', () => {
  const behaviour = z.object({
    PathPattern: z.string().default('*'),
    Compress: z.boolean(),
    ViewerProtocolPolicy: z.string(),
    ResponseHeadersPolicyId: z.object({ Ref: z.string() }),
    FunctionAssociations: z.array(z.object({ EventType: z.string() })).default([]),
  });
  const distribution = () =>
    z
      .object({
        DefaultCacheBehavior: behaviour,
        CacheBehaviors: behaviour.array(),
        CustomErrorResponses: z.array(z.record(z.string(), z.unknown())),
        HttpVersion: z.string(),
      })
      .parse(stack.ofType('AWS::CloudFront::Distribution')[0]?.[1].DistributionConfig);
  const behaviours = () => [distribution().DefaultCacheBehavior, ...distribution().CacheBehaviors];
  const stylesOf = (policyName: string) =>
    /style-src ([^;]*)/.exec(JSON.stringify(stack.resources.get(policyName)?.Properties))?.[1];

  it('is compressed and speaks HTTPS everywhere', () => {
    for (const { Compress, ViewerProtocolPolicy } of behaviours()) {
      expect({ Compress, ViewerProtocolPolicy }).toEqual({
        Compress: true,
        ViewerProtocolPolicy: 'redirect-to-https',
      });
    }
    expect(distribution().HttpVersion).toBe('http2and3');
  });

  it('lets inline styles stand in a digest and nowhere else', () => {
    const styles = behaviours().map(({ PathPattern, ResponseHeadersPolicyId: { Ref } }) => [
      PathPattern,
      stylesOf(Ref),
    ]);
    expect(styles).toEqual([
      ['*', "'self'"],
      ['/digest/*', "'unsafe-inline'"],
      ['*atom.xml', "'self'"],
      ['*feed.json', "'self'"],
    ]);
  });

  it('says "not found" in its own words and with the right status', () => {
    expect(distribution().CustomErrorResponses).toEqual(
      [403, 404].map((ErrorCode) => ({
        ErrorCode,
        ResponseCode: 404,
        ResponsePagePath: '/404.html',
        ErrorCachingMinTTL: 10,
      })),
    );
  });

  it('runs code at the edge only where a feed takes its own type', () => {
    const coded = behaviours().filter(({ FunctionAssociations }) => FunctionAssociations.length > 0);
    expect(coded.map(({ PathPattern }) => PathPattern)).toEqual(
      Object.values(retypedFeeds).map(({ file }) => `*${file}`),
    );
  });
});
