import { randomBytes } from 'node:crypto';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import type { Stamp, Stamped, timestamps } from '../../../shared/contract/timestamps.ts';
import { Fault } from '../../../shared/errors.ts';
import { sha256, stampAnswer, timestampId } from '../../../shared/model/index.ts';
import { timeStampRequest } from '../../formats/timestamp/request.ts';
import type { Handlers, WriteContext } from '../../project/context.ts';
import {
  listStamps,
  stampById,
  stampOf,
  type StampRow,
  stampsOf,
  stampsOfFile,
  verdictOf,
} from '../../project/timestamps/stamps.ts';
import { type Edit, query, type Readable } from '../../db/types.ts';
import { find, holdsIn } from './found.ts';

const NONCE_BYTES = 8;

export const timestampsHandlers: Handlers<typeof timestamps> = {
  'timestamps.list': ({ db, trustedRoots }) => ({ timestamps: listStamps(db, trustedRoots()) }),
  'timestamps.ask': ask,
  'timestamps.answer': (context, { id, answer }) => {
    const row = findStamp(context.db, id);
    if (row.answer !== null)
      throw new Fault('EXISTS', `This request for “${row.name}” has its answer already.`, { id });
    return keepAnswer(context, row, answer);
  },
  'timestamps.add': add,
  'timestamps.get': ({ db }, { id }) => {
    const { name, answer } = findStamp(db, id);
    const read = stampAnswer.safeParse(answer).data;
    if (read === undefined) throw new Fault('NOT_FOUND', 'This time stamp has no answer yet.', { id });
    return { name, answer: read };
  },
  'timestamps.remove': ({ db }, { id }) => {
    const row = findStamp(db, id);
    db.commit(`Remove time stamp of ${wordsOf(row)}`, [{ entity: 'timestamp', id, field: 'deleted', value: true }]);
    return {};
  },
};

const dossierById = query<{ id: string }, { id: string }>(
  'timestamps.dossier',
  `SELECT d.id FROM p_dossier d WHERE d.id = $id AND d.deleted IS NOT 1`,
);

const wordsOf = ({ snapshot, name }: Pick<StampRow, 'snapshot' | 'name'>): string =>
  snapshot === null ? `file: ${name}` : `snapshot: ${name}`;

/** What a time stamp is asked of, with those that it has. */
interface Subject {
  readonly name: string;
  readonly hash: string;
  readonly stamps: readonly StampRow[];
  readonly fields: Readonly<Partial<Record<'snapshot' | 'dossier' | 'file' | 'sha256', string>>>;
}

function subjectOf({ db, project }: WriteContext, of: Stamped): Subject {
  if (!('snapshot' in of)) {
    const { dossier, file, sha256: hash } = of;
    if (db.get(dossierById, { id: dossier }) === undefined)
      throw new Fault('NOT_FOUND', 'No such dossier. Choose one from the list.', { id: dossier });
    return { name: file, hash, stamps: db.all(stampsOfFile, { dossier, hash }), fields: { ...of } };
  }
  const { snapshot } = of;
  const row = find(db, snapshot);
  if (!holdsIn(project.log, row))
    throw new Fault(
      'DAMAGED',
      `The history no longer gives the state recorded in “${row.name}”, so a time stamp of it would show nothing. Verify the project.`,
      { id: snapshot },
    );
  return { name: row.name, hash: row.state, stamps: db.all(stampsOf, { snapshot }), fields: { snapshot } };
}

function ask(context: WriteContext, of: CallArgs<'timestamps.ask'>): CallOutput<'timestamps.ask'> {
  const { name, hash, stamps, fields } = subjectOf(context, of);
  const waiting = stamps.find((one) => one.answer === null && one.nonce !== null);
  const nonce = waiting?.nonce ?? BigInt(`0x${randomBytes(NONCE_BYTES).toString('hex')}`).toString(16);
  const id = timestampId.parse(waiting?.id ?? context.newId());
  if (waiting === undefined)
    context.db.commit(`Request a time stamp of ${wordsOf({ snapshot: fields.snapshot ?? null, name })}`, [
      ...Object.entries(fields).map(([field, value]) => ({ entity: 'timestamp', id, field, value }) as Edit),
      { entity: 'timestamp', id, field: 'nonce', value: nonce },
      { entity: 'timestamp', id, field: 'person', value: context.person.id },
    ]);
  const known = sha256.parse(hash);
  return { id, hash: known, request: timeStampRequest(known, BigInt(`0x${nonce}`)).toString('base64') };
}

function add(context: WriteContext, { snapshot, nonce, answer }: CallArgs<'timestamps.add'>): Stamp {
  const { db } = context;
  const { name, state } = find(db, snapshot);
  const known = db.all(stampsOf, { snapshot }).find((one) => one.nonce === nonce);
  if (known !== undefined && known.answer !== null)
    throw new Fault('EXISTS', `This time stamp of “${name}” is in the project already.`, { id: known.id });
  if (known !== undefined) return keepAnswer(context, known, answer);
  assertShows(context, { hash: state, nonce }, answer);
  const id = timestampId.parse(context.newId());
  db.commit(`Time stamp of snapshot: ${name}`, [
    { entity: 'timestamp', id, field: 'snapshot', value: snapshot },
    { entity: 'timestamp', id, field: 'nonce', value: nonce },
    { entity: 'timestamp', id, field: 'answer', value: answer },
    { entity: 'timestamp', id, field: 'person', value: context.person.id },
  ]);
  return stored(context, id);
}

function keepAnswer(context: WriteContext, row: StampRow, answer: string): Stamp {
  assertShows(context, row, answer);
  const id = timestampId.parse(row.id);
  context.db.commit(`Time stamp of ${wordsOf(row)}`, [{ entity: 'timestamp', id, field: 'answer', value: answer }]);
  return stored(context, id);
}

/** Only what holds is stored, but for the trust in its authority, which each installation decides for itself. */
function assertShows({ trustedRoots }: WriteContext, row: Pick<StampRow, 'hash' | 'nonce'>, answer: string): void {
  const verdict = verdictOf(row, answer, trustedRoots());
  if (verdict.fault === null || verdict.fault === 'untrusted') return;
  throw new Fault('BAD_INPUT', `This answer shows nothing of what was asked, so it wasn’t stored. ${verdict.why}`, {
    fault: verdict.fault,
  });
}

function stored({ db, trustedRoots }: WriteContext, id: string): Stamp {
  const made = stampOf(findStamp(db, id), trustedRoots());
  if (made === null) throw new Fault('INTERNAL', 'The time stamp was saved but can’t be read. Verify the project.');
  return made;
}

function findStamp(db: Readable, id: string): StampRow {
  const row = db.get(stampById, { id });
  if (row === undefined) throw new Fault('NOT_FOUND', 'No such time stamp. Choose one from the list.', { id });
  return row;
}
