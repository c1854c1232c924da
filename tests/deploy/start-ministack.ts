import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { runProcess } from './run-process.ts';
import { waitUntil } from './wait-until.ts';

/** An AWS of this machine's own, and how to reach it. */
export interface MiniStack {
  readonly port: number;
  readonly endpoint: string;
  readonly region: string;
  /** For commands that are to see this AWS and no other: nothing of the caller's accounts is in it. */
  readonly environment: NodeJS.ProcessEnv;
  /** What it logged last. */
  readLogTail(): Promise<string>;
  stop(): Promise<void>;
}

export interface MiniStackOptions {
  /** Python with the package. */
  readonly python: string;
  /** A folder for all that it writes. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Where the app is deployed first, and second: CloudFront's own region has one more alarm. */
export const deployedRegions = ['eu-west-1', 'us-east-1'] as const;
const [homeRegion] = deployedRegions;

/** Starts MiniStack on a free port of 127.0.0.1, under TLS and with IAM's policies enforced. */
export const startMiniStack = async ({ python, folder, signal }: MiniStackOptions): Promise<MiniStack> => {
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  await runProcess('openssl', buildCertificateArguments(certificate, key), { timeoutSeconds: 20, signal });
  setDefaultCACertificates([...getCACertificates('default'), await readFile(certificate, 'utf8')]);
  const port = await findFreePort();
  const endpoint = `https://127.0.0.1:${port}`;
  // The project's own Node first: functions run on it.
  const PATH = `${dirname(process.execPath)}:${process.env.PATH}`;
  const machine = { PATH, HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8', NODE_EXTRA_CA_CERTS: certificate };
  const logFile = join(folder, 'ministack.log');
  const log = await open(logFile, 'w');
  const child = spawn(python, ['-m', 'ministack'], {
    cwd: folder,
    env: {
      ...machine,
      ...buildMiniStackSettings(port),
      MINISTACK_SSL_CERT: certificate,
      MINISTACK_SSL_KEY: key,
    },
    // A group of its own, so that its functions end with it.
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  const ended = once(child, 'exit');
  await log.close();
  const logEnd = async (): Promise<string> => (await readFile(logFile, 'utf8')).split('\n').slice(-30).join('\n');
  const stop = async (): Promise<void> => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL');
    await ended;
  };
  try {
    await waitUntil('MiniStack answers', async () => {
      signal.throwIfAborted();
      if (child.exitCode !== null) throw new Error(`MiniStack ended:\n${await logEnd()}`);
      const answer = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
      return answer?.ok ? true : undefined;
    });
  } catch (error) {
    await stop();
    throw error;
  }
  const account = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  const environment = { ...machine, ...account, AWS_ENDPOINT_URL: endpoint, AWS_CA_BUNDLE: certificate };
  return inRegion({ port, endpoint, environment, readLogTail: logEnd, stop }, homeRegion);
};

/** Another region of the same account. */
export const inRegion = (aws: Omit<MiniStack, 'region'>, region: string): MiniStack => ({
  ...aws,
  region,
  environment: { ...aws.environment, AWS_REGION: region, AWS_DEFAULT_REGION: region },
});

/** Buckets refuse whoever comes without TLS, here as at Amazon. */
const buildCertificateArguments = (certificate: string, key: string): string[] => [
  'req',
  ...['-x509', '-noenc', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-days', '1'],
  ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
  ...['-out', certificate, '-keyout', key],
];

const buildMiniStackSettings = (port: number) => ({
  BIND_HOST: '127.0.0.1',
  GATEWAY_PORT: String(port),
  MINISTACK_REGION: homeRegion,
  USE_SSL: '1',
  // Every call of a function is held against the policies of its role.
  AUTH: 'true',
  LAMBDA_EXECUTOR: 'local',
  IOT_MTLS_ENABLED: '0',
});

const findFreePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  server.close();
  await once(server, 'close');
  if (typeof bound !== 'object' || !bound) throw new Error('no free port');
  return bound.port;
};
