import { useState } from 'react';
import type { Claim } from '../../../shared/contract/claims.ts';
import { CLAIM_RELATIONS, type ClaimRelation, type PassageId } from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { errorDataOf, useCall, useWrite } from '../../api/index.ts';
import { wantedOf } from '../choices/match.ts';
import { formatNumber } from '../format.ts';
import { focusChoices, LinkingDialog } from '../linking/LinkingDialog.tsx';
import { announce, notifyError } from '../notices/notices.ts';
import { usePassageActs } from '../passages/passage-acts.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { RelationButtons } from './RelationButtons.tsx';
import { closeLinkDialog, openLinkDialog, useLinkDialog, type LinkTarget } from './link-dialog.ts';
import { RELATION_SIGNS, relationOfKey } from './relations.ts';

/** The dialog that links passages to a claim, while it is open. */
export function LinkToClaim() {
  const target = useLinkDialog((state) => state.target);
  return target === null ? null : <LinkToClaimDialog target={target} />;
}

/** Lists all claims. A claim is found by its words or written anew, and linked by key. The dialog stays open for the next claim. */
function LinkToClaimDialog({ target }: { target: LinkTarget }) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [current, setCurrent] = useState<string | null>(null);
  const { data, error } = useCall('claims.list', {});
  const { link, write } = useLinkActs(target);
  const all = data?.claims ?? [];
  const wanted = wantedOf(words);
  const claims = all.filter(({ text }) => wantedOf(text).includes(wanted));
  const inHand = claims.find(({ id }) => id === current);
  const isNew = words.trim() !== '' && all.every(({ text }) => text !== words.trim());
  const writeOne = (): void =>
    write(words, (id) => {
      setWords('');
      setCurrent(id);
      focusChoices();
    });
  return (
    <LinkingDialog
      title={t('claims.linkTo')}
      about={<TargetWords target={target} />}
      find={{
        label: t('claims.findOrWrite'),
        value: words,
        onChange: setWords,
        onEnter: () => (claims.length === 0 && isNew ? writeOne() : focusChoices()),
        beside: (
          <Button icon="add" isDisabled={!isNew} onPress={writeOne}>
            {t('claims.writeNew')}
          </Button>
        ),
      }}
      fault={error?.message}
      none={
        data === undefined || claims.length > 0
          ? undefined
          : t(all.length === 0 ? 'claims.noneToLink' : 'claims.noneFound')
      }
      list={{
        label: t('claims.claimsToLink'),
        rows: claims,
        keyOf: keyOfClaim,
        current,
        onCurrent: setCurrent,
        onKey: (key, claim) => {
          const as = relationOfKey(key);
          if (as === undefined || claim === undefined) return false;
          void link(claim, as);
          return true;
        },
        children: (claim) => <Choice claim={claim} number={all.indexOf(claim) + 1} target={target} />,
      }}
      footer={
        <RelationButtons
          isDisabled={inHand === undefined}
          onLink={(as) => inHand !== undefined && void link(inHand, as)}
        />
      }
      onClose={closeLinkDialog}
    />
  );
}

const keyOfClaim = ({ id }: Claim): string => id;

/**
 * Links the target to a claim, or writes a new claim. Marked words become a passage when they are first linked; later links use that
 * passage.
 */
function useLinkActs(target: LinkTarget) {
  const { t } = useTranslation();
  const acts = usePassageActs();
  const write = useWrite('claims.create');
  const save = useWrite('claims.link');
  const tell = { onError: (thrown: Error) => notifyError(errorDataOf(thrown)) };
  return {
    link: async (claim: Claim, as: ClaimRelation): Promise<void> => {
      if (save.isPending) return;
      const made = target.kind === 'marked' ? await acts.create(target.span) : null;
      const passages = target.kind === 'passages' ? target.passages : made === null ? null : ([made] as const);
      if (passages === null) return;
      if (target.kind === 'marked') openLinkDialog({ kind: 'passages', passages: [passages[0]] });
      save.mutate(
        { id: claim.id, passages: [...passages], as },
        { ...tell, onSuccess: () => announce(t(`claims.linkedAs.${as}`)) },
      );
    },
    write: (text: string, onWritten: (id: Claim['id']) => void): void =>
      write.mutate({ text }, { ...tell, onSuccess: ({ id }) => onWritten(id) }),
  };
}

/** The words of the passages that are linked. */
function TargetWords({ target }: { target: LinkTarget }) {
  const { t } = useTranslation();
  if (target.kind === 'marked') return <Quoted words={target.span.exact} />;
  const [first, ...more] = target.passages;
  return more.length === 0 ? (
    <PassageWords passage={first} />
  ) : (
    <p className="linking-about">{t('claims.counted', { count: target.passages.length })}</p>
  );
}

function PassageWords({ passage: id }: { passage: PassageId }) {
  const { t } = useTranslation();
  const passage = useCall('passages.get', { id }).data;
  const source = useCall('sources.get', passage === undefined ? null : { id: passage.source }).data;
  if (passage === undefined) return null;
  const { anchor } = passage;
  return anchor.kind === 'text' ? (
    <Quoted words={quotedWords(anchor.exact, source?.kind ?? 'text')} language={source?.language ?? null} />
  ) : (
    <p className="linking-about">{t('claims.area', { page: anchor.page })}</p>
  );
}

function Quoted({ words, language = null }: { words: string; language?: string | null }) {
  return (
    <blockquote className="source-words linking-about" dir="auto" lang={language ?? undefined}>
      {words}
    </blockquote>
  );
}

function Choice({ claim, number, target }: { claim: Claim; number: number; target: LinkTarget }) {
  const { t } = useTranslation();
  const linked = target.kind === 'marked' ? [] : claim.links.filter(({ passage }) => target.passages.includes(passage));
  return (
    <div className="line linking-choice">
      <span className="code dim">{formatNumber(number)}</span>
      <bdi className="grow claims-words">{claim.text}</bdi>
      {CLAIM_RELATIONS.filter((as) => linked.some((one) => one.as === as)).map((as) => (
        <Badge key={as} icon={RELATION_SIGNS[as]}>
          {t(`claims.as.${as}`)}
        </Badge>
      ))}
    </div>
  );
}
