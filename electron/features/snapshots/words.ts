import { z } from 'zod';
import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import { parsed, type Json } from '../../../shared/changes/canonical.ts';
import { fieldOf } from '../../../shared/changes/fields.ts';
import type { StateDifference } from '../../../shared/contract/snapshots.ts';
import { operationWords } from '../../../shared/figures/operation-words.ts';
import { readingWords } from '../../../shared/figures/reading-words.ts';
import { relationWords } from '../../../shared/figures/relation-words.ts';
import {
  conversionRule,
  conversionWords,
  pagesOf,
  recordId,
  referenceValue,
  referenceWords,
} from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import type { Readable, SqlValue, StateRow } from '../../db/types.ts';
import { changedColumns, type Difference } from './states.ts';
import { names } from './queries.ts';

/** The longest value shown, in UTF-16 code units; a label can be a third of it. */
const LONGEST = 240;
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The name of a record by its id. */
type NameOf = (id: string) => string;

/** Differences in words: names instead of ids, long texts shortened. */
export function inWords(db: Readable, found: readonly Difference[]): StateDifference[] {
  const nameOf = namesFor(db, found);
  return found.flatMap(({ before, after }) => {
    const one = after ?? before;
    if (one === null) return [];
    const text = (row: StateRow | null, field: string): string =>
      row === null ? '' : valueText(row, field, row.row[field] ?? null, nameOf);
    return [
      {
        entity: one.entity,
        id: recordId.parse(one.id),
        label: short(labelOf(one, nameOf), LONGEST / 3),
        // A record names its author, not who changed it. Only a translation names the author of its present text.
        by: before === null || after === null || one.entity === 'translation' ? byOf(one, nameOf) : '',
        how: before === null ? 'added' : after === null ? 'removed' : 'changed',
        fields: changedColumns(before, after).map((field) => ({
          field,
          before: text(before, field),
          after: text(after, field),
        })),
      },
    ];
  });
}

/** The present names of all records that these rows refer to. */
function namesFor(db: Readable, found: readonly Difference[]): NameOf {
  const wanted = new Set<string>();
  for (const { before, after } of found) {
    for (const one of [before, after]) {
      for (const [name, value] of Object.entries(one?.row ?? {})) {
        if (name !== 'id' && typeof value === 'string') for (const [id] of value.matchAll(ID)) wanted.add(id);
      }
    }
  }
  const ids = JSON.stringify([...wanted]);
  const known = new Map<string, string>();
  for (const [entity, query] of Object.entries(names)) {
    for (const { id, name } of db.all(query, { ids }))
      known.set(id, entity === 'passage' || entity === 'figure' ? quoteOf(name) : short(name ?? '', LONGEST / 3));
  }
  return (id) => known.get(id) ?? id.slice(0, 8);
}

function labelOf({ entity, row }: StateRow, nameOf: NameOf): string {
  const text = (field: string): string => (typeof row[field] === 'string' ? row[field] : '');
  const ref = (field: string): string => (text(field) === '' ? '' : nameOf(text(field)));
  const both = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ');
  switch (entity) {
    case 'project':
    case 'dossier':
    case 'draft':
      return text('title');
    case 'source':
      return text('title') || text('fileName');
    case 'person':
    case 'assignment':
    case 'snapshot':
    case 'collection':
    case 'place':
    case 'view':
      return text('name');
    case 'category':
    case 'dimension':
      return text('name') || text('code');
    case 'value':
      return text('label') || text('code');
    case 'layer':
      return both(`${text('engine')} ${text('version')}`, ref('source'));
    case 'passage':
      return quoteOf(text('anchor'));
    case 'mask':
    case 'figure':
      return both(quoteOf(text('anchor')), ref('source'));
    case 'notprivate':
      return both(text('reason'), ref('passage'));
    case 'figurecheck':
      return both(text('verdict'), ref('figure'));
    case 'relation':
      return both(operationWords(text('operation')), relationWords('figures', parsed(text('figures')), nameOf) ?? '');
    case 'relationcheck':
      return both(text('verdict'), ref('relation'));
    case 'conversion':
      return measureText(text('rule'));
    case 'reference':
      return measureText(text('value'));
    case 'confirmation':
      return ref('confirmed');
    case 'timestamp':
      return ref('snapshot') || text('file');
    case 'membership':
      return both(ref('collection'), ref('source'));
    case 'copy':
      return both(ref('one'), ref('other'), text('verdict'));
    case 'tag':
      return both(ref('category'), ref('passage'));
    case 'claimlink':
      return both(ref('claim'), text('relation'), ref('passage'));
    case 'draftmark':
    case 'draftlink':
    case 'draftremedy':
    case 'draftrelease':
      // Of a decision, a link or a remedy what is there; a release has its draft alone.
      return both(text('state'), text('remedy'), text('sentence'), ref('passage'), ref('claim'), ref('draft'));
    case 'suggestion':
      return both(text('term'), text('verdict'), ref('source'));
    case 'placechoice':
      return both(text('text'), text('place'), ref('source'));
    case 'setting':
      return both(`${ref('dimension')}: ${ref('value')}`, ref('passage'));
    case 'memo':
    case 'claim':
    case 'placename':
      return text('text');
    case 'comment':
      return both(text('text'), ref('passage'));
    case 'review':
      return both(text('state'), ref('passage'));
    case 'translation':
      return both(languageOf(text('language')), ref('passage'));
    case 'adjudication':
      return both(text('reason'), ref('passage'));
  }
}

/** What a conversion or a reference value says. */
function measureText(json: string): string {
  const value = parsed(json);
  const rule = conversionRule.safeParse(value).data;
  if (rule !== undefined) return conversionWords(rule);
  const reference = referenceValue.safeParse(value).data;
  return reference === undefined ? '' : referenceWords(reference);
}

/** The person a record names as its author; for a translation, the author of its present text. */
function byOf({ entity, row }: StateRow, nameOf: NameOf): string {
  const person = entity === 'translation' ? draftOf(row['draft'] ?? null).person : row['person'];
  return typeof person === 'string' && person !== '' ? nameOf(person) : '';
}

const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });
/** `English` for `en`; an invalid language code stays as it is. */
function languageOf(tag: string): string {
  try {
    return languages.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

const draft = z.object({ text: z.string().optional(), person: z.string().optional() });
const draftOf = (value: SqlValue): z.infer<typeof draft> =>
  (typeof value === 'string' ? draft.safeParse(parsed(value)).data : undefined) ?? {};

function valueText({ entity }: StateRow, field: string, value: SqlValue, nameOf: NameOf): string {
  if (typeof value !== 'string') return typeof value === 'number' ? numberText(entity, field, value) : '';
  if (field === 'anchor') return anchorText(value);
  const measured =
    (entity === 'conversion' || entity === 'reference') && field !== 'citation' ? measureText(value) : '';
  const words =
    measured !== '' ? measured : entity === 'translation' && field === 'draft' ? draftOf(value).text : undefined;
  if (typeof words === 'string') return short(words, LONGEST);
  const reading = entity === 'figure' || entity === 'figurecheck' ? readingWords(field, parsed(value) ?? null) : null;
  if (reading !== null) return short(reading, LONGEST);
  const kind = fieldOf(entity, field)?.kind;
  if (entity === 'relation' || entity === 'relationcheck') {
    const said = relationWords(field, kind === 'json' ? parsed(value) : value, nameOf);
    if (said !== null) return short(said, LONGEST);
  }
  if (kind === 'ref') return nameOf(value);
  return short(kind === 'json' ? jsonText(parsed(value) ?? value, nameOf) : value, LONGEST);
}

const numberText = (entity: StateRow['entity'], field: string, value: number): string =>
  fieldOf(entity, field)?.kind === 'bool' ? (value === 1 ? 'yes' : 'no') : String(value);

const worded = z.object({ term: z.string().optional(), edtf: z.string().optional(), implied: z.boolean().optional() });

function jsonText(value: Json, nameOf: NameOf): string {
  if (typeof value === 'string') return value.replaceAll(ID, nameOf);
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.map((one: Json) => jsonText(one, nameOf)).join(', ');
  // A codebook term without its note; a date, marked if it is implied.
  const { term, edtf, implied } = worded.safeParse(value).data ?? {};
  if (term !== undefined) return term;
  if (edtf !== undefined) return implied === true ? `${edtf} (implied)` : edtf;
  return Object.entries(value)
    .map(([key, one]) => `${key.replaceAll(ID, nameOf)}: ${jsonText(one, nameOf)}`)
    .join('; ');
}

function anchorText(value: string): string {
  const anchor = readAnchor(value);
  if (anchor === null) return short(value, LONGEST);
  const { page } = pagesOf(anchor);
  const where = page === null ? '' : `page ${page}, `;
  if (anchor.kind !== 'text') return `${where}area ${anchor.area.map((side) => Math.round(side)).join(', ')}`;
  return `“${short(quotedWords(anchor.exact, 'pdf'), LONGEST)}” (${where}characters ${anchor.start}–${anchor.end})`;
}

function quoteOf(anchor: string | null): string {
  const read = anchor === null || anchor === '' ? null : readAnchor(anchor);
  if (read === null) return '';
  return read.kind === 'text' ? `“${short(quotedWords(read.exact, 'pdf'), LONGEST / 3)}”` : 'an area of a page';
}

/** One line, never cut inside a surrogate pair. */
function short(text: string, most: number): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length <= most ? line : `${line.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…`;
}
