import { CfnOutput, Stack, type StackProps, Tags, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Publication } from '../functions/core/publication.ts';
import { publicationTag } from './check-deployment.ts';
import { Dashboard } from './constructs/dashboard.ts';
import { EdgeAlert } from './constructs/edge-alert.ts';
import { LambdaAlerts } from './constructs/lambda-alerts.ts';
import { Newsletter } from './constructs/newsletter.ts';
import { Operations } from './constructs/operations.ts';
import { Publishing } from './constructs/publishing.ts';
import { Site } from './constructs/site.ts';
import { prepareTemplates } from './theme/prepare-templates.ts';

export interface SeedpressProps {
  readonly publication: Publication;
  /** Path of the file of compiled templates, which `writeTemplates` writes. */
  readonly templates: string;
  /** Path of the folder with the files that `theme` in the settings names; by default `theme` in the current folder. */
  readonly themeFolder?: string;
  /** Whether buckets and table are kept when the stack is deleted; true by default. */
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

  constructor(
    scope: Construct,
    id: string,
    { publication, templates: templatesPath, themeFolder = 'theme', keepData = true }: SeedpressProps,
  ) {
    super(scope, id);
    const { templates, themeFiles } = prepareTemplates(templatesPath, { publication, themeFolder });
    const operations = new Operations(this, 'Operations', { publication });
    const alerts = operations.topic;
    const site = new Site(this, 'Site', { publication, keepData });
    const publishing = new Publishing(this, 'Publishing', {
      publication,
      site,
      templates,
      themeFiles,
      alerts,
      keepData,
    });
    new EdgeAlert(this, 'Edge', { distribution: site.distribution, topic: alerts });
    new LambdaAlerts(this, 'Lambda', { topic: alerts });
    const newsletter = new Newsletter(this, 'Newsletter', { publication, site, publishing, templates, alerts });
    new Dashboard(this, 'Dashboard', { publication, site, publishing, newsletter });
    this.site = site;
    this.publishing = publishing;
    this.newsletter = newsletter;

    Tags.of(this).add(publicationTag, publication.id);
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Readers are not recorded; CloudTrail can record uploads, and versions keep them.',
    });
  }

  /** Names and addresses for the publisher and the operator. */
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

export class SeedpressStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { publication, templates, keepData, ...props }: SeedpressProps & StackProps,
  ) {
    super(scope, id, {
      description: `Seedpress: ${publication.title}`,
      tags: { [publicationTag]: publication.id },
      // Nobody deletes it by accident: docs/deploying.md#taking-it-down.
      terminationProtection: keepData ?? true,
      ...props,
    });
    // CDK omits this id from the names of resources.
    const { outputs } = new Seedpress(this, 'Default', {
      publication,
      templates,
      ...(keepData !== undefined && { keepData }),
    });
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
