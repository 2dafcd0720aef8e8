import { create } from 'zustand';

interface Charts {
  /** The current mark of each chart, by the chart’s id, so that a person who opened a passage returns to its mark. */
  readonly marks: ReadonlyMap<string, string>;
  /** Charts are shown as tables. */
  readonly isTable: boolean;
}

export const useCharts = create<Charts>()(() => ({ marks: new Map(), isTable: false }));

export const goTo = (chart: string, mark: string): void =>
  useCharts.setState(({ marks }) => ({ marks: new Map([...marks, [chart, mark]]) }));
export const toggleTable = (): void => useCharts.setState(({ isTable }) => ({ isTable: !isTable }));
