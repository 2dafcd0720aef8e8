import { useState } from 'react';
import { errorDataOf, useCall, useWrite } from '../../api/index.ts';
import { useMaskActs } from '../../common/masks/acts.ts';
import { closeQuestion, useMasking, wordsOfMask, type MaskQuestion } from '../../common/masks/mode.ts';
import { notify, notifyError } from '../../common/notices/notices.ts';
import type { MarkedSpan } from '../../common/reader/reading-state.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';

/** Asks for the reason of a mask, or why a passage names no private person. Renders nothing if there is no question. */
export function MaskQuestionDialog() {
  const asked = useMasking((state) => state.asked);
  return asked === null ? null : <Question key={asked.kind} asked={asked} />;
}

function Question({ asked }: { asked: MaskQuestion }) {
  const { t } = useTranslation();
  const last = useMasking((state) => state.reason);
  const [reason, setReason] = useState(
    asked.kind === 'change' ? asked.mask.reason : asked.kind === 'notPrivate' ? '' : last,
  );
  const { run, isPending } = useAnswer(asked);
  const places = usePlaces(asked);
  const canRun = reason.trim() !== '' && !isPending && places.count !== 0;
  const save = (): void => {
    if (canRun) run(reason.trim());
  };
  return (
    <Dialog
      title={t(`masks.ask.${asked.kind}.title`)}
      isOpen
      onClose={closeQuestion}
      ignoresOutside
      footer={
        <>
          <Button onPress={closeQuestion}>{t('app.cancel')}</Button>
          <Button kind="primary" isDisabled={!canRun} onPress={save}>
            {asked.kind === 'everywhere'
              ? t('masks.ask.everywhere.run', { count: places.count ?? 0 })
              : t(`masks.ask.${asked.kind}.run`)}
          </Button>
        </>
      }
    >
      <Asked asked={asked} />
      {places.list}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Field
          label={t(asked.kind === 'notPrivate' ? 'masks.whyNot' : 'masks.reason')}
          value={reason}
          onChange={setReason}
          autoFocus
          maxLength={2000}
          hint={t(asked.kind === 'notPrivate' ? 'masks.whyNotHint' : 'masks.reasonHint')}
        />
      </form>
    </Dialog>
  );
}

/** The words that the question is about. */
function Asked({ asked }: { asked: MaskQuestion }) {
  const { t } = useTranslation();
  const words =
    asked.kind === 'change' ? wordsOfMask(asked.mask) : asked.kind === 'notPrivate' ? asked.words : asked.span.exact;
  return words === null || words === '' ? (
    <p className="strong">{t('masks.anArea')}</p>
  ) : (
    <blockquote className="source-words masks-asked" dir="auto">
      {words}
    </blockquote>
  );
}

/** The number of places with the same words, by source, before they are masked. `count` is null if it is not asked for. */
function usePlaces(asked: MaskQuestion) {
  const { t } = useTranslation();
  const span: MarkedSpan | null = asked.kind === 'everywhere' ? asked.span : null;
  const input = span?.marked.kind === 'text' ? { layer: span.layer, marked: span.marked } : null;
  const { data, error } = useCall('masks.everywhere', input);
  if (input === null) return { count: null, list: null };
  if (error !== null) return { count: 0, list: <p className="hint">{error.message}</p> };
  if (data === undefined) return { count: 0, list: <p className="hint">{t('masks.counting')}</p> };
  return {
    count: data.places,
    list: (
      <div className="stack-tight" role="status">
        <p>{t('masks.places', { count: data.places, sources: data.sources.length })}</p>
        {data.masked === 0 ? null : <p className="hint">{t('masks.maskedAlready', { count: data.masked })}</p>}
        <ul className="masks-places">
          {data.sources.map(({ source, title, places }) => (
            <li key={source} className="line">
              <bdi className="grow cut">{title}</bdi>
              <span className="dim">{places}</span>
            </li>
          ))}
        </ul>
      </div>
    ),
  };
}

/** Carries out the answer. */
function useAnswer(asked: MaskQuestion): { readonly run: (reason: string) => void; readonly isPending: boolean } {
  const { t } = useTranslation();
  const acts = useMaskActs();
  const change = useWrite('masks.change');
  const notPrivate = useWrite('masks.notPrivate');
  const [isRunning, setRunning] = useState(false);
  const failed = { onError: (thrown: Error) => notifyError(errorDataOf(thrown)) };
  const during = (done: Promise<void>): void => {
    setRunning(true);
    void done.finally(() => setRunning(false));
  };
  const run = (reason: string): void => {
    switch (asked.kind) {
      case 'add':
        during(acts.add(asked.span, reason));
        break;
      case 'everywhere':
        during(acts.addEverywhere(asked.span, reason));
        break;
      case 'change':
        change.mutate({ id: asked.mask.id, reason }, { ...failed, onSuccess: closeQuestion });
        break;
      case 'notPrivate':
        notPrivate.mutate(
          { passage: asked.passage, reason },
          {
            ...failed,
            onSuccess: ({ counts }) => {
              closeQuestion();
              notify('plain', t(counts ? 'masks.bothSaid' : 'masks.oneSaid'));
            },
          },
        );
    }
  };
  return { run, isPending: isRunning || change.isPending || notPrivate.isPending };
}
