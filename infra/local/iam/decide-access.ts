import { accountId } from '../base/aws-account.ts';
import { matchesWildcards } from './match-wildcards.ts';
import type { PolicyStatement } from './parse-policy.ts';
import type { AccessContext } from './policy-conditions.ts';

/** Who makes a call: a function or a schedule by its role, or a service on behalf of a resource. */
export type Caller =
  | { readonly kind: 'role'; readonly role: string; readonly name: string }
  | { readonly kind: 'service'; readonly service: string; readonly sourceArn: string };

export interface AccessCall {
  readonly caller: Caller;
  /** Such as `s3:GetObject`. */
  readonly action: string;
  /** An ARN, or `*` for an action without resources. */
  readonly resource: string;
  readonly context?: AccessContext;
}

/** The policy of a bucket, a queue, a topic or a function. */
export interface ResourcePolicy {
  readonly attachedTo: readonly string[];
  readonly statements: readonly PolicyStatement[];
}

export interface AccessPolicies {
  /** The statements of each role, by its name. */
  readonly roles: ReadonlyMap<string, readonly PolicyStatement[]>;
  readonly resources: readonly ResourcePolicy[];
}

export type AccessDecision = 'allowed' | 'explicit deny' | 'implicit deny';

/** Plain HTTP of this machine stands for TLS. */
const transportContext: AccessContext = { 'aws:securetransport': ['true'], 's3:tlsversion': ['1.3'] };

const buildContext = ({ caller, context }: AccessCall): AccessContext => ({
  ...transportContext,
  ...(caller.kind === 'service' && { 'aws:sourcearn': [caller.sourceArn], 'aws:sourceaccount': [accountId] }),
  ...context,
});

const isPrincipal = (caller: Caller, principals: readonly string[]): boolean =>
  principals.includes('*') || (caller.kind === 'service' && principals.includes(caller.service));

const isAttached = (attachedTo: readonly string[], resource: string): boolean =>
  attachedTo.some((arn) => resource === arn || resource.startsWith(`${arn}/`));

const selectStatements = ({ caller, resource }: AccessCall, policies: AccessPolicies): PolicyStatement[] => {
  const own = caller.kind === 'role' ? (policies.roles.get(caller.role) ?? []) : [];
  const attached = policies.resources
    .filter(({ attachedTo }) => isAttached(attachedTo, resource))
    .flatMap(({ statements }) => statements.filter(({ principals }) => isPrincipal(caller, principals)));
  return [...own, ...attached];
};

/**
 * Decides as IAM does within one account: a statement that denies beats all others, and without one that allows, of the
 * role or of the resource, the call is denied
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html).
 */
export const decideAccess = (call: AccessCall, policies: AccessPolicies): AccessDecision => {
  const context = buildContext(call);
  const action = call.action.toLowerCase();
  const fitting = selectStatements(call, policies).filter(
    ({ actions, resources, condition }) =>
      actions.some((each) => matchesWildcards(each.toLowerCase(), action)) &&
      resources.some((each) => matchesWildcards(each, call.resource)) &&
      condition(context),
  );
  if (fitting.some(({ effect }) => effect === 'Deny')) return 'explicit deny';
  return fitting.length > 0 ? 'allowed' : 'implicit deny';
};
