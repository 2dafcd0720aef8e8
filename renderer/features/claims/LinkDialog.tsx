import { useDeferredValue, useState } from 'react';
import type { Claim } from '../../../shared/contract/claims.ts';
import type { EvidenceRow } from '../../../shared/contract/evidence.ts';
import type { ClaimRelation } from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { errorDataOf, useCall, useWrite } from '../../api/index.ts';
import { RelationButtons } from '../../common/claims/RelationButtons.tsx';
import { relationOfKey } from '../../common/claims/relations.ts';
import { LinkingDialog } from '../../common/linking/LinkingDialog.tsx';
import { announce, notifyError } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Badge } from '../../ui/Badge.tsx';

/** At most this many passages are listed; the filter narrows a longer list. */
const LISTED = 200;
/** Finds passages by a filter and links them to a claim, one after the other by key. The dialog stays until it is closed. */
export function LinkDialog({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const asked = useDeferredValue(query);
  const [current, setCurrent] = useState<string | null>(null);
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
  return (
    <LinkingDialog
      title={t('claims.link')}
      about={
        <p className="linking-about">
          <bdi>{claim.text}</bdi>
        </p>
      }
      find={{ label: t('claims.find'), value: query, onChange: setQuery }}
      fault={data?.faults[0]?.sentence ?? error?.message}
      list={{
        label: t('claims.choices'),
        rows,
        keyOf: keyOfRow,
        current,
        onCurrent: setCurrent,
        onKey: (key, row) => {
          const as = relationOfKey(key);
          if (as === undefined || row === undefined) return false;
          run(row, as);
          return true;
        },
        children: (row) => <Choice row={row} as={linked.get(row.passage)} />,
      }}
      total={data?.total ?? 0}
      footer={
        <RelationButtons isDisabled={inHand === undefined} onLink={(as) => inHand !== undefined && run(inHand, as)} />
      }
      onClose={onClose}
    />
  );
}

const keyOfRow = ({ passage }: EvidenceRow): string => passage;

function Choice({ row, as }: { row: EvidenceRow; as: ClaimRelation | undefined }) {
  const { t } = useTranslation();
  return (
    <div className="line linking-choice">
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
