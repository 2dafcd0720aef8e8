import { useEffect, useId, useRef, type FocusEvent, type KeyboardEvent } from 'react';
import { useReadOnly } from '../read-only.ts';
import { useTranslation } from '../strings/use-translation.ts';
import {
  TRANSLATION_METHODS,
  type Passage,
  type Translation,
  type TranslationDraft,
} from '../../../shared/model/index.ts';
import { errorDataOf, useWrite } from '../../api/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Choice.tsx';
import { draftMark } from '../../ui/Field.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { isComposing } from '../../ui/keys.ts';
import { shownKeys } from '../commands/keys.ts';
import { announce, notifyError } from '../notices/notices.ts';
import { runPending } from '../drafts/pending-commits.ts';
import { CheckList, useChecks } from './checks.tsx';
import {
  discardIfStored,
  discardTranslation,
  keepTranslation,
  translationFailed,
  translationSaved,
  useTranslationDraft,
  type TranslationDraftKept,
} from '../drafts/drafts.ts';
import { directionOf, languageName } from './languages.ts';
import { MarkedWords } from './MarkedWords.tsx';

export interface TranslationEditorProps {
  readonly passage: Passage;
  readonly language: string;
  /** The stored translation in this language; null if there is none. */
  readonly stored: Translation | null;
  readonly autoFocus: boolean;
  readonly onEnd: () => void;
  /** The list of checks is shown elsewhere. */
  readonly withoutChecks?: boolean;
}

/** The text of the editor: the draft, or else the stored translation. */
function useWritten({ passage, language, stored, autoFocus }: TranslationEditorProps) {
  const saved = stored?.text ?? '';
  const method = stored?.method ?? 'human';
  const { draft, error } = useTranslationDraft(passage.id, language);
  const now: TranslationDraftKept = draft ?? { text: saved, method, base: saved };
  const isStored = (one: Pick<TranslationDraftKept, 'text' | 'method'>): boolean =>
    one.text === saved && one.method === method;
  // An undo or redo can make what is stored equal to the draft: it is saved then.
  useEffect(
    () => discardIfStored(passage.id, language, { text: saved, method }),
    [passage.id, language, saved, method],
  );
  const keep = (change: Partial<TranslationDraft>): void => {
    const next = { ...now, ...change, base: now.base };
    // With `autoFocus` the person opened the editor. Otherwise it is shown only because of its draft, and discarding that would remove the
    // editor while someone types.
    if (isStored(next) && autoFocus) discardTranslation(passage.id, language);
    else keepTranslation(passage.id, language, next);
  };
  const hasChangedMeanwhile = draft !== null && draft.base !== saved && draft.text !== saved;
  return { saved, now, error, isSame: isStored(now), hasChangedMeanwhile, keep };
}

/** The editor of a translation. Escape closes it and keeps the draft; only Discard deletes text. */
export function TranslationEditor(props: TranslationEditorProps) {
  const { passage, language, stored, onEnd, autoFocus, withoutChecks = false } = props;
  const { t } = useTranslation();
  const id = useId();
  const isReadOnly = useReadOnly();
  const { saved, now, error, isSame, hasChangedMeanwhile, keep } = useWritten(props);
  const { save, saving } = useSaving(props);
  const checks = useChecks(passage, now.text, language);
  const discard = (): void => {
    discardTranslation(passage.id, language);
    onEnd();
  };
  const done = (): void => {
    if (isReadOnly) return;
    if (isSame) discard();
    // The person sees both versions; so saving replaces the stored one on purpose.
    else if (!saving) void save(now, saved);
  };
  const leave = (): void => (isSame ? discard() : onEnd());
  const keyDown = (event: KeyboardEvent): void => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) done();
    else if (event.key === 'Escape') leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const editor = useShownWhole(autoFocus);
  return (
    // Ctrl Enter saves and Escape leaves from anywhere in the editor; both have buttons too.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={editor} className="stack translation-editor" onKeyDown={keyDown}>
      {hasChangedMeanwhile ? <Meanwhile stored={stored} language={language} mine={now.text} /> : null}
      <label className="unseen" htmlFor={id}>
        {t('review.translation.field', { language: languageName(language) })}
      </label>
      <div className="field-box translation-box reading" data-draft={draftMark(now.text === saved || undefined)}>
        <div className="translation-mirror" aria-hidden lang={language} dir={directionOf(language)}>
          <MarkedWords text={`${now.text}\n`} marks={checks.marks} />
        </div>
        <textarea
          id={id}
          value={now.text}
          lang={language}
          dir={directionOf(language)}
          spellCheck={false}
          readOnly={isReadOnly}
          maxLength={100_000}
          rows={3}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was opened by a key or a button, to write in it
          autoFocus={autoFocus}
          aria-describedby={`${id}-hint`}
          onFocus={atItsEnd}
          onChange={(event) => keep({ text: event.target.value })}
        />
      </div>
      {withoutChecks ? null : (
        <div role="status">
          <CheckList checks={checks} short />
        </div>
      )}
      {error === null ? null : <InlineError message={error} />}
      <Foot
        hintId={`${id}-hint`}
        hasChangedMeanwhile={hasChangedMeanwhile}
        isSame={isSame}
        saving={saving}
        method={now.method}
        onMethod={(method) => keep({ method })}
        onSave={done}
        onDiscard={discard}
      />
    </div>
  );
}

interface FootProps {
  readonly hintId: string;
  readonly hasChangedMeanwhile: boolean;
  readonly isSame: boolean;
  readonly saving: boolean;
  readonly method: TranslationDraft['method'];
  readonly onMethod: (method: TranslationDraft['method']) => void;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
}

/** Save and discard, and the method: by a person or a machine. */
function Foot(props: FootProps) {
  const { hintId, hasChangedMeanwhile, isSame, saving, method, onMethod, onSave, onDiscard } = props;
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  return (
    <div className="line" data-wrap>
      <Button
        kind="primary"
        size="small"
        isDisabled={isReadOnly}
        isPending={saving}
        onPress={onSave}
        keys={shownKeys('$mod+Enter')}
      >
        {t(hasChangedMeanwhile ? 'review.translation.saveMine' : 'review.translation.save')}
      </Button>
      <Button size="small" isDisabled={isReadOnly} onPress={onDiscard}>
        {t(hasChangedMeanwhile ? 'review.translation.takeTheirs' : 'review.translation.discard')}
      </Button>
      <Segments
        label={t('review.translation.how')}
        value={method}
        options={TRANSLATION_METHODS.map((value) => ({ value, label: t(`review.translation.methods.${value}`) }))}
        onChange={onMethod}
      />
      <span id={hintId} className="hint grow">
        {isSame ? '' : t(isReadOnly ? 'memos.unsavedReadOnly' : 'review.translation.unsaved')}
      </span>
    </div>
  );
}

/** Editors whose caret was already put at the end of the text. */
const begun = new WeakSet<HTMLTextAreaElement>();
function atItsEnd({ currentTarget: field }: FocusEvent<HTMLTextAreaElement>): void {
  if (begun.has(field)) return;
  begun.add(field);
  field.setSelectionRange(field.value.length, field.value.length);
}

/** Focusing scrolls to the field but not to the buttons below it. */
function useShownWhole(wanted: boolean): React.RefObject<HTMLDivElement | null> {
  const editor = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (wanted) editor.current?.scrollIntoView({ block: 'nearest' });
  }, [wanted]);
  return editor;
}

/** Both versions: the translation stored since, and how the unsaved one differs from it. */
function Meanwhile({ stored, language, mine }: { stored: Translation | null; language: string; mine: string }) {
  const { t } = useTranslation();
  return (
    <Note tone="warn" role="status">
      <p>{t(stored === null ? 'review.translation.removedMeanwhile' : 'review.translation.changedMeanwhile')}</p>
      {stored === null ? null : (
        <dl className="translation-both">
          <dt>{t('review.translation.theirs')}</dt>
          <dd lang={language} dir={directionOf(language)}>
            {stored.text}
          </dd>
          <dt>{t('review.translation.mineDiffers')}</dt>
          <dd lang={language} dir={directionOf(language)}>
            <MarkedWords text={mine} before={stored.text} />
          </dd>
        </dl>
      )}
    </Note>
  );
}

/** Saves the text and ends editing once it is saved. An error is shown in the editor; if that is gone, in a notice. */
function useSaving({ passage, language, onEnd }: TranslationEditorProps) {
  const { t } = useTranslation();
  const { mutateAsync: set, isPending: saving } = useWrite('translations.set');
  const there = useRef(false);
  useEffect(() => {
    there.current = true;
    return () => {
      there.current = false;
    };
  }, []);
  const save = async (draft: TranslationDraftKept, base: string): Promise<void> => {
    const text = draft.text.trim();
    try {
      await runPending();
      await set({ passage: passage.id, text, language, method: draft.method, base });
      translationSaved(passage.id, language, draft);
      announce(t('review.translation.saved'));
      if (there.current) onEnd();
    } catch (thrown) {
      const error = errorDataOf(thrown);
      translationFailed(passage.id, language, draft, error.message);
      if (!there.current) notifyError(error);
    }
  };
  return { save, saving };
}
