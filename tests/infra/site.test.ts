import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contentTypeOverrides } from '../../functions/platform/contract.ts';
import { synthesizeStack } from './synthesize-stack.ts';

const stack = await synthesizeStack();

describe('the site', () => {
  const behaviour = z.object({
    PathPattern: z.string().default('*'),
    Compress: z.boolean(),
    ViewerProtocolPolicy: z.string(),
    CachePolicyId: z.json().optional(),
    ResponseHeadersPolicyId: z.object({ Ref: z.string() }).optional(),
    TargetOriginId: z.string(),
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
      .parse(stack.listByType('AWS::CloudFront::Distribution')[0]?.[1].DistributionConfig);
  const behaviours = () => [distribution().DefaultCacheBehavior, ...distribution().CacheBehaviors];
  /** Those that serve documents of the bucket. */
  const ofDocuments = () => {
    const [first, ...others] = behaviours();
    return first ? [first, ...others.filter(({ TargetOriginId }) => TargetOriginId === first.TargetOriginId)] : [];
  };
  const stylesOf = (policyName: string) =>
    /style-src ([^;]*)/.exec(JSON.stringify(stack.resources.get(policyName)?.Properties))?.[1];

  it('is compressed and requires HTTPS everywhere', () => {
    for (const { Compress, ViewerProtocolPolicy, PathPattern } of behaviours()) {
      expect({ Compress, ViewerProtocolPolicy }).toEqual({
        Compress: true,
        ViewerProtocolPolicy: PathPattern === '/subscriptions*' ? 'https-only' : 'redirect-to-https',
      });
    }
    expect(distribution().HttpVersion).toBe('http2and3');
  });

  it('lets nobody keep or index a preview, nor learn its address from a link on it', () => {
    const config = z.object({
      ResponseHeadersPolicyConfig: z.object({
        CorsConfig: z.undefined().optional(),
        CustomHeadersConfig: z.object({
          Items: z.array(z.object({ Header: z.string(), Value: z.string(), Override: z.literal(true) })),
        }),
        SecurityHeadersConfig: z.looseObject({
          ReferrerPolicy: z.object({ ReferrerPolicy: z.string(), Override: z.literal(true) }),
        }),
      }),
    });
    const [previews] = behaviours().filter(({ PathPattern }) => PathPattern === '/previews/*');
    // CloudFront's own policy "CachingDisabled".
    expect(previews).toMatchObject({ CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad' });
    const { ResponseHeadersPolicyConfig: headers } = config.parse(
      stack.resources.get(previews?.ResponseHeadersPolicyId?.Ref ?? '')?.Properties,
    );
    const custom = headers.CustomHeadersConfig.Items.map(({ Header, Value }) => [Header.toLowerCase(), Value]);
    expect(Object.fromEntries(custom)).toMatchObject({
      'cache-control': 'private, no-store',
      'x-robots-tag': 'noindex, nofollow, noarchive',
    });
    expect(headers.SecurityHeadersConfig.ReferrerPolicy.ReferrerPolicy).toBe('no-referrer');
  });

  it('allows inline styles in digests and previews only', () => {
    const styles = ofDocuments().map(({ PathPattern, ResponseHeadersPolicyId }) => [
      PathPattern,
      stylesOf(ResponseHeadersPolicyId?.Ref ?? ''),
    ]);
    expect(styles).toEqual([
      ['*', "'self'"],
      ['/files/*', "'none'"],
      ['/previews/*', "'self' 'unsafe-inline'"],
      ['/digest/*', "'unsafe-inline'"],
      ['/search', "'self'"],
      ['*atom.xml', "'self'"],
      ['*feed.json', "'self'"],
    ]);
  });

  it('has its own page with status 404 for a missing object', () => {
    expect(distribution().CustomErrorResponses.slice(0, 2)).toEqual(
      [403, 404].map((ErrorCode) => ({
        ErrorCode,
        ResponseCode: 404,
        ResponsePagePath: '/404.html',
        ErrorCachingMinTTL: 10,
      })),
    );
  });

  it('repeats no other error to the next reader, as CloudFront would for ten seconds', () => {
    expect(distribution().CustomErrorResponses.slice(2)).toEqual(
      [500, 502, 503, 504].map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })),
    );
  });

  it('has the region in each name that belongs to the whole account, so that two regions can have a stack', () => {
    const named = [...stack.resources].filter(
      ([, { Type }]) => Type.startsWith('AWS::CloudFront::') && Type !== 'AWS::CloudFront::Distribution',
    );
    const names = named.map(
      ([, { Properties }]) => JSON.stringify(Properties).match(/"Name":(\{.*?\]\]\}|"[^"]*")/)?.[1],
    );
    expect(names).toHaveLength(12);
    for (const name of names) {
      expect(name).toContain('{"Ref":"AWS::Region"}');
      const text = name?.replace('{"Ref":"AWS::Region"}', 'ap-southeast-1').replaceAll(/Fn::Join|[^\w-]/g, '') ?? '';
      expect(text.length).toBeLessThanOrEqual(64);
    }
  });

  it('runs a CloudFront function on pages, for redirects, and on feeds with a content type of their own', () => {
    const coded = behaviours().filter(({ FunctionAssociations }) => FunctionAssociations.length > 0);
    expect(coded.map(({ PathPattern }) => PathPattern)).toEqual([
      '*',
      ...Object.values(contentTypeOverrides).map(({ file }) => `*${file}`),
    ]);
    for (const { FunctionAssociations } of coded)
      expect(FunctionAssociations.map(({ EventType }) => EventType)).toEqual(['viewer-request', 'viewer-response']);
  });
});
