import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Passage, Source } from '../../../shared/model/index.ts';
import { runCommand } from '../../common/commands/registry.ts';
import { Button } from '../../ui/Button.tsx';
import { Note } from '../../ui/Note.tsx';
import { useRole } from './useCompared.ts';

/** Passages on a text the source had before are not drawn on today's: said, with the way to them. */
export function EarlierText({ source, passages }: { source: Source; passages: readonly Passage[] }) {
  const { t } = useTranslation();
  const isCompared = useRole(source) !== null;
  const earlier = passages.filter(({ anchor, layer }) => anchor.kind === 'text' && layer !== source.layer).length;
  if (earlier === 0 || isCompared) return null;
  return (
    <Note role="status">
      <span className="line" data-wrap>
        <span className="grow">{t('versions.earlier', { count: earlier })}</span>
        <Button size="small" onPress={() => runCommand('versions.compareLayers')}>
          {t('versions.earlierCompare')}
        </Button>
      </span>
    </Note>
  );
}
