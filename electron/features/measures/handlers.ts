import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import type { KeptReference, KnownConversion, measures as contract } from '../../../shared/contract/measures.ts';
import { Fault } from '../../../shared/errors.ts';
import {
  contradicted,
  type Conversion,
  conversionFactor,
  CONVERSIONS,
  conversionTable,
  unitPair,
} from '../../../shared/figures/conversions.ts';
import { areNeverMixed } from '../../../shared/figures/units.ts';
import {
  type ConversionRule,
  conversionId,
  conversionWords,
  referenceId,
  type ReferenceValue,
  referenceValue,
  referenceWords,
  type SourceId,
} from '../../../shared/model/index.ts';
import type { Edit, Readable } from '../../db/types.ts';
import type { Handlers, WriteContext } from '../../project/context.ts';
import { derivedId } from '../../project/ids.ts';
import { keptReferences, ownConversions } from '../../project/measures/rules.ts';
import { ownOf } from '../../project/places/own.ts';
import { placeTreeOf } from '../../project/places/tree.ts';
import { liveSource } from '../../project/sources/live-sources.ts';

function listConversions(db: Readable): KnownConversion[] {
  const own = ownConversions(db);
  const table = conversionTable(own);
  const replaced = new Set(own.map(({ from, to }) => unitPair(from, to)));
  const theProgram = CONVERSIONS.filter(({ from, to }) => !replaced.has(unitPair(from, to))).map((one) => ({
    ...one,
    factor: one.factor.toString(),
    id: null,
  }));
  return [...theProgram, ...own]
    .map(({ id, from, to, factor, by }) => {
      const inTable = table.find((one) => one.from === from && one.to === to);
      return {
        id,
        from,
        to,
        factor,
        by,
        known: knownFactor(from, to),
        contradicted: inTable === undefined ? null : (contradicted(inTable, table)?.toString() ?? null),
      };
    })
    .toSorted((a, b) => a.from.localeCompare(b.from, 'en') || a.to.localeCompare(b.to, 'en'));
}

/** Only of a row of the program’s table, not of what follows from several. */
const knownFactor = (from: string, to: string): string | null => {
  const row = CONVERSIONS.filter((one) => unitPair(one.from, one.to) === unitPair(from, to));
  return row.length === 0 ? null : (conversionFactor(from, to, row)?.toString() ?? null);
};

function setConversion({ db }: WriteContext, rule: ConversionRule): CallOutput<'conversions.set'> {
  assertConvertible(rule);
  assertUncontradicted(db, rule);
  const id = idOfPair(rule);
  const before = ownConversions(db).find((one) => one.id === id);
  const words = conversionWords(rule);
  if (before === undefined || JSON.stringify({ ...before, id }) !== JSON.stringify({ id, ...rule }))
    db.commit(rule.factor === null ? `Turn a conversion off: ${words}` : `Set a conversion: ${words}`, [
      { entity: 'conversion', id, field: 'rule', value: { ...rule } },
      { entity: 'conversion', id, field: 'deleted', value: false },
    ]);
  return { id };
}

const idOfPair = ({ from, to }: ConversionRule) =>
  conversionId.parse(derivedId('sourcebook conversion', ...[from, to].toSorted()));

function assertConvertible({ from, to, factor, by }: ConversionRule): void {
  if (from === to) throw new Fault('BAD_INPUT', 'Choose two different units.', { from, to });
  if (factor !== null && areNeverMixed(from, to))
    throw new Fault(
      'BAD_INPUT',
      `The units ${from} and ${to} count different things: no factor makes one of the other. Keep an estimate as a reference value.`,
      { from, to },
    );
  if (factor !== null && by === '')
    throw new Fault('BAD_INPUT', 'Say where the factor is from: a standard, a yearbook.', { from, to });
}

function assertUncontradicted(db: Readable, rule: ConversionRule): void {
  const pair = unitPair(rule.from, rule.to);
  const others = ownConversions(db).filter(({ from, to }) => unitPair(from, to) !== pair);
  const table: readonly Conversion[] = conversionTable([...others, rule]);
  const own = table.find(({ from, to }) => from === rule.from && to === rule.to);
  const other = own === undefined ? null : contradicted(own, table);
  if (other !== null)
    throw new Fault(
      'BAD_INPUT',
      `By the rest of the table 1 ${rule.from} is ${other.toString()} ${rule.to}. Change or turn off the other conversions first.`,
      { from: rule.from, to: rule.to, factor: other.toString() },
    );
}

function removeConversion({ db }: WriteContext, { id }: CallArgs<'conversions.remove'>): Record<string, never> {
  const rule = ownConversions(db).find((one) => one.id === id);
  if (rule === undefined)
    throw new Fault('NOT_FOUND', 'No such conversion of this project. Choose one from the list.', { id });
  db.commit(`Remove a conversion: ${conversionWords(rule)}`, [
    { entity: 'conversion', id, field: 'deleted', value: true },
  ]);
  return {};
}

const byQuantity = (a: KeptReference, b: KeptReference): number =>
  a.quantity.localeCompare(b.quantity, 'en') ||
  (a.place ?? '').localeCompare(b.place ?? '', 'en') ||
  (a.period ?? '').localeCompare(b.period ?? '', 'en') ||
  (a.id < b.id ? -1 : 1);

/** What a reference value is from. */
interface Publication {
  readonly source: SourceId | null;
  readonly citation: string | null;
}

function assertKnown(db: Readable, { place, source, citation }: ReferenceValue & Publication): void {
  if (source === null && (citation ?? '') === '')
    throw new Fault('BAD_INPUT', 'Say where the value is from: a source of the project, or a publication.');
  if (source !== null && db.get(liveSource, { id: source }) === undefined)
    throw new Fault('NOT_FOUND', 'No such source in this project.', { id: source });
  if (place !== null && !placeTreeOf(ownOf(db)).byId.has(place))
    throw new Fault('NOT_FOUND', `No place “${place}” in the gazetteer or in this project. Check its ID.`, { place });
}

function find(db: Readable, id: string): KeptReference {
  const found = keptReferences(db).find((one) => one.id === id);
  if (found === undefined) throw new Fault('NOT_FOUND', 'No such reference value. Choose one from the list.', { id });
  return found;
}

/** As people read it: the place by its name. */
function wordsOf(db: Readable, value: ReferenceValue): string {
  const { place } = value;
  return referenceWords({
    ...value,
    place: place === null ? null : (placeTreeOf(ownOf(db)).byId.get(place)?.name ?? place),
  });
}

function addReference(context: WriteContext, input: CallArgs<'references.add'>): CallOutput<'references.add'> {
  const { db, person } = context;
  assertKnown(db, input);
  const { source, citation } = input;
  const value = referenceValue.parse(input);
  const id = referenceId.parse(context.newId());
  db.commit(`Keep a reference value: ${wordsOf(db, value)}`, [
    { entity: 'reference', id, field: 'value', value },
    ...(source === null ? [] : [{ entity: 'reference', id, field: 'source', value: source } satisfies Edit]),
    ...(citation === null ? [] : [{ entity: 'reference', id, field: 'citation', value: citation } satisfies Edit]),
    { entity: 'reference', id, field: 'person', value: person.id },
    { entity: 'reference', id, field: 'deleted', value: false },
  ]);
  return { id };
}

/** Only what is different is written. */
function changeReference({ db }: WriteContext, input: CallArgs<'references.change'>): Record<string, never> {
  const { id, source, citation } = input;
  const before = find(db, id);
  assertKnown(db, input);
  const value = referenceValue.parse(input);
  const edits: Edit[] = [];
  if (JSON.stringify(referenceValue.parse(before)) !== JSON.stringify(value))
    edits.push({ entity: 'reference', id, field: 'value', value });
  if (before.source !== source) edits.push({ entity: 'reference', id, field: 'source', value: source });
  if (before.citation !== citation) edits.push({ entity: 'reference', id, field: 'citation', value: citation });
  if (edits.length > 0) db.commit(`Change a reference value: ${wordsOf(db, value)}`, edits);
  return {};
}

function removeReference({ db }: WriteContext, { id }: CallArgs<'references.remove'>): Record<string, never> {
  const value = find(db, id);
  db.commit(`Remove a reference value: ${wordsOf(db, value)}`, [
    { entity: 'reference', id, field: 'deleted', value: true },
  ]);
  return {};
}

/** See shared/contract/measures.ts. */
export const measuresHandlers: Handlers<typeof contract> = {
  'conversions.list': ({ db }) => ({ conversions: listConversions(db) }),
  'conversions.set': setConversion,
  'conversions.remove': removeConversion,
  'references.list': ({ db }) => ({ references: keptReferences(db).toSorted(byQuantity) }),
  'references.add': addReference,
  'references.change': changeReference,
  'references.remove': removeReference,
};
