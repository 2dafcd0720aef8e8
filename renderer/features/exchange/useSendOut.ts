import { type Selection } from '../../../shared/contract/export.ts';
import { reportFormat } from '../../../shared/contract/export.ts';
import { type FormatName, isOutgoing } from '../../../shared/model/exchange-formats.ts';
import { type ApiError, useWrite } from '../../api/index.ts';
import { runPending } from '../../common/drafts/pending-commits.ts';
import { type Exported, useTellExported } from '../../common/files/exported.ts';
import { noteMade } from '../../common/files/last-made.ts';
import { announce } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';

/** Functions that write a file for another program, and cancel it. After writing, a notice names what the file lacks. */
export function useSendOut() {
  const { t } = useTranslation();
  const exchange = useWrite('app.exportExchange');
  const report = useWrite('app.writeReport');
  const stopping = useWrite('app.cancelExport');
  const tellExported = useTellExported();
  const failed = (error: ApiError): void => {
    if (isStopped(error)) announce(t('exchange.out.stopped'));
  };
  const saved = (
    { done, ...file }: Exported & { readonly done: boolean },
    left: readonly string[],
    signed: readonly string[] = [],
  ): void => {
    if (!done) return;
    const warnings = [
      ...(left.length === 0 ? [] : [t('exchange.out.lacking', { count: left.length })]),
      ...(signed.length === 0 ? [] : [`${t('exchange.out.signed', { count: signed.length })}.`]),
    ];
    if (warnings.length === 0) tellExported(file);
    else tellExported(file, warnings.join(' '), [...left, ...signed]);
  };
  const write = async (format: FormatName, only: Selection, pseudonyms: boolean): Promise<void> => {
    // Save unsaved text first: it must be part of the file.
    await runPending();
    const asReport = reportFormat.safeParse(format).data;
    if (asReport !== undefined)
      report.mutate(
        { format: asReport, only },
        {
          onSuccess: (file) => {
            if (file.done) noteMade([format, only, false], file);
            saved(file, []);
          },
          onError: failed,
        },
      );
    else if (isOutgoing(format))
      exchange.mutate(
        { format, only, pseudonyms: pseudonyms && format === 'pdf' },
        {
          onSuccess: ({ notCarried, signed, ...file }) => {
            if (file.done) noteMade([format, only, pseudonyms && format === 'pdf'], file);
            saved(
              file,
              notCarried.map(({ kind, count, why }) => t('exchange.out.line', { kind, count, why })),
              signed.map(({ title, copy }) =>
                t('exchange.out.signedLine', { title, copy: t(`exchange.out.signature.${copy}`) }),
              ),
            );
          },
          onError: failed,
        },
      );
  };
  const error = [exchange.error, report.error].find((one) => one !== null && !isStopped(one)) ?? null;
  return {
    start: (format: FormatName, only: Selection, pseudonyms: boolean): void => void write(format, only, pseudonyms),
    stop: () => stopping.mutate({}),
    isPending: exchange.isPending || report.isPending,
    error: error?.message ?? null,
  };
}

const isStopped = ({ data }: ApiError): boolean => data.code === 'CANCELLED';
