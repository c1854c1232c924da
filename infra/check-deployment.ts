import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { type Publication, SettingsError } from '../functions/core/publication.ts';
import type { Stage } from './stage.ts';

/** The tag of a stack with the id of its publication. */
export const publicationTag = 'seedpress:publication';

const samplePostalAddress = 'The Harbour Gazette, 1 Quay Street';

/** What a new publication has until its owner enters the real ones. */
export const toPlaceholderSender = (id: string): string => `your-address@${id}.example`;
export const placeholderPostalAddress = 'Your name, street and town: the law asks for an address in every newsletter';

/** The names of settings that are still those of the sample, or of a new publication. */
const listSampleSettings = ({ id, sender, postalAddress }: Publication): string[] => [
  ...(id === 'harbour-gazette' ? ['id'] : []),
  ...(/[@.]harbour-gazette\.example$/.test(sender.email) || sender.email === toPlaceholderSender(id)
    ? ['sender.email']
    : []),
  ...([samplePostalAddress, placeholderPostalAddress].some((address) => postalAddress.startsWith(address))
    ? ['postalAddress']
    : []),
];

/** @returns undefined where there is no such stack, or one without the tag */
const fetchPublicationId = async (client: CloudFormationClient, StackName: string): Promise<string | undefined> => {
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    return stack?.Tags?.find(({ Key }) => Key === publicationTag)?.Value;
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
};

/**
 * Looks, before anything is deployed, whose publication it is and what it would replace.
 * @throws {SettingsError} for what only the sample publication has, and where the stack belongs to another publication
 */
export const checkDeployment = async (
  { stackName, publication }: Pick<Stage, 'stackName' | 'publication'>,
  cloudFormation: CloudFormationClient,
): Promise<void> => {
  const samples = listSampleSettings(publication);
  if (samples.length > 0)
    throw new SettingsError(
      `These settings are still those of the sample publication: ${samples.join(', ')}.\n` +
        'Enter your own before you use an AWS account: docs/deploying.md, step 5.',
    );
  const deployed = await fetchPublicationId(cloudFormation, stackName);
  if (deployed !== undefined && deployed !== publication.id)
    throw new SettingsError(
      `The stack ${stackName} in this account and region belongs to the publication "${deployed}", not to "${publication.id}".\n` +
        'Deploying would replace it. Deploy to another region or account, or as a stage with a name of its own (docs/deploying.md#stages).',
    );
};
