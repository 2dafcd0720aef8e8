import type { Command } from 'commander';
import { Fault } from '../../shared/errors.ts';
import { memoId, passageId, recordId, sourceId } from '../../shared/model/index.ts';
import type { Engine } from '../engine/engine.ts';
import { inline, usage } from './output.ts';
import type { Run } from './program.ts';
import { codesOf, findPassage, findSource, namesOf, passageJson, withProject } from './session.ts';

/** Commands on passages, tags and memos. */
export function addPassageCommands(program: Command, run: Run): void {
  program
    .command('highlight')
    .description('mark a quotation as a passage')
    .argument('<project>')
    .argument('<source>')
    .requiredOption('--quote <text>', 'the words; white space and compatibility forms are folded')
    .option('--prefix <text>', 'what stands before them')
    .option('--suffix <text>', 'what stands after them')
    .option('--category <id...>', 'tag with these categories')
    .option('--memo <text>', 'write a memo on it')
    .action(
      run((session, { first: project, second: source }, options, lists) =>
        withProject(session, project, async (engine) => {
          const id = await findSource(engine, source);
          const codes = await codesOf(engine);
          const categories = (lists['category'] ?? []).map((code) => codes.idOf(code));
          const found = await engine.call('passages.find', {
            source: id,
            quote: { exact: options['quote'] ?? '', prefix: options['prefix'] ?? '', suffix: options['suffix'] ?? '' },
          });
          const passage = await engine.call('passages.create', {
            source: id,
            layer: found.layer,
            marked: { kind: 'text', start: found.start, end: found.end },
            categories,
            memo: options['memo'] ?? '',
          });
          const { exact, start, end, page } = found;
          return {
            json: { passage: { id: passage.id, source: id, exact, start, end, page } },
            lines: [`${passage.id}  page ${page}  ${start}-${end}  ${inline(exact)}`],
          };
        }),
      ),
    );

  program
    .command('tag')
    .description('add or remove your tags on a passage')
    .argument('<project>')
    .argument('<passage>')
    .option('--add <id...>', 'categories to add')
    .option('--remove <id...>', 'categories to remove')
    .action(
      run((session, { first: project, second: passage }, _options, lists) =>
        withProject(session, project, async (engine) => {
          const { add = [], remove = [] } = lists;
          if (add.length + remove.length === 0) throw usage('Say what to change: --add ID or --remove ID.');
          const codes = await codesOf(engine);
          const id = await findPassage(engine, passage);
          await engine.call('tags.change', {
            passages: [id],
            add: add.map(codes.idOf),
            remove: remove.map(codes.idOf),
          });
          return showPassage(engine, id);
        }),
      ),
    );

  program
    .command('memo')
    .description('write your memo on a passage; an empty text removes it')
    .argument('<project>')
    .argument('<passage>')
    .argument('<text>')
    .action(
      run((session, { first: project, second: passage, third: text }) =>
        withProject(session, project, async (engine) => {
          const id = await findPassage(engine, passage);
          const { memo } = await engine.call('memos.set', {
            target: { kind: 'passage', id: recordId.parse(id) },
            text,
          });
          return {
            json: { memo: memo === null ? null : { id: memo.id, passage: id, text: memo.text } },
            lines: memo === null ? ['Removed the memo.'] : [`${memo.id}  ${inline(memo.text)}`],
          };
        }),
      ),
    );

  program
    .command('passages')
    .description('list the passages')
    .argument('<project>')
    .option('--source <id>', 'of one source')
    .option('--category <id>', 'of one category')
    .action(
      run((session, { first: project }, options) =>
        withProject(session, project, async (engine) => {
          const codes = await codesOf(engine);
          const source = options['source'] === undefined ? {} : { source: await findSource(engine, options['source']) };
          const category = options['category'] === undefined ? {} : { category: codes.idOf(options['category']) };
          const { passages } = await engine.call('passages.list', { ...source, ...category });
          const names = await namesOf(engine);
          const rows = passages.map((passage) => passageJson(passage, codes, names));
          return {
            json: { passages: rows },
            lines: rows.map(
              (row) =>
                `${row.id}  page ${row.page}  ${row.tags.map((tag) => tag.category).join(' ') || '-'}  ${inline(row.exact ?? 'area')}`,
            ),
          };
        }),
      ),
    );

  program
    .command('codebook')
    .description('list the categories')
    .argument('<project>')
    .action(
      run((session, { first: project }) =>
        withProject(session, project, async (engine) => {
          const codes = await codesOf(engine);
          const rows = codes.categories.map((category) => ({
            id: category.code,
            parent: category.parent === null ? null : codes.codeOf(category.parent),
            name: category.name,
            passages: category.passages,
          }));
          return {
            json: { categories: rows },
            lines: rows.map((row) => `${row.id.padEnd(20)}  ${String(row.passages).padStart(5)}  ${inline(row.name)}`),
          };
        }),
      ),
    );

  for (const which of ['remove', 'restore'] as const) {
    program
      .command(which)
      .description(
        which === 'remove' ? 'remove a source, passage or memo; it can be restored' : 'bring back what was removed',
      )
      .argument('<project>')
      .argument('<id>')
      .action(
        run((session, { first: project, second: id }) =>
          withProject(session, project, async (engine) => {
            const kind = await setRemoved(engine, which, id);
            return { json: { id, kind }, lines: [`${which === 'remove' ? 'Removed' : 'Restored'} the ${kind}.`] };
          }),
        ),
      );
  }
}

async function showPassage(engine: Engine, id: Awaited<ReturnType<typeof findPassage>>) {
  const codes = await codesOf(engine);
  const row = passageJson(await engine.call('passages.get', { id }), codes, await namesOf(engine));
  return {
    json: { passage: row },
    lines: [`${row.id}  ${row.tags.map((tag) => `${tag.category} (${inline(tag.person)})`).join(', ') || 'no tags'}`],
  };
}

const isNotFound = (thrown: unknown): boolean => thrown instanceof Fault && thrown.data.code === 'NOT_FOUND';

/** One id, three kinds of thing: each is asked whether it knows the id, and only "not found" lets the next one try. */
async function setRemoved(
  engine: Engine,
  which: 'remove' | 'restore',
  id: string,
): Promise<'source' | 'passage' | 'memo'> {
  const whole = recordId.safeParse(id);
  if (!whole.success)
    throw new Fault('NOT_FOUND', `This project has nothing called “${id}”. Give the whole id.`, { id });
  const tries = [
    ['source', () => engine.call(`sources.${which}`, { ids: [sourceId.parse(id)] })],
    ['passage', () => engine.call(`passages.${which}`, { ids: [passageId.parse(id)] })],
    ['memo', () => engine.call(`memos.${which}`, { id: memoId.parse(id) })],
  ] as const;
  for (const [kind, attempt] of tries) {
    try {
      await attempt();
      return kind;
    } catch (thrown) {
      if (!isNotFound(thrown)) throw thrown;
    }
  }
  throw new Fault('NOT_FOUND', 'This project has no source, passage or memo of that id.', { id });
}
