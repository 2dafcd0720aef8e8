import { openProject } from '../../electron/db/index.ts';
import type { Edit, Person } from '../../electron/db/types.ts';
import type { Json } from '../../shared/changes/canonical.ts';
import { basesNow } from '../../electron/project/review/state.ts';
import type { Engine } from '../../electron/engine/engine.ts';
import type { ReviewDetail } from '../../shared/contract/review.ts';
import type { PassageId, ReviewState } from '../../shared/model/index.ts';
import { addFile, categoriesOf, mark, newFolder, openFor, somebody } from './project.ts';

export const SENTENCE = '要做好对口支援工作，健全失业监测预警机制。';

/** One passage that Ann created and tagged, in a project where several people take turns. */
export async function reviewProject() {
  const people = { ann: somebody('Ann'), ben: somebody('Ben'), cat: somebody('Cat'), dan: somebody('Dan') };
  const folder = newFolder({ person: people.ann });
  const as = async <T>(name: keyof typeof people, work: (engine: Engine) => Promise<T>): Promise<T> => {
    const engine = await openFor(folder, people[name]);
    try {
      return await work(engine);
    } finally {
      await engine.close();
    }
  };
  const passage = await as('ann', async (engine) => {
    const source = await addFile(engine, 'report.txt', `${SENTENCE}\n第二句。\n`);
    const categories = await categoriesOf(engine, 'TRF.PAIR');
    return mark(engine, source.id, SENTENCE, { categories });
  });
  const moveAs = (name: keyof typeof people, to: ReviewState, comment = ''): Promise<ReviewDetail> =>
    as(name, (engine) => engine.call('review.move', { passage: passage.id, to, comment }));
  const get = (name: keyof typeof people = 'dan'): Promise<ReviewDetail> =>
    as(name, (engine) => engine.call('review.get', { passage: passage.id }));
  const translateAs = (name: keyof typeof people, text: string) =>
    as(name, (engine) => engine.call('translations.set', { passage: passage.id, text }));
  return { folder, people, as, passage, moveAs, get, translateAs };
}

/** The basis of a passage, as a review step stores it. */
export function groundOf(folder: string, person: Person, passage: PassageId): Ground {
  const db = openProject({ folder, person });
  const basis = basesNow({ db: db.read, project: db }, [passage]).get(passage);
  db.close();
  if (basis === undefined) throw new Error('The passage has no place');
  const { translations, source, decided, ...rest } = basis;
  return {
    ...rest,
    source: { ...source },
    translations: translations.map((one) => ({ ...one })),
    decided: decided === null ? null : { ...decided },
  };
}
type Ground = { readonly [key: string]: Json };

/** What a modified program could do: edits signed with this person's key, without the engine's rules. */
export function writeBehind(folder: string, person: Person, label: string, edits: readonly Edit[]): void {
  const db = openProject({ folder, person, installation: person.id });
  db.write.commit(label, edits);
  db.close();
}

/** The edits of a review step that any program might write. */
export function moveEdits(review: string, passage: PassageId, state: ReviewState, person: string, basis: Json): Edit[] {
  return [
    { entity: 'passage', id: passage, field: 'state', value: state },
    { entity: 'review', id: review, field: 'passage', value: passage },
    { entity: 'review', id: review, field: 'state', value: state },
    { entity: 'review', id: review, field: 'comment', value: '' },
    { entity: 'review', id: review, field: 'basis', value: basis },
    { entity: 'review', id: review, field: 'person', value: person },
  ];
}
