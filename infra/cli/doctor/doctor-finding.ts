export interface DoctorFinding {
  readonly check: string;
  readonly level: 'ok' | 'warning' | 'problem' | 'not checked';
  readonly message: string;
  readonly action?: string;
}

export const reportOk = (check: string, message: string): DoctorFinding => ({ check, level: 'ok', message });
export const reportWarning = (check: string, message: string, action: string): DoctorFinding => ({
  check,
  level: 'warning',
  message,
  action,
});
export const reportProblem = (check: string, message: string, action: string): DoctorFinding => ({
  check,
  level: 'problem',
  message,
  action,
});
export const reportNotChecked = (check: string, message: string): DoctorFinding => ({
  check,
  level: 'not checked',
  message,
});
