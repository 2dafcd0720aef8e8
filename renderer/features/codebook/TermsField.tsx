import { useId, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { isComposing } from '../../common/commands/keys.ts';
import { useLeaving } from '../../common/drafts/draft.ts';
import { Icon } from '../../ui/Icon.tsx';

interface Term {
  readonly term: string;
  readonly origin: string;
}
export interface TermsFieldProps {
  readonly label: string;
  readonly lang: string;
  readonly terms: readonly Term[];
  readonly onSave: (terms: Term[]) => void;
}

/** Where a term is said to be from that somebody adds here. */
const ADDED = 'added';

/** A category's terms in one language, each with where it is from; Enter, a comma or leaving adds what was typed. */
export function TermsField({ label, lang, terms, onSave }: TermsFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const add = (): void => {
    const there = new Set(terms.map(({ term }) => term));
    const added = [...new Set(text.split(/[,，、;；\n]/u).map((term) => term.trim()))].filter(
      (term) => term !== '' && !there.has(term),
    );
    if (added.length > 0) onSave([...terms, ...added.map((term) => ({ term, origin: ADDED }))]);
    setText('');
  };
  useLeaving(() => (text.trim() === '' ? undefined : add()));
  return (
    <div className="field">
      <label htmlFor={id} className="field-label">
        {label}
      </label>
      {terms.length === 0 ? null : (
        <ul className="terms" aria-label={label}>
          {terms.map(({ term, origin }) => (
            <li key={term} className="chip">
              <bdi lang={lang}>{term}</bdi>
              {origin === '' ? null : <span className="hint">{originOf(t, origin)}</span>}
              <AriaButton
                aria-label={t('codebook.removeTerm', { term })}
                onPress={() => onSave(terms.filter((one) => one.term !== term))}
              >
                <Icon name="close" size="small" />
              </AriaButton>
            </li>
          ))}
        </ul>
      )}
      <div className="field-box">
        <input
          id={id}
          value={text}
          lang={lang}
          dir="auto"
          spellCheck={false}
          maxLength={400}
          placeholder={t('codebook.addTerm')}
          onChange={(event) => setText(event.target.value)}
          onBlur={add}
          onKeyDown={(event) => {
            if (isComposing(event.nativeEvent) || (event.key !== 'Enter' && event.key !== ',')) return;
            event.preventDefault();
            add();
          }}
        />
      </div>
    </div>
  );
}

/** The origins the built-in codebook knows have words; any other stands as it is. */
function originOf(t: ReturnType<typeof useTranslation>['t'], origin: string): string {
  switch (origin) {
    case 'seed':
      return t('codebook.origin.seed');
    case 'lookup':
      return t('codebook.origin.lookup');
    case ADDED:
      return t('codebook.origin.added');
    default:
      return origin;
  }
}
