import type { ExchangeQuestion } from '../../../shared/contract/exchange-questions.ts';
import type { ExchangeLedger } from '../../../shared/contract/exchange.ts';
import { formatNumber } from '../../common/format.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Radios, type Option } from '../../ui/Choice.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { type ChosenFile, openQuestions, type Said } from './exchange-state.ts';
import { useExchangeActs } from './useExchangeActs.ts';

/** Whether a person has to answer questions about a file before it is imported. */
export const hasQuestions = (file: ChosenFile): boolean =>
  file.stage.at === 'preview' && (file.stage.ledger.questions.length > 0 || file.stage.ledger.missing.length > 0);

/** The questions about a file: whether its names mean the same as the project’s, who coded, and where its missing files are. */
export function Questions({ file, ledger }: { file: ChosenFile; ledger: ExchangeLedger }) {
  const { t } = useTranslation();
  const open = openQuestions(file).length;
  const codes = ledger.questions.filter(({ kind }) => kind === 'code');
  return (
    <section className="exchange-questions" aria-label={t('exchange.questions.title')}>
      <header className="bar">
        <h2 className="strong grow">{t('exchange.questions.title')}</h2>
        {ledger.questions.length === 0 ? null : (
          <span className="dim" role="status">
            {open === 0 ? t('exchange.questions.answered') : t('exchange.questions.open', { count: open })}
          </span>
        )}
      </header>
      <div className="scroll">
        {codes.length > 1 ? <AllCodes token={file.token} codes={codes} said={file.said} /> : null}
        {ledger.questions.map((question, at) => (
          <Question
            key={question.id}
            token={file.token}
            question={question}
            said={file.said}
            place={question.kind === 'code' && codes.length > 1 ? { at: at + 1, of: codes.length } : null}
          />
        ))}
        <MissingFiles file={file} missing={ledger.missing} />
      </div>
    </section>
  );
}

/** Buttons that answer for all open codes at once. “Same” leaves out a code whose name several categories have: a person chooses one. */
function AllCodes({ token, codes, said }: { token: string; codes: readonly ExchangeQuestion[]; said: Said }) {
  const { t } = useTranslation();
  const { answer } = useExchangeActs();
  const open = codes.filter(({ id }) => said.answers.codes[id] === undefined);
  const sure = open.filter(({ options }) => options.length === 1);
  if (open.length === 0) return null;
  const each = (all: readonly ExchangeQuestion[], isNew: boolean): void =>
    answer(
      token,
      all.map((question) => ({ question, answer: isNew ? 'new' : (valuesOf(question)[0] ?? 'new') })),
    );
  return (
    <div className="pane-section line" data-wrap>
      {sure.length === 0 ? null : (
        <Button size="small" onPress={() => each(sure, false)}>
          {t('exchange.questions.allSame', { count: sure.length })}
        </Button>
      )}
      <Button size="small" onPress={() => each(open, true)}>
        {t('exchange.questions.allNew', { count: open.length })}
      </Button>
    </div>
  );
}

const valuesOf = (question: ExchangeQuestion): string[] =>
  question.kind === 'code'
    ? question.options.map(({ category }) => category)
    : question.options.map(({ person }) => person);

function Question({
  token,
  question,
  said,
  place,
}: {
  token: string;
  question: ExchangeQuestion;
  said: Said;
  place: { readonly at: number; readonly of: number } | null;
}) {
  const { t } = useTranslation();
  const { answer } = useExchangeActs();
  const { kind, id, name, codings } = question;
  const given = (kind === 'code' ? said.answers.codes : said.answers.coders)[id] ?? null;
  const options: readonly Option<string>[] =
    question.kind === 'code'
      ? question.options.map(({ category, code, name: called, definition }) => ({
          value: category,
          label: t('exchange.questions.same', { code, name: called }),
          ...(definition === '' ? {} : { hint: definition }),
        }))
      : question.options.map(({ person, name: called, isMe }) => ({
          value: person,
          label: isMe ? t('exchange.questions.me', { name: called }) : called,
          ...(isMe ? { hint: t('exchange.questions.meHint') } : {}),
        }));
  const description = question.kind === 'code' ? (question.description ?? '') : '';
  return (
    <div className="pane-section exchange-question">
      <Radios
        label={t(`exchange.questions.${kind}`, { name })}
        note={
          <p className="hint">
            {place === null
              ? null
              : `${t('exchange.questions.place', { at: formatNumber(place.at), of: formatNumber(place.of) })} `}
            {description === '' ? null : <bdi>{t('exchange.questions.inFile', { description })} </bdi>}
            {codings === 0 ? null : t('exchange.questions.codings', { count: codings })}
          </p>
        }
        value={given}
        options={[
          ...options,
          {
            value: 'new',
            label: t(`exchange.questions.new.${kind}`),
            ...(kind === 'coder' ? { hint: t('exchange.questions.keyless') } : {}),
          },
        ]}
        onChange={(value) => answer(token, [{ question, answer: value }])}
      />
    </div>
  );
}

function MissingFiles({ file, missing }: { file: ChosenFile; missing: ExchangeLedger['missing'] }) {
  const { t } = useTranslation();
  const { findFile } = useExchangeActs();
  const found = Object.values(file.said.files);
  if (missing.length === 0 && found.length === 0) return null;
  const passages = missing.reduce((sum, { selections }) => sum + selections, 0);
  return (
    <div className="pane-section">
      <h3 className="strong">{t('exchange.in.missing', { count: missing.length })}</h3>
      <ul className="exchange-list">
        {missing.map(({ id, name, asText }) => (
          <li key={id} className="line">
            <Icon name="file" size="small" />
            <span className="two-lines grow">
              <bdi className="cut">{name}</bdi>
              <span className="hint">{t(asText ? 'exchange.in.asText' : 'exchange.in.absent')}</span>
            </span>
            <Button
              kind="quiet"
              size="small"
              aria-label={t('exchange.questions.findNamed', { name })}
              onPress={() => findFile(file.token, id)}
            >
              {t('exchange.questions.find')}
            </Button>
          </li>
        ))}
        {found.map(({ token, name }) => (
          <li key={token} className="line">
            <Icon name="check" size="small" />
            <span className="grow cut">
              <bdi>{t('exchange.questions.found', { name })}</bdi>
            </span>
          </li>
        ))}
      </ul>
      {passages === 0 ? null : <p className="hint">{t('exchange.questions.without', { count: passages })}</p>}
    </div>
  );
}
