import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const statementSchema = z.looseObject({
  Action: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
});
const policySchema = z.looseObject({
  Type: z.literal('AWS::IAM::Policy'),
  Properties: z.looseObject({ PolicyDocument: z.looseObject({ Statement: z.array(statementSchema) }) }),
});
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

/** Gives the functions of a synthesized template the leave that MiniStack asks for; all else stays as it is. */
export const widenTemplatePolicies = async (file: string): Promise<void> => {
  const template = templateSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  for (const [name, resource] of Object.entries(template.Resources)) {
    const { data: policy } = policySchema.safeParse(resource);
    if (!policy) continue;
    const { PolicyDocument: document } = policy.Properties;
    const widened = { ...document, Statement: document.Statement.flatMap(addMiniStackStatements) };
    template.Resources[name] = { ...policy, Properties: { ...policy.Properties, PolicyDocument: widened } };
  }
  await writeFile(file, JSON.stringify(template));
};
