import { useState, type ReactNode } from 'react';
import { Button, Dialog, DialogTrigger, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { matchText, wantedOf } from '../../app/matching.ts';
import { FilterField } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';

export interface Choice<Id extends string> {
  readonly id: Id;
  /** What it is called and found by. */
  readonly name: string;
  /** Found by these too: a code, other names. */
  readonly also: string;
  readonly lang?: string | undefined;
  readonly sign?: ReactNode;
}

/** As many are drawn; of more, one types a part of the name. */
const SHOWN = 200;

/** One filter of the search: a small button that says what is chosen, over a list with a field to narrow it. */
export function FilterChoice<Id extends string>({
  label,
  all,
  chosen,
  onChange,
}: {
  label: string;
  all: readonly Choice<Id>[];
  chosen: readonly Id[];
  onChange: (chosen: Id[]) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const first = all.find(({ id }) => id === chosen[0]);
  const wanted = wantedOf(text);
  const fitting = wanted === '' ? all : all.filter(({ name, also }) => matchText(`${name} ${also}`, wanted) !== null);
  const shown = fitting.slice(0, SHOWN);
  return (
    <DialogTrigger onOpenChange={() => setText('')}>
      <Button className="search-filter" data-chosen={chosen.length > 0 || undefined}>
        <span className="unseen">{label}</span>
        {first === undefined ? (
          <span aria-hidden>{label}</span>
        ) : (
          <>
            {first.sign}
            <bdi className="cut" lang={first.lang}>
              {first.name}
            </bdi>
            {chosen.length > 1 ? <span>{t('search.more', { count: chosen.length - 1 })}</span> : null}
          </>
        )}
        <Icon name="collapse" size="small" />
      </Button>
      <Popover className="popover search-choices" offset={4} placement="bottom start">
        <Dialog aria-label={label} className="search-choices-box">
          <FilterField label={label} value={text} onChange={setText} />
          <ListBox
            aria-label={label}
            className="list-box scroll"
            selectionMode="multiple"
            selectedKeys={chosen}
            onSelectionChange={(keys) =>
              onChange(keys === 'all' ? [...chosen] : all.filter(({ id }) => keys.has(id)).map(({ id }) => id))
            }
            items={shown}
            renderEmptyState={() => <p className="hint ledger-empty">{t('search.noChoice')}</p>}
          >
            {({ id, name, sign, lang }) => (
              <ListBoxItem id={id} textValue={name} className="menu-item">
                {({ isSelected }) => (
                  <>
                    <span className="search-tick">{isSelected ? <Icon name="check" size="small" /> : null}</span>
                    {sign}
                    <bdi className="grow cut" lang={lang}>
                      {name}
                    </bdi>
                  </>
                )}
              </ListBoxItem>
            )}
          </ListBox>
          {fitting.length > SHOWN ? (
            <p className="hint">{t('search.narrow', { count: fitting.length - SHOWN })}</p>
          ) : null}
          {chosen.length === 0 ? null : (
            <Button className="link" onPress={() => onChange([])}>
              {t('search.any')}
            </Button>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
