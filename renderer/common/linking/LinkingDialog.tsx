import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { FilterField, type FilterFieldProps } from '../../ui/Field.tsx';
import { VirtualList, type VirtualListProps } from '../../ui/VirtualList.tsx';

interface LinkingDialogProps<Row> {
  readonly title: string;
  /** What the rows are linked to. */
  readonly about: ReactNode;
  readonly above?: ReactNode;
  /** `beside`: shown beside the field. */
  readonly find: Pick<FilterFieldProps, 'label' | 'value' | 'onChange' | 'onEnter'> & { readonly beside?: ReactNode };
  readonly fault?: string | undefined;
  readonly list: VirtualListProps<Row>;
  /** Shown instead of an empty list. */
  readonly none?: string | undefined;
  /** The number of all rows: if not all are listed, the dialog says so. */
  readonly total?: number;
  readonly footer?: ReactNode;
  readonly onClose: () => void;
}

/** A dialog with a filter and rows to link, one after the other. It stays open until it is closed. */
export function LinkingDialog<Row>(props: LinkingDialogProps<Row>) {
  const { title, about, above, find, fault, list, none, total = 0, footer, onClose } = props;
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const { beside, ...field } = find;
  // The field takes the focus, whatever stands above it.
  useEffect(() => input.current?.focus(), []);
  const filter = <FilterField {...field} inputRef={input} onLeave={focusChoices} />;
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      closeLabel={t('app.close')}
      size="wide"
      ignoresOutside
      {...(footer === undefined ? {} : { footer })}
    >
      {about}
      {above}
      {beside === undefined ? (
        filter
      ) : (
        <div className="line">
          <div className="grow">{filter}</div>
          {beside}
        </div>
      )}
      {fault === undefined ? null : (
        <p className="hint" role="status">
          {fault}
        </p>
      )}
      <div className="linking-choices">
        {none === undefined ? <VirtualList {...list} /> : <p className="hint">{none}</p>}
      </div>
      {total > list.rows.length ? (
        <p className="hint">{t('claims.more', { shown: list.rows.length, count: total })}</p>
      ) : null}
    </Dialog>
  );
}

/** Moves the focus from the field to the rows of the open dialog. */
export const focusChoices = (): void =>
  document.querySelector<HTMLElement>('.linking-choices [role="listbox"]')?.focus();
