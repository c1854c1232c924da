import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseSesEvent } from '../../functions/core/newsletter/delivery/parse-ses-event.ts';
import { edgeHeader, expiryAttribute, recipientsIndex } from '../../functions/platform/contract.ts';
import { type SynthesizedStack, synthesizeStack } from './synthesize-stack.ts';

const stack = await synthesizeStack();
const signed = await synthesizeStack({
  sender: { name: 'Gazette', email: 'editor@mail.gazette.example' },
  domain: { hostedZoneId: 'Z1', zoneName: 'gazette.example' },
});
const bySmtp = await synthesizeStack({
  newsletter: { mailer: 'smtp', smtpSecret: 'gazette/mail' },
  digest: { immediately: {}, weekly: { day: 'sunday', hour: 9 }, monthly: { day: 'first monday', hour: 6 } },
});

const findOnly = (from: SynthesizedStack, type: string) => {
  const [first, ...others] = from.listByType(type);
  if (!first || others.length > 0) throw new Error(`there is not just one ${type}`);
  return { name: first[0], properties: first[1] };
};
const functionOf = (name: string) => {
  const [found] = stack.listByType('AWS::Lambda::Function').filter(([id]) => id.includes(`${name}Function`));
  return z.object({ Environment: z.object({ Variables: z.record(z.string(), z.json()) }) }).parse(found?.[1])
    .Environment.Variables;
};
const statement = z.object({
  Action: z.union([z.string().transform((action) => [action]), z.string().array()]),
  Resource: z.json(),
});
/** What a function may do, as `action resource`, the resource shortened to what tells it from others. */
const listAllowed = (from: SynthesizedStack, name: string): string[] => {
  const [found] = from.listByType('AWS::IAM::Policy').filter(([id]) => id.includes(`${name}RoleDefaultPolicy`));
  const { Statement } = z
    .object({ PolicyDocument: z.object({ Statement: statement.array() }) })
    .parse(found?.[1]).PolicyDocument;
  return Statement.flatMap(({ Action, Resource }) =>
    [Resource].flat().flatMap((resource) => Action.map((action) => `${action} ${shorten(resource)}`)),
  ).filter((line) => !/^logs:|^sqs:(?!Send)/.test(line));
};
const shorten = (resource: z.infer<typeof statement>['Resource']): string =>
  JSON.stringify(resource)
    .replace(/\{"Ref":"AWS::\w+"\}/g, '')
    .replace(/"Fn::(Join|GetAtt)"|"Ref"|"Arn"|"arn:"|[^\w/*.@:-]/g, '')
    .replace(/:+/g, ':')
    .replace(/^:|(?<=\/):/g, '')
    .replace(/[0-9A-F]{8}(?=\/|$)/, '');

describe('the recipients index', () => {
  it('is an index of the table by cadence, and expired items are deleted', () => {
    const { properties } = findOnly(stack, 'AWS::DynamoDB::Table');
    expect(properties.GlobalSecondaryIndexes).toEqual([
      {
        IndexName: recipientsIndex.name,
        KeySchema: [
          { AttributeName: recipientsIndex.partition, KeyType: 'HASH' },
          { AttributeName: recipientsIndex.sort, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ]);
    expect(properties.TimeToLiveSpecification).toEqual({ AttributeName: expiryAttribute, Enabled: true });
  });
});

describe('schedules', () => {
  const schedulesOf = (from: SynthesizedStack) =>
    from
      .listByType('AWS::Scheduler::Schedule')
      .map(([, { ScheduleExpression, ScheduleExpressionTimezone, Target }]) => [
        ScheduleExpression,
        ScheduleExpressionTimezone,
        JSON.parse(z.object({ Input: z.string() }).parse(Target).Input),
      ]);

  it('send a message for each cadence at its hour, in the time zone of the publication', () => {
    const time = '<aws.scheduler.scheduled-time>';
    expect(schedulesOf(stack)).toEqual([
      ['cron(0 7 * * ? *)', 'Europe/Lisbon', { cadence: 'daily', time }],
      ['cron(0 7 ? * MON *)', 'Europe/Lisbon', { cadence: 'weekly', time }],
    ]);
    expect(schedulesOf(bySmtp)).toEqual([
      ['cron(0 9 ? * SUN *)', 'Europe/Lisbon', { cadence: 'weekly', time }],
      ['cron(0 6 ? * 2#1 *)', 'Europe/Lisbon', { cadence: 'monthly', time }],
    ]);
  });
});

describe('immediate issues', () => {
  const sendersToIssues = (from: SynthesizedStack): string[] =>
    from.listByType('AWS::IAM::Policy').flatMap(([name, { PolicyDocument }]) => {
      const { Statement } = z.object({ Statement: z.array(statement) }).parse(PolicyDocument);
      const isSender = Statement.some(
        ({ Action, Resource }) =>
          Action.includes('sqs:SendMessage') && JSON.stringify(Resource).includes('NewsletterIssuesQueue'),
      );
      return isSender ? [/Newsletter(ComposeIssue|Subscriptions)|Publish/.exec(name)?.[0] ?? name] : [];
    });

  it('are asked for by the builder, which may do so only where they are offered', () => {
    expect(sendersToIssues(bySmtp)).toContain('Publish');
    expect(bySmtp.text).toContain('"ISSUES_QUEUE_URL"');
    expect(sendersToIssues(stack)).not.toContain('Publish');
    expect(functionOf('Publish')).not.toHaveProperty('ISSUES_QUEUE_URL');
  });
});

describe('the subscriptions', () => {
  const origins = z.array(
    z.object({
      Id: z.string(),
      DomainName: z.json(),
      CustomOriginConfig: z.object({ OriginProtocolPolicy: z.string() }).optional(),
      OriginCustomHeaders: z.array(z.object({ HeaderName: z.string(), HeaderValue: z.json() })).default([]),
    }),
  );
  const config = () =>
    z
      .object({ Origins: origins, CacheBehaviors: z.array(z.looseObject({ PathPattern: z.string() })) })
      .parse(findOnly(stack, 'AWS::CloudFront::Distribution').properties.DistributionConfig);
  const api = findOnly(stack, 'AWS::ApiGatewayV2::Api').name;

  it('are behind the address of the site: every method, no cache, HTTPS only', () => {
    const [origin] = config().Origins.filter(({ DomainName }) => JSON.stringify(DomainName).includes(api));
    expect(origin?.CustomOriginConfig).toEqual({ OriginProtocolPolicy: 'https-only' });
    const [behaviour] = config().CacheBehaviors.filter(({ PathPattern }) => PathPattern === '/subscriptions*');
    expect(behaviour).toMatchObject({
      TargetOriginId: origin?.Id,
      AllowedMethods: expect.arrayContaining(['GET', 'POST']),
      // CloudFront's own policy "CachingDisabled".
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      ViewerProtocolPolicy: 'https-only',
    });
  });

  it('get the viewer’s address and the query from CloudFront, and no cookie', () => {
    const { properties } = findOnly(stack, 'AWS::CloudFront::OriginRequestPolicy');
    expect(properties.OriginRequestPolicyConfig).toMatchObject({
      HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['CloudFront-Viewer-Address', 'Content-Type'] },
      QueryStringsConfig: { QueryStringBehavior: 'all' },
      CookiesConfig: { CookieBehavior: 'none' },
    });
  });

  it('recognize CloudFront by a secret that only the two share', () => {
    const key = functionOf('Subscriptions').EDGE_KEY;
    expect(key).toEqual({ Ref: 'AWS::StackId' });
    expect(config().Origins.flatMap(({ OriginCustomHeaders }) => OriginCustomHeaders)).toEqual([
      { HeaderName: edgeHeader, HeaderValue: key },
    ]);
    for (const name of ['Deliver', 'ComposeIssue', 'Publish']) expect(functionOf(name)).not.toHaveProperty('EDGE_KEY');
  });

  it('are throttled, and do not depend on the distribution that depends on them', () => {
    expect(findOnly(stack, 'AWS::ApiGatewayV2::Stage').properties.DefaultRouteSettings).toEqual({
      ThrottlingRateLimit: 400,
      ThrottlingBurstLimit: 800,
    });
    const { name } = findOnly(stack, 'AWS::CloudFront::Distribution');
    expect(JSON.stringify(functionOf('Subscriptions'))).not.toContain(name);
  });
});

describe('mail', () => {
  const nameOf = (from: SynthesizedStack) => findOnly(from, 'AWS::SES::EmailIdentity').properties.EmailIdentity;
  const recordsOf = (from: SynthesizedStack) =>
    from
      .listByType('AWS::Route53::RecordSet')
      .map(([, { Type, Name, ResourceRecords }]) => [Type, Name, ResourceRecords]);

  it('comes from the address without a hosted zone', () => {
    expect(nameOf(stack)).toBe('editor@harbour-gazette.example');
    expect(recordsOf(stack)).toEqual([]);
  });

  it('comes from the domain with a hosted zone: DKIM, MAIL FROM and DMARC are in DNS', () => {
    expect(nameOf(signed)).toBe('gazette.example');
    const [first, second, third, ...others] = recordsOf(signed);
    expect([first, second, third].map((record) => record?.[0])).toEqual(['CNAME', 'CNAME', 'CNAME']);
    expect(others).toEqual([
      ['MX', 'bounce.gazette.example.', [expect.anything()]],
      ['TXT', 'bounce.gazette.example.', ['"v=spf1 include:amazonses.com ~all"']],
      ['TXT', '_dmarc.gazette.example.', ['"v=DMARC1; p=none"']],
    ]);
  });

  it('may come from an address whose domain, or a domain above it, SES knows already', async () => {
    const verified = await synthesizeStack({
      sender: { name: 'Gazette', email: 'editor@news.gazette.example', verified: true },
    });
    expect(verified.listByType('AWS::SES::EmailIdentity')).toEqual([]);
    const allowed = listAllowed(verified, 'Deliver').filter((line) =>
      line.startsWith('ses:SendBulkEmail ses:identity'),
    );
    expect(allowed).toEqual([
      'ses:SendBulkEmail ses:identity/editor@news.gazette.example',
      'ses:SendBulkEmail ses:identity/gazette.example',
      'ses:SendBulkEmail ses:identity/news.gazette.example',
    ]);
  });

  it('reports events that need action, and is not tracked', () => {
    const { properties } = findOnly(stack, 'AWS::SES::ConfigurationSetEventDestination');
    const { MatchingEventTypes } = z
      .object({ MatchingEventTypes: z.string().array() })
      .parse(properties.EventDestination);
    expect(MatchingEventTypes).toEqual(['bounce', 'complaint', 'reject', 'renderingFailure']);
    expect(findOnly(stack, 'AWS::SES::ConfigurationSet').properties).not.toHaveProperty('TrackingOptions');
  });

  it('sends the known events of this publication’s emails to record-feedback', () => {
    const [told] = stack.listByType('AWS::Events::Rule').filter(([id]) => id.includes('Feedback'));
    const pattern = z
      .object({ source: z.string().array(), 'detail-type': z.string().array(), resources: z.json() })
      .parse(told?.[1].EventPattern);
    expect(pattern.source).toEqual(['aws.ses']);
    expect(JSON.stringify(pattern.resources)).toContain(findOnly(stack, 'AWS::SES::ConfigurationSet').name);
    expect(pattern['detail-type']).toHaveLength(4);
    // An event that they read has to be whole; of others they take no notice.
    for (const type of pattern['detail-type'])
      expect(() => parseSesEvent({ source: 'aws.ses', 'detail-type': type })).toThrow();
    expect(parseSesEvent({ source: 'aws.ses', 'detail-type': 'Email Delivery Delayed' })).toBeUndefined();
  });

  it('by SMTP takes the URL from a secret, and creates nothing in SES', () => {
    const types = [...bySmtp.resources.values()].map(({ Type }) => Type);
    expect(types.filter((type) => type.startsWith('AWS::SES'))).toEqual([]);
    expect(bySmtp.text).not.toContain('ses:');
    const told = bySmtp.text.match(/\{\{resolve:secretsmanager:gazette\/mail:/g);
    expect(told).toHaveLength(3);
    expect(bySmtp.listByType('AWS::Lambda::Function').map(([id]) => id.replace(/Function\w+$/, ''))).toEqual([
      'PublishingPublish',
      'PublishingPicturesResizePicture',
      'NewsletterSubscriptions',
      'NewsletterComposeIssue',
      'NewsletterDeliver',
    ]);
  });
});

describe('each function has exactly the permissions it needs:', () => {
  const identity = 'ses:identity/NewsletterMailSenderIdentity';
  const configurationSet = 'ses:configuration-set/NewsletterMailConfigurationSet';

  it.each([
    [
      'Subscriptions',
      [
        'dynamodb:GetItem PublishingTable',
        'dynamodb:Query PublishingTable',
        'dynamodb:UpdateItem PublishingTable',
        's3:GetObject PublishingInternal/drafts/*',
        's3:ListBucket PublishingInternal',
        's3:PutObject PublishingInternal/erasures/*',
        'ses:DeleteSuppressedDestination *',
        `ses:SendEmail ${configurationSet}`,
        `ses:SendEmail ${identity}`,
        'sqs:SendMessage NewsletterIssuesQueue',
      ],
    ],
    [
      'ComposeIssue',
      [
        'dynamodb:BatchGetItem PublishingTable',
        'dynamodb:BatchWriteItem PublishingTable',
        'dynamodb:GetItem PublishingTable',
        'dynamodb:Query PublishingTable',
        'dynamodb:Query PublishingTable/index/recipients',
        'dynamodb:UpdateItem PublishingTable',
        's3:DeleteObject PublishingInternal/drafts/*',
        's3:GetObject PublishingInternal/bodies/*',
        's3:GetObject PublishingInternal/drafts/*',
        's3:GetObject PublishingInternal/issues/*',
        's3:ListBucket PublishingInternal',
        's3:PutObject PublishingInternal/drafts/*',
        's3:PutObject PublishingInternal/issues/*',
        's3:PutObject PublishingInternal/ledger/*',
        's3:PutObject SiteBucket/issues/*',
        'ses:ListSuppressedDestinations *',
        `ses:SendEmail ${configurationSet}`,
        `ses:SendEmail ${identity}`,
        'sqs:SendMessage NewsletterDeliveriesQueue',
        'sqs:SendMessage NewsletterIssuesQueue',
        'sqs:SendMessage PublishingUploadsQueue',
      ],
    ],
    [
      'Deliver',
      [
        'dynamodb:BatchGetItem PublishingTable',
        'dynamodb:GetItem PublishingTable',
        'dynamodb:UpdateItem PublishingTable',
        's3:GetObject PublishingInternal/issues/*',
        's3:ListBucket PublishingInternal',
        'ses:GetAccount *',
        `ses:SendBulkEmail ${configurationSet}`,
        `ses:SendBulkEmail ${identity}`,
        'ses:SendBulkEmail ses:template/*',
        `ses:SendBulkTemplatedEmail ${configurationSet}`,
        `ses:SendBulkTemplatedEmail ${identity}`,
        'ses:SendBulkTemplatedEmail ses:template/*',
        'sqs:SendMessage NewsletterDeliveriesQueue',
      ],
    ],
    ['RecordFeedback', ['dynamodb:GetItem PublishingTable', 'dynamodb:UpdateItem PublishingTable']],
  ])('%s', (name, actions) => {
    const traces = ['xray:PutTelemetryRecords *', 'xray:PutTraceSegments *'];
    expect(listAllowed(stack, name).sort()).toEqual([...actions, ...traces]);
  });

  it('a sender under a domain may be an identity, too', () => {
    expect(listAllowed(signed, 'Subscriptions').filter((line) => line.startsWith('ses:'))).toEqual([
      'ses:DeleteSuppressedDestination *',
      `ses:SendEmail ${configurationSet}`,
      `ses:SendEmail ${identity}`,
      'ses:SendEmail ses:identity/editor@mail.gazette.example',
    ]);
  });
});
