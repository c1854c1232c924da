import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, type LifecycleRule } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

export interface PrivateBucketProps {
  readonly keepData: boolean;
  readonly versioned?: boolean;
  readonly lifecycleRules?: readonly LifecycleRule[];
}

/** A bucket without public access that requires TLS. */
export class PrivateBucket extends Bucket {
  constructor(scope: Construct, id: string, { keepData, versioned = false, lifecycleRules = [] }: PrivateBucketProps) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned,
      lifecycleRules: [
        { id: 'incomplete-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
        ...lifecycleRules,
      ],
      removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }

  /** Sets the property of the bucket itself: `eventBridgeEnabled` would deploy a Lambda of CDK to set it. */
  sendEventsToEventBridge(): void {
    this.resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }

  /** CDK's own getter may return undefined, which its interface does not allow with exact optional types. */
  override get isWebsite(): boolean {
    return false;
  }

  get logicalId(): string {
    return this.stack.getLogicalId(this.resource);
  }

  private get resource(): CfnBucket {
    const resource = this.node.findChild('Resource');
    if (!(resource instanceof CfnBucket)) throw new TypeError(`${resource.node.path} is not a bucket`);
    return resource;
  }
}
