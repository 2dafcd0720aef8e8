import { FIGURE_CHOSEN } from '../../../shared/contract/figure-conditions.ts';
import type { FigureRow } from '../../../shared/contract/figures-table.ts';
import { numberWords } from '../../../shared/figures/reading-words.ts';
import { KindSign } from '../../common/figures/KindSign.tsx';
import { periodWords, unitWords, valueWords } from '../../common/figures/words.ts';
import { VerdictSign } from '../../common/relations/Verdict.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Badge } from '../../ui/Badge.tsx';

export const SHOWN = ['printed', ...FIGURE_CHOSEN] as const;
export type Shown = (typeof SHOWN)[number];

/** At most this many characters before a number are shown, so that a narrow column shows the number itself. The title has all. */
const NEAREST = 8;
/** How many of these a narrow window shows; see styles.css. */
const NARROW = 4;

export function FigureCell({ row, column }: { row: FigureRow; column: Shown }) {
  const { t } = useTranslation();
  switch (column) {
    case 'printed':
      return (
        <bdi
          className="cut source-words"
          lang={row.language ?? undefined}
          title={`${row.before}${row.text}${row.after}`}
        >
          <Before words={row.before} />
          <b>{row.text}</b>
          <span className="dim">{row.after}</span>
        </bdi>
      );
    case 'value':
      return <span className="number strong cut">{valueWords(row)}</span>;
    case 'interval':
      return <span className="number dim cut">{intervalWords(row, t)}</span>;
    case 'unit':
      return <span className="cut">{row.unit === null ? '–' : unitWords(row, t)}</span>;
    case 'kind':
      return <KindSign kind={row.kind} words={t(`figuresTable.kinds.${row.kind}`)} />;
    case 'period':
      return <Guessed isGuessed={row.isGuessed} words={row.period === null ? '' : periodWords(row.period)} />;
    case 'place':
      return <Guessed isGuessed={row.isGuessed} words={row.placeName ?? ''} />;
    case 'source':
      return <SourceCell row={row} />;
    case 'state':
      return (
        <span className={row.state === 'confirmed' || row.state === 'reviewed' ? 'cut' : 'cut dim'}>
          {t(`figuresTable.states.${row.state}`)}
        </span>
      );
    case 'against':
      return <Against row={row} />;
  }
}

function Before({ words }: { words: string }) {
  const all = [...words].slice(-NEAREST);
  return (
    <span className="dim">
      <span className="figures-further">{all.slice(0, -NARROW).join('')}</span>
      {all.slice(-NARROW).join('')}
    </span>
  );
}

function SourceCell({ row }: { row: FigureRow }) {
  const { t } = useTranslation();
  const words = t('figuresTable.page', { source: row.sourceTitle, page: row.page });
  return (
    <bdi className="cut" title={words}>
      {words}
    </bdi>
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];
export function intervalWords({ low, high }: Pick<FigureRow, 'low' | 'high'>, t: Translate): string {
  if (low !== null && low === high) return t('figuresTable.exact');
  if (low === null && high === null) return '–';
  if (high === null) return t('figuresTable.andUp', { low: numberWords(low ?? '') });
  if (low === null) return t('figuresTable.upTo', { high: numberWords(high) });
  return `${numberWords(low)} – ${numberWords(high)}`;
}

/** Words that mark a guess: a value found outside the figure’s clause is a guess until a person confirms it. */
function Guessed({ isGuessed, words }: { isGuessed: boolean; words: string }) {
  const { t } = useTranslation();
  if (words === '') return <span className="dim">–</span>;
  if (!isGuessed) return <span className="cut">{words}</span>;
  return (
    <span className="cut dim" title={t('figuresTable.guessed')}>
      {words}
      <span aria-hidden>?</span>
      <span className="unseen">{t('figuresTable.guessed')}</span>
    </span>
  );
}

const FOLLOWED = { followed: 'check', 'not-followed': 'close', disputed: 'alert' } as const;
function Against({ row }: { row: FigureRow }) {
  const { t } = useTranslation();
  if (row.larger.length > 0)
    return (
      <Badge tone="bad" icon="alert">
        {t('figuresTable.larger')}
      </Badge>
    );
  switch (row.against) {
    case null:
      return null;
    case 'conflict':
      return row.followed === null ? (
        <VerdictSign look="fails" words={t('figuresTable.against.conflict')} />
      ) : (
        <Badge tone={row.followed === 'disputed' ? 'bad' : 'plain'} icon={FOLLOWED[row.followed]}>
          {t(`figuresTable.followed.${row.followed}`)}
        </Badge>
      );
    case 'unit':
      return <VerdictSign look="warned" words={t('figuresTable.against.unit')} />;
    case 'agrees':
      // The intervals overlap. The sign is never green: green means recomputed.
      return <VerdictSign look="within" words={t('figuresTable.against.agrees')} />;
  }
}
