import { existsSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault } from '../../shared/errors.ts';
import { dimensionId, type EdtfDate, recordId, type SourceId, valueId } from '../../shared/model/index.ts';
import type { Person } from '../db/types.ts';
import { type EngineClient, startEngine } from '../engine/client.ts';
import { newPrivateKey, personOf } from '../project/people/people.ts';
import { runTask } from '../engine/tasks.ts';
import { SAMPLE_SOURCES, SAMPLE_TITLE, type SamplePassage, type SamplePerson, type SampleSource } from './coding.ts';

/** The sample's files: beside this module in the source tree, beside the archive in a packaged program. */
function filesFolder(): string {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return fileURLToPath(new URL('./files/', here));
  return fileURLToPath(new URL('../../electron/sample/files/', here.replace('/app.asar/', '/app.asar.unpacked/')));
}

/**
 * Creates the sample project: a fictional county, four sources, some thirty passages by two people. It makes the same calls
 * as people do, so it also tests them; everything runs in workers. The two people's keys are created here and thrown away.
 * Throws EXISTS if `folder` is not empty.
 */
export async function makeSample(folder: string, installation = ''): Promise<void> {
  if (existsSync(folder))
    throw new Fault('EXISTS', `There already is a “${basename(folder)}”. Open it, or remove it first.`, {
      name: basename(folder),
    });
  const making = `${folder}.part`;
  rmSync(making, { recursive: true, force: true });
  const people: Record<SamplePerson, Person> = {
    'A. Lindqvist': personOf('A. Lindqvist', newPrivateKey()),
    'J. Moreau': personOf('J. Moreau', newPrivateKey()),
  };
  try {
    await runTask({
      kind: 'newProject',
      options: {
        folder: making,
        person: people['A. Lindqvist'],
        installation,
        title: SAMPLE_TITLE,
        codebook: 'xinjiang-labour',
      },
    });
    const ids = new Map<string, SourceId>();
    // The first person comes back at the end, to highlight in what the other has imported since.
    for (const name of ['A. Lindqvist', 'J. Moreau', 'A. Lindqvist'] satisfies SamplePerson[]) {
      // As if each worked on a computer of their own: keys of one installation count as one person.
      await asPerson(making, people[name], `${installation} ${name}`, (engine) => work(engine, name, ids));
    }
    renameSync(making, folder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

async function asPerson(
  folder: string,
  person: Person,
  installation: string,
  act: (engine: EngineClient) => Promise<void>,
): Promise<void> {
  const engine = await startEngine({ folder, person, installation });
  try {
    await act(engine);
  } finally {
    await engine.close();
  }
}

/** One person's session: imports their sources, then highlights in the sources that are there. */
async function work(engine: EngineClient, name: SamplePerson, ids: Map<string, SourceId>): Promise<void> {
  const waiting = SAMPLE_SOURCES.filter((source) => ids.has(source.file));
  for (const source of SAMPLE_SOURCES) {
    if (source.by === name && !ids.has(source.file)) ids.set(source.file, await bringIn(engine, source));
  }
  const codes = await codesOf(engine);
  const firstSitting = SAMPLE_SOURCES.filter((source) => source.by === name && !waiting.includes(source));
  for (const source of firstSitting) await mark(engine, codes, source, ids, name);
  for (const source of waiting.filter((one) => one.by !== name)) await mark(engine, codes, source, ids, name);
}

const date = (edtf: string | undefined): { readonly date: EdtfDate } | undefined =>
  edtf === undefined ? undefined : { date: { edtf, implied: false } };

async function bringIn(engine: EngineClient, source: SampleSource): Promise<SourceId> {
  const report = await engine.call('import.run', { job: source.file, paths: [join(filesFolder(), source.file)] });
  const id = report.items[0]?.source ?? null;
  if (id === null)
    throw new Fault(
      'INTERNAL',
      `The sample’s “${source.file}” could not be read: ${report.items[0]?.error?.message ?? 'no reason given'}`,
    );
  const { record } = source;
  const dates = {
    dateOfAct: date(record.dateOfAct),
    dateOfDocument: date(record.dateOfDocument),
    dateOfPublication: date(record.dateOfPublication),
    dateOfCapture: date(record.dateOfCapture),
  };
  const given = Object.fromEntries(
    Object.entries(dates).flatMap(([field, value]) => (value === undefined ? [] : [[field, value.date]])),
  );
  const capture = {
    ...(record.captureUrl === undefined ? {} : { url: record.captureUrl }),
    ...(record.collector === undefined ? {} : { collector: record.collector }),
  };
  const { title, publisher, language, documentType, grade, gradeReason } = record;
  await engine.call('sources.edit', {
    id,
    patch: { title, publisher, language, documentType, grade, gradeReason, ...given, capture },
  });
  return id;
}

async function codesOf(engine: EngineClient) {
  const { categories, dimensions } = await engine.call('codebook.get', {});
  return {
    category: new Map(categories.map((category) => [category.code, category.id])),
    dimension: new Map(
      dimensions.map((dimension) => [
        dimension.code,
        { id: dimension.id, values: new Map(dimension.values.map((value) => [value.code, value.id])) },
      ]),
    ),
  };
}
type Known = Awaited<ReturnType<typeof codesOf>>;

async function mark(
  engine: EngineClient,
  codes: Known,
  source: SampleSource,
  ids: ReadonlyMap<string, SourceId>,
  name: SamplePerson,
): Promise<void> {
  const id = ids.get(source.file);
  if (id === undefined) return;
  for (const passage of source.passages) if (passage.by === name) await markOne(engine, codes, id, passage);
}

async function markOne(engine: EngineClient, codes: Known, source: SourceId, passage: SamplePassage): Promise<void> {
  const { layer, start, end } = await engine.call('passages.find', { source, quote: { exact: passage.quote } });
  const categories = passage.tags.map((code) => known(codes.category, code));
  const made = await engine.call('passages.create', {
    source,
    layer,
    marked: { kind: 'text', start, end },
    categories,
  });
  for (const [code, chosen] of Object.entries(passage.settings ?? {})) {
    const dimension = known(codes.dimension, code);
    const values = chosen.map((value) => valueId.parse(known(dimension.values, value)));
    await engine.call('settings.set', { passage: made.id, dimension: dimensionId.parse(dimension.id), values });
  }
  if (passage.memo !== undefined)
    await engine.call('memos.set', { target: { kind: 'passage', id: recordId.parse(made.id) }, text: passage.memo });
  if (passage.mask !== undefined) {
    const { words, reason } = passage.mask;
    await engine.call('masks.add', { source, ...(await engine.call('masks.find', { source, words })), reason });
  }
}

function known<T>(map: ReadonlyMap<string, T>, code: string): T {
  const value = map.get(code);
  if (value === undefined)
    throw new Fault('INTERNAL', `The sample names “${code}”, which the codebook does not have.`, { code });
  return value;
}
