import { maxActiveKeys } from '../../../functions/adapters/table/token-keys.ts';
import type { TokenKey } from '../../../functions/core/newsletter/subscriber/token.ts';

export type TokenKeySummary = Omit<TokenKey, 'secret'>;

export interface KeyRotation {
  readonly maxKeys: number;
  readonly kept: readonly TokenKeySummary[];
  readonly revoked: readonly TokenKeySummary[];
}

export const planKeyRotation = (keys: readonly TokenKey[], leaked: boolean): KeyRotation => {
  const maxKeys = leaked ? 1 : maxActiveKeys;
  const summaries = keys.map(({ id, createdAt }) => ({ id, createdAt }));
  return { maxKeys, kept: summaries.slice(0, maxKeys - 1), revoked: summaries.slice(maxKeys - 1) };
};

const formatKey = ({ id, createdAt }: TokenKeySummary): string => `key ${id} (in use since ${createdAt.slice(0, 10)})`;

export const formatKeyRotation = ({ maxKeys, kept, revoked }: KeyRotation): string[] => [
  'A new key will sign the links of every mail from now on.',
  ...kept.map((key, index) => {
    const end = index === maxKeys - 2 ? 'the next rotation' : 'the rotation after the next';
    return `Links signed with ${formatKey(key)} stay valid until ${end}.`;
  }),
  ...revoked.map((key) => `Links signed with ${formatKey(key)} stop working.`),
  ...(revoked.length > 0 ? ['Readers who follow such a link are told so. The next issue has valid links.'] : []),
];
