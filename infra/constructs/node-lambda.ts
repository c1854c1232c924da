import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { templatesFile } from '../../functions/platform/contract.ts';
import type { PrivateBucket } from './private-bucket.ts';

export interface NodeLambdaProps {
  /** Names the file under `functions/`. */
  readonly name: string;
  readonly description: string;
  readonly timeout: Duration;
  /** MB; processor time comes in proportion. */
  readonly memorySize: number;
  readonly environment: Readonly<Record<string, string>>;
  /** The file of compiled templates, for those that read it: it lies beside the bundle when it runs. */
  readonly templates?: string;
}

const projectRootFolder = fileURLToPath(new URL('../../', import.meta.url));

/** CommonJS packages inside an ES module bundle ask for `require`, which ES modules do not have. */
const requireForCommonJs =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/**
 * One Lambda of `functions/`, bundled whole: nothing of it depends on what the runtime brings along, so the
 * bytes that were tested are the bytes that run.
 */
export class NodeLambda extends Construct {
  readonly function: NodejsFunction;
  /** Of memory, which Lambda bills by the second. */
  readonly memoryGigabytes: number;
  private readonly role: Role;

  constructor(scope: Construct, id: string, props: NodeLambdaProps) {
    super(scope, id);
    this.memoryGigabytes = props.memorySize / 1024;
    const logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // A role of its own, since the one that CDK makes may write to every log of the account.
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(this.role);
    // CDK allows what tracing needs, and IAM has no narrower name for it.
    this.acknowledgeWildcard('Traces belong to no resource.');
    this.function = new NodejsFunction(this, 'Function', {
      description: props.description,
      entry: `${projectRootFolder}functions/${props.name}.ts`,
      projectRoot: projectRootFolder,
      depsLockFilePath: `${projectRootFolder}package-lock.json`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memorySize,
      timeout: props.timeout,
      environment: { ...props.environment },
      // SDK version 3 keeps connections alive by itself; CDK would set a variable that nothing reads.
      awsSdkConnectionReuse: false,
      role: this.role,
      logGroup,
      tracing: Tracing.ACTIVE,
      bundling: {
        format: OutputFormat.ESM,
        target: 'node24',
        mainFields: ['module', 'main'],
        externalModules: [],
        bundleAwsSDK: true,
        minify: true,
        keepNames: true,
        logLevel: LogLevel.ERROR,
        banner: requireForCommonJs,
        commandHooks: {
          beforeBundling: () => [],
          beforeInstall: () => [],
          afterBundling: (_input, output) =>
            props.templates === undefined
              ? []
              : [`cp "${resolve(props.templates)}" "${output}/${templatesFile}"`],
        },
      },
    });
  }

  /** Allows these actions on one resource, and nothing else. */
  allow(actions: readonly string[], resource: string): void {
    this.role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [resource] }));
  }

  /**
   * Allows actions that IAM cannot narrow to any resource.
   * @param reason what they are for
   */
  allowOnAnyResource(actions: readonly string[], reason: string): void {
    this.allow(actions, '*');
    this.acknowledgeWildcard(reason);
  }

  /**
   * Allows these actions on the objects of a bucket, or of one folder of it.
   * @param reason why no narrower name than a star will do
   */
  allowObjects(actions: readonly string[], bucket: PrivateBucket, reason: string, folder = ''): void {
    this.allow(actions, bucket.arnForObjects(`${folder}*`));
    Validations.of(this.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${bucket.logicalId}.Arn>/${folder}*]`,
      reason,
    });
  }

  private acknowledgeWildcard(reason: string): void {
    Validations.of(this.role).acknowledge({ id: 'AwsSolutions-IAM5[Resource::*]', reason });
  }
}
