import type { SourceId } from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';
import { runCommand } from '../../common/commands/registry.ts';
import { useCategories } from '../../common/passages/source-passages.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useCurrentItem, useSuggestions } from '../../common/suggestions/suggestions.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { useSuggestionCommands } from './acts.ts';

/** Below the source: the suggestion whose words are selected, with the keys that decide about it. Nothing covers the text. */
export function SuggestionBar({ source }: { source: SourceId }) {
  const { t } = useTranslation();
  useSuggestionCommands(source);
  const { items } = useSuggestions(source);
  const current = useCurrentItem(items);
  const categories = useCategories();
  const category = current === null ? undefined : categories.get(current.category);
  const isReadOnly = useReadOnly();
  if (items.length === 0) return null;
  return (
    <div className="bar suggestion-bar" role="toolbar" aria-label={t('terms.title')}>
      {current === null || category === undefined ? (
        <span className="grow dim">{t('terms.some', { count: items.length })}</span>
      ) : (
        <span className="line grow suggestion-now suggestion-sign">
          <FamilySign code={category.code} colour={category.colour} />
          <span className="code">{restOf(category.code)}</span>
          <bdi className="source-words cut">{quotedWords(current.text, 'pdf')}</bdi>
          <span className="dim">{t('terms.at', { at: items.indexOf(current) + 1, count: items.length })}</span>
        </span>
      )}
      {(
        [
          ['acceptSuggestion', 'accept'],
          ['rejectSuggestion', 'reject'],
          ['neverSuggest', 'never'],
        ] as const
      ).map(([id, label]) => (
        <Button
          key={id}
          size="small"
          kind="quiet"
          keys={shownKeysOf(id)}
          isDisabled={current === null || isReadOnly}
          onPress={() => runCommand(id)}
        >
          {t(`terms.${label}`)}
        </Button>
      ))}
      <Button
        size="small"
        kind="quiet"
        keys={shownKeysOf('nextSuggestion')}
        onPress={() => runCommand('nextSuggestion')}
      >
        {t('terms.next')}
      </Button>
      <IconButton
        size="small"
        icon="close"
        label={t('terms.hide')}
        keys={shownKeysOf('showSuggestions')}
        onPress={() => runCommand('showSuggestions')}
      />
    </div>
  );
}
