import { existsSync, realpathSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { CallOutput } from '../../shared/contract/index.ts';
import { rebuildProject } from '../db/index.ts';
import { newProject } from '../engine/create-project.ts';
import { decryptProject, encryptProject } from '../engine/encrypted-project.ts';
import { folderOfEncrypted, isEncryptedProject, PROJECT_SUFFIX } from '../host/file-names.ts';
import { openSavedWindowsFile } from '../host/saved-windows-file.ts';
import { Fault } from '../../shared/errors.ts';
import type { Answer, Register } from './command.ts';
import { newProjectFolder, ownHome, projectFolder, withProject, type Caller } from './open.ts';
import { newPassphraseFrom, passphraseFrom } from './secrets.ts';
import { columns, oneLine } from './terminal.ts';
import { counted } from '../../shared/text/counted.ts';
import { formatMoment } from '../../shared/text/moment.ts';

interface CloseOptions {
  readonly encrypt?: true;
  readonly passphraseFile?: string;
}

interface NewOptions {
  readonly title?: string;
  readonly codebook: string;
}

/** `new <project>`: {project:{id,title,folder}} */
async function makeProject(caller: Caller, project: string, options: NewOptions): Promise<Answer> {
  const folder = newProjectFolder(project);
  const { codebook } = options;
  newProject({
    folder,
    ...caller,
    title: options.title?.trim() || basename(folder, PROJECT_SUFFIX),
    codebook: codebook === 'xinjiang-labour' || codebook === 'empty' ? codebook : { file: resolve(codebook) },
  });
  return describeNew(caller, folder);
}

export const describeNew = (caller: Caller, folder: string): Promise<Answer> =>
  withProject(caller, folder, async (engine) => {
    const { id, title, syncedBy } = await engine.call('project.info', {});
    const { assignments, blind } = await engine.call('assignments.list', {});
    const given = assignments.find((one) => one.id === blind);
    return {
      json: { project: { id, title, folder } },
      lines: [`Created ${oneLine(title)} in ${oneLine(folder)}`],
      remarks: [
        ...(given === undefined
          ? []
          : [
              `Blind copy: ${counted(given.units.length, 'unit')} for ${oneLine(given.coderName, 40)}. Work in it with --person "${oneLine(given.coderName, 40)}"; exporting it submits the coding.`,
            ]),
        ...(syncedBy === null
          ? []
          : [
              `WARNING: ${syncedBy} syncs this folder. Two computers writing at once can damage the project: move it elsewhere and share project files instead.`,
            ]),
      ],
    };
  });

const LOG_PAGE = 10_000;

/** `log <project>`: {commits:[{id,time,person,label}]}, newest first; `time` in ISO 8601, UTC. */
const log = (caller: Caller, project: string): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const all: CallOutput<'history.list'>['commits'] = [];
    for (;;) {
      const before = all.at(-1)?.id;
      const input = before === undefined ? { limit: LOG_PAGE } : { limit: LOG_PAGE, before };
      const { commits } = await engine.call('history.list', input);
      all.push(...commits);
      if (commits.length < LOG_PAGE) break;
    }
    const commits = all.map(({ id, time, person, label }) => ({
      id,
      time: new Date(time).toISOString(),
      person,
      label,
    }));
    const lines = all.map((one) => [
      one.id.slice(0, 12),
      formatMoment(one.time),
      oneLine(one.person, 40),
      oneLine(one.label, 120),
    ]);
    return { json: { commits }, lines: columns(lines) };
  });

/** `undo|redo <project>`: {label,left}. */
const step = (caller: Caller, project: string, which: 'undo' | 'redo'): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { label, left } = await engine.call(`history.${which}`, {});
    const remarks = left.map((one) => `Left unchanged (${one.why}): ${one.field} of ${one.entity} ${one.id}`);
    return { json: { label, left }, lines: [`${which === 'undo' ? 'Undone' : 'Redone'}: ${oneLine(label)}`], remarks };
  });

/** `close <project> --encrypt`: {file}. */
async function close(caller: Caller, project: string, options: CloseOptions): Promise<Answer> {
  const folder = projectFolder(project);
  if (options.encrypt !== true)
    throw new Fault(
      'USAGE',
      'The command line leaves no project open. With --encrypt, close makes one encrypted file of it.',
    );
  const passphrase = await newPassphraseFrom(
    options.passphraseFile,
    'New passphrase of the file (at least 12 characters): ',
  );
  const real = existsSync(folder) ? realpathSync(folder) : folder;
  const file = await encryptProject({ folder, passphrase, installation: caller.installation });
  const home = ownHome();
  home.forgetTitle(real);
  openSavedWindowsFile(home.folder).forgetProject(real);
  return {
    json: { file },
    lines: [`Encrypted: ${oneLine(file)}. The folder was removed.`],
    remarks: [
      'Without the passphrase nobody can open it again. An SSD may keep blocks of the removed folder until they are used anew: only the encryption of the whole disk covers those.',
    ],
  };
}

/** `open <file> [project]`: {project:{id,title,folder}}. Makes the folder of an encrypted project again. */
async function open(caller: Caller, file: string, project: string | undefined, options: CloseOptions): Promise<Answer> {
  if (!isEncryptedProject(file))
    throw new Fault('BAD_INPUT', 'open takes a file that ends in .sourcebook.age. Use import for project files.');
  const folder = project === undefined ? folderOfEncrypted(resolve(file)) : newProjectFolder(project);
  const passphrase = await passphraseFrom(options.passphraseFile, 'Passphrase of the file: ');
  await decryptProject({ file: resolve(file), folder, passphrase, installation: caller.installation });
  const made = await describeNew(caller, folder);
  return { ...made, lines: [`Opened in ${oneLine(folder)}. The encrypted file stays as it was.`] };
}

/** `rebuild <project>`: {commits,rejected:[{hash,why}],kept}. Exit 3 if an edit was rejected. */
function rebuild({ person, installation }: Caller, project: string): Answer {
  const { commits, rejected, kept } = rebuildProject({
    folder: projectFolder(project),
    person,
    installation,
    replacements: ownHome().replacements,
  });
  return {
    json: { commits, rejected, kept },
    lines: [
      ...rejected.map(({ hash, why }) => `rejected ${hash.slice(0, 12)}: ${oneLine(why)}`),
      `Rebuilt the project from ${counted(commits, 'edit')}. The database as it was is in backups/${kept}`,
    ],
    exit: rejected.length === 0 ? 0 : 3,
  };
}

/** Commands about projects as a whole. */
export const projectCommands: Register = (program, run) => {
  program
    .command('new <project>')
    .description('create a project')
    .option('--title <title>')
    .option('--codebook <name>', 'xinjiang-labour, empty, or a codebook file', 'xinjiang-labour')
    .action((project: string, options: NewOptions) => run((by) => makeProject(by, project, options)));
  program
    .command('close <project>')
    .description('make one encrypted file of a project, and remove its folder')
    .option('--encrypt', 'required')
    .option('--passphrase-file <file>', 'the passphrase (first line); without it, it is asked for')
    .action((project: string, options: CloseOptions) => run((by) => close(by, project, options)));
  program
    .command('open <file> [project]')
    .description('make the folder of an encrypted project (.sourcebook.age) again')
    .option('--passphrase-file <file>', 'the passphrase (first line); without it, it is asked for')
    .action((file: string, project: string | undefined, options: CloseOptions) =>
      run((by) => open(by, file, project, options)),
    );
  for (const which of ['undo', 'redo'] as const)
    program
      .command(`${which} <project>`)
      .description(`${which} your last edit`)
      .action((project: string) => run((by) => step(by, project, which)));
  program
    .command('rebuild <project>')
    .description('make the project’s database again from its signed history; the former one is kept in backups/')
    .action((project: string) => run((by) => rebuild(by, project)));
  program
    .command('log <project>')
    .description('list edits, newest first')
    .action((project: string) => run((by) => log(by, project)));
};
