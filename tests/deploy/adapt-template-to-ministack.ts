import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const statementSchema = z.looseObject({
  Action: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
});
const policySchema = z.looseObject({
  Type: z.literal('AWS::IAM::Policy'),
  Properties: z.looseObject({ PolicyDocument: z.looseObject({ Statement: z.array(statementSchema) }) }),
});
const roleSchema = z.looseObject({ Type: z.literal('AWS::IAM::Role'), Properties: z.looseObject({}) });
const templateSchema = z.looseObject({ Resources: z.record(z.string(), z.unknown()) });

type Statement = z.infer<typeof statementSchema>;

/**
 * What MiniStack asks leave for otherwise than Amazon does: SendMessageBatch, which is an action of its own here and
 * `sqs:SendMessage` there, and mails, of whose sender and configuration set it knows nothing when it asks.
 */
const addMiniStackStatements = (statement: Statement): Statement[] => {
  const sends = statement.Action.includes('sqs:SendMessage');
  const mails = statement.Action.filter((action) => action.startsWith('ses:Send'));
  return [
    statement,
    ...(sends ? [{ ...statement, Action: ['sqs:SendMessageBatch'] }] : []),
    ...(mails.length > 0 ? [{ ...statement, Action: mails, Resource: '*' }] : []),
  ];
};

const adaptPolicy = (policy: z.infer<typeof policySchema>): object => {
  const { PolicyDocument: document } = policy.Properties;
  const widened = { ...document, Statement: document.Statement.flatMap(addMiniStackStatements) };
  return { ...policy, Properties: { ...policy.Properties, PolicyDocument: widened } };
};

/**
 * Gives the functions of a synthesized template the leave that MiniStack asks for, and roles the region in their names:
 * Amazon makes these up, and MiniStack makes the same ones in every region of an account. All else stays as it is.
 */
export const adaptTemplateToMiniStack = async (file: string, region: string): Promise<void> => {
  const template = templateSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  for (const [name, resource] of Object.entries(template.Resources)) {
    const { data: policy } = policySchema.safeParse(resource);
    const { data: role } = roleSchema.safeParse(resource);
    if (policy) template.Resources[name] = adaptPolicy(policy);
    if (role) template.Resources[name] = { ...role, Properties: { ...role.Properties, RoleName: `${name}-${region}` } };
  }
  await writeFile(file, JSON.stringify(template));
};
