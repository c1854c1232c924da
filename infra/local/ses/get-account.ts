import type { SesContext } from './accept-mail.ts';

/** `GetAccount`: the rate, the daily quota and what was sent of it. */
export const handleGetAccount = ({ quota, account }: SesContext): object => ({
  DedicatedIpAutoWarmupEnabled: false,
  EnforcementStatus: 'HEALTHY',
  ProductionAccessEnabled: !account.sandbox,
  SendingEnabled: true,
  SendQuota: {
    Max24HourSend: quota.perDay,
    MaxSendRate: quota.perSecond,
    SentLast24Hours: quota.sentLastDay(),
  },
});
