import { Fault } from '../../shared/errors.ts';
import { plain } from '../formats/archive/certificates.ts';
import type { TrustedRoot } from '../project/timestamps/roots.ts';
import { certificatesIn } from './certificate-files.ts';
import type { Answer, Register } from './command.ts';
import { ownHome } from './open.ts';
import { columns } from './terminal.ts';

interface Options {
  readonly add?: string;
  readonly remove?: string;
}

/** `trusted-roots [--add FILE | --remove FINGERPRINT]`: {roots:[{fingerprint,subject,addedAt}]}, those that are trusted then. */
function trustedRoots({ add, remove }: Options): Answer {
  if (add !== undefined && remove !== undefined) throw new Fault('USAGE', 'Give --add or --remove, not both.');
  const home = ownHome();
  const added = add === undefined ? [] : home.trustRoots(certificatesIn(add));
  const removed = remove === undefined ? [] : [home.removeRoot(remove)];
  const roots = home.roots();
  return {
    json: { roots: roots.map(shown) },
    lines: columns(roots.map(({ fingerprint, subject }) => [fingerprint, plain(subject, 100)])),
    remarks: [
      ...added.map(({ subject }) => `Time stamps of ${plain(subject, 100)} count as trusted on this installation.`),
      ...removed.map(({ subject }) => `${plain(subject, 100)} isn’t trusted any more.`),
    ],
  };
}

const shown = ({ fingerprint, subject, addedAt }: TrustedRoot) => ({
  fingerprint,
  subject,
  addedAt: new Date(addedAt).toISOString(),
});

/** The command for the roots that time stamps are checked against. */
export const trustedRootCommands: Register = (program, run) => {
  program
    .command('trusted-roots')
    .description('list the root certificates that time stamps are checked against on this installation')
    .option('--add <file>', 'trust the certificates in a file, PEM or DER')
    .option('--remove <fingerprint>', 'trust one no longer, by its fingerprint or the beginning of it')
    .action((options: Options) => run(() => trustedRoots(options)));
};
