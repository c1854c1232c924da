import { maxActiveKeys } from '../../../functions/adapters/table/token-keys.ts';
import type { TokenKey } from '../../../functions/core/newsletter/subscriber/token.ts';
import { connectServices } from '../connection/create-cli-services.ts';
import { CliError } from '../output/cli-error.ts';
import { type ChangeOptions, type Io, printResult, requireConfirmation } from '../output/io.ts';

interface Options extends ChangeOptions {
  readonly leaked?: boolean;
}

export const runKeysRotate = async (options: Options, io: Io): Promise<void> => {
  const { tokenKeys } = await connectServices(options, io);
  const plan = planKeyRotation((await tokenKeys.getOrCreate()).keys, options.leaked === true);
  io.err(...formatKeyRotation(plan));
  await requireConfirmation(io, 'Rotate the keys?', options);
  if (!(await tokenKeys.rotate(plan.maxKeys)))
    throw new CliError('Somebody else rotated the keys at the same time: look again.');
  const [newest] = (await tokenKeys.getOrCreate()).keys;
  const { id, createdAt } = newest ?? {};
  const { kept, revoked } = plan;
  printResult(io, options, { newest: { id, createdAt }, kept, revoked }, [`Key ${id} signs from now on.`]);
};

type TokenKeySummary = Omit<TokenKey, 'secret'>;

interface KeyRotation {
  readonly maxKeys: number;
  readonly kept: readonly TokenKeySummary[];
  readonly revoked: readonly TokenKeySummary[];
}

const planKeyRotation = (keys: readonly TokenKey[], leaked: boolean): KeyRotation => {
  const maxKeys = leaked ? 1 : maxActiveKeys;
  const summaries = keys.map(({ id, createdAt }) => ({ id, createdAt }));
  return { maxKeys, kept: summaries.slice(0, maxKeys - 1), revoked: summaries.slice(maxKeys - 1) };
};

const formatKey = ({ id, createdAt }: TokenKeySummary): string => `key ${id} (in use since ${createdAt.slice(0, 10)})`;

const formatKeyRotation = ({ maxKeys, kept, revoked }: KeyRotation): string[] => [
  'A new key will sign the links of every mail from now on.',
  ...kept.map((key, index) => {
    const end = index === maxKeys - 2 ? 'the next rotation' : 'the rotation after the next';
    return `Links signed with ${formatKey(key)} stay valid until ${end}.`;
  }),
  ...revoked.map((key) => `Links signed with ${formatKey(key)} stop working.`),
  ...(revoked.length > 0 ? ['Readers who follow such a link are told so. The next issue has valid links.'] : []),
];
