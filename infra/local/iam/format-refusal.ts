import type { AccessCall, AccessDecision } from './decide-access.ts';

const formatCaller = ({ caller }: AccessCall): string =>
  caller.kind === 'role' ? caller.name : `${caller.service} for ${caller.sourceArn}`;

const formatReason = ({ caller }: AccessCall, decision: AccessDecision): string => {
  if (decision === 'explicit deny') return 'a statement denies it';
  return caller.kind === 'role'
    ? `no statement of its role ${caller.role} allows it`
    : 'no policy of the resource allows it';
};

/** The line of the terminal about a call that was denied. */
export const formatRefusal = (call: AccessCall, decision: AccessDecision): string =>
  `${formatCaller(call)}: AccessDenied: ${call.action} on ${call.resource}: ${formatReason(call, decision)}`;
