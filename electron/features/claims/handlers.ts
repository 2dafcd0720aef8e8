import type { CallArgs } from '../../../shared/contract/index.ts';
import type { claims as contract } from '../../../shared/contract/claims.ts';
import { Fault } from '../../../shared/errors.ts';
import { type ClaimId, claimId, type PassageId } from '../../../shared/model/index.ts';
import { counted } from '../../../shared/text/counted.ts';
import type { Edit, Readable } from '../../db/types.ts';
import type { Handlers, WriteContext } from '../../project/context.ts';
import { derivedId } from '../../project/ids.ts';
import { isLive } from '../../project/live.ts';
import { listClaims } from '../../project/claims/list.ts';
import { allClaims, allLinks, type ClaimRow, type LinkRow } from '../../project/claims/queries.ts';

/** UTF-16 code units of a claim in the label of an edit. */
const LABEL = 60;
const shortened = (text: string): string => (text.length > LABEL ? `${text.slice(0, LABEL).trimEnd()}…` : text);

function find(db: Readable, id: ClaimId): ClaimRow & { readonly text: string } {
  const found = db.all(allClaims, {}).find((one) => one.id === id);
  if (found === undefined)
    throw new Fault('NOT_FOUND', 'This claim isn’t in the project any more. Choose one from the list.', { id });
  return { ...found, text: found.text ?? '' };
}

const linkIdOf = (claim: ClaimId, passage: PassageId): string => derivedId('sourcebook claim link', claim, passage);

function findLink(db: Readable, claim: ClaimId, passage: PassageId): LinkRow {
  const id = linkIdOf(claim, passage);
  const found = db.all(allLinks, {}).find((one) => one.id === id);
  if (found === undefined)
    throw new Fault('NOT_FOUND', 'That passage isn’t linked to this claim. Link it first.', { id: claim, passage });
  return found;
}

function create({ db, person, newId }: WriteContext, { text }: CallArgs<'claims.create'>): { id: ClaimId } {
  const id = claimId.parse(newId());
  db.commit(`Write claim “${shortened(text)}”`, [
    { entity: 'claim', id, field: 'text', value: text },
    { entity: 'claim', id, field: 'person', value: person.id },
    { entity: 'claim', id, field: 'deleted', value: false },
  ]);
  return { id };
}

function link({ db }: WriteContext, { id, passages, as, answer }: CallArgs<'claims.link'>): {} {
  const { text } = find(db, id);
  if (answer !== undefined && as !== 'contradicts')
    throw new Fault('USAGE', 'Only a passage that contradicts a claim has an answer.', { id, as });
  const gone = passages.filter((passage) => !isLive(db, 'passage', passage));
  if (gone.length > 0)
    throw new Fault('NOT_FOUND', 'A passage isn’t in the project, or is in the trash. Nothing was linked.', { gone });
  const edits = [...new Set(passages)].flatMap((passage): Edit[] => {
    const record = { entity: 'claimlink', id: linkIdOf(id, passage) } as const;
    return [
      { ...record, field: 'claim', value: id },
      { ...record, field: 'passage', value: passage },
      { ...record, field: 'relation', value: as },
      ...(answer === undefined ? [] : [{ ...record, field: 'answer', value: answer } satisfies Edit]),
      { ...record, field: 'deleted', value: false },
    ];
  });
  const what = passages.length === 1 ? 'Link passage' : `Link ${counted(passages.length, 'passage')}`;
  db.commit(`${what}: ${as} “${shortened(text)}”`, edits);
  return {};
}

function answerTo({ db }: WriteContext, { id, passage, answer }: CallArgs<'claims.answer'>): {} {
  const { text } = find(db, id);
  const { id: record, relation } = findLink(db, id, passage);
  if (relation !== 'contradicts')
    throw new Fault('USAGE', 'Only a passage that contradicts a claim has an answer.', { id, passage });
  db.commit(`${answer === '' ? 'Remove answer' : 'Answer contradiction'} of “${shortened(text)}”`, [
    { entity: 'claimlink', id: record, field: 'answer', value: answer },
  ]);
  return {};
}

/** See shared/contract/claims.ts. */
export const claimsHandlers: Handlers<typeof contract> = {
  'claims.list': async (context) => ({ claims: await listClaims(context) }),
  'claims.create': create,
  'claims.change': ({ db }, { id, text }) => {
    const before = find(db, id);
    db.commit(`Change claim “${shortened(before.text)}”`, [{ entity: 'claim', id, field: 'text', value: text }]);
    return {};
  },
  'claims.remove': ({ db }, { id }) => {
    const { text } = find(db, id);
    db.commit(`Remove claim “${shortened(text)}”`, [{ entity: 'claim', id, field: 'deleted', value: true }]);
    return {};
  },
  'claims.link': link,
  'claims.answer': answerTo,
  'claims.unlink': ({ db }, { id, passage }) => {
    const { text } = find(db, id);
    const { id: record } = findLink(db, id, passage);
    db.commit(`Unlink passage from “${shortened(text)}”`, [
      { entity: 'claimlink', id: record, field: 'deleted', value: true },
    ]);
    return {};
  },
};
