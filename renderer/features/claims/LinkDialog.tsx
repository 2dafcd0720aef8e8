import { useDeferredValue, useRef, useState } from 'react';
import type { Claim } from '../../../shared/contract/claims.ts';
import type { EvidenceRow } from '../../../shared/contract/evidence.ts';
import type { ClaimRelation } from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { errorDataOf, useCall, useWrite } from '../../api/index.ts';
import { RelationButtons } from '../../common/claims/RelationButtons.tsx';
import { relationOfKey } from '../../common/claims/relations.ts';
import { announce, notifyError } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FilterField } from '../../ui/Field.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';

/** So many passages are listed; a longer list is narrowed by the filter. */
const LISTED = 200;
/** Passages to link to a claim: found by a filter, linked by key one after the other. The dialog stays until it is closed. */
export function LinkDialog({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const asked = useDeferredValue(query);
  const [current, setCurrent] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const { data, error } = useCall('evidence.rows', { query: asked, count: LISTED });
  const link = useWrite('claims.link');
  const linked = new Map(claim.links.map(({ passage, as }) => [passage, as]));
  const run = (row: EvidenceRow, as: ClaimRelation): void =>
    link.mutate(
      { id: claim.id, passages: [row.passage], as },
      {
        onSuccess: () => announce(t(`claims.linkedAs.${as}`)),
        onError: (thrown) => notifyError(errorDataOf(thrown)),
      },
    );
  const rows = data?.rows ?? [];
  const inHand = rows.find(({ passage }) => passage === current);
  const fault = data?.faults[0]?.sentence ?? error?.message;
  return (
    <Dialog
      title={t('claims.link')}
      isOpen
      onClose={onClose}
      closeLabel={t('app.close')}
      size="wide"
      ignoresOutside
      footer={
        <RelationButtons isDisabled={inHand === undefined} onLink={(as) => inHand !== undefined && run(inHand, as)} />
      }
    >
      <p className="claim-linked-to">
        <bdi>{claim.text}</bdi>
      </p>
      <FilterField
        label={t('claims.find')}
        value={query}
        onChange={setQuery}
        onLeave={() => list.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus()}
      />
      {fault === undefined ? null : (
        <p className="hint" role="status">
          {fault}
        </p>
      )}
      <div ref={list} className="claim-choices">
        <VirtualList
          label={t('claims.choices')}
          rows={rows}
          keyOf={keyOfRow}
          current={current}
          onCurrent={setCurrent}
          onKey={(key, row) => {
            const as = relationOfKey(key);
            if (as === undefined || row === undefined) return false;
            run(row, as);
            return true;
          }}
        >
          {(row) => <Choice row={row} as={linked.get(row.passage)} />}
        </VirtualList>
      </div>
      {data !== undefined && data.total > LISTED ? (
        <p className="hint">{t('claims.more', { shown: LISTED, count: data.total })}</p>
      ) : null}
    </Dialog>
  );
}

const keyOfRow = ({ passage }: EvidenceRow): string => passage;

function Choice({ row, as }: { row: EvidenceRow; as: ClaimRelation | undefined }) {
  const { t } = useTranslation();
  return (
    <div className="line claim-choice">
      <div className="two-lines grow">
        <bdi className="cut source-words column-words" lang={row.language ?? undefined}>
          {row.quote === null ? t('claims.area', { page: row.page }) : quotedWords(row.quote, 'pdf')}
        </bdi>
        <span className="cut">
          <bdi>{row.sourceTitle}</bdi>, {t('claims.page', { page: row.page })}
        </span>
      </div>
      {as === undefined ? null : <Badge icon="link">{t(`claims.as.${as}`)}</Badge>}
    </div>
  );
}
