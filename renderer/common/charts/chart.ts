import type { PlotOptions, RenderFunction } from '@observablehq/plot';

/** A part of a chart that stands for passages, and can be reached by key. */
export interface ChartMark {
  /** Names it within its chart; the shape that draws it is given the same by `shapes.ts`. */
  readonly key: string;
  /** The up and down arrows go from lane to lane, from the top; left and right along one, in the order of the marks. */
  readonly lane: number;
  /** What it is and how many, in words: “Land mechanism, 2021: 3 passages”. */
  readonly label: string;
  /** Enter, and a click. */
  readonly run: () => void;
}

/** Of fewer passages each is drawn by itself, and no share is given: a percentage of six says nothing. */
export const FEW = 30;

/** The numbers of a chart. The first cell of a row is its heading. */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** Where a chart is drawn, and what it may use there. */
export interface Paper {
  /** CSS pixels. */
  readonly width: number;
  /** What pattern to fill with: its name is unique on the page. */
  readonly pattern: (name: PatternName) => string;
  /** In black and white: what elsewhere a colour says is said by dots, patterns and words. */
  readonly isPlain: boolean;
}
export type PatternName = 'hatch' | 'dots';

/** A chart: how it is drawn, what can be reached in it, and the same numbers as a table. */
export interface Chart {
  /** What a file of it is called by. */
  readonly kind:
    'timeline' | 'years' | 'matrix' | 'coverage' | 'read' | 'places' | 'placeTiles' | 'placePairs' | 'figures';
  /** Names the chart while the program runs: the current mark is remembered by it. */
  readonly id: string;
  /** One sentence with the finding: the accessible name of the picture, and its title where it is printed or saved. */
  readonly title: string;
  /** Colours are tokens, as `var(--accent)`. The width is `paper.width`: a chart is drawn for its width, never scaled. */
  readonly draw: (paper: Paper) => PlotOptions;
  readonly marks: readonly ChartMark[];
  readonly table: ChartTable;
  /** The same chart with pseudonyms; only of one that names persons. */
  readonly pseudonymous?: Chart;
  /** Where one that is higher than a sheet is cut for paper. Without it such a chart is made smaller. */
  readonly cuts?: (paper: Paper) => ChartCuts;
  /** Families whose code alone may stand in the picture, with their names: paper has room for those only below. */
  readonly codes?: readonly { readonly code: string; readonly name: string }[];
}

/** In CSS pixels from the top. */
export interface ChartCuts {
  /** What is above it, an axis or the heads of columns, stands above each part. */
  readonly head: number;
  /** The lower edge of each row. */
  readonly rows: readonly number[];
}

/** What a chart counts, below it where it is printed or saved. */
export interface ChartNote {
  readonly project: string;
  /** The hash of the project’s last change; null before the first. */
  readonly head: string | null;
  /** The filter, how many passages it finds, and when. */
  readonly counted: string;
  /** The same, with pseudonyms. */
  readonly pseudonymous: string;
}

/** A channel in pixels or a colour as it is, which no scale changes. */
export const asIs = <T, V extends string | number>(value: (datum: T) => V) => ({ value, scale: null });

/** For a mark’s `render`: its shapes get the keys of their data, so that {@link Chart.marks} are found again. */
export const named =
  (data: readonly { readonly key?: string }[]): RenderFunction =>
  (index, scales, values, dimensions, context, next) => {
    const group = next?.(index, scales, values, dimensions, context) ?? null;
    const first = group?.firstElementChild ?? null;
    // What is clipped is in a group of its own.
    const shapes =
      group?.hasAttribute('clip-path') === true && first?.localName === 'g' ? first.children : group?.children;
    index.forEach((at, place) => {
      const key = data[at]?.key;
      // Plot draws one shape a datum, in the order of the index.
      if (key !== undefined) shapes?.[place]?.setAttribute('data-mark', key);
    });
    return group;
  };
