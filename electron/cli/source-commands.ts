import { type Command, Option } from 'commander';
import { recordPatch } from '../../shared/contract/sources.ts';
import { EXIT, inline, plain, usage } from './output.ts';
import type { Run } from './program.ts';
import { findSource, withProject } from './session.ts';

function parseRecord(json: string | undefined) {
  if (json === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (thrown) {
    throw usage(`--record is not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
  const parsed = recordPatch.strict().safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw usage(`--record: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is not understood'}`.trim());
}

/** Commands on sources. */
export function addSourceCommands(program: Command, run: Run): void {
  program
    .command('add')
    .description('bring in sources: PDF, saved web page, text; folders are walked')
    .argument('<project>')
    .argument('<path...>')
    .addOption(
      new Option('--password <password>', 'tried on protected PDFs; may be given more than once').argParser(
        (value: string, before: string[] = []) => [...before, value],
      ),
    )
    .option('--record <json>', 'what is known of them: {"publisher":…,"capture":{"url":…}}')
    .action(
      run((session, { first: project, rest: paths }, options, lists) =>
        withProject(session, project, async (engine) => {
          const record = parseRecord(options['record']);
          const report = await engine.call('import.run', {
            job: 'command line',
            paths: [...paths],
            passwords: [...(lists['password'] ?? [])],
            record,
          });
          const items = report.items.map(({ path, status, source, error, notes }) => ({
            path,
            status,
            source,
            error,
            ...(notes.length > 0 ? { notes } : {}),
          }));
          const failed = items.some((item) => item.status === 'failed');
          return {
            json: { items },
            lines: items.map(
              (item) =>
                `${item.status.padEnd(9)}  ${inline(item.path)}${item.error === null ? '' : `: ${plain(item.error.message)}`}${item.source === null ? '' : `  ${item.source}`}`,
            ),
            exit: failed ? EXIT.failed : EXIT.done,
          };
        }),
      ),
    );

  program
    .command('sources')
    .description('list the sources')
    .argument('<project>')
    .action(
      run((session, { first: project }) =>
        withProject(session, project, async (engine) => {
          const { sources } = await engine.call('sources.list', {});
          const rows = sources.map((source) => ({
            id: source.id,
            title: source.title ?? source.fileName,
            kind: source.kind,
            pages: source.pages,
            sha256: source.sha256,
            bytes: source.bytes,
            gaps: source.gaps,
          }));
          return {
            json: { sources: rows },
            lines: rows.map(
              (row) =>
                `${row.id}  ${row.kind.padEnd(4)}  ${String(row.pages).padStart(4)} p  ${inline(row.title)}${row.gaps.length > 0 ? `  gaps: ${row.gaps.join(', ')}` : ''}`,
            ),
          };
        }),
      ),
    );

  program
    .command('text')
    .description('print a source’s canonical text, to which all offsets refer')
    .argument('<project>')
    .argument('<source>')
    .option('--page <n>', 'one page, from 1')
    .action(
      run((session, { first: project, second: source }, options) =>
        withProject(session, project, async (engine) => {
          const found = await engine.call('sources.get', { id: await findSource(engine, source) });
          if (found.layer === null) return { json: { text: '', layer: null }, lines: [] };
          const page = options['page'] === undefined ? {} : { page: pageNumber(options['page']) };
          const { text } = await engine.call('layers.text', { id: found.layer, ...page });
          const { id, engine: name, version } = await engine.call('layers.get', { id: found.layer });
          return { json: { text, layer: { id, engine: name, version } }, lines: [plain(text)] };
        }),
      ),
    );
}

function pageNumber(value: string): number {
  const page = Number(value);
  if (!Number.isInteger(page) || page < 1) throw usage(`--page takes a number from 1, not “${value}”.`);
  return page;
}
