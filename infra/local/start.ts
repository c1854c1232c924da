import { findPublicationFolder } from '../publication-folder/find-publication-folder.ts';
import { toCommandFailure } from './command-failure.ts';
import { exitWithFailure, print, runLocal } from './run-local.ts';
import { parseStartOptions } from './start-options.ts';

try {
  const folder = findPublicationFolder();
  const options = parseStartOptions(process.argv.slice(2), process.env, folder);
  if ('help' in options) print(options.help);
  else await runLocal(options, folder);
} catch (error) {
  exitWithFailure(toCommandFailure(error));
}
