import { ArnFormat, Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Publication } from '../../functions/core/publication.ts';

export interface OperationsProps {
  readonly publication: Pick<Publication, 'alerts' | 'sender'>;
}

/** Where alarms go: to a topic of the publisher's, or to an address by a topic of this stack. */
export class Operations extends Construct {
  readonly topic: ITopic;

  constructor(scope: Construct, id: string, { publication: { alerts, sender } }: OperationsProps) {
    super(scope, id);
    this.topic = alerts?.topic
      ? Topic.fromTopicArn(this, 'Topic', alerts.topic)
      : this.createTopic(alerts?.email ?? sender.email);
  }

  private createTopic(email: string): Topic {
    // Not encrypted with KMS: CloudWatch cannot publish to a topic with the AWS managed key, a customer managed key
    // costs more than the rest of the stack, and alarm texts are not secret.
    const topic = new Topic(this, 'Topic', { displayName: 'Seedpress', enforceSSL: true });
    topic.addSubscription(new EmailSubscription(email));
    // A topic with a policy of its own has not the default one, which lets the whole account publish.
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: {
        ArnLike: {
          'aws:SourceArn': Stack.of(this).formatArn({
            service: 'cloudwatch',
            resource: 'alarm',
            resourceName: '*',
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        },
        StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
      },
    });
    topic.grantPublish(cloudWatch);
    return topic;
  }
}
