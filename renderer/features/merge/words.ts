import { useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { REGISTRY, type Entity } from '../../../shared/changes/registry.ts';

/** Fields that have a name of their own in the strings; others are called as the log calls them. */
const FIELDS = [
  'title',
  'name',
  'definition',
  'include',
  'exclude',
  'code',
  'text',
  'draft',
  'colour',
  'parent',
  'position',
  'shortcut',
  'archived',
  'mergedInto',
  'termsZh',
  'termsEn',
  'anchor',
  'layer',
  'state',
  'tagsDecided',
  'deleted',
  'author',
  'publisher',
  'language',
  'documentType',
  'grade',
  'gradeReason',
  'captureUrl',
  'captureTime',
  'captureTool',
  'captureCollector',
  'captureMethod',
  'captureArchiveLink',
  'dateOfAct',
  'dateOfDocument',
  'dateOfPublication',
  'dateOfCapture',
  'roles',
  'resolved',
  'comment',
  'reason',
  'categories',
  'label',
  'note',
  'codebookTitle',
  'codebookVersion',
  'category',
  'person',
  'value',
  'confirmed',
  'mentions',
  'leadDone',
  'coderDone',
] as const;
type Field = (typeof FIELDS)[number];
const isField = (name: string): name is Field => FIELDS.some((one) => one === name);
const isEntity = (name: string): name is Entity => Object.hasOwn(REGISTRY, name);

const WHYS = { 'changed since': 'changed', 'built upon': 'builtUpon', withheld: 'withheld' } as const;
const isWhy = (why: string): why is keyof typeof WHYS => Object.hasOwn(WHYS, why);

export interface Words {
  /** `Memos`, `Tags`: several of a kind. */
  readonly many: (entity: string) => string;
  /** `memo`, `tag`: one of a kind. */
  readonly one: (entity: string) => string;
  /** `Memo`, `Tag`: one of a kind at the beginning of a line. */
  readonly single: (entity: string) => string;
  readonly field: (name: string) => string;
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
    const field = (name: string): string => (isField(name) ? t(`team.fields.${name}`) : name);
    const single = (entity: string): string => (isEntity(entity) ? t(`team.single.${entity}`) : entity);
    return {
      many,
      single,
      one,
      field,
      fieldOf: (entity, name) => t('team.fieldOf', { field: field(name), entity: one(entity) }),
      why: (why) => (isWhy(why) ? t(`team.whys.${WHYS[why]}`) : why),
    };
  }, [t]);
}
