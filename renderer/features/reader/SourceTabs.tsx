import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Button as AriaButton, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Source, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { closeSource, openSource } from '../../app/state/workbench.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';

const KIND_ICONS: Readonly<Record<Source['kind'], IconName>> = { pdf: 'file', page: 'page', text: 'text' };

/** What a source is called: its title, else its file's name. */
export const nameOf = (source: Pick<Source, 'title' | 'fileName'>): string => source.title ?? source.fileName;

interface Props {
  readonly tabs: readonly SourceId[];
  readonly front: SourceId;
  /** The source in front. */
  readonly children: ReactNode;
}

/** The open sources. */
export function SourceTabs({ tabs, front, children }: Props) {
  const { t } = useTranslation();
  const sources = useCall('sources.list', { deleted: true }).data?.sources ?? [];
  const open = tabs.flatMap((id) => sources.find((source) => source.id === id) ?? []);
  const close = (id: SourceId): void => closeSource(id);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[data-selected]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [front, open.length]);
  return (
    <Tabs
      className="reader-tabs"
      selectedKey={front}
      onSelectionChange={(key) => {
        const chosen = open.find(({ id }) => id === key);
        if (chosen !== undefined) openSource(chosen.id);
      }}
    >
      <div className="source-tabs">
        <TabList ref={list} aria-label={t('reader.openSources')} className="tabs-list" items={open}>
          {(source) => (
            <Tab id={source.id} className="tab" aria-label={nameOf(source)}>
              <span className="line cut" title={nameOf(source)}>
                <Icon name={KIND_ICONS[source.kind]} size="small" />
                <bdi className="cut" {...(source.language === null ? {} : { lang: source.language })}>
                  {nameOf(source)}
                </bdi>
              </span>
            </Tab>
          )}
        </TabList>
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
      <TabPanel id={front} className="reader-panel">
        {children}
      </TabPanel>
    </Tabs>
  );
}

const UNKNOWN = { title: null, fileName: '' };
