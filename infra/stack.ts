import { CfnOutput, Stack, type StackProps, Tags, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Publication } from '../functions/core/publication.ts';
import { Dashboard } from './constructs/dashboard.ts';
import { Newsletter } from './constructs/newsletter.ts';
import { Operations } from './constructs/operations.ts';
import { Publishing } from './constructs/publishing.ts';
import { Site } from './constructs/site.ts';

export interface SeedpressProps {
  readonly publication: Publication;
  /** The file of compiled templates, as `writeTemplates` makes it. */
  readonly templates: string;
  /** Whether buckets and table outlive the stack, as they do unless this says `false`. */
  readonly keepData?: boolean;
}

/**
 * One publication:
 *
 *     seeds bucket ─event→ EventBridge ─→ uploads queue ─→ publish ─→ table: article
 *                                            └ dead letters     └─→ site bucket ─→ CloudFront ─→ readers
 *     Scheduler ─→ issues queue ─→ compose-issue ─→ table: issue, delivery batches; site bucket: issue
 *                     └ dead letters     └─→ deliveries queue ─→ deliver ─→ SES ─→ inboxes
 *                                               └ dead letters
 *     readers ─→ CloudFront /subscriptions* ─→ HTTP API ─→ subscriptions ─→ table: subscriber
 *     SES ─event→ EventBridge ─→ feedback queue ─→ record-feedback ─→ table: subscriber, counts
 *                                   └ dead letters
 *     all of them ─→ alarms, dashboard ─→ operator
 */
export class Seedpress extends Construct {
  readonly site: Site;
  readonly publishing: Publishing;
  readonly newsletter: Newsletter;

  constructor(scope: Construct, id: string, { publication, templates, keepData = true }: SeedpressProps) {
    super(scope, id);
    const operations = new Operations(this, 'Operations', { email: publication.sender.email });
    const alerts = operations.topic;
    const site = new Site(this, 'Site', { publication, keepData });
    const publishing = new Publishing(this, 'Publishing', { publication, site, templates, alerts, keepData });
    const newsletter = new Newsletter(this, 'Newsletter', {
      publication,
      site,
      publishing,
      templates,
      alerts,
    });
    new Dashboard(this, 'Dashboard', { publication, site, publishing, newsletter });
    this.site = site;
    this.publishing = publishing;
    this.newsletter = newsletter;

    Tags.of(this).add('seedpress:publication', publication.id);
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Who reads is not recorded; who uploads is for CloudTrail, and versions keep what they uploaded.',
    });
  }

  /** Names and addresses that a publisher or an operator needs, by what they are. */
  get outputs(): Readonly<Record<string, string>> {
    const { site, publishing, newsletter } = this;
    return {
      SiteAddress: site.address,
      RssFeed: `${site.address}/rss.xml`,
      AtomFeed: `${site.address}/atom.xml`,
      JsonFeed: `${site.address}/feed.json`,
      SeedsBucket: publishing.seeds.bucketName,
      InternalBucket: publishing.internalBucket.bucketName,
      Table: publishing.table.tableName,
      IssuesQueue: newsletter.queues.issues.queue.queueUrl,
      SiteBucket: site.bucket.bucketName,
      DistributionId: site.distribution.distributionId,
      DistributionDomain: site.distribution.distributionDomainName,
    };
  }
}

/** A stack of one publication and nothing else. */
export class SeedpressStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { publication, templates, keepData, ...props }: SeedpressProps & StackProps,
  ) {
    super(scope, id, { description: `Seedpress: ${publication.title}`, ...props });
    // Under this name CDK leaves it out of the names of resources, which say enough without it.
    const { outputs } = new Seedpress(this, 'Default', {
      publication,
      templates,
      ...(keepData !== undefined && { keepData }),
    });
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
