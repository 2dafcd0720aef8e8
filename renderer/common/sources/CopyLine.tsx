import type { SourceId } from '../../../shared/model/index.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { openSource } from '../workbench/workbench.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { useCopies } from './copies.ts';
import { sourceName } from './sources.ts';

/** Tells that a source is one of several copies of one text, and names their origin; empty for any other source. */
export function CopyLine({ source }: { source: SourceId }) {
  const { t } = useTranslation();
  const mark = useCopies().get(source);
  if (mark === undefined) return null;
  const { origin } = mark;
  const others = t('copies.others', { count: mark.others });
  if (origin === null) return <p className="mid">{t('copies.unknown', { others })}</p>;
  if (origin.id === source) return <p className="mid">{t('copies.isOrigin', { others })}</p>;
  return (
    <p className="mid">
      {t('copies.of')}{' '}
      <LinkButton onPress={() => openSource(origin.id)}>
        <bdi lang={origin.language ?? undefined}>{sourceName(origin)}</bdi>
      </LinkButton>
      {', '}
      {others}
    </p>
  );
}
