export interface DoctorFinding {
  readonly check: string;
  readonly level: 'ok' | 'warning' | 'problem' | 'not checked';
  readonly message: string;
  readonly action?: string;
}

/** Makes the findings of a check. */
export const createReporter = (check: string) => ({
  ok: (message: string): DoctorFinding => ({ check, level: 'ok', message }),
  warning: (message: string, action: string): DoctorFinding => ({ check, level: 'warning', message, action }),
  problem: (message: string, action: string): DoctorFinding => ({ check, level: 'problem', message, action }),
  notChecked: (message: string): DoctorFinding => ({ check, level: 'not checked', message }),
});
