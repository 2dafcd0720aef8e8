import { useEffect, useRef } from 'react';
import type { Mask, OpenMask } from '../../../shared/contract/masks.ts';
import type { PersonId, SourceId } from '../../../shared/model/index.ts';
import { errorDataOf, useCall, useWrite } from '../../api/index.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';
import { runCommand } from '../../common/commands/registry.ts';
import { formatAll, formatNumber, formatWhen } from '../../common/format.ts';
import { useMaskActs } from '../../common/masks/acts.ts';
import { useMasks } from '../../common/masks/drawn-masks.ts';
import { askReason, goToMark, markOf, setReason, useMasking, wordsOfMask } from '../../common/masks/mode.ts';
import { notifyError } from '../../common/notices/notices.ts';
import { useNow } from '../../common/now.ts';
import { useNames } from '../../common/people/use-names.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useReading } from '../../common/reader/reading-state.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, IconButton, LinkButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { spanOf } from './useMaskCommands.ts';

/** The places that must be masked or answered, and all masks of the source with their reasons. */
export function MasksPane({ source }: { source: SourceId }) {
  const { t } = useTranslation();
  const { masks, open, ready } = useMasks(source);
  const reason = useMasking((state) => state.reason);
  const isReadOnly = useReadOnly();
  return (
    <aside className="pane masks-pane" aria-label={t('masks.title')}>
      <header className="pane-head">
        <h2 className="grow">{t('masks.title')}</h2>
        <span className="dim">{formatNumber(masks.length)}</span>
      </header>
      <div className="grow scroll">
        {isReadOnly ? null : <Selected />}
        {open.length === 0 ? null : (
          <section aria-label={t('masks.open')}>
            <h3 className="masks-group" data-tone="bad">
              <span className="grow">{t('masks.open')}</span>
              {formatNumber(open.length)}
            </h3>
            <ul className="masks-list">
              {open.map((one) => (
                <OpenRow key={markOf(one)} open={one} masks={masks} isReadOnly={isReadOnly} />
              ))}
            </ul>
          </section>
        )}
        <section aria-label={t('masks.masked')}>
          <h3 className="masks-group">
            <span className="grow">{t('masks.masked')}</span>
            {formatNumber(masks.length)}
          </h3>
          {ready && masks.length === 0 ? (
            <div className="pane-section">
              <p className="strong">{t('masks.none')}</p>
              <p className="mid">{t('masks.noneText')}</p>
            </div>
          ) : null}
          <ul className="masks-list">
            {masks.map((mask) => (
              <MaskRow key={mask.id} mask={mask} isReadOnly={isReadOnly} />
            ))}
          </ul>
        </section>
      </div>
      <footer className="pane-foot">
        {reason === '' ? (
          t('masks.foot')
        ) : (
          <span className="line" data-wrap>
            <bdi className="grow">{t('masks.nextReason', { reason })}</bdi>
            <LinkButton onPress={() => setReason('')}>{t('masks.askAgain')}</LinkButton>
          </span>
        )}
      </footer>
    </aside>
  );
}

/** The selection with its actions; nothing in a read-only project. */
function Selected() {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const selected = useReading((state) => state.selected);
  if (isReadOnly || selected === null) return null;
  return (
    <section className="pane-section stack" aria-label={t('inspector.selected')}>
      <h3>{t('inspector.selected')}</h3>
      <blockquote className="source-words selected-words" dir="auto">
        {selected.exact}
      </blockquote>
      <div className="line" data-wrap>
        <Button size="small" kind="primary" keys={shownKeysOf('maskWords')} onPress={() => runCommand('maskWords')}>
          {t('masks.ask.add.run')}
        </Button>
        <Button size="small" keys={shownKeysOf('maskEverywhere')} onPress={() => runCommand('maskEverywhere')}>
          {t('masks.everywhere')}
        </Button>
      </div>
    </section>
  );
}

/** The name of a mask or of an open place: its words, or the word for an area. */
function MarkName({ one }: { one: Mask | OpenMask }) {
  const { t } = useTranslation();
  const words = wordsOfMask(one);
  return words === null ? (
    <>{t('masks.area', { page: one.anchor.page })}</>
  ) : (
    <bdi className="source-words">{words}</bdi>
  );
}

/** The row of a mark. Pressing it goes to the mark; pressing the mark in the source scrolls to the row. */
function useRow(mark: string) {
  const isCurrent = useMasking((state) => state.current === mark);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isCurrent]);
  return { ref: row, 'data-current': isCurrent || undefined, 'aria-current': isCurrent || undefined };
}

function OpenRow({ open, masks, isReadOnly }: { open: OpenMask; masks: readonly Mask[]; isReadOnly: boolean }) {
  const { t } = useTranslation();
  const acts = useMaskActs();
  const names = useNames();
  const own = useCall('app.state', {}).data?.person.id ?? null;
  const back = useWrite('masks.private');
  const nameOf = (id: PersonId): string => names?.get(id) ?? '?';
  const same = masks.find(({ id }) => id === open.mask);
  const { passage } = open;
  const said = open.notPrivate.find(({ person }) => person === own);
  return (
    <li {...useRow(markOf(open))}>
      <Icon name="alert" size="small" />
      <div className="grow">
        <LinkButton onPress={() => goToMark(markOf(open))}>
          <MarkName one={open} />
        </LinkButton>
        <span data-tone={open.refuses ? 'bad' : 'warn'}>
          {open.kind === 'sameWords'
            ? t('masks.sameAs', { number: same?.number ?? '?' })
            : t('masks.namesPrivate', { who: formatAll(open.markedBy.map(nameOf)) })}
        </span>
        {open.notPrivate.map(({ person, reason }) => (
          <span key={person} className="hint">
            <bdi>{t('masks.saidNot', { who: nameOf(person), reason })}</bdi>
          </span>
        ))}
        {isReadOnly ? null : (
          <span className="line" data-wrap>
            <Button size="small" onPress={() => acts.mask(spanOf(open))}>
              {t('masks.maskIt')}
            </Button>
            {passage === null ? null : said === undefined ? (
              <Button
                size="small"
                kind="quiet"
                onPress={() => askReason({ kind: 'notPrivate', passage, words: wordsOfMask(open) ?? '' })}
              >
                {t('masks.notPrivate')}
              </Button>
            ) : (
              <Button
                size="small"
                kind="quiet"
                onPress={() => back.mutate({ passage }, { onError: (thrown) => notifyError(errorDataOf(thrown)) })}
              >
                {t('masks.takeBack')}
              </Button>
            )}
          </span>
        )}
      </div>
      <span className="code dim">{t('masks.page', { page: open.anchor.page })}</span>
    </li>
  );
}

function MaskRow({ mask, isReadOnly }: { mask: Mask; isReadOnly: boolean }) {
  const { t } = useTranslation();
  const name = useNames()?.get(mask.person ?? '');
  const now = useNow();
  const remove = useWrite('masks.remove');
  return (
    <li {...useRow(markOf(mask))}>
      <Icon name="mask" size="small" />
      <div className="grow">
        <LinkButton onPress={() => goToMark(markOf(mask))}>
          <MarkName one={mask} />
        </LinkButton>
        <bdi>{mask.reason === '' ? t('masks.noReason') : mask.reason}</bdi>
        <span className="hint">
          {name === undefined
            ? formatWhen(mask.createdAt, now)
            : t('masks.by', { name, when: formatWhen(mask.createdAt, now) })}
        </span>
      </div>
      <span className="code dim">{mask.number}</span>
      {isReadOnly ? null : (
        <span className="line">
          <IconButton
            size="small"
            icon="edit"
            label={t('masks.changeReason', { number: mask.number })}
            onPress={() => askReason({ kind: 'change', mask })}
          />
          <IconButton
            size="small"
            icon="remove"
            label={t('masks.remove', { number: mask.number })}
            onPress={() => remove.mutate({ ids: [mask.id] }, { onError: (thrown) => notifyError(errorDataOf(thrown)) })}
          />
        </span>
      )}
    </li>
  );
}
