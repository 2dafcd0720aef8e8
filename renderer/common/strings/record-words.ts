import { useMemo } from 'react';
import { useTranslation } from './use-translation.ts';
import { fieldName, isEntity } from '../../../shared/changes/fields.ts';

const WHYS = { 'changed since': 'changed', 'built upon': 'builtUpon', withheld: 'withheld' } as const;
const isWhy = (why: string): why is keyof typeof WHYS => Object.hasOwn(WHYS, why);

export interface RecordWords {
  /** `Memos`, `Tags`: several of a kind. */
  readonly many: (entity: string) => string;
  /** `memo`, `tag`: one of a kind. */
  readonly one: (entity: string) => string;
  /** `Memo`, `Tag`: one of a kind at the start of a line. */
  readonly single: (entity: string) => string;
  /** “Name of a category”. */
  readonly fieldOf: (entity: string, field: string) => string;
  /** Why a field was left unchanged when a merge was undone. */
  readonly why: (why: string) => string;
}

/** The names of kinds and fields. A name that only a newer version knows stays in its internal form. */
export function useRecordWords(): RecordWords {
  const { t } = useTranslation();
  return useMemo(() => {
    const many = (entity: string): string => (isEntity(entity) ? t(`records.many.${entity}`) : entity);
    const one = (entity: string): string => (isEntity(entity) ? t(`records.one.${entity}`) : entity);
    const single = (entity: string): string => (isEntity(entity) ? t(`records.single.${entity}`) : entity);
    return {
      many,
      single,
      one,
      fieldOf: (entity, name) => t('records.fieldOf', { field: fieldName(entity, name), entity: one(entity) }),
      why: (why) => (isWhy(why) ? t(`records.whys.${WHYS[why]}`) : why),
    };
  }, [t]);
}
