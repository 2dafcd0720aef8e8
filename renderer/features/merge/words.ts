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
  /** `Memo`, `Tag`: one of a kind at the beginning of a line. */
  readonly single: (entity: string) => string;
  /** “Name of a category”. */
  readonly fieldOf: (entity: string, field: string) => string;
  /** Why something was left when a merge was taken back. */
  readonly why: (why: string) => string;
}

/** What the log's kinds and fields are called; what a newer version wrote keeps its own name. */
export function useWords(): Words {
  const { t } = useTranslation();
  return useMemo(() => {
    const many = (entity: string): string => (isEntity(entity) ? t(`team.many.${entity}`) : entity);
    const one = (entity: string): string => (isEntity(entity) ? t(`team.one.${entity}`) : entity);
    const single = (entity: string): string => (isEntity(entity) ? t(`team.single.${entity}`) : entity);
    return {
      many,
      single,
      one,
      fieldOf: (entity, name) => t('team.fieldOf', { field: fieldName(entity, name), entity: one(entity) }),
      why: (why) => (isWhy(why) ? t(`team.whys.${WHYS[why]}`) : why),
    };
  }, [t]);
}
