import { useMemo, useRef } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Disagreement } from '../../../shared/contract/coding.ts';
import { useCall } from '../../api/index.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { openPassage } from '../../common/workbench/workbench.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { ComparedFields } from './ComparedFields.tsx';
import { asked, useCompared } from './comparison.ts';
import { Decision } from './Decision.tsx';
import { keyOf, useLanguages } from './differences.ts';
import { goToDifference, useCoding } from './state.ts';

/** Where coders differ: the list, and beside it one unit with what each gave and what is final. */
export function Differences() {
  const { t } = useTranslation();
  const compared = useCompared();
  const wanted = useCoding((state) => state.difference);
  const answer = useCall('agreement.differences', asked(compared));
  const rows = useMemo(() => answer.data?.differences ?? [], [answer.data]);
  const languages = useLanguages();
  const at = Math.max(
    0,
    rows.findIndex((row) => keyOf(row) === wanted),
  );
  const current = rows[at];
  const panel = useRef<HTMLDivElement>(null);
  useDifferenceCommands(rows, at);
  const open = rows.length - (answer.data?.decided ?? 0);
  /** What is decided makes room for the next that is not. */
  const goOn = (): void => {
    const next = [...rows.slice(at + 1), ...rows.slice(0, at)].find(({ decided }) => decided === null);
    if (next !== undefined) goToDifference(keyOf(next));
  };
  return (
    <div className="coding-differences">
      <div className="team-block">
        {compared === null ? null : <ComparedFields compared={compared} />}
        {answer.error === null ? null : <InlineError message={answer.error.message} />}
      </div>
      {answer.isSuccess && rows.length === 0 ? (
        <EmptyState title={t('coding.differences.none')} text={t('coding.differences.noneText')} />
      ) : (
        <div className="coding-two">
          <div className="coding-list">
            <p className="hint coding-count" role="status">
              {answer.isSuccess ? t('coding.differences.count', { count: rows.length, open }) : ''}
            </p>
            <VirtualList
              label={t('coding.tabs.differences')}
              rows={rows}
              keyOf={keyOf}
              current={current === undefined ? null : keyOf(current)}
              onCurrent={goToDifference}
              onOpen={() => panel.current?.querySelector<HTMLElement>('.coding-final button')?.focus()}
              rowHeight="--s-6"
            >
              {(row) => (
                <span className="coding-item" data-decided={row.decided !== null || undefined}>
                  <bdi className="coding-quote cut" lang={languages.get(row.source)}>
                    {quotedWords(row.text, 'pdf')}
                  </bdi>
                  <span className="hint cut">
                    <bdi>{t('coding.differences.where', { source: row.sourceTitle, page: row.page })}</bdi>
                    {row.decided === null ? '' : ` · ${t('coding.differences.decided')}`}
                  </span>
                </span>
              )}
            </VirtualList>
          </div>
          <div ref={panel} className="scroll coding-decide">
            {current === undefined ? null : <Decision key={keyOf(current)} difference={current} onDecided={goOn} />}
          </div>
        </div>
      )}
    </div>
  );
}

/** On through the list and to the page by key, as in the other lists of the team. */
function useDifferenceCommands(rows: readonly Disagreement[], at: number): void {
  const { t } = useTranslation();
  useCommands(
    useMemo<Command[]>(() => {
      const go = (by: number) => (): void => {
        const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
        if (next !== undefined) goToDifference(keyOf(next));
      };
      const current = rows[at];
      const more = { group: 'team', when: () => rows.length > 0 } as const;
      return [
        { ...more, id: 'coding.next', title: t('coding.commands.next'), keys: ['KeyJ'], repeats: true, run: go(1) },
        {
          ...more,
          id: 'coding.previous',
          title: t('coding.commands.previous'),
          keys: ['KeyK'],
          repeats: true,
          run: go(-1),
        },
        {
          ...more,
          id: 'coding.open',
          title: t('coding.commands.open'),
          keys: ['KeyO'],
          run: () => {
            if (current !== undefined) openPassage({ source: current.source, passage: current.passage });
          },
        },
      ];
    }, [t, rows, at]),
  );
}
