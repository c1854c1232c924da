import { join } from 'node:path';
import type { Mailer } from '../../../functions/adapters/mailer.ts';
import { createSesClient } from '../../../functions/adapters/ses-mailer.ts';
import type { ComposeIssueServices } from '../../../functions/compose-issue/services.ts';
import { createComposeIssueServices } from '../../../functions/runtime/compose-issue-services.ts';
import { createMailer } from '../../../functions/runtime/create-mailer.ts';
import { readComposeIssueConfig } from '../../../functions/runtime/environment.ts';
import { findPublicationFolder } from '../../publication-folder/find-publication-folder.ts';
import { compileTemplates, ownTemplatesPath, templatesFolder, themePath } from '../../templates.ts';
import { applyTheme } from '../../theme/prepare-templates.ts';
import type { Connection } from '../connection/connection.ts';
import { createCliClients, toClientSettings } from '../connection/create-cli-clients.ts';

const silentLog = { info: () => undefined, warn: () => undefined, error: () => undefined, count: () => undefined };

/**
 * Services that build an issue's email as compose-issue does, with the templates of this folder's publication, which
 * should be the deployed one. The caller closes the mailer.
 */
export const createPreviewServices = async (
  connection: Pick<Connection, 'environment' | 'now'>,
): Promise<ComposeIssueServices & { readonly mailer: Mailer }> => {
  const config = readComposeIssueConfig(connection.environment);
  const mailer = createMailer(config, () => createSesClient(toClientSettings(connection.environment, 'SESV2')));
  const folder = findPublicationFolder();
  const { templates } = applyTheme(await compileTemplates(templatesFolder, join(folder, ownTemplatesPath)), {
    publication: config.publication,
    themeFolder: join(folder, themePath),
  });
  const services = createComposeIssueServices({
    config,
    clients: createCliClients(connection.environment),
    mailer,
    templates,
    log: silentLog,
    now: connection.now,
  });
  return { ...services, mailer };
};
