import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Category } from '../../../shared/model/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Note } from '../../ui/Note.tsx';
import type { Oddities as Odd } from './tree.ts';
import { useCodebookActs } from './useCodebookActs.ts';

/** What two people did apart and does not fit together: told where it is seen, mended when somebody asks for it. */
export function Oddities({ odd, categories }: { odd: Odd; categories: readonly Category[] }) {
  const { t } = useTranslation();
  const acts = useCodebookActs();
  const nameOf = (id: string): string => categories.find((one) => one.id === id)?.name ?? '?';
  const toTop = (category: Category['id']): void => void acts.move({ ids: [category], parent: null });
  const cut = new Set<string>(odd.rings.map((ring) => ring.cut));
  return (
    <>
      {odd.rings.map((ring) => (
        <Note key={ring.cut} tone="warn">
          <p>{t('codebook.odd.ring', { names: ring.members.map((id) => `“${nameOf(id)}”`).join(', ') })}</p>
          <Button size="small" onPress={() => toTop(ring.cut)}>
            {t('codebook.odd.leaveAtTop', { name: nameOf(ring.cut) })}
          </Button>
        </Note>
      ))}
      {odd.adrift
        .filter(({ id }) => !cut.has(id))
        .map(({ id, name }) => (
          <Note key={id} tone="warn">
            <p>{t('codebook.odd.adrift', { name })}</p>
            <Button size="small" onPress={() => toTop(id)}>
              {t('codebook.odd.leaveAtTop', { name })}
            </Button>
          </Note>
        ))}
      {odd.strays.map(({ category, into }) => (
        <Note key={category.id} tone="warn">
          <p>{t('codebook.odd.stray', { count: category.passages, name: category.name, into: into.name })}</p>
          <Button size="small" onPress={() => void acts.merge({ ids: [category.id], into: into.id })}>
            {t('codebook.moveStrays', { count: category.passages, name: into.name })}
          </Button>
        </Note>
      ))}
    </>
  );
}
