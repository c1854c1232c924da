import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export interface OperationsProps {
  readonly email: string;
}

export class Operations extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { email }: OperationsProps) {
    super(scope, id);
    // Not encrypted with KMS: CloudWatch cannot publish to a topic with the AWS managed key, a customer managed key costs
    // more than the rest of the stack, and alarm texts are not secret.
    this.topic = new Topic(this, 'Topic', { displayName: 'Seedpress', enforceSSL: true });
    this.topic.addSubscription(new EmailSubscription(email));
  }
}
