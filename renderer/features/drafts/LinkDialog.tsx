import { useDeferredValue, useState } from 'react';
import type { DraftDesk, DraftSentence } from '../../../shared/contract/drafts.ts';
import { type ClaimId, claimId, type PassageId, passageId } from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { errorDataOf, useCall, useWrite } from '../../api/index.ts';
import { wantedOf } from '../../common/choices/match.ts';
import { LinkingDialog } from '../../common/linking/LinkingDialog.tsx';
import { announce, notifyError } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Segments } from '../../ui/Choice.tsx';
import { Select } from '../../ui/Select.tsx';

/** At most this many passages are listed; the filter narrows a longer list. */
const LISTED = 200;
interface Row {
  readonly id: string;
  readonly words: string;
  readonly from: string;
  readonly to: { readonly passages: PassageId[] } | { readonly claims: ClaimId[] };
  readonly isLinked: boolean;
}

/** Passages and claims to link to a sentence, or to one of its quotations in another language. Enter links; the dialog stays. */
export function LinkDialog({
  desk,
  sentence,
  onClose,
}: {
  desk: DraftDesk;
  sentence: DraftSentence;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [quotation, setQuotation] = useState<string | null>(() => translatedIn(sentence));
  const [what, setWhat] = useState<'passages' | 'claims'>('passages');
  const [query, setQuery] = useState('');
  const [current, setCurrent] = useState<string | null>(null);
  const { rows, total, fault } = useRows(sentence, what, useDeferredValue(query), quotation);
  const link = useWrite('drafts.link');
  const run = ({ to, isLinked }: Row): void => {
    if (isLinked || link.isPending) return;
    const { text, nth } = sentence;
    const about = 'passages' in to ? quotation : null;
    link.mutate(
      { draft: desk.draft.id, text, nth, ...to, quotation: about },
      {
        onSuccess: () => announce(t('desk.done.linked', { number: sentence.number })),
        onError: (thrown) => notifyError(errorDataOf(thrown)),
      },
    );
  };
  return (
    <LinkingDialog
      title={t('desk.linkTitle', { number: sentence.number })}
      about={
        <p className="linking-about">
          <bdi>{sentence.text}</bdi>
        </p>
      }
      above={<What sentence={sentence} what={what} onWhat={setWhat} quotation={quotation} onQuotation={setQuotation} />}
      find={{ label: t('desk.find'), value: query, onChange: setQuery }}
      fault={fault}
      list={{
        label: t('desk.choices'),
        rows,
        keyOf: keyOfRow,
        current,
        onCurrent: setCurrent,
        onOpen: run,
        children: (row) => <Choice row={row} />,
      }}
      total={total}
      onClose={onClose}
    />
  );
}

function Choice({ row: { words, from, isLinked } }: { row: Row }) {
  const { t } = useTranslation();
  return (
    <div className="line linking-choice">
      <div className="two-lines grow">
        <bdi className="cut column-words">{words}</bdi>
        <bdi className="cut">{from}</bdi>
      </div>
      {isLinked ? <Badge icon="link">{t('desk.isLinked')}</Badge> : null}
    </div>
  );
}

/** The quotations of a sentence that can be linked by hand. */
const quotationsOf = ({ findings }: DraftSentence) =>
  findings.filter((one) => one.kind === 'quotation' && one.status !== 'exact');

/** The first quotation without a match in the sources: it may be a translation. */
const translatedIn = (sentence: DraftSentence): string | null =>
  quotationsOf(sentence).find((one) => one.kind === 'quotation' && one.status !== 'changed' && one.weight === 'error')
    ?.text ?? null;

interface WhatProps {
  readonly sentence: DraftSentence;
  readonly what: 'passages' | 'claims';
  readonly onWhat: (what: 'passages' | 'claims') => void;
  readonly quotation: string | null;
  readonly onQuotation: (quotation: string | null) => void;
}
/** Passages or claims, for the sentence or for one of its quotations. */
function What({ sentence, what, onWhat, quotation, onQuotation }: WhatProps) {
  const { t } = useTranslation();
  const quotations = quotationsOf(sentence);
  return (
    <>
      <div className="line">
        <Segments
          label={t('desk.linkAs')}
          value={what}
          options={[
            { value: 'passages', label: t('desk.linkPassages') },
            { value: 'claims', label: t('desk.linkClaims') },
          ]}
          onChange={onWhat}
        />
      </div>
      {what === 'passages' && quotations.length > 0 ? (
        <Select
          label={t('desk.linkAs')}
          value={quotation}
          options={quotations.map(({ text }) => ({ value: text, label: `“${text}”` }))}
          none={t('desk.linkWhole')}
          noneIsFine
          onChange={onQuotation}
        />
      ) : null}
    </>
  );
}

const keyOfRow = ({ id }: Row): string => id;

function useRows(
  { links }: DraftSentence,
  what: 'passages' | 'claims',
  query: string,
  quotation: string | null,
): { rows: readonly Row[]; total: number; fault: string | undefined } {
  const { t } = useTranslation();
  const evidence = useCall('evidence.rows', what === 'passages' ? { query, count: LISTED } : null);
  const claims = useCall('claims.list', what === 'claims' ? {} : null);
  if (what === 'claims') {
    const wanted = wantedOf(query);
    const linked = new Set(links.map(({ to }) => (to.kind === 'claim' ? to.claim : null)));
    const rows = (claims.data?.claims ?? []).filter(({ text }) => wantedOf(text).includes(wanted));
    return {
      rows: rows.map((one): Row => ({
        id: one.id,
        words: one.text,
        from: [
          t('desk.claimStands', {
            supports: one.supports.passages,
            limits: one.limits.passages,
            contradicts: one.contradicts.passages,
          }),
          ...(one.unanswered + one.trashedContradictions > 0 ? [t('claims.gaps.contradicted')] : []),
        ].join('; '),
        to: { claims: [claimId.parse(one.id)] },
        isLinked: linked.has(one.id),
      })),
      total: rows.length,
      fault: claims.error?.message,
    };
  }
  const linked = new Set(
    links.map(({ to, quotation: about }) => (to.kind === 'passage' && about === quotation ? to.passage : null)),
  );
  return {
    rows: (evidence.data?.rows ?? []).map((one): Row => ({
      id: one.passage,
      words: one.quote === null ? one.sourceTitle : quotedWords(one.quote, 'pdf'),
      from: `${one.sourceTitle}, ${t('claims.page', { page: one.page })}`,
      to: { passages: [passageId.parse(one.passage)] },
      isLinked: linked.has(one.passage),
    })),
    total: evidence.data?.total ?? 0,
    fault: evidence.data?.faults[0]?.sentence ?? evidence.error?.message,
  };
}
