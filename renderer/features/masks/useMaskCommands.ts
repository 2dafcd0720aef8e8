import { useMemo } from 'react';
import type { Mask, OpenMask } from '../../../shared/contract/masks.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { keysOf } from '../../common/commands/command-keys.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { useMaskActs } from '../../common/masks/acts.ts';
import { useMasks } from '../../common/masks/drawn-masks.ts';
import { askReason, goToMark, markOf, showMasks, useMasking, wordsOfMask } from '../../common/masks/mode.ts';
import { announceRow } from '../../common/notices/notices.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useReading, type MarkedSpan } from '../../common/reader/reading-state.ts';
import { useTranslation, type Words } from '../../common/strings/use-translation.ts';

/** A place that is not masked, as words or an area to mask. */
export const spanOf = ({ source, layer, anchor }: Mask | OpenMask): MarkedSpan =>
  anchor.kind === 'text'
    ? { source, layer, marked: { kind: 'text', start: anchor.start, end: anchor.end }, exact: anchor.exact }
    : { source, layer, marked: { kind: 'area', page: anchor.page, area: anchor.area }, exact: '' };

/** Goes to the mark after or before the current one, and announces it. */
function goBeside(step: number, all: readonly (Mask | OpenMask)[], t: Words): void {
  const at = all.findIndex((one) => markOf(one) === useMasking.getState().current);
  const next = all[at < 0 ? 0 : at + step];
  if (next === undefined) return;
  goToMark(markOf(next));
  const words = wordsOfMask(next);
  announceRow(
    t('masks.spoken', {
      words: words === null ? t('masks.area', { page: next.anchor.page }) : `“${words}”`,
      state: t('id' in next ? 'masks.masked' : 'masks.notMasked'),
      at: all.indexOf(next) + 1,
      count: all.length,
    }),
  );
}

/** The commands for masks of the current source. The one that shows and hides masks always works, the others while they are shown. */
export function useMaskCommands(source: SourceId | null): void {
  const { t } = useTranslation();
  const isOn = useMasking((state) => state.isOn);
  const isReadOnly = useReadOnly();
  const acts = useMaskActs();
  const { masks, open } = useMasks(isOn ? source : null);
  useCommands(
    useMemo<Command[]>(() => {
      const all = [...open, ...masks];
      /** The selection; otherwise the current mark if it is not masked, or for all places with the same words the current mask. */
      const target = (): MarkedSpan | null => {
        const { selected } = useReading.getState();
        if (selected !== null) return selected;
        const { current } = useMasking.getState();
        const front = open.find((one) => markOf(one) === current);
        return front === undefined ? null : spanOf(front);
      };
      const words = (): MarkedSpan | null => {
        const front = masks.find((one) => markOf(one) === useMasking.getState().current);
        const span = target() ?? (front === undefined ? null : spanOf(front));
        return span?.marked.kind === 'text' ? span : null;
      };
      const beside = (step: number): void => goBeside(step, all, t);
      const own: Command[] = [
        {
          id: 'maskWords',
          title: t('masks.commands.words'),
          group: 'masking',
          keys: keysOf('maskWords'),
          when: () => !isReadOnly && target() !== null,
          run: () => {
            const span = target();
            if (span !== null) acts.mask(span);
          },
        },
        {
          id: 'maskEverywhere',
          title: t('masks.commands.everywhere'),
          group: 'masking',
          keys: keysOf('maskEverywhere'),
          when: () => !isReadOnly && words() !== null,
          run: () => {
            const span = words();
            if (span !== null) askReason({ kind: 'everywhere', span });
          },
        },
        {
          id: 'nextMask',
          title: t('masks.commands.next'),
          group: 'masking',
          keys: keysOf('nextMask'),
          run: () => beside(1),
        },
        {
          id: 'previousMask',
          title: t('masks.commands.previous'),
          group: 'masking',
          keys: keysOf('previousMask'),
          run: () => beside(-1),
        },
      ];
      return [
        {
          id: 'masks',
          title: t(isOn ? 'masks.commands.hide' : 'masks.commands.show'),
          group: 'masking',
          icon: 'mask',
          also: [t('masks.commands.also')],
          when: () => source !== null,
          run: () => showMasks(!isOn),
        },
        ...(isOn ? own : []),
      ];
    }, [t, isOn, isReadOnly, acts, masks, open, source]),
  );
}
