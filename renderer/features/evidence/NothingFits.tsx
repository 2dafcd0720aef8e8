import { useMemo } from 'react';
import { textOf, wordsText } from '../../../shared/query/form.ts';
import { useCalls } from '../../api/index.ts';
import { choiceOf, useFields } from '../../common/query/field-choices.tsx';
import { useFormOfQuery } from '../../common/query/query-form.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { setQuery, useEvidence, widen } from './state.ts';

/** A part that can be left out of a filter: its name, and the filter without it. */
interface Without {
  readonly key: string;
  readonly name: string;
  readonly value: string;
  readonly query: string;
  readonly leaveOut: () => void;
}

/** Shown if no passage fits the filter, or the project has none. `of`: the number of all passages. */
export function NothingFits({ of }: { of: number }) {
  const { t } = useTranslation();
  if (of === 0) return <EmptyState title={t('evidence.empty.title')} text={t('evidence.empty.text')} />;
  return <KeptOut of={of} />;
}

/** For each part of the filter, how many passages would fit without it. */
function KeptOut({ of }: { of: number }) {
  const { t } = useTranslation();
  const { within, whole } = useEvidence();
  const parts = useParts();
  const marks = useMemo(() => within.flatMap((one) => one.marks), [within]);
  const counts = useCalls(
    'evidence.rows',
    parts.map(({ query }) => ({ query, within: marks, count: 0 })),
  );
  const found = parts.flatMap((part, at) => {
    const total = counts[at]?.data?.total ?? 0;
    return total === 0 ? [] : [{ ...part, total }];
  });
  return (
    <EmptyState title={t('evidence.none.title')} text={t('evidence.none.text', { count: of })}>
      {found.length === 0 ? null : (
        <div className="evidence-without" role="group" aria-label={t('evidence.none.without')}>
          <p>{t('evidence.none.without')}</p>
          {found.map(({ key, name, value, total, leaveOut }) => (
            <Button key={key} size="small" icon="close" onPress={leaveOut}>
              <span className="dim">{name}</span>
              <bdi className="strong cut">{value}</bdi>
              <span className="number">{t('evidence.passages', { count: total })}</span>
            </Button>
          ))}
        </div>
      )}
      {whole.trim() === '' && within.length === 0 ? null : (
        <Button
          onPress={() => {
            within.forEach(widen);
            setQuery('');
          }}
        >
          {t('evidence.none.all')}
        </Button>
      )}
    </EmptyState>
  );
}

/** The conditions and words of the filter. Empty if it has only one part: without that, every passage would fit. */
function useParts(): readonly Without[] {
  const { t } = useTranslation();
  const fields = useFields();
  const query = useEvidence((state) => state.whole);
  const { form, isCurrent } = useFormOfQuery(query, setQuery);
  const { conditions, all, exact } = form;
  if (!isCurrent) return [];
  const parts = [
    ...conditions.map(({ field, values, not }, at) => ({
      key: `condition ${String(at)}`,
      name: not ? `${fields.nameOf(field)} ${t('queryForm.not')}` : fields.nameOf(field),
      value: values.map((one) => choiceOf(fields.choicesOf(field) ?? [], one)?.name ?? one).join(t('queryForm.or')),
      query: textOf({ ...form, conditions: conditions.toSpliced(at, 1) }),
    })),
    ...all.map((one, at) => ({
      key: `word ${String(at)}`,
      name: t('queryForm.words'),
      value: wordsText(one),
      query: textOf({ ...form, all: all.toSpliced(at, 1) }),
    })),
    ...exact.map((one, at) => ({
      key: `exact ${String(at)}`,
      name: t('queryForm.words'),
      value: wordsText(one),
      query: textOf({ ...form, exact: exact.toSpliced(at, 1) }),
    })),
  ];
  return parts
    .filter((part) => part.query.trim() !== '')
    .map((part) => ({ ...part, leaveOut: () => setQuery(part.query) }));
}
