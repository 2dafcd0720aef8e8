import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';

export interface TabItem {
  readonly id: string;
  readonly label: ReactNode;
  readonly content: ReactNode;
}

/** Tabs whose panels lie under them; the panel that is not shown is not there. */
export function Tabs({
  label,
  selected,
  onSelect,
  items,
  end,
}: {
  label: string;
  selected: string;
  onSelect: (id: string) => void;
  items: readonly TabItem[];
  end?: ReactNode;
}) {
  return (
    <AriaTabs className="pane" selectedKey={selected} onSelectionChange={(key) => onSelect(String(key))}>
      <div className="pane-head">
        <TabList aria-label={label} className="tabs-list grow">
          {items.map((item) => (
            <Tab key={item.id} id={item.id} className="tab">
              {item.label}
            </Tab>
          ))}
        </TabList>
        {end}
      </div>
      {items.map((item) => (
        <TabPanel key={item.id} id={item.id} className="tab-panel">
          {item.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
