import { accountId, formatArn } from '../base/aws-account.ts';
import type { EventTarget } from '../events/plan-target.ts';
import { type AccessCall, type Caller, decideAccess } from '../iam/decide-access.ts';
import { formatRefusal } from '../iam/format-refusal.ts';
import { UnsupportedTemplateError } from '../template/template.ts';
import type { StackPlan } from './plan-stack.ts';

const listFunctionCalls = ({ functions, mappings }: StackPlan): AccessCall[] =>
  functions.flatMap(({ name, role, logGroupArn, isTraced }) => {
    const caller: Caller = { kind: 'role', role, name };
    const logStream = logGroupArn?.replace(/\*$/, 'log-stream:local');
    const sources = mappings.filter((mapping) => mapping.function === name && !mapping.isInvocation);
    return [
      ...(logStream === undefined
        ? []
        : ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => ({ caller, action, resource: logStream }))),
      ...(isTraced ? ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'] : []).map((action) => ({
        caller,
        action,
        resource: '*',
      })),
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html, "Execution role permissions"
      ...sources.flatMap(({ queueArn }) =>
        ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'].map((action) => ({
          caller,
          action,
          resource: queueArn,
        })),
      ),
    ];
  });

const listTargetCalls = (caller: Caller, { arn, function: name, deadLettersArn }: EventTarget): AccessCall[] => [
  { caller, action: name === undefined ? 'sqs:SendMessage' : 'lambda:InvokeFunction', resource: arn },
  ...(deadLettersArn === undefined ? [] : [{ caller, action: 'sqs:SendMessage', resource: deadLettersArn }]),
];

const listEventCalls = ({ rules, schedules }: StackPlan): AccessCall[] => [
  ...rules.flatMap(({ arn, targets, topics }) => {
    const caller: Caller = { kind: 'service', service: 'events.amazonaws.com', sourceArn: arn };
    return [
      ...targets.flatMap((target) => listTargetCalls(caller, target)),
      ...topics.map((resource): AccessCall => ({ caller, action: 'sns:Publish', resource })),
    ];
  }),
  ...schedules.flatMap(({ name, role, target }) => listTargetCalls({ kind: 'role', role, name }, target)),
];

const listApiCalls = ({ apis, functions }: StackPlan): AccessCall[] =>
  apis.flatMap(({ name: api, routes }) =>
    routes.map(({ key, function: name }): AccessCall => {
      const route = key.startsWith('$') ? key : key.replace(' ', '');
      const sourceArn = formatArn('execute-api', `${api}/$default/${route}`);
      return {
        caller: { kind: 'service', service: 'apigateway.amazonaws.com', sourceArn },
        action: 'lambda:InvokeFunction',
        resource: functions.find((each) => each.name === name)?.arn ?? name,
      };
    }),
  );

const listAlarmCalls = ({ alarms }: StackPlan): AccessCall[] =>
  alarms.flatMap(({ arn, topics }) =>
    topics.map(
      (resource): AccessCall => ({
        caller: { kind: 'service', service: 'cloudwatch.amazonaws.com', sourceArn: arn },
        action: 'sns:Publish',
        resource,
      }),
    ),
  );

/** Services take over the roles of functions and schedules. */
const listRoleCalls = ({ functions, schedules }: StackPlan): AccessCall[] => {
  const buildCall = (role: string, service: string, sourceArn: string): AccessCall => ({
    caller: { kind: 'service', service, sourceArn },
    action: 'sts:AssumeRole',
    resource: formatArn('iam', `role/${role}`, `:${accountId}`),
  });
  return [
    ...functions.map(({ role, arn }) => buildCall(role, 'lambda.amazonaws.com', arn)),
    ...schedules.map(({ role, groupArn }) => buildCall(role, 'scheduler.amazonaws.com', groupArn)),
  ];
};

/**
 * The calls that services of AWS make for the stack, all of which the template decides: they poll queues, write logs,
 * send events and invoke functions.
 */
export const listServiceCalls = (plan: StackPlan): AccessCall[] => [
  ...listRoleCalls(plan),
  ...listFunctionCalls(plan),
  ...listEventCalls(plan),
  ...listApiCalls(plan),
  ...listAlarmCalls(plan),
];

/** @throws {UnsupportedTemplateError} for calls that AWS would refuse, which shows there only when nothing arrives */
export const checkServiceCalls = (plan: StackPlan): void => {
  const refused = listServiceCalls(plan).flatMap((call) => {
    const decision = decideAccess(call, plan.policies);
    return decision === 'allowed' ? [] : [formatRefusal(call, decision)];
  });
  if (refused.length > 0)
    throw new UnsupportedTemplateError(`AWS would refuse what the template needs:\n${refused.join('\n')}`);
};
