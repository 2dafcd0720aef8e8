import type { CallOutput } from '../../../shared/contract/index.ts';
import { errorDataOf, useCall, useWrite } from '../../api/index.ts';
import { notifyError } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';

type Asked = CallOutput<'evidence.places'>['asked'];
/** At most this many names are listed, those in the most passages first. */
const LISTED = 12;

/** Asks which place a name means if several places have that name. A choice applies to the sources where the name was found; undo works. */
export function AskedNames({ asked }: { asked: Asked }) {
  const { t } = useTranslation();
  const places = useCall('places.list', {}).data?.places;
  const choose = useWrite('places.choose');
  if (asked.length === 0) return null;
  const nameOf = (id: string): string => places?.find((one) => one.id === id)?.name ?? id;
  return (
    <>
      <h2>{t('evidence.places.asked.title')}</h2>
      <p className="hint">{t('evidence.places.asked.note')}</p>
      <ul className="evidence-asked">
        {asked.slice(0, LISTED).map(({ text, places: candidates, count, sources }) => {
          const set = (place: string | null): void =>
            choose.mutate({ sources, text, place }, { onError: (thrown) => notifyError(errorDataOf(thrown)) });
          return (
            <li key={`${text} ${candidates.join(' ')}`} className="line">
              <bdi className="grow">{text}</bdi>
              <span className="dim">
                {t('evidence.passages', { count })}, {t('evidence.sources', { count: sources.length })}
              </span>
              <Menu
                label={t('evidence.places.asked.which', { text })}
                trigger={
                  <Button
                    size="small"
                    aria-label={t('evidence.places.asked.which', { text })}
                    isPending={choose.isPending}
                  >
                    {t('evidence.places.asked.choose')}
                  </Button>
                }
                entries={[
                  ...candidates.map((id) => ({ id, label: nameOf(id), run: () => set(id) })),
                  'line' as const,
                  { id: 'none', label: t('evidence.places.asked.noPlace'), run: () => set(null) },
                ]}
              />
            </li>
          );
        })}
      </ul>
      {asked.length > LISTED ? (
        <p className="hint">{t('evidence.places.asked.more', { count: asked.length - LISTED })}</p>
      ) : null}
    </>
  );
}
