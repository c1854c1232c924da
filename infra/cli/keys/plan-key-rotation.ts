import { maxActiveKeys } from '../../../functions/adapters/table/token-keys.ts';
import type { TokenKey } from '../../../functions/core/newsletter/subscriber/token.ts';

/** A key without its secret. */
export type TokenKeySummary = Omit<TokenKey, 'secret'>;

export interface KeyRotation {
  /** How many keys there are afterwards, at most, with the new one. */
  readonly maxKeys: number;
  /** Keys by which links stay valid, newest first. */
  readonly kept: readonly TokenKeySummary[];
  /** Keys by which no link is valid any more. */
  readonly revoked: readonly TokenKeySummary[];
}

/**
 * What a rotation does to the keys there are, newest first.
 * @param leaked whether somebody has them who should not: then none stays
 */
export const planKeyRotation = (keys: readonly TokenKey[], leaked: boolean): KeyRotation => {
  const most = leaked ? 1 : maxActiveKeys;
  const summaries = keys.map(({ id, createdAt }) => ({ id, createdAt: createdAt }));
  return { maxKeys: most, kept: summaries.slice(0, most - 1), revoked: summaries.slice(most - 1) };
};

const formatKey = ({ id, createdAt: since }: TokenKeySummary): string =>
  `${id}, which has signed since ${since.slice(0, 10)}`;

/** A rotation for people, a line each. */
export const formatKeyRotation = ({ maxKeys: most, kept: stay, revoked: go }: KeyRotation): string[] => [
  'A new key signs the links of every mail from now on.',
  ...stay.map((key, place) => {
    const end = place === most - 2 ? 'the next rotation' : 'the rotation after the next';
    return `Links by key ${formatKey(key)}, stay valid until ${end}.`;
  }),
  ...go.map((key) => `Links by key ${formatKey(key)}, stop working.`),
  ...(go.length > 0
    ? [
        'Who follows one of these is told so. The next issue has valid ones; until then readers may write to you.',
      ]
    : []),
];
