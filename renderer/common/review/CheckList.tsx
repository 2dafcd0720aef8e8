import { useTranslation } from '../strings/use-translation.ts';
import { Icon } from '../../ui/Icon.tsx';
import { eitherOf, type TextChecks } from './checks.ts';

/** What can be said of a translation without reading it: its figures, and the codebook's terms. `short`: only what differs. */
export function CheckList({ checks, short = false }: { checks: TextChecks; short?: boolean }) {
  const { t } = useTranslation();
  const lines = short ? checks.lines.filter(({ holds }) => !holds) : checks.lines;
  if (lines.length === 0) {
    return short ? null : <p className="hint">{t('review.checks.none')}</p>;
  }
  return (
    <ul className="review-checks">
      {lines.map((line) => (
        <li key={line.key} className="review-check" data-holds={line.holds}>
          <Icon name={line.holds ? 'check' : 'alert'} size="small" />
          <span>
            <CheckWords line={line} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function CheckWords({ line }: { line: TextChecks['lines'][number] }) {
  const { t } = useTranslation();
  switch (line.kind) {
    case 'figure':
      return (
        <>
          <bdi className="strong">{line.what}</bdi>{' '}
          {line.holds
            ? line.also === null || line.also === line.what
              ? t('review.checks.figureStands')
              : t('review.checks.figureStandsAs', { also: line.also })
            : t(line.where === 'original' ? 'review.checks.figureMissing' : 'review.checks.figureExtra')}
        </>
      );
    case 'term':
      return (
        <>
          <bdi className="source-term" lang="zh-Hans">
            {line.what}
          </bdi>{' '}
          → <bdi className="strong">{eitherOf(line.wanted)}</bdi>
          {line.holds ? null : (
            <>
              , {line.here === null ? t('review.checks.termMissing') : t('review.checks.termHere', { here: line.here })}
            </>
          )}
        </>
      );
  }
}
