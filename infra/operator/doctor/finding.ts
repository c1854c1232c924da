/** What the doctor found out about one thing. */
export interface Finding {
  /** What was looked at, in a word or two. */
  readonly check: string;
  readonly level: 'ok' | 'warning' | 'problem' | 'not checked';
  readonly says: string;
  /** What to do about it, in a sentence. */
  readonly todo?: string;
}

export const ok = (check: string, says: string): Finding => ({ check, level: 'ok', says });
export const warning = (check: string, says: string, todo: string): Finding => ({
  ...{ check, says, todo },
  level: 'warning',
});
export const problem = (check: string, says: string, todo: string): Finding => ({
  ...{ check, says, todo },
  level: 'problem',
});
export const notChecked = (check: string, says: string): Finding => ({ check, level: 'not checked', says });
