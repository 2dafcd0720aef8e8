import type { ExchangeQuestion } from '../../../shared/contract/exchange-questions.ts';
import { Fault } from '../../../shared/errors.ts';
import { type PersonId, personId } from '../../../shared/model/index.ts';
import type { QdaFileRead } from '../../formats/qda/file.ts';
import { livePeople } from '../../project/people/names.ts';
import { coderWithoutKey, peopleWithoutKey } from '../../project/people/without-key.ts';
import type { FileImport, FilePreview } from './import-file.ts';
import type { Ledger } from './ledger.ts';
import type { IncomingRecords } from './records.ts';

const USERS = 'Users';

/** How many codings of the file there are of each code, and by each user. */
export function codingsIn({ sources }: Pick<QdaFileRead, 'sources'>): {
  readonly of: ReadonlyMap<string, number>;
  readonly by: ReadonlyMap<string, number>;
} {
  const [of, by] = [new Map<string, number>(), new Map<string, number>()];
  for (const { source } of sources)
    for (const { codings } of source.selections)
      for (const { code, by: who } of codings) {
        of.set(code, (of.get(code) ?? 0) + 1);
        if (who.user !== null) by.set(who.user, (by.get(who.user) ?? 0) + 1);
      }
  return { of, by };
}

/**
 * Whose the tags of each user are. Only the importing person signs, so they are theirs, if they say that they are this user, or a coder’s
 * without a key, whom nobody can be mistaken for. Anybody else who has a key imports the file too. No question where the user is
 * the importing person by their ID, or an earlier import of this file has added them.
 */
export function codersIn(
  { context, said }: Pick<FilePreview, 'context' | 'said'> | Pick<FileImport, 'context' | 'said'>,
  { project }: Pick<QdaFileRead, 'project'>,
  codings: ReadonlyMap<string, number>,
  to: { readonly records: IncomingRecords; readonly ledger: Ledger; readonly questions: ExchangeQuestion[] },
): ReadonlyMap<string, PersonId> {
  const { person, db } = context;
  const { records, ledger } = to;
  const coders = new Map<string, PersonId>();
  const keyless = peopleWithoutKey(db);
  const options = [
    { person: person.id, name: person.name, isMe: true },
    ...livePeople(db).flatMap(({ id, name }) => {
      const other = personId.parse(id);
      return keyless.has(id) ? [{ person: other, name: name ?? id, isMe: false }] : [];
    }),
  ];
  for (const { guid, name } of project.users) {
    const count = codings.get(guid) ?? 0;
    if (count === 0) {
      ledger.count(USERS, 'people', { found: 1 });
      ledger.left.add(USERS, 'They tagged nothing. What they marked or wrote says so in a memo.');
      continue;
    }
    const own = coderWithoutKey(`${name ?? 'unnamed'} (${project.name === '' ? 'imported' : project.name})`, guid);
    if (guid === person.id || records.state('person', own.id) === 'here') {
      coders.set(guid, guid === person.id ? person.id : own.id);
      ledger.count(USERS, 'people', { found: 1, here: 1 });
      continue;
    }
    to.questions.push({ kind: 'coder', id: guid, name: name ?? 'unnamed', codings: count, options });
    const answer = said.answers.coders[guid];
    if (answer !== undefined && answer !== 'new') {
      if (!options.some((option) => option.person === answer))
        throw new Fault(
          'BAD_INPUT',
          `“${name ?? guid}” can be you, or somebody without a key: whoever has a key imports the file too, and signs for themselves.`,
          { coder: name ?? guid },
        );
      coders.set(guid, answer);
      ledger.count(USERS, 'people', { found: 1, here: 1 });
      continue;
    }
    coders.set(guid, own.id);
    if (answer === 'new') records.add('person', own.id, { name: own.name });
    ledger.count(USERS, 'people', { found: 1, [answer === 'new' ? 'added' : 'asked']: 1 });
  }
  if (to.questions.some(({ kind }) => kind === 'coder'))
    ledger.say(USERS, 'people', 'You sign their tags, as said by the file: a coder without a key signs nothing.');
  return coders;
}
