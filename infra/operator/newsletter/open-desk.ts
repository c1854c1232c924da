import { fileURLToPath } from 'node:url';
import type { Mailer } from '../../../functions/adapters/mailer.ts';
import { createSesClient } from '../../../functions/adapters/ses-mailer.ts';
import type { ComposingServices } from '../../../functions/composing/services.ts';
import { createComposingServices } from '../../../functions/runtime/composing-services.ts';
import { readComposingConfig } from '../../../functions/runtime/config.ts';
import { createMailer } from '../../../functions/runtime/create-mailer.ts';
import { compileTemplates } from '../../templates.ts';
import type { Connection } from '../connection.ts';
import { clientSettings, createOperatorClients } from '../create-clients.ts';

const templates = fileURLToPath(new URL('../../../templates', import.meta.url));
const silent = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  count: () => undefined,
};

/**
 * What letters are drafted and mailed with, by the templates of this checkout: it is to be the one that is deployed.
 * Who mailed something closes the mailer.
 */
export const openDesk = async (
  connection: Pick<Connection, 'environment' | 'now'>,
): Promise<ComposingServices & { readonly mailer: Mailer }> => {
  const config = readComposingConfig(connection.environment);
  const mailer = createMailer(config.publication, config.mail, () =>
    createSesClient(clientSettings(connection, 'SESV2')),
  );
  const services = createComposingServices({
    config,
    clients: createOperatorClients(connection),
    mailer,
    templates: await compileTemplates(templates),
    log: silent,
    now: connection.now,
  });
  return { ...services, mailer };
};
