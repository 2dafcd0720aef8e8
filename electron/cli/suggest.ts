import type { Category } from '../../shared/model/index.ts';
import { counted } from '../../shared/text/counted.ts';
import type { Register } from './command.ts';
import { findSource } from './find.ts';
import { withProject } from './open.ts';
import { columns, oneLine } from './terminal.ts';

/**
 * `suggest <project> [--source S]`: {suggestions:[{source,start,end,text,term,category}]}, one for each category that has the term.
 * `category` is its ID, `code` its code.
 */
export const suggestCommands: Register = (program, run) => {
  program
    .command('suggest <project>')
    .description('list terms of the codebook that are not tagged yet; they are no tags')
    .option('--source <source>', 'only in this source')
    .action((project: string, { source: given }: { source?: string }) =>
      run((caller) =>
        withProject(caller, project, async (engine) => {
          const { categories } = await engine.call('codebook.get', {});
          const codes = new Map(categories.map(({ id, code }): [Category['id'], string] => [id, code]));
          const sources =
            given === undefined
              ? (await engine.call('sources.list', {})).sources.map(({ id }) => id)
              : [await findSource(engine, given)];
          const found = [];
          let blind = false;
          for (const source of sources) {
            const listed = await engine.call('suggestions.list', { source });
            blind ||= listed.blind;
            for (const { categories: open, start, end, text, term } of listed.suggestions)
              for (const category of open)
                found.push({ source, start, end, text, term, category, code: codes.get(category) ?? category });
          }
          return {
            json: { suggestions: found },
            lines: columns(
              found.map(({ source, start, end, text, code }) => [
                source,
                `${start}-${end}`,
                oneLine(text),
                oneLine(code),
              ]),
            ),
            remarks: [
              blind
                ? 'No suggestions in a copy for blind coding.'
                : `${counted(found.length, 'suggestion')}. None is a tag until somebody accepts it.`,
            ],
          };
        }),
      ),
    );
};
