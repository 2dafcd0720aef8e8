import { useState } from 'react';
import type { UnpairedFigure } from '../../../shared/contract/relations.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { startRelating } from '../../common/relations/state.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openRange } from '../../common/workbench/workbench.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import type { RelationList } from './useRelationList.ts';

/** At most this many are listed until a person asks for all. */
const FIRST = 5;

/** Percentages for which no relation was found, so they are not checked. */
export function Unpaired({ list }: { list: RelationList }) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const { unpaired } = list;
  if (unpaired.length === 0) return null;
  return (
    <section className="relations-unpaired" aria-label={t('relations.unpaired')}>
      <div className="relation-group">
        <h3 className="strong">{t('relations.unpaired')}</h3>
        <span>{unpaired.length}</span>
        <span className="dim grow cut">{t('relations.unpairedHint')}</span>
        {unpaired.length > FIRST ? (
          <Button size="small" kind="quiet" aria-expanded={isWhole} onPress={() => setWhole(!isWhole)}>
            {t(isWhole ? 'relations.showFewer' : 'relations.showAll')}
          </Button>
        ) : null}
      </div>
      <ul className="scroll">
        {(isWhole ? unpaired : unpaired.slice(0, FIRST)).map((one) => (
          <UnpairedRow key={one.id} figure={one} title={list.titles.get(one.sourceId) ?? ''} />
        ))}
      </ul>
    </section>
  );
}

function UnpairedRow({ figure, title }: { figure: UnpairedFigure; title: string }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const { sourceId, start, end, text, before, after, page } = figure;
  return (
    <li className="line relation-unpaired">
      <span className="verdict" data-look="unchecked">
        <i aria-hidden="true">–</i>
        <span className="unseen">{t('relations.unchecked')}</span>
      </span>
      <bdi className="source-words grow cut">
        {before}
        <b>{text}</b>
        {after}
      </bdi>
      <LinkButton onPress={() => openRange(sourceId, { start, end })}>
        <bdi>{title}</bdi>, {t('relations.page', { page })}
      </LinkButton>
      <Button
        size="small"
        kind="quiet"
        isDisabled={isReadOnly}
        onPress={() => startRelating({ source: sourceId, figures: [], instead: null, printed: figure.id })}
      >
        {t('relations.findPair')}
      </Button>
    </li>
  );
}
