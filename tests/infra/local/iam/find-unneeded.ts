import { type AccessCall, type AccessPolicies, decideAccess } from '../../../../infra/local/iam/decide-access.ts';
import type { PolicyStatement } from '../../../../infra/local/iam/parse-policy.ts';

/** The same statements without one action or one resource of one of them. */
const listReductions = (
  statements: readonly PolicyStatement[],
): { readonly taken: string; readonly left: readonly PolicyStatement[] }[] =>
  statements.flatMap((statement, index) => {
    // What denies guards against calls that do not come, such as those without TLS.
    if (statement.effect === 'Deny') return [];
    return (['actions', 'resources'] as const).flatMap((part) =>
      statement[part].map((taken) => ({
        taken: part === 'actions' ? `${taken} on ${statement.resources}` : `${statement.actions} on ${taken}`,
        left: statements.with(index, { ...statement, [part]: statement[part].filter((each) => each !== taken) }),
      })),
    );
  });

/**
 * What can be taken from the policies, action by action and resource by resource, without a call that is then refused.
 */
export const findUnneeded = (policies: AccessPolicies, calls: readonly AccessCall[]): string[] => {
  const distinct = [...new Map(calls.map((call) => [JSON.stringify(call), call])).values()];
  const isUnneeded = (reduced: AccessPolicies): boolean =>
    distinct.every((call) => decideAccess(call, reduced) === 'allowed');
  const ofRoles = [...policies.roles].flatMap(([role, statements]) =>
    listReductions(statements)
      .filter(({ left }) => isUnneeded({ ...policies, roles: new Map(policies.roles).set(role, left) }))
      .map(({ taken }) => `${role}: ${taken}`),
  );
  const ofResources = policies.resources.flatMap((policy, index) =>
    listReductions(policy.statements)
      .filter(({ left }) =>
        isUnneeded({ ...policies, resources: policies.resources.with(index, { ...policy, statements: left }) }),
      )
      .map(({ taken }) => `${policy.attachedTo}: ${taken}`),
  );
  return [...ofRoles, ...ofResources];
};
