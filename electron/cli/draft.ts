import { InvalidArgumentError } from 'commander';
import { type DraftRead, readDraft } from '../../shared/drafts/check-draft.ts';
import {
  CONVENTION_NAMES,
  CONVENTION_PARTS,
  type Convention,
  conventionOf,
  CONVENTIONS,
} from '../../shared/drafts/conventions.ts';
import {
  hasOriginal,
  isBetter,
  isChinese,
  type Quotation,
  QuotedText,
  type QuotationFound,
} from '../../shared/drafts/quotations.ts';
import { type Glossary, glossaryOf } from '../../shared/drafts/terms.ts';
import { datesIn } from '../../shared/figures/dates.ts';
import type { Relation } from '../../shared/figures/relation.ts';
import { findRelations } from '../../shared/figures/relations.ts';
import type { LayerId, Passage, PassageId, SourceId } from '../../shared/model/index.ts';
import { lineEndsOf } from '../../shared/text/blocks.ts';
import { counted } from '../../shared/text/counted.ts';
import type { Added } from '../../shared/places/gazetteer.ts';
import type { Engine } from '../engine/engine.ts';
import { finderFor } from '../project/places/own.ts';
import { createPool } from '../workers/pool.ts';
import type { Answer, Register } from './command.ts';
import { type FileText, textOfFile } from './file-text.ts';
import { withProject, type Caller } from './open.ts';
import { columns, oneLine } from './terminal.ts';

interface DraftOptions {
  readonly published: string;
  readonly project?: string;
  readonly style: Convention;
}
interface Found extends QuotationFound {
  readonly source: SourceId;
  readonly layer: LayerId;
}

/**
 * `draft <file> --published DATE`: {sentences,citations:[{text,publisher,date,implied}],quotations:[{text,status,passage,place}],uncited:[…],
 * terms:[…],places:[…]}. Quotations are looked for with `--project`.
 */
async function draft(caller: Caller, file: string, { published, project, style }: DraftOptions): Promise<Answer> {
  const { text, engine, notes } = await readAlone(file);
  const check = (glossary: Glossary, added: Added): DraftRead => {
    const places = finderFor(added).find(text, { year: Number(published.slice(0, 4)) });
    return readDraft(text, lineEndsOf(engine, text), style, published, { glossary, places });
  };
  const { read, looked } =
    project === undefined
      ? { read: check(new Map(), { names: [], places: [] }), looked: null }
      : await withProject(caller, project, async (opened) => {
          const { categories } = await opened.call('codebook.get', {});
          const known = check(glossaryOf(categories), await addedIn(opened));
          return { read: known, looked: await findAll(opened, known.quotations) };
        });
  const { relations, unpaired } = findRelations(read.read);
  const quotations = read.quotations.map((one, at) => quotationOut(one, looked, at, hasOriginal(text, one)));
  const count = (status: string): number => quotations.filter((one) => one.status === status).length;
  return {
    json: {
      sentences: read.sentences,
      citations: read.citations,
      quotations,
      uncited: read.uncited,
      terms: read.terms,
      places: read.places,
      relations: relations.map(relationIn),
      unpaired: unpaired.map(({ start, end, text: words }) => ({ start, end, text: words })),
    },
    lines: columns([
      ...read.uncited.map((one) => [`${one.start}-${one.end}`, 'no citation', one.kind, oneLine(one.text, 60)]),
      ...quotations
        .filter(({ status }) => status !== 'exact')
        .map((one) => [`${one.start}-${one.end}`, one.status, one.warnings.join(', '), oneLine(one.text, 60)]),
      ...relations
        .map(relationIn)
        .filter(({ verdict, warnings }) => verdict === 'fails' || warnings.length > 0)
        .map((one) => [
          `${one.start}-${one.end}`,
          one.verdict,
          one.warnings.join(', '),
          oneLine(one.figures.join(', '), 60),
        ]),
      ...read.terms.flatMap((one) =>
        one.problems.map(({ kind, other }) => [
          `${one.start}-${one.end}`,
          kind,
          oneLine(one.chinese, 30),
          oneLine(other, 60),
        ]),
      ),
      ...read.places.map((one) => [
        `${one.start}-${one.end}`,
        'two-names',
        oneLine(one.text, 30),
        oneLine(one.other, 60),
      ]),
    ]),
    remarks: [
      ...notes,
      `${counted(read.citations.length, 'citation')}; ${counted(read.uncited.length, 'figure or quotation', 'figures and quotations')} without one in the sentence.`,
      `${counted(relations.length, 'relation')} among its figures, of which ${counted(relations.filter(({ check: { verdict } }) => verdict === 'fails').length, 'fails', 'fail')}; ${counted(unpaired.length, 'percentage')} without a pair, not checked.`,
      looked === null
        ? `${counted(quotations.length, 'quotation')} not checked. Give --project to look for them.`
        : `${counted(quotations.length, 'quotation')}: ${count('exact')} exact, ${count('changed')} changed, ${count('not-found')} not found, ${count('other-language')} in another language than their source.`,
    ],
  };
}

/** What the draft's own figures say together, from the first of them to the last. */
function relationIn({ kind, inputs, printed, check, warnings }: Relation) {
  const figures = [...inputs, ...(printed === null ? [] : [printed])];
  return {
    kind,
    start: Math.min(...figures.map(({ start }) => start)),
    end: Math.max(...figures.map(({ end }) => end)),
    figures: figures.map(({ text }) => text),
    verdict: check.verdict,
    computed: check.computed?.toDecimal(6) ?? null,
    off: check.off,
    wide: check.wide,
    warnings: [...warnings],
  };
}

/** What the team added to the gazetteer. */
async function addedIn(engine: Engine): Promise<Added> {
  const { places } = await engine.call('places.own', {});
  const own = places.filter((one) => one.own);
  return {
    places: own.map(({ place, parent }) => ({ id: place, parent })),
    names: [
      ...own.map(({ place, name }) => ({ place, text: name })),
      ...places.flatMap(({ place, names }) => names.map(({ text }) => ({ place, text }))),
    ],
  };
}

async function readAlone(file: string): Promise<FileText> {
  const pool = createPool({ size: 1 });
  try {
    return await textOfFile(pool, file);
  } finally {
    await pool.close();
  }
}

interface Looked {
  readonly found: readonly (Found | null)[];
  /** Whether any source is in the script of Chinese, and whether any is not. */
  readonly scripts: { readonly chinese: boolean; readonly other: boolean };
  /** The shortest passage around each that was found. */
  readonly passages: readonly (PassageId | null)[];
}

/** Looks through the sources one after the other: the best match wins, of equals that of the earlier source. */
async function findAll(engine: Engine, quotations: readonly Quotation[]): Promise<Looked> {
  const found: (Found | null)[] = quotations.map(() => null);
  const scripts = { chinese: false, other: false };
  const { sources } = await engine.call('sources.list', {});
  for (const { id, layer } of sources) {
    const open = quotations.map((_, at) => at).filter((at) => found[at]?.status !== 'exact');
    if (layer === null || open.length === 0) continue;
    const { text } = await engine.call('layers.text', { id: layer });
    const quoted = new QuotedText(text);
    if (quoted.isChinese) scripts.chinese = true;
    else scripts.other = true;
    const here = quoted.find(open.flatMap((at) => quotations[at] ?? []));
    for (const [number, at] of open.entries()) {
      const one = here[number] ?? null;
      if (one !== null && isBetter(one, found[at] ?? null)) found[at] = { ...one, source: id, layer };
    }
  }
  return { found, scripts, passages: await passagesAround(engine, found) };
}

/** By quotation: the shortest passage that covers its place; null if there is none. */
async function passagesAround(engine: Engine, found: readonly (Found | null)[]): Promise<(PassageId | null)[]> {
  const bySource = new Map<SourceId, readonly Passage[]>();
  for (const source of new Set(found.flatMap((one) => one?.source ?? [])))
    bySource.set(source, (await engine.call('passages.list', { source })).passages);
  return found.map((one) => {
    if (one === null) return null;
    const around = (bySource.get(one.source) ?? []).flatMap(({ id, layer, anchor }) =>
      anchor.kind === 'text' && layer === one.layer && anchor.start <= one.start && anchor.end >= one.end
        ? [{ id, length: anchor.end - anchor.start }]
        : [],
    );
    return around.toSorted((a, b) => a.length - b.length || (a.id < b.id ? -1 : 1))[0]?.id ?? null;
  });
}

function quotationOut({ start, end, text }: Quotation, looked: Looked | null, at: number, isTranslation: boolean) {
  const found = looked?.found[at] ?? null;
  return {
    start,
    end,
    text,
    status:
      looked === null
        ? 'not-checked'
        : (found?.status ?? (isTranslation ? 'other-language' : statusOfMissing(text, looked))),
    passage: looked?.passages[at] ?? null,
    place: found === null ? null : { source: found.source, start: found.start, end: found.end },
    words: found?.words ?? [],
    hidden: found?.hidden ?? [],
    warnings: found?.warnings ?? [],
  };
}

/** A translation cannot be matched: a person links it. */
const statusOfMissing = (text: string, { scripts }: Looked): 'not-found' | 'other-language' =>
  (isChinese(text) ? scripts.chinese : scripts.other) ? 'not-found' : 'other-language';

function day(text: string): string {
  const [date] = datesIn(text);
  if (/^\d{4}-\d\d-\d\d$/.test(text) && date?.from === text) return text;
  throw new InvalidArgumentError('Enter a day, such as 2024-05-17.');
}
/** What `--style` says. */
export function styleOf(text: string): Convention {
  const style = conventionOf(text);
  if (style !== null) return style;
  throw new InvalidArgumentError(
    `Begin with one of ${CONVENTION_NAMES.join(', ')}; then what differs, such as “-captions +year-only separators=;/” (${Object.keys(CONVENTION_PARTS).join(', ')}).`,
  );
}

/** The command for drafts. */
export const draftCommands: Register = (program, run) => {
  program
    .command('draft <file>')
    .description('check citations, quotations, figures, Chinese terms and names of places of a draft')
    .requiredOption('--published <date>', 'day of publication, from which missing years are taken', day)
    .option('--project <project>', 'look for its quotations in the sources of this project')
    .option(
      '--style <style>',
      `how it cites: ${CONVENTION_NAMES.join(', ')}, and what differs, such as “author-year -captions”`,
      styleOf,
      CONVENTIONS['publisher-date'],
    )
    .action((file: string, options: DraftOptions) => run((by) => draft(by, file, options)));
};
