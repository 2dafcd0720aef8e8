import { useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { CallOutput, EventPayload } from '../../../shared/contract/index.ts';
import type { Source } from '../../../shared/model/index.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { errorDataOf, useApi, useCall, useHostEvent, useWrite } from '../../api/index.ts';
import { formatNumber } from '../../common/format.ts';
import { notifyError } from '../../common/notices/notices.ts';
import { sourceName } from '../../common/sources/sources.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { lookingStarted, useEvidence } from './state.ts';
import { CopiesDialog, type CopiesToShow } from './CopiesDialog.tsx';

type Listed = CallOutput<'copies.list'>;
/** Sources that are copies of one text: groups that wait for a decision, and groups that people decided on. */
export function Copies() {
  const { t } = useTranslation();
  const { data, error } = useCall('copies.list', {});
  const [open, setOpen] = useState<CopiesToShow | null>(null);
  if (error !== null) return <InlineError message={error.message} />;
  if (data === undefined) return <div aria-busy="true" />;
  return (
    <section className="copies">
      <h2>{t('evidence.copies.title')}</h2>
      <p className="hint">{t('evidence.copies.note')}</p>
      <Looking listed={data} />
      <CopiesList
        title={t('evidence.copies.found', { count: data.offers.length + data.more })}
        rows={data.offers.map((offer): CopiesToShow => ({ kind: 'offer', offer }))}
        onOpen={setOpen}
      />
      {data.more > 0 ? <p className="hint">{t('evidence.copies.more', { count: data.more })}</p> : null}
      <CopiesList
        title={t('evidence.copies.decided', { count: data.groups.length })}
        rows={data.groups.map((group): CopiesToShow => ({ kind: 'group', group }))}
        unlike={data.unlike}
        onOpen={setOpen}
      />
      {data.apart > 0 ? <p className="hint">{t('evidence.copies.apartCount', { count: data.apart })}</p> : null}
      {open === null ? null : <CopiesDialog key={keyOf(open)} shown={open} onClose={() => setOpen(null)} />}
    </section>
  );
}

/** When copies were last looked for, and a button that looks for them, with progress and a stop button. */
function Looking({ listed: { looked, unread, running } }: { listed: Listed }) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const find = useWrite('copies.find');
  const [progress, setProgress] = useState<EventPayload<'copies.progress'> | null>(running);
  useHostEvent('copies.progress', setProgress);
  const start = (): void =>
    find.mutate(
      {},
      {
        onError: (thrown) => (thrown.data.code === 'CANCELLED' ? undefined : notifyError(errorDataOf(thrown))),
        onSettled: () => {
          setProgress(null);
          void client.invalidateQueries({ queryKey: ['copies.list'] });
          void client.invalidateQueries({ queryKey: ['claims.list'] });
        },
      },
    );
  const place = useRef<HTMLDivElement>(null);
  const isAsked = useEvidence((state) => state.isLooking);
  const latest = useRef(start);
  useEffect(() => {
    latest.current = start;
  });
  useEffect(() => {
    if (!isAsked) return;
    lookingStarted();
    place.current?.scrollIntoView({ block: 'center' });
    if (running === null) latest.current();
  }, [isAsked, running]);
  if (find.isPending || progress !== null) {
    const text = t('evidence.copies.looking', {
      done: formatNumber(Math.floor((progress?.done ?? 0) / 2)),
      all: t('evidence.sources', { count: Math.floor((progress?.total ?? 0) / 2) }),
    });
    return (
      <div ref={place} className="line copies-looking">
        <div className="stack-tight grow">
          <Progress
            label={t('evidence.copies.lookingFor')}
            value={progress?.done ?? 0}
            max={progress?.total ?? null}
            text={text}
          />
          <span className="hint">{progress === null ? t('evidence.copies.lookingFor') : text}</span>
        </div>
        <Button size="small" onPress={() => void api.call('copies.stop', {})}>
          {t('evidence.copies.stop')}
        </Button>
      </div>
    );
  }
  return (
    <>
      <div ref={place} className="line copies-looking">
        <span className="grow mid">
          {looked === null
            ? t('evidence.copies.never')
            : t('evidence.copies.looked', { count: looked.sources, when: formatMoment(looked.at) })}
          {looked !== null && looked.since > 0 ? ` ${t('evidence.copies.since', { count: looked.since })}` : ''}
        </span>
        <Button size="small" icon="search" onPress={start}>
          {t('evidence.copies.look')}
        </Button>
      </div>
      {unread > 0 ? <Note tone="warn">{t('evidence.copies.unread', { count: unread })}</Note> : null}
    </>
  );
}

const keyOf = (shown: CopiesToShow): string =>
  shown.kind === 'offer' ? shown.offer.sources.map(({ source }) => source).join(' ') : shown.group.sources.join(' ');

interface ListProps {
  readonly title: string;
  readonly rows: readonly CopiesToShow[];
  /** Sources whose text is in no other source of their group. */
  readonly unlike?: readonly string[];
  readonly onOpen: (shown: CopiesToShow) => void;
}

function CopiesList({ title, rows, unlike = NONE_UNLIKE, onOpen }: ListProps) {
  const [current, setCurrent] = useState<string | null>(null);
  const sources = useCall('sources.list', { deleted: true }).data?.sources ?? NO_SOURCES;
  if (rows.length === 0) return null;
  const byId = new Map(sources.map((one) => [one.id as string, one]));
  const isUnlike = new Set(unlike);
  return (
    <>
      <h3>{title}</h3>
      <div className="copies-list">
        <VirtualList
          label={title}
          rows={rows}
          keyOf={keyOf}
          current={current}
          onCurrent={setCurrent}
          onOpen={onOpen}
          rowHeight="--row-2"
        >
          {(row) => <CopiesRow row={row} byId={byId} isUnlike={isUnlike} />}
        </VirtualList>
      </div>
    </>
  );
}
const NO_SOURCES: readonly Source[] = [];
const NONE_UNLIKE: readonly string[] = [];

interface RowProps {
  readonly row: CopiesToShow;
  readonly byId: ReadonlyMap<string, Source>;
  readonly isUnlike: ReadonlySet<string>;
}

function CopiesRow({ row, byId, isUnlike }: RowProps) {
  const { t } = useTranslation();
  const ids = row.kind === 'offer' ? row.offer.sources.map(({ source }) => source) : row.group.sources;
  const origin = row.kind === 'group' ? row.group.origin : null;
  const first = byId.get(origin ?? ids[0] ?? '');
  const publishers = new Set(ids.flatMap((id) => byId.get(id)?.publisher ?? [])).size;
  const unlike = ids.filter((id) => isUnlike.has(id)).length;
  const isWrong = row.kind === 'group' && row.group.disputed.length + row.group.apart.length > 0;
  return (
    <div className="line copies-row">
      <bdi className="cut grow" lang={first?.language ?? undefined}>
        {first === undefined ? '' : sourceName(first)}
      </bdi>
      {isWrong ? <span className="warn">{t('evidence.copies.differ')}</span> : null}
      {unlike === 0 ? null : <span className="warn">{t('evidence.copies.unlike', { count: unlike })}</span>}
      <span className="number">
        {t(row.kind === 'offer' ? 'evidence.sources' : 'evidence.copies.count', { count: ids.length })}
      </span>
      {publishers === 0 ? null : <span className="number dim">{t('evidence.publishers', { count: publishers })}</span>}
    </div>
  );
}
