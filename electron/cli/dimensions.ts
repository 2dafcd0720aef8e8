import { Fault } from '../../shared/errors.ts';
import type { Answer, Register } from './command.ts';
import { findPassage } from './find.ts';
import { withProject, type Caller } from './open.ts';
import { oneLine } from './terminal.ts';

/** Codes of the built-in dimension `privacy` by which somebody must be masked: electron/project/masks/queries.ts. */
const PRIVATE: ReadonlySet<string> = new Set(['private', 'minor', 'masked']);

/**
 * `dimension <project> <passage> <dimension> [values...]`: the acting person’s values of a dimension on a passage, in place of those they
 * chose before; none takes them away: {passage,dimension,values}. Dimensions and values by code or name. NOT_FOUND, AMBIGUOUS;
 * BAD_INPUT for several values of a dimension that takes one.
 */
const set = (caller: Caller, project: string, passage: string, dimension: string, values: string[]): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const on = await findPassage(engine, passage);
    const { dimensions } = await engine.call('codebook.get', {});
    const ofPassages = dimensions.filter((one) => one.on === 'passage').map((one) => ({ ...one, label: one.name }));
    const found = named(ofPassages, dimension, 'dimension of passages');
    const chosen = values.map((value) => named(found.values, value, `value of ${oneLine(found.name)}`));
    await engine.call('settings.set', { passage: on, dimension: found.id, values: chosen.map(({ id }) => id) });
    const codes = chosen.map(({ code }) => code);
    return {
      json: { passage: on, dimension: found.code, values: codes },
      lines: [`${oneLine(found.name)}: ${chosen.map(({ label }) => oneLine(label)).join(', ') || 'none'}`],
      ...(found.code === 'privacy' && codes.some((code) => PRIVATE.has(code))
        ? {
            remarks: [
              'Who is marked as a private person must be masked before this passage is exported: masks lists what is open.',
            ],
          }
        : {}),
    };
  });

function named<T extends { readonly code: string; readonly label: string }>(
  all: readonly T[],
  given: string,
  what: string,
): T {
  const key = (text: string): string => text.normalize('NFC').trim().toLowerCase();
  const byCode = all.filter(({ code }) => key(code) === key(given));
  const fitting = byCode.length > 0 ? byCode : all.filter(({ label }) => key(label) === key(given));
  const [only, ...more] = fitting;
  if (only === undefined)
    throw new Fault(
      'NOT_FOUND',
      `No ${what} is called “${given}”. There are: ${all.map(({ code }) => code).join(', ')}.`,
      {
        name: given,
        codes: all.map(({ code }) => code),
      },
    );
  if (more.length === 0) return only;
  throw new Fault('AMBIGUOUS', `${fitting.length} are called “${given}”. Use a code.`, {
    name: given,
    codes: fitting.map(({ code }) => code),
  });
}

export const dimensionCommands: Register = (program, run) => {
  program
    .command('dimension <project> <passage> <dimension> [values...]')
    .description('set your values of a dimension on a passage, such as privacy private; without values, take them away')
    .action((project: string, passage: string, dimension: string, values: string[]) =>
      run((by) => set(by, project, passage, dimension, values)),
    );
};
