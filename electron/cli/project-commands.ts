import { resolve } from 'node:path';
import type { Command } from 'commander';
import { commitHash } from '../../shared/model/index.ts';
import { Fault } from '../../shared/errors.ts';
import { newProject } from '../engine/create.ts';
import { importProjectFile, verifyProjectFile } from '../engine/project-file.ts';
import { isProjectFile, PROJECT_SUFFIX } from '../host/names.ts';
import { EXIT, inline } from './output.ts';
import type { Run } from './program.ts';
import { folderOf, type Session, withProject } from './session.ts';

const withSuffix = (path: string): string =>
  path.endsWith(PROJECT_SUFFIX) ? resolve(path) : `${resolve(path)}${PROJECT_SUFFIX}`;
const titleFrom = (folder: string): string =>
  folder
    .split(/[\\/]/)
    .at(-1)
    ?.replace(/\.sourcebook$/, '') ?? folder;

const describe = (session: Session, project: string) =>
  withProject(session, project, async (engine) => {
    const { id, title } = await engine.call('project.info', {});
    return { id, title };
  });

/** Commands on a project as a whole. */
export function addProjectCommands(program: Command, run: Run): void {
  program
    .command('new')
    .description('make a new project')
    .argument('<project>', 'its folder; .sourcebook is added')
    .option('--title <title>', 'its title (default: the folder’s name)')
    .option('--codebook <codebook>', 'xinjiang-labour, empty, or a codebook file', 'xinjiang-labour')
    .action(
      run(async (session, { first: project }, options) => {
        const folder = withSuffix(project);
        const { codebook } = options;
        const title = options['title'] ?? titleFrom(folder);
        newProject({
          folder,
          person: session.person,
          installation: session.home.installation(),
          title,
          codebook:
            codebook === 'xinjiang-labour' || codebook === 'empty' ? codebook : { file: resolve(codebook ?? '') },
        });
        const made = await describe(session, folder);
        return { json: { project: made }, lines: [`Made ${inline(made.title)} in ${folder}.`] };
      }),
    );

  for (const which of ['undo', 'redo'] as const) {
    program
      .command(which)
      .description(which === 'undo' ? 'take back your last action' : 'do again what was undone')
      .argument('<project>')
      .action(
        run((session, { first: project }) =>
          withProject(session, project, async (engine) => {
            const { label, left } = await engine.call(`history.${which}`, {});
            return {
              json: { label, left },
              lines: [
                `${which === 'undo' ? 'Undid' : 'Redid'}: ${inline(label)}`,
                ...left.map((one) => `left: ${one.entity} ${one.id} ${one.field} (${one.why})`),
              ],
            };
          }),
        ),
      );
  }

  program
    .command('log')
    .description('list the commits, newest first')
    .argument('<project>')
    .option('--limit <n>', 'how many', '1000')
    .option('--before <id>', 'older than this commit')
    .action(
      run((session, { first: project }, options) =>
        withProject(session, project, async (engine) => {
          const before = options['before'] === undefined ? {} : { before: commitHash.parse(options['before']) };
          const { commits } = await engine.call('history.list', { limit: Number(options['limit'] ?? 1000), ...before });
          const rows = commits.map(({ id, time, person, label }) => ({
            id,
            time: new Date(time).toISOString(),
            person,
            label,
          }));
          return {
            json: { commits: rows },
            lines: rows.map(
              (row) => `${row.id.slice(0, 12)}  ${row.time}  ${inline(row.person)}  ${inline(row.label)}`,
            ),
          };
        }),
      ),
    );

  program
    .command('verify')
    .description('check a project or a project file: every byte, commit and quotation')
    .argument('<project|file>')
    .action(
      run(async (session, { first: target }) => {
        const report = isProjectFile(target)
          ? await verifyProjectFile(resolve(target), session.person)
          : await withProject(session, target, (engine) => engine.call('project.verify', {}));
        const checked = Object.values(report.checked).reduce((sum, count) => sum + count, 0);
        const counts = Object.entries(report.checked)
          .map(([what, count]) => `${count} ${what}`)
          .join(', ');
        return {
          json: { ok: report.ok, checked, counts: report.checked, failures: report.failures },
          lines: [
            report.ok ? `Everything holds: ${counts}.` : `${report.failures.length} damaged (checked ${counts}):`,
            ...report.failures.map((failure) => `  ${failure.kind} ${inline(failure.id)}: ${inline(failure.message)}`),
          ],
          exit: report.ok ? EXIT.done : EXIT.integrity,
        };
      }),
    );

  program
    .command('export')
    .description('write the project file that a colleague opens')
    .argument('<project>')
    .argument('<out.sbk>')
    .action(
      run((session, { first: project, second: out }) =>
        withProject(session, project, async (engine) => {
          if (!isProjectFile(out)) throw new Fault('BAD_INPUT', 'A project file’s name ends in .sbk.', { name: out });
          const written = await engine.call('projectFile.export', { path: resolve(out) });
          return {
            json: { path: out, ...written },
            lines: [`Wrote ${out}: ${written.files} files, ${written.bytes} bytes.`],
          };
        }),
      ),
    );

  program
    .command('import')
    .description('make a project of a project file')
    .argument('<project>', 'the new project’s folder')
    .argument('<file.sbk>')
    .action(
      run(async (session, { first: project, second: file }) => {
        const folder = withSuffix(project);
        await importProjectFile({
          file: resolve(file),
          folder,
          person: session.person,
          installation: session.home.installation(),
        });
        const made = await describe(session, folderOf(project));
        return { json: { project: made }, lines: [`Made ${inline(made.title)} in ${folder}.`] };
      }),
    );
}
