import { create } from 'zustand';

interface Charts {
  /** The current mark of each figure, by the figure’s id: whoever reads a passage comes back to its mark. */
  readonly marks: ReadonlyMap<string, string>;
  /** Figures are shown as tables. */
  readonly isTable: boolean;
}

export const useCharts = create<Charts>()(() => ({ marks: new Map(), isTable: false }));

export const goTo = (figure: string, mark: string): void =>
  useCharts.setState(({ marks }) => ({ marks: new Map([...marks, [figure, mark]]) }));
export const toggleTable = (): void => useCharts.setState(({ isTable }) => ({ isTable: !isTable }));
