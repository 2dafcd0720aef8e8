import { useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { fieldName, isEntity } from '../../../shared/changes/fields.ts';

const WHYS = { 'changed since': 'changed', 'built upon': 'builtUpon', withheld: 'withheld' } as const;
const isWhy = (why: string): why is keyof typeof WHYS => Object.hasOwn(WHYS, why);

export interface Words {
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

/** The names of kinds and fields. One that only a newer version knows keeps its internal name. */
export function useWords(): Words {
  const { t } = useTranslation();
  return useMemo(() => {
    const many = (entity: string): string => (isEntity(entity) ? t(`merge.many.${entity}`) : entity);
    const one = (entity: string): string => (isEntity(entity) ? t(`merge.one.${entity}`) : entity);
    const single = (entity: string): string => (isEntity(entity) ? t(`merge.single.${entity}`) : entity);
    return {
      many,
      single,
      one,
      fieldOf: (entity, name) => t('merge.fieldOf', { field: fieldName(entity, name), entity: one(entity) }),
      why: (why) => (isWhy(why) ? t(`merge.whys.${WHYS[why]}`) : why),
    };
  }, [t]);
}
