import type { ReviewDetail } from '../../../shared/contract/review.ts';
import type { Passage } from '../../../shared/model/index.ts';
import { useCall, useCallAtRest } from '../../api/index.ts';
import { Note } from '../../ui/Note.tsx';
import { useTranslation } from '../strings/use-translation.ts';

interface UnsignedNoteProps {
  readonly passage: Passage;
  readonly of: readonly ReviewDetail['unsigned'][number]['entity'][];
  /** The record, to show the note for it alone. */
  readonly id?: string;
}

/**
 * Names the signers of records on a passage that carry the name of somebody who never signed them, if the log doesn’t explain it. Read only
 * once the person stays on a passage, since a reader moves quickly from one to the next.
 */
export function UnsignedNote({ passage, of, id }: UnsignedNoteProps) {
  const { t } = useTranslation();
  const detail = useCallAtRest('review.get', { passage: passage.id });
  const own = useCall('app.state', {}).data?.person.id ?? null;
  const forged = (detail?.unsigned ?? []).filter(
    (one) => one.forged && of.includes(one.entity) && (id === undefined || one.id === id),
  );
  if (forged.length === 0) return null;
  const nameOf = (person: string): string => detail?.people.find((one) => one.id === person)?.name ?? '?';
  return (
    <Note tone="warn">
      {forged.map(({ id: record, words, person }) => (
        <p key={record}>
          <bdi>{words}</bdi>{' '}
          {person === own ? t('review.thread.notYours') : t('review.thread.askThem', { name: nameOf(person) })}
        </p>
      ))}
    </Note>
  );
}
