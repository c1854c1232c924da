import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  type LifecycleRule,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

export interface PrivateBucketProps {
  /** Whether it outlives the stack, with what is in it. */
  readonly keepData: boolean;
  readonly versioned?: boolean;
  readonly lifecycleRules?: readonly LifecycleRule[];
}

/** A bucket that nobody reaches from outside, and that speaks TLS alone. */
export class PrivateBucket extends Bucket {
  constructor(
    scope: Construct,
    id: string,
    { keepData, versioned = false, lifecycleRules = [] }: PrivateBucketProps,
  ) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned,
      lifecycleRules: [
        { id: 'half-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
        ...lifecycleRules,
      ],
      removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }

  /**
   * Sends the bucket's events to EventBridge by the bucket's own setting; `eventBridgeEnabled` would deploy a
   * Lambda of CDK's to do the same.
   */
  sendEventsToEventBridge(): void {
    this.resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }

  /** Never; said here because CDK's own answer, perhaps undefined, is not exact enough for strict optional types. */
  override get isWebsite(): boolean {
    return false;
  }

  /** The bucket's name in the template. */
  get logicalId(): string {
    return this.stack.getLogicalId(this.resource);
  }

  private get resource(): CfnBucket {
    const resource = this.node.findChild('Resource');
    if (!(resource instanceof CfnBucket)) throw new TypeError(`${resource.node.path} is no bucket`);
    return resource;
  }
}
