import { Button as AriaButton, Tab, TabList, Tabs } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Source, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { closeSource, openSource } from '../../app/state/workbench.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';

const KIND_ICONS: Readonly<Record<Source['kind'], IconName>> = { pdf: 'file', page: 'page', text: 'text' };

/** What a source is called: its title, else its file's name. */
export const nameOf = (source: Pick<Source, 'title' | 'fileName'>): string => source.title ?? source.fileName;

/** The open sources. Delete on a tab closes it. */
export function SourceTabs({ tabs, front }: { tabs: readonly SourceId[]; front: SourceId }) {
  const { t } = useTranslation();
  const sources = useCall('sources.list', { deleted: true }).data?.sources ?? [];
  const open = tabs.flatMap((id) => sources.find((source) => source.id === id) ?? []);
  const close = (id: SourceId): void => closeSource(id);
  return (
    <div className="source-tabs">
      <Tabs
        selectedKey={front}
        onSelectionChange={(key) => {
          const chosen = open.find(({ id }) => id === key);
          if (chosen !== undefined) openSource(chosen.id);
        }}
      >
        <TabList aria-label={t('reader.openSources')} className="tabs-list" items={open}>
          {(source) => (
            <Tab id={source.id} className="tab" aria-label={nameOf(source)}>
              <span
                className="line cut"
                title={nameOf(source)}
                onKeyDown={(event) => event.key === 'Delete' && close(source.id)}
              >
                <Icon name={KIND_ICONS[source.kind]} size="small" />
                <bdi className="cut" {...(source.language === null ? {} : { lang: source.language })}>
                  {nameOf(source)}
                </bdi>
              </span>
            </Tab>
          )}
        </TabList>
      </Tabs>
      <AriaButton
        className="button"
        data-only-icon
        data-kind="quiet"
        data-size="small"
        aria-label={t('reader.closeSource', { name: nameOf(open.find(({ id }) => id === front) ?? UNKNOWN) })}
        onPress={() => close(front)}
      >
        <Icon name="close" size="small" />
      </AriaButton>
    </div>
  );
}

const UNKNOWN = { title: null, fileName: '' };
