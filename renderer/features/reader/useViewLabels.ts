import { useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Source } from '../../../shared/model/index.ts';
import type { FrozenPageOptions } from '../../viewer/page/frozen-page-view.ts';
import type { PdfOptions } from '../../viewer/pdf/options.ts';
import type { TextOptions } from '../../viewer/text/view.ts';

export interface ViewLabels {
  readonly pdf: PdfOptions['labels'];
  readonly picture: PdfOptions['labels'];
  readonly text: TextOptions['labels'];
  readonly page: FrozenPageOptions['labels'];
}

/** The words the views need, in the person's language. */
export function useViewLabels({ title, fileName }: Pick<Source, 'title' | 'fileName'>): ViewLabels {
  const { t } = useTranslation();
  return useMemo(() => {
    const name = title ?? fileName;
    const codes = {
      untagged: t('reader.untagged'),
      code: (all: readonly string[], others: number) => {
        const own = all.length === 0 ? t('reader.untagged') : all.join(', ');
        return others === 0 ? own : t('reader.codeAndOthers', { codes: own, count: others });
      },
    };
    return {
      pdf: {
        ...codes,
        pages: name,
        page: (page) => t('reader.pageName', { page }),
        unpainted: t('reader.unpaintedPage'),
      },
      picture: { ...codes, pages: name, page: () => t('picture.name'), unpainted: t('picture.unpainted') },
      text: { ...codes, text: name },
      page: { ...codes, frame: name },
    };
  }, [t, title, fileName]);
}
