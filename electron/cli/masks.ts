import type { Mask, OpenMask } from '../../shared/contract/masks.ts';
import { counted } from '../../shared/text/counted.ts';
import type { Answer, Register } from './command.ts';
import { findSource } from './find.ts';
import { withProject, type Caller } from './open.ts';
import { columns, oneLine } from './terminal.ts';

const shown = ({ id, source, number, anchor, reason, person, createdAt }: Mask) => ({
  id,
  source,
  number,
  page: anchor.page,
  words: anchor.kind === 'text' ? anchor.exact : null,
  area: anchor.kind === 'area' ? anchor.area : null,
  reason,
  person,
  at: new Date(createdAt).toISOString(),
});
const open = ({ kind, source, passage, mask, refuses, anchor }: OpenMask) => ({
  kind,
  source,
  passage,
  mask,
  refuses,
  page: anchor.page,
  words: anchor.kind === 'text' ? anchor.exact : null,
});

const words = (anchor: Mask['anchor']): string =>
  anchor.kind === 'text' ? oneLine(anchor.exact, 40) : `area of page ${anchor.page}`;

/** `masks <project>`: {masks:[{id,source,number,page,words,area,reason,person,at}],open:[{kind,source,passage,mask,refuses,page,words}]}. */
const list = (caller: Caller, project: string): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const found = await engine.call('masks.list', {});
    const refused = found.open.filter(({ refuses }) => refuses).length;
    return {
      json: { masks: found.masks.map(shown), open: found.open.map(open) },
      lines: [
        ...columns(
          found.masks.map(({ id, source, number, anchor, reason }) => [
            id,
            source.slice(0, 8),
            String(number),
            words(anchor),
            oneLine(reason, 60),
          ]),
        ),
        ...columns(
          found.open.map(({ refuses, source, anchor, passage }) => [
            refuses ? 'must be masked' : 'not masked',
            source.slice(0, 8),
            words(anchor),
            passage === null ? '' : `passage ${passage}`,
          ]),
        ),
      ],
      remarks: [
        `${counted(found.masks.length, 'mask')}. The project, its snapshots and project files keep the originals.`,
        ...(refused === 0 ? [] : [`${counted(refused, 'place')} must be masked first: exports are refused.`]),
        ...(found.open.length === refused
          ? []
          : [
              `${counted(found.open.length - refused, 'other place')} with masked words or marked passages, not masked.`,
            ]),
      ],
    };
  });

interface Options {
  readonly quote: string;
  readonly reason: string;
  readonly everywhere?: true;
}

/** `mask <project> <source> --quote Q --reason R [--everywhere]`: {mask:{id,…}}, or {added,sources}. */
const mask = (caller: Caller, project: string, given: string, options: Options): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { quote, reason, everywhere = false } = options;
    const source = await findSource(engine, given);
    if (!everywhere) {
      const found = await engine.call('passages.find', { source, quote: { exact: quote } });
      const { layer, start, end } = found;
      const { id } = await engine.call('masks.add', { source, layer, marked: { kind: 'text', start, end }, reason });
      const made = (await engine.call('masks.list', { source })).masks.find((one) => one.id === id);
      return {
        json: { mask: made === undefined ? { id } : shown(made) },
        lines: [`Masked “${oneLine(found.exact, 40)}”`],
      };
    }
    const at = await engine.call('masks.find', { source, words: quote });
    const added = await engine.call('masks.addEverywhere', { ...at, reason });
    return {
      json: added,
      lines: [`Masked in ${counted(added.added, 'place')} of ${counted(added.sources, 'source')}`],
    };
  });

/** The commands for masks: words that are left out of what is published. */
export const maskCommands: Register = (program, run) => {
  program
    .command('masks <project>')
    .description('list masks with their reasons, and what must be masked before an export')
    .action((project: string) => run((by) => list(by, project)));
  program
    .command('mask <project> <source>')
    .description('leave words out of everything that is published; the project and its project files keep the original')
    .requiredOption('--quote <text>', 'the words, as they stand in the source')
    .requiredOption('--reason <text>', 'why; printed with every export')
    .option('--everywhere', 'the same words in all sources')
    .action((project: string, source: string, options: Options) => run((by) => mask(by, project, source, options)));
};
