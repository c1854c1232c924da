import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export interface OperationsProps {
  /** Who hears of trouble. */
  readonly email: string;
}

/** Where trouble is told: the other constructs keep their own alarms and tell this topic. */
export class Operations extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { email }: OperationsProps) {
    super(scope, id);
    // No key of our own: CloudWatch cannot write to a topic under the key that AWS manages, a key of ours costs
    // more than the rest of the stack, and an alarm's text is no secret.
    this.topic = new Topic(this, 'Topic', { displayName: 'Seedpress', enforceSSL: true });
    this.topic.addSubscription(new EmailSubscription(email));
  }
}
