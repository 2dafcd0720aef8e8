import { useMemo } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { QueryMend } from '../../../shared/query/faults.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { shownKeys } from '../commands/keys.ts';
import { useCommands, type Command } from '../commands/registry.ts';
import { useTranslation } from '../strings/use-translation.ts';

type Faults = readonly CallOutput<'search.query'>['faults'][number][];

interface Props {
  readonly faults: Faults;
  /** One line: how the faults affect the list that is shown. */
  readonly title: string;
  /** Selects the fault’s range in the field. */
  readonly onShow: (span: Faults[number]['span']) => void;
  readonly onMend: (mend: QueryMend) => void;
}

/** The faults of a query, with buttons that correct them. Alt and a digit corrects the fault of that number. */
export function QueryFaults({ faults, title, onShow, onMend }: Props) {
  const { t } = useTranslation();
  useMendCommands(faults, onMend);
  if (faults.length === 0) return null;
  return (
    <div className="query-faults" role="alert">
      <p className="query-faults-head">
        <Icon name="alert" size="small" />
        {title}
      </p>
      <ol>
        {faults.map(({ span, sentence, mends }, at) => (
          <li key={`${String(span.start)} ${sentence}`}>
            <Button
              size="small"
              kind="quiet"
              aria-label={t('queryFaults.show', { number: at + 1 })}
              onPress={() => onShow(span)}
            >
              <span className="query-fault-number">{at + 1}</span>
            </Button>
            <span className="query-fault-text">
              <bdi>{sentence}</bdi>
              <span className="line" data-wrap>
                {mends.map((mend, n) => (
                  <Button
                    key={`${mend.label} ${mend.text}`}
                    size="small"
                    {...(n === 0 && at < MOST_KEYS ? { keys: shownKeys(`Alt+${String(at + 1)}`) } : {})}
                    onPress={() => onMend(mend)}
                  >
                    <bdi>{mend.label}</bdi>
                  </Button>
                ))}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The most faults that have a key. */
const MOST_KEYS = 9;

/** The keys work only in the field with the fault; elsewhere they belong to the screen. */
const isInWrongField = (): boolean => document.activeElement?.getAttribute('aria-invalid') === 'true';

function useMendCommands(faults: Faults, onMend: Props['onMend']): void {
  useCommands(
    useMemo<Command[]>(
      () =>
        faults.slice(0, MOST_KEYS).flatMap(({ mends: [mend] }, at): Command[] => {
          if (mend === undefined) return [];
          return [
            {
              id: `mendQuery${String(at + 1)}`,
              title: mend.label,
              group: 'anywhere',
              keys: [`Alt+Digit${String(at + 1)}`],
              inFields: true,
              isFirst: true,
              when: isInWrongField,
              run: () => onMend(mend),
            },
          ];
        }),
      [faults, onMend],
    ),
  );
}
