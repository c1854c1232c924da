import { keysKept } from '../../../functions/adapters/table/token-keys.ts';
import type { TokenKey } from '../../../functions/core/newsletter/token.ts';

/** A key without its secret. */
export type PublicKey = Omit<TokenKey, 'secret'>;

export interface Rotation {
  /** How many keys there are afterwards, at most, with the new one. */
  readonly most: number;
  /** Keys by which links stay valid, newest first. */
  readonly stay: readonly PublicKey[];
  /** Keys by which no link is valid any more. */
  readonly go: readonly PublicKey[];
}

/**
 * What a rotation does to the keys there are, newest first.
 * @param leaked whether somebody has them who should not: then none stays
 */
export const planRotation = (keys: readonly TokenKey[], leaked: boolean): Rotation => {
  const most = leaked ? 1 : keysKept;
  const told = keys.map(({ id, since }) => ({ id, since }));
  return { most, stay: told.slice(0, most - 1), go: told.slice(most - 1) };
};

const nameOf = ({ id, since }: PublicKey): string => `${id}, which has signed since ${since.slice(0, 10)}`;

/** A rotation for people, a line each. */
export const formatRotation = ({ most, stay, go }: Rotation): string[] => [
  'A new key signs the links of every mail from now on.',
  ...stay.map((key, place) => {
    const end = place === most - 2 ? 'the next rotation' : 'the rotation after the next';
    return `Links by key ${nameOf(key)}, stay valid until ${end}.`;
  }),
  ...go.map((key) => `Links by key ${nameOf(key)}, stop working.`),
  ...(go.length > 0
    ? [
        'Who follows one of these is told so. The next issue has valid ones; until then readers may write to you.',
      ]
    : []),
];
