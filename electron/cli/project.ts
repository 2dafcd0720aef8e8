import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { CallOutput } from '../../shared/contract/index.ts';
import type { VerifyReport } from '../../shared/contract/project.ts';
import { type ErrorData, toErrorData } from '../../shared/errors.ts';
import { newProject } from '../engine/create.ts';
import { handBack, handedBackRemarks } from '../engine/handing-back.ts';
import { importProjectFile, verifyProjectFile } from '../engine/project-file.ts';
import { PROJECT_SUFFIX } from '../host/names.ts';
import type { Answer } from './answer.ts';
import { newProjectFolder, withProject, type Caller } from './open.ts';
import type { Register } from './register.ts';
import { columns, oneLine } from './terminal.ts';

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

/** `import <project> <file.sbk>`: makes the project, and answers like `new`. */
async function importFile(caller: Caller, project: string, file: string): Promise<Answer> {
  const folder = newProjectFolder(project);
  await importProjectFile({ file: resolve(file), folder, ...caller });
  return describeNew(caller, folder);
}

const describeNew = (caller: Caller, folder: string): Promise<Answer> =>
  withProject(caller, folder, async (engine) => {
    const { id, title } = await engine.call('project.info', {});
    return { json: { project: { id, title, folder } }, lines: [`Made ${oneLine(title)} in ${oneLine(folder)}`] };
  });

/** `export <project> <out.sbk>`: {file,bytes,files} */
const exportFile = (caller: Caller, project: string, file: string): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const path = resolve(file);
    const handedBack = await handBack(engine);
    const written = await engine.call('projectFile.export', { path });
    return {
      json: { file: path, ...written, ...(handedBack === null ? {} : { assignment: handedBack.id }) },
      lines: [`Wrote ${oneLine(path)} (${written.bytes} bytes)`],
      remarks: handedBackRemarks(handedBack),
    };
  });

const LOG_PAGE = 10_000;

/** `log <project>`: newest first; times in ISO 8601, UTC. */
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
    const lines = commits.map((one) => [
      one.id.slice(0, 12),
      one.time,
      oneLine(one.person, 40),
      oneLine(one.label, 120),
    ]);
    return { json: { commits }, lines: columns(lines) };
  });

/** `undo|redo <project>`: {label,left}. */
const step = (caller: Caller, project: string, which: 'undo' | 'redo'): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { label, left } = await engine.call(`history.${which}`, {});
    const remarks = left.map((one) => `Left as it is, ${one.why}: the ${one.field} of ${one.entity} ${one.id}`);
    return { json: { label, left }, lines: [`${which === 'undo' ? 'Undone' : 'Redone'}: ${oneLine(label)}`], remarks };
  });

/** `verify <project|file>`: {ok,checked,counts,failures}, `checked` being all things looked at; exit 3 where something does not hold. */
async function verify(caller: Caller, target: string): Promise<Answer> {
  const report = await reportOf(caller, target);
  const { originals, layers, commits, changes, passages } = report.checked;
  const checked = originals + layers + commits + changes + passages;
  const seen = `${originals} originals, ${layers} text layers, ${commits} commits, ${passages} passages`;
  return {
    json: { ok: report.ok, checked, counts: report.checked, failures: report.failures },
    lines: [
      ...report.failures.map((one) => `${one.kind} ${oneLine(one.id)}: ${oneLine(one.message)}`),
      report.ok ? `Everything holds: ${seen}.` : `${report.failures.length} damaged, of ${seen}.`,
    ],
    exit: report.ok ? 0 : 3,
  };
}

async function reportOf(caller: Caller, target: string): Promise<VerifyReport> {
  const isFile = statSync(target, { throwIfNoEntry: false })?.isFile() === true;
  try {
    if (isFile) return await verifyProjectFile(resolve(target), caller.person);
    return await withProject(caller, target, (engine) => engine.call('project.verify', {}));
  } catch (thrown) {
    // Too damaged to be opened, or built to harm, is a finding, not a failure to look.
    const error = toErrorData(thrown);
    if (error.code !== 'DAMAGED' && !(isFile && isRefused(error))) throw thrown;
    const checked = { originals: 0, layers: 0, commits: 0, changes: 0, passages: 0 };
    return {
      ok: false,
      checked,
      failures: [{ kind: isFile ? 'manifest' : 'database', id: basename(target), message: error.message }],
    };
  }
}

/** A project file that no program of ours writes. One that may not be read is refused without a path inside it. */
const isRefused = ({ code, context }: ErrorData): boolean =>
  code === 'TOO_LARGE' || (code === 'NOT_ALLOWED' && context?.['path'] !== undefined);

/** Commands about projects as a whole. */
export const projectCommands: Register = (program, run) => {
  program
    .command('new <project>')
    .description('make a project')
    .option('--title <title>')
    .option('--codebook <name>', 'xinjiang-labour, empty, or a file', 'xinjiang-labour')
    .action((project: string, options: NewOptions) => run((by) => makeProject(by, project, options)));
  for (const which of ['undo', 'redo'] as const)
    program
      .command(`${which} <project>`)
      .description(`${which} your last action`)
      .action((project: string) => run((by) => step(by, project, which)));
  program
    .command('log <project>')
    .description('list what was done, newest first')
    .action((project: string) => run((by) => log(by, project)));
  program
    .command('verify <target>')
    .description('check a project or a project file against what was signed; exit 3 where it does not hold')
    .action((target: string) => run((by) => verify(by, target)));
  program
    .command('export <project> <file>')
    .description('write a project file (.sbk)')
    .action((project: string, file: string) => run((by) => exportFile(by, project, file)));
  program
    .command('import <project> <file>')
    .description('make a project of a project file (.sbk)')
    .action((project: string, file: string) => run((by) => importFile(by, project, file)));
};
