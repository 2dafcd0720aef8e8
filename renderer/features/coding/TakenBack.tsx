import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Assignment } from '../../../shared/model/index.ts';
import { useWrite } from '../../api/index.ts';
import { Button } from '../../ui/Button.tsx';
import { InlineError } from '../../ui/Note.tsx';

/** Assignments whose giving out was undone: their file may be with somebody, and their work comes back only to what is here. */
export function TakenBack({ removed }: { removed: readonly Assignment[] }) {
  const { t } = useTranslation();
  const restore = useWrite('assignments.restore');
  if (removed.length === 0) return null;
  return (
    <section className="team-block" aria-label={t('coding.takenBack')}>
      <h3 className="strong">{t('coding.takenBack')}</h3>
      <p className="hint">{t('coding.takenBackText')}</p>
      <ul className="team-list">
        {removed.map(({ id, name, coderName }) => (
          <li key={id} className="team-row coding-row">
            <bdi className="grow">{name === '' ? coderName : name}</bdi>
            <Button size="small" isPending={restore.isPending} onPress={() => restore.mutate({ id })}>
              {t('coding.bringBack')}
            </Button>
          </li>
        ))}
      </ul>
      {restore.error === null ? null : <InlineError message={restore.error.message} />}
    </section>
  );
}
