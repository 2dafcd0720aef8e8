import type { Claim } from '../../../shared/contract/claims.ts';
import { useWrite } from '../../api/index.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';
import { formatNumber } from '../../common/format.ts';
import { announce } from '../../common/notices/notices.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Badge, GapBadge } from '../../ui/Badge.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Choice.tsx';
import { focusScreen } from '../../ui/focus-memory.ts';
import { NameDialog } from '../../ui/NameDialog.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { Balance } from './Balance.tsx';
import {
  chosenOf,
  closeClaims,
  isReady,
  setWhich,
  showClaim,
  showPane,
  useClaims,
  WHICH,
} from '../../common/claims/state.ts';

interface ClaimListProps {
  readonly claims: readonly Claim[];
  readonly isWriting: boolean;
  readonly onWrite: (isWriting: boolean) => void;
}

/** The list of all claims, each with the blocks of its evidence and its first gap. */
export function ClaimList({ claims, isWriting, onWrite }: ClaimListProps) {
  const { t } = useTranslation();
  const { which, current } = useClaims();
  const isReadOnly = useReadOnly();
  const listed = chosenOf(claims, which);
  const ready = claims.filter(isReady).length;
  const numbers = new Map(claims.map(({ id }, at) => [id, at + 1]));
  return (
    <aside className="pane claims-list" aria-label={t('claims.title')}>
      <header className="pane-head">
        <IconButton icon="back" label={t('claims.back')} onPress={closeClaims} />
        <h2>{t('claims.title')}</h2>
        <span className="dim grow">{formatNumber(claims.length)}</span>
        <IconButton
          icon="add"
          label={t('claims.new')}
          keys={shownKeysOf('newClaim')}
          isDisabled={isReadOnly}
          onPress={() => onWrite(true)}
        />
      </header>
      <div className="claims-which">
        <Segments
          label={t('claims.which')}
          value={which}
          options={WHICH.map((value) => ({
            value,
            label: t(WHICH_WORDS[value], { count: chosenOf(claims, value).length }),
          }))}
          onChange={setWhich}
        />
      </div>
      <VirtualList
        label={t('claims.title')}
        rows={listed}
        keyOf={keyOfClaim}
        current={current}
        rowHeight="--review-row"
        onCurrent={(key) => showClaim(claims.find(({ id }) => id === key)?.id ?? null)}
        onOpen={({ id }) => {
          showClaim(id);
          showPane('claim');
        }}
      >
        {(claim) => <ClaimRow claim={claim} number={numbers.get(claim.id) ?? 0} />}
      </VirtualList>
      <footer className="pane-foot">{t('claims.foot', { ready, gaps: claims.length - ready })}</footer>
      {isWriting ? <NewClaim onClose={() => onWrite(false)} /> : null}
    </aside>
  );
}

const WHICH_WORDS = { all: 'claims.all', gaps: 'claims.withGaps', ready: 'claims.ready' } as const;
const keyOfClaim = ({ id }: Claim): string => id;

function ClaimRow({ claim, number }: { claim: Claim; number: number }) {
  const { t } = useTranslation();
  const hasLinks = claim.links.length > 0;
  return (
    <div className="claims-row">
      <span className="line">
        <span className="code dim grow">{formatNumber(number)}</span>
        <FirstGap claim={claim} />
      </span>
      <bdi className="claims-words">{claim.text}</bdi>
      <span className="line dim claims-rests">
        {hasLinks ? <Balance claim={claim} /> : null}
        {hasLinks ? t('claims.origins', { count: claim.supports.origins }) : t('claims.nothing')}
      </span>
    </div>
  );
}

/** The gap that the list names. An open contradiction comes before all others. */
function FirstGap({ claim }: { claim: Claim }) {
  const { t } = useTranslation();
  const [first] = claim.gaps;
  if (first === undefined) return <span className="dim">{t('claims.isReady')}</span>;
  if (claim.gaps.includes('contradicted'))
    return (
      <Badge tone="bad" icon="alert">
        {t('claims.gaps.contradicted')}
      </Badge>
    );
  return <GapBadge>{t(`claims.gaps.${first}`)}</GapBadge>;
}

function NewClaim({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const create = useWrite('claims.create');
  return (
    <NameDialog
      title={t('claims.new')}
      label={t('claims.sentence')}
      words={{ save: t('claims.save'), cancel: t('app.cancel') }}
      initial=""
      lines={3}
      error={create.error === null ? null : create.error.message}
      isPending={create.isPending}
      onSave={(text) =>
        create.mutate(
          { text },
          {
            onSuccess: ({ id }) => {
              setWhich('all');
              showClaim(id);
              showPane('claim');
              announce(t('claims.done.written'));
              onClose();
              // The pressed button may have been on the empty page, which is gone.
              focusScreen(false);
            },
          },
        )
      }
      onClose={onClose}
    />
  );
}
