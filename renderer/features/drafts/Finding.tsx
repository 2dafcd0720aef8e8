import type { ReactNode } from 'react';
import type { DraftDesk, DraftFinding } from '../../../shared/contract/drafts.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openRange } from '../../common/workbench/workbench.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { FigureCards } from './FigureCards.tsx';
import { isAtOdds, sidesOf } from './state.ts';

export interface FindingProps {
  readonly finding: DraftFinding;
  readonly looked: DraftDesk['looked'];
  /** Whether the keys 1 and 2 resolve this finding. */
  readonly isCurrent: boolean;
  readonly isReadOnly: boolean;
  readonly onChange: () => void;
  readonly onKeep: () => void;
  readonly onTakeBack: () => void;
}

const SIGNS: Readonly<Record<DraftFinding['kind'], IconName>> = {
  quotation: 'passage',
  figure: 'descending',
  relation: 'columns',
  citation: 'clock',
  uncited: 'link',
  term: 'book',
  place: 'pin',
  order: 'alert',
};

/** One finding in a sentence, and the actions on it. */
export function Finding({ finding, looked, isCurrent, isReadOnly, onChange, onKeep, onTakeBack }: FindingProps) {
  const { t } = useTranslation();
  const { kind, weight, remedy } = finding;
  const title =
    kind === 'quotation'
      ? t(`desk.findings.quotation.${finding.status}`)
      : kind === 'figure' && isAtOdds(finding)
        ? t('desk.findings.figureAtOdds')
        : t(`desk.findings.${kind}`);
  const isOpen = (weight === 'error' || weight === 'warning') && remedy === null;
  return (
    <section className="drafting-finding" data-current={isCurrent || undefined}>
      <h3 data-tone={weight === 'error' ? 'bad' : weight === 'warning' ? 'warn' : undefined}>
        <Icon name={SIGNS[kind]} size="small" />
        <span className="grow">{title}</span>
      </h3>
      <Body finding={finding} looked={looked} />
      {remedy === null ? null : (
        <p className="line drafting-remedy">
          <Icon name="check" size="small" />
          <span className="grow">
            {remedy.remedy === 'change'
              ? t('desk.remedies.change')
              : remedy.reason === ''
                ? t('desk.remedies.keptPlain')
                : t('desk.remedies.kept', { reason: remedy.reason })}
          </span>
          {isReadOnly ? null : <LinkButton onPress={onTakeBack}>{t('desk.remedies.takeBack')}</LinkButton>}
        </p>
      )}
      {isOpen && !isReadOnly ? (
        <p className="line drafting-remedies">
          <Button size="small" {...(isCurrent ? { keys: ['1'] } : {})} onPress={onChange}>
            {kind === 'quotation' && finding.status === 'changed'
              ? t('desk.remedies.quotation')
              : t('desk.remedies.other')}
          </Button>
          <Button size="small" kind="quiet" {...(isCurrent ? { keys: ['2'] } : {})} onPress={onKeep}>
            {t('desk.remedies.keep')}
          </Button>
        </p>
      ) : null}
    </section>
  );
}

function Body({ finding, looked }: Pick<FindingProps, 'finding' | 'looked'>) {
  const { t } = useTranslation();
  switch (finding.kind) {
    case 'quotation':
      return <Quoted finding={finding} looked={looked} />;
    case 'figure':
      return <FigureCards finding={finding} />;
    case 'relation':
      return (
        <>
          <p>
            <bdi className="strong">{finding.figures.join(' · ')}</bdi>
          </p>
          <p>
            {t(`desk.verdicts.${finding.verdict}`)}
            {finding.computed === null ? null : `. ${t('desk.computed', { value: finding.computed })}`}
          </p>
          <p className="hint">{finding.formula}</p>
          {finding.fromCards === null ? null : (
            <p data-tone={finding.fromCards.verdict === 'fails' ? 'bad' : undefined}>
              {t('desk.fromCards', { inputs: finding.fromCards.inputs.join(' · ') })}{' '}
              {t(`desk.verdicts.${finding.fromCards.verdict}`)}
              {finding.fromCards.computed === null
                ? null
                : `. ${t('desk.computed', { value: finding.fromCards.computed })}`}
            </p>
          )}
        </>
      );
    case 'citation':
      return (
        <>
          <p>
            <bdi>{finding.publisher}</bdi>
            {finding.date === null ? null : <span className="code"> {finding.date}</span>}
          </p>
          {finding.implied ? <Said>{t('desk.implied')}</Said> : null}
          {finding.date === null ? <Said>{t('desk.noDate')}</Said> : null}
          <p className="hint">
            {finding.source === null ? t('desk.notInProject') : t('desk.inProject', { title: finding.source.title })}
          </p>
        </>
      );
    case 'uncited':
      return (
        <>
          <p>
            <bdi className="strong">{finding.text}</bdi>
          </p>
          <p className="hint">{t(`desk.uncitedWhat.${finding.what}`)}</p>
        </>
      );
    case 'place':
      return (
        <>
          <p>
            <bdi className="strong">{finding.text}</bdi>
          </p>
          <p className="hint">{t(placeWords(finding.name), { other: finding.other, name: finding.name })}</p>
        </>
      );
    case 'order':
      return <p className="hint">{t('desk.reordered')}</p>;
    case 'term':
      return (
        <>
          <p>
            <bdi className="strong" lang="zh">
              {finding.chinese}
            </bdi>
          </p>
          <p className="hint">
            {t(`desk.${finding.ofGlossary ? 'glossary' : 'terms'}.${finding.problem}`, { other: finding.other })}
          </p>
        </>
      );
  }
}

const Said = ({ children }: { children: ReactNode }) => (
  <p className="line hint">
    <Icon name="alert" size="small" />
    <span className="grow">{children}</span>
  </p>
);

/** The draft’s words above the source’s. Missing words are an empty box, extra words are boxed; nothing is struck through. */
function Quoted({
  finding,
  looked,
}: {
  finding: Extract<DraftFinding, { kind: 'quotation' }>;
  looked: DraftDesk['looked'];
}) {
  const { t } = useTranslation();
  const { found, status } = finding;
  const { draft, source } = sidesOf(finding);
  const gone = finding.pieces.filter(({ kind }) => kind === 'gone').map(({ text }) => text.trim());
  const added = finding.pieces.filter(({ kind }) => kind === 'new').map(({ text }) => text.trim());
  if (status === 'not-found' || status === 'other-language' || status === 'linked' || found === null)
    return (
      <>
        <p className="source-words">
          <bdi>{finding.text}</bdi>
        </p>
        <p className="hint">
          {status === 'linked'
            ? t('desk.linkedTo')
            : status === 'other-language'
              ? t('desk.otherLanguage')
              : t('desk.notFound', { count: looked.sources })}
        </p>
      </>
    );
  return (
    <>
      {status === 'exact' ? (
        <p className="source-words">
          <bdi>{found.words}</bdi>
        </p>
      ) : (
        <div className="drafting-compared">
          <span className="dim">{t('desk.draftWords')}</span>
          <p className="source-words">
            {draft.map(({ kind, text }, at) =>
              kind === 'new' ? (
                <mark key={at} className="drafting-added">
                  {text}
                </mark>
              ) : (
                <span key={at}>{text}</span>
              ),
            )}
          </p>
          <span className="dim">{t('desk.sourceWords')}</span>
          <p className="source-words">
            {source.map(({ kind, text }, at) =>
              kind === 'gone' ? (
                <mark key={at} className="drafting-lacking">
                  {text}
                </mark>
              ) : (
                <span key={at}>{text}</span>
              ),
            )}
          </p>
        </div>
      )}
      {gone.length === 0 ? null : <p>{t('desk.lacking', { words: gone.join(' … ') })}</p>}
      {added.length === 0 ? null : <p>{t('desk.added', { words: added.join(' … ') })}</p>}
      {finding.warnings.map((one) => (
        <Said key={one}>{t(`desk.differs.${one}`)}</Said>
      ))}
      {finding.hidden.length === 0 ? null : (
        <p className="hint">{t('desk.hidden', { words: finding.hidden.join(' … ') })}</p>
      )}
      <p className="line hint">
        <bdi className="grow cut">{found.title}</bdi>
        <LinkButton onPress={() => openRange(found.source, { start: found.start, end: found.end })}>
          {t('desk.openPlace')}
        </LinkButton>
      </p>
    </>
  );
}

const placeWords = (name: string) => (name === '' ? ('desk.placeCalled' as const) : ('desk.placeNamed' as const));
