import { useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { PassageId } from '../../../shared/model/index.ts';
import { errorDataOf, useAsk } from '../../api/index.ts';
import { copyQuotation, quotationOf, type Quotation } from '../../common/passages/quotation.ts';
import { notify, notifyError } from '../../common/notices/notices.ts';
import { useReading, type MarkedSpan } from '../../common/reader/reading-state.ts';
import { useWorkbench } from '../../common/workbench/workbench.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';

/** Copies what is selected, else the passage one is on, with its source, page and date; wherever one reads. */
export function useQuotationCommand(): void {
  const { t } = useTranslation();
  const ask = useAsk();
  useCommands(
    useMemo<Command[]>(() => {
      const ofSelected = async ({ source: id, layer, marked, exact }: MarkedSpan): Promise<Quotation> => {
        const source = await ask('sources.get', { id });
        if (marked.kind === 'area') return quotationOf({ anchor: marked }, source);
        const [{ pages }, { text }] = await Promise.all([
          ask('layers.get', { id: layer }),
          exact === '' ? ask('layers.text', { id: layer }) : { text: '' },
        ]);
        const pageAt = (place: number): number => pages.findLast(({ start }) => start <= place)?.page ?? 1;
        const words = exact === '' ? text.slice(marked.start, marked.end) : exact;
        const anchor = { kind: 'text' as const, exact: words, page: pageAt(marked.start), quads: [] };
        return quotationOf({ anchor, lastPage: pageAt(marked.end - 1) }, source);
      };
      const ofPassage = async (id: PassageId): Promise<Quotation> => {
        const passage = await ask('passages.get', { id });
        return quotationOf(passage, await ask('sources.get', { id: passage.source }));
      };
      const copy = async (): Promise<void> => {
        const { selected } = useReading.getState();
        const { passage } = useWorkbench.getState();
        let quotation: Quotation;
        try {
          if (selected !== null) quotation = await ofSelected(selected);
          else if (passage !== null) quotation = await ofPassage(passage);
          else return;
        } catch (thrown) {
          notifyError(errorDataOf(thrown));
          return;
        }
        await copyQuotation(quotation).then(
          () => notify('plain', t('quotation.copied')),
          () => notify('bad', t('quotation.copyFailed')),
        );
      };
      return [
        {
          id: 'copyQuotation',
          title: t('quotation.copy'),
          group: 'selecting',
          icon: 'copy',
          keys: ['$mod+Shift+KeyC'],
          when: () => useReading.getState().selected !== null || useWorkbench.getState().passage !== null,
          run: () => void copy(),
        },
      ];
    }, [t, ask]),
  );
}
