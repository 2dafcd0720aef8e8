import { useMemo } from 'react';
import type { SourceId } from '../../../shared/model/index.ts';
import { keysOf } from '../../common/commands/command-keys.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { useFigureActs } from '../../common/figures/acts.ts';
import { useFigures, useListedFigures } from '../../common/figures/figures.ts';
import { askAbout, setReading, showFigures, useFiguring } from '../../common/figures/mode.ts';
import { announce } from '../../common/notices/notices.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useReading } from '../../common/reader/reading-state.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { goBeside, goToOpenAfter } from './next-figure.ts';

/** The commands for figures of the current source. The one that shows and hides figures always works, the others while they are shown. */
export function useFigureCommands(source: SourceId | null): void {
  const { t } = useTranslation();
  const isOn = useFiguring((state) => state.isOn);
  const isReadOnly = useReadOnly();
  const acts = useFigureActs();
  const { figures } = useFigures(source);
  const listed = useListedFigures(source);
  useCommands(
    useMemo<Command[]>(() => {
      const front = () => figures.find(({ id }) => id === useFiguring.getState().current);
      const beside = (step: 1 | -1): void => goBeside(useFiguring.getState().current, step, listed, t);
      const confirm = async (): Promise<void> => {
        const figure = front();
        if (figure === undefined) return;
        if (await acts.confirm(figure, useFiguring.getState().reading)) goToOpenAfter(figure, listed, t);
      };
      const asks = (kind: 'edit' | 'dismiss'): void => {
        const figure = front();
        if (figure !== undefined) askAbout({ kind, figure });
      };
      const canWrite = (): boolean => !isReadOnly && front() !== undefined;
      const hasOther = (): boolean => (front()?.otherwise ?? null) !== null;
      const own = (
        id: Parameters<typeof keysOf>[0],
        title: string,
        rest: Pick<Command, 'run'> & Partial<Command>,
      ): Command => ({
        id,
        title,
        group: 'masking',
        isFirst: true,
        keys: keysOf(id),
        ...rest,
      });
      const all: Command[] = [
        own('confirmFigure', t('figureCards.commands.confirm'), { when: canWrite, run: () => void confirm() }),
        own('editFigure', t('figureCards.commands.edit'), { when: canWrite, run: () => asks('edit') }),
        own('dismissFigure', t('figureCards.commands.dismiss'), { when: canWrite, run: () => asks('dismiss') }),
        own('firstReading', t('figureCards.commands.first'), { when: hasOther, run: () => setReading('first') }),
        own('otherReading', t('figureCards.commands.other'), { when: hasOther, run: () => setReading('other') }),
        own('makeFigure', t('figureCards.commands.make'), {
          when: () => !isReadOnly && useReading.getState().selected?.marked.kind === 'text',
          run: () => {
            const span = useReading.getState().selected;
            if (span?.marked.kind !== 'text') return;
            const { start, end } = span.marked;
            const there = figures.find((one) => one.start === start && one.end === end);
            askAbout(there === undefined ? { kind: 'make', span } : { kind: 'edit', figure: there });
          },
        }),
        own('nextFigure', t('figureCards.commands.next'), { repeats: true, run: () => beside(1) }),
        own('previousFigure', t('figureCards.commands.previous'), { repeats: true, run: () => beside(-1) }),
      ];
      return [
        {
          id: 'figures',
          title: t(isOn ? 'figureCards.commands.hide' : 'figureCards.commands.show'),
          group: 'masking',
          icon: 'hash',
          keys: keysOf('figures'),
          also: [t('figureCards.commands.also')],
          when: () => source !== null,
          run: () => {
            showFigures(!isOn);
            announce(t(isOn ? 'figureCards.hidden' : 'figureCards.shown'));
          },
        },
        ...(isOn ? all : []),
      ];
    }, [t, isOn, isReadOnly, acts, figures, listed, source]),
  );
}
