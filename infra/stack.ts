import { CfnOutput, Stack, type StackProps, Tags, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Publication } from '../functions/core/publication.ts';
import { Newsletter } from './constructs/newsletter.ts';
import { Operations } from './constructs/operations.ts';
import { Publishing } from './constructs/publishing.ts';
import { Site } from './constructs/site.ts';

export interface SeedpressStackProps extends StackProps {
  readonly publication: Publication;
  /** The file of compiled templates. */
  readonly templates: string;
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
 */
export class SeedpressStack extends Stack {
  constructor(scope: Construct, id: string, { publication, templates, ...props }: SeedpressStackProps) {
    super(scope, id, { description: `Seedpress: ${publication.title}`, ...props });
    const operations = new Operations(this, 'Operations', { email: publication.sender.email });
    const site = new Site(this, 'Site', { address: publication.site });
    const publishing = new Publishing(this, 'Publishing', {
      publication,
      site,
      templates,
      alerts: operations.topic,
    });
    const newsletter = new Newsletter(this, 'Newsletter', {
      publication,
      site,
      publishing,
      templates,
      alerts: operations.topic,
    });

    Tags.of(this).add('seedpress:publication', publication.id);
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Who reads is not recorded; who uploads is for CloudTrail, and versions keep what they uploaded.',
    });
    this.tell({
      SiteAddress: site.address,
      RssFeed: `${site.address}/rss.xml`,
      AtomFeed: `${site.address}/atom.xml`,
      JsonFeed: `${site.address}/feed.json`,
      SeedsBucket: publishing.seeds.bucketName,
      DeskBucket: publishing.desk.bucketName,
      Table: publishing.table.tableName,
      IssuesQueue: newsletter.issues.queueUrl,
      SiteBucket: site.bucket.bucketName,
      DistributionId: site.distribution.distributionId,
      DistributionDomain: site.distribution.distributionDomainName,
    });
  }

  private tell(outputs: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
