import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { accountId } from '../base/aws-account.ts';
import { createListeners } from '../base/create-listeners.ts';
import {
  type AccessCall,
  type AccessDecision,
  type AccessPolicies,
  type Caller,
  decideAccess,
  type ResourcePolicy,
} from './decide-access.ts';
import type { PolicyStatement } from './parse-policy.ts';

/** A call that no policy allows; each server answers it in its service's own form. */
export class AccessDeniedError extends Error {
  override readonly name = 'AccessDeniedError';
}

/** What the caller of one request may do. */
export interface CallerAccess {
  /** @throws {AccessDeniedError} */
  require(action: string, resource: string, context?: AccessCall['context']): void;
}

export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface AccessControl {
  addPolicies(policies: AccessPolicies): void;
  /** Credentials by which requests are known to be the caller's. */
  issueCredentials(caller: Caller): SessionCredentials;
  hasIssued(accessKeyId: string): boolean;
  of(caller: Caller): CallerAccess;
  /** The access of whoever sent a request. Requests with any other key or none are the developer's, who may do all. */
  identify(request: IncomingMessage): CallerAccess;
  /** Calls the listener with each decision. The returned function removes it. */
  onDecision(listener: (call: AccessCall, decision: AccessDecision) => void): () => void;
}

/** For whoever runs the servers on this machine. */
export const ownerAccess: CallerAccess = { require: () => {} };

/** The access key that a request is signed with, in its header or in a presigned URL. */
export const readAccessKey = ({ headers, url = '' }: IncomingMessage): string | undefined =>
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\//.exec(headers.authorization ?? '')?.[1] ??
  /[?&]X-Amz-Credential=([^%/&]+)/.exec(url)?.[1];

const formatPrincipal = (caller: Caller): string =>
  caller.kind === 'role'
    ? `arn:aws:sts::${accountId}:assumed-role/${caller.role}/${caller.name}`
    : `arn:aws:iam::${accountId}:service/${caller.service}`;

/** As AWS words it. */
const createDenial = ({ caller, action, resource }: AccessCall, decision: AccessDecision): AccessDeniedError => {
  const kind = caller.kind === 'role' ? 'identity-based' : 'resource-based';
  const reason =
    decision === 'explicit deny'
      ? 'with an explicit deny in a policy'
      : `because no ${kind} policy allows the ${action} action`;
  return new AccessDeniedError(
    `User: ${formatPrincipal(caller)} is not authorized to perform: ${action} on resource: "${resource}" ${reason}`,
  );
};

/** Knows who sends a request by its credentials, and decides what they may do by the policies of the template. */
export const createAccessControl = (): AccessControl => {
  const roles = new Map<string, readonly PolicyStatement[]>();
  const resources: ResourcePolicy[] = [];
  const callers = new Map<string, Caller>();
  const decisions = createListeners<[call: AccessCall, decision: AccessDecision]>();
  const of = (caller: Caller): CallerAccess => ({
    require: (action, resource, context) => {
      const call: AccessCall = { caller, action, resource, ...(context && { context }) };
      const decision = decideAccess(call, { roles, resources });
      decisions.notify(call, decision);
      if (decision !== 'allowed') throw createDenial(call, decision);
    },
  });
  return {
    addPolicies: (policies) => {
      for (const [role, statements] of policies.roles) roles.set(role, statements);
      resources.push(...policies.resources);
    },
    issueCredentials: (caller) => {
      const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
      callers.set(accessKeyId, caller);
      return {
        accessKeyId,
        secretAccessKey: randomBytes(20).toString('hex'),
        sessionToken: `session-of-${accessKeyId}`,
      };
    },
    hasIssued: (accessKeyId) => callers.has(accessKeyId),
    of,
    identify: (request) => {
      const caller = callers.get(readAccessKey(request) ?? '');
      return caller ? of(caller) : ownerAccess;
    },
    onDecision: decisions.add,
  };
};
