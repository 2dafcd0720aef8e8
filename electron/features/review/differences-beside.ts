import { parsed } from '../../../shared/changes/canonical.ts';
import { fieldName } from '../../../shared/changes/fields.ts';
import { edtfDate } from '../../../shared/model/index.ts';
import { type Basis, citedChanges, type CitedField, type CitedRecord } from '../../../shared/review/basis.ts';
import { documentTypeWords, memoRecords, sourceOfPassage } from './queries.ts';
import { type Difference, last, type Teller } from './difference-words.ts';

/** What was noted on the passage, person by person: each has one memo, unless two machines of theirs made two. */
export function memos(teller: Teller, before: Basis, now: Basis): Difference[] {
  const { context, id, nameOf } = teller;
  const records = context.db.all(memoRecords, { passage: id });
  const wordsOf = ({ memos: all }: Basis, person: string): string =>
    (all ?? [])
      .filter(([by]) => by === person)
      .map(([, text]) => `${nameOf(person)}: ${text}`)
      .join('\n');
  const people = [...new Set([...(before.memos ?? []), ...(now.memos ?? [])].map(([person]) => person))];
  return people.flatMap((person): Difference[] => {
    const [old, current] = [wordsOf(before, person), wordsOf(now, person)];
    if (old === current) return [];
    const ids = records.filter((one) => one.person === person).map((one) => one.id);
    return [{ what: 'memo', before: old, after: current, ...last(teller, 'memo', ids, ['text', 'person', 'deleted']) }];
  });
}

/** What a citation would print otherwise: each field of the source's record with its name. */
export function record(teller: Teller, before: Basis, now: Basis): Difference[] {
  const { db } = teller.context;
  const source = db.get(sourceOfPassage, { id: teller.id });
  const wordsOf = (cited: CitedRecord | null, field: CitedField): string => {
    const text = cited?.[field] ?? '';
    if (text === '') return '';
    const said = field === 'documentType' ? (db.get(documentTypeWords, { code: text })?.words ?? text) : dateOr(text);
    return `${fieldName('source', field)}: ${said}`;
  };
  return citedChanges(before, now).map((field) => ({
    what: 'source',
    before: wordsOf(before.source, field),
    after: wordsOf(now.source, field),
    ...last(teller, 'source', source === undefined ? [] : [source.source], [field]),
  }));
}

/** A date as it is known; one that was concluded says so. */
function dateOr(text: string): string {
  const date = edtfDate.safeParse(parsed(text));
  return date.success ? `${date.data.edtf}${date.data.implied ? ' (implied)' : ''}` : text;
}
