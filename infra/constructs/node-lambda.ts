import { createHash } from 'node:crypto';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage, type Duration, RemovalPolicy, Stack, Token, Validations } from 'aws-cdk-lib';
import { PolicyStatement, type PolicyStatementProps, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  RecursiveLoop,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct, type IConstruct } from 'constructs';
import { documentCodeFile, templatesFile, themeFilesFile } from '../../functions/platform/contract.ts';
import { bundleLambdas, type LambdaName } from './bundle-lambdas.ts';
import type { PrivateBucket } from './private-bucket.ts';

export interface NodeLambdaProps {
  readonly name: LambdaName;
  readonly description: string;
  readonly timeout: Duration;
  /** MB; CPU power is proportional to it. */
  readonly memorySize: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Contents of files beside the bundle. */
  readonly templates?: string;
  readonly themeFiles?: string;
  /**
   * Whether messages that it sends may lead back to it: Lambda stops such a chain after some 16 invocations otherwise.
   */
  readonly sendsToItself?: boolean;
  /** Whether it is given the fingerprint of the code that shapes documents. */
  readonly buildsDocuments?: boolean;
  /** Paths of files beside the function, by their names. */
  readonly files?: Readonly<Record<string, string>>;
  /** The module of a process or thread that the function starts. It is bundled beside the function. */
  readonly processModule?: string;
}

/** One bundling for each CDK app, since its Lambdas are bundled together. */
const bundlesByApp = new WeakMap<IConstruct, ReturnType<typeof bundleLambdas>>();

const bundleOnce = (app: IConstruct): ReturnType<typeof bundleLambdas> => {
  const bundles = bundlesByApp.get(app) ?? bundleLambdas();
  bundlesByApp.set(app, bundles);
  return bundles;
};

const bundleModule = (app: IConstruct, name: string): Uint8Array => {
  const bundle = bundleOnce(app).modules.get(name);
  if (!bundle) throw new Error(`there is no bundle of ${name}`);
  return bundle;
};

const hashText = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The bundle of a Lambda, with what it reads or starts beside it. */
const createCode = (
  scope: Construct,
  { name, templates, themeFiles, processModule, files = {}, buildsDocuments = false }: NodeLambdaProps,
): Code =>
  Code.fromAsset(fileURLToPath(new URL('../../functions/', import.meta.url)), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never used: the local bundling always succeeds or throws.
      image: DockerImage.fromRegistry('none'),
      local: {
        tryBundle: (outputFolder) => {
          const { root } = scope.node;
          writeFileSync(join(outputFolder, 'index.mjs'), bundleModule(root, name));
          if (processModule !== undefined)
            writeFileSync(join(outputFolder, `${processModule}.mjs`), bundleModule(root, processModule));
          if (buildsDocuments) writeFileSync(join(outputFolder, documentCodeFile), bundleOnce(root).documentCode);
          if (templates !== undefined) writeFileSync(join(outputFolder, templatesFile), templates);
          if (themeFiles !== undefined) writeFileSync(join(outputFolder, themeFilesFile), themeFiles);
          for (const [file, path] of Object.entries(files)) cpSync(path, join(outputFolder, file));
          return true;
        },
      },
      // Tells the Lambdas apart in CDK's cache of assets, whose key is made from these options.
      environment: { name, files: hashText(`${templates} ${themeFiles}`), processModule: processModule ?? '' },
    },
  });

/** One Lambda of `functions/` with its own log and its own role. */
export class NodeLambda extends Construct {
  readonly function: LambdaFunction;
  /** For GB-seconds, which Lambda bills. */
  readonly memoryGigabytes: number;
  private readonly role: Role;

  constructor(scope: Construct, id: string, props: NodeLambdaProps) {
    super(scope, id);
    this.memoryGigabytes = props.memorySize / 1024;
    const logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Not the default role of CDK, which may write to all logs of the account.
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(this.role);
    this.acknowledgeWildcard('Traces have no resource in IAM.');
    this.function = new LambdaFunction(this, 'Function', {
      description: props.description,
      code: createCode(this, props),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memorySize,
      timeout: props.timeout,
      environment: { ...props.environment },
      role: this.role,
      logGroup,
      tracing: Tracing.ACTIVE,
      recursiveLoop: props.sendsToItself ? RecursiveLoop.ALLOW : RecursiveLoop.TERMINATE,
    });
  }

  allow(actions: readonly string[], resource: string, conditions: PolicyStatementProps['conditions'] = {}): void {
    this.role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [resource], conditions }));
  }

  allowOnAnyResource(actions: readonly string[], reason: string): void {
    this.allow(actions, '*');
    this.acknowledgeWildcard(reason);
  }

  /**
   * Allows actions on the objects of a bucket, or of one folder in it. Who may read them may list the bucket: without
   * that, S3 answers 403 instead of 404 for a missing object.
   * @param reason why the keys cannot be listed
   */
  allowObjects(actions: readonly string[], bucket: PrivateBucket, reason: string, folder = ''): void {
    this.allow(actions, bucket.arnForObjects(`${folder}*`));
    if (actions.includes('s3:GetObject')) this.allow(['s3:ListBucket'], bucket.bucketArn);
    Validations.of(this.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${bucket.logicalId}.Arn>/${folder}*]`,
      reason,
    });
  }

  /** Allows actions on every template of SES: a mail that brings its own has no name for one. */
  allowTemplates(actions: readonly string[]): void {
    this.allow(actions, Stack.of(this).formatArn({ service: 'ses', resource: 'template', resourceName: '*' }));
    const { region, account } = Stack.of(this);
    const place = [
      Token.isUnresolved(region) ? '<AWS::Region>' : region,
      Token.isUnresolved(account) ? '<AWS::AccountId>' : account,
    ].join(':');
    Validations.of(this.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:${place}:template/*]`,
      reason: 'Mails bring their templates along, which have no names.',
    });
  }

  private acknowledgeWildcard(reason: string): void {
    Validations.of(this.role).acknowledge({ id: 'AwsSolutions-IAM5[Resource::*]', reason });
  }
}
