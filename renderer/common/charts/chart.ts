import type { PlotOptions, RenderFunction } from '@observablehq/plot';

/** A part of a chart that stands for passages, and can be reached by key. */
export interface ChartMark {
  /** The mark’s name within its chart; `shapes.ts` puts the same name on the shape that draws it. */
  readonly key: string;
  /**
   * The row of the mark, counted from the top. The up and down arrows move between lanes, left and right along one, in the order of the
   * marks.
   */
  readonly lane: number;
  /** What it is and how many, in words: “Land mechanism, 2021: 3 passages”. */
  readonly label: string;
  /** Called on Enter and on a click. */
  readonly run: () => void;
}

/** Below this many passages, each is drawn by itself and no share is given: a percentage of six says nothing. */
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
  /** The id of a fill pattern, unique on the page. */
  readonly pattern: (name: PatternName) => string;
  /** Whether the chart is drawn in black and white: dots, patterns and words replace colours. */
  readonly isPlain: boolean;
}
export type PatternName = 'hatch' | 'dots';

/** A chart: how it is drawn, what can be reached in it, and the same numbers as a table. */
export interface Chart {
  /** Names the chart’s saved files. */
  readonly kind:
    'timeline' | 'years' | 'matrix' | 'coverage' | 'read' | 'places' | 'placeTiles' | 'placePairs' | 'figures';
  /** The chart’s id while the program runs; the current mark is remembered under it. */
  readonly id: string;
  /** One sentence with the finding: the accessible name of the picture, and its title where it is printed or saved. */
  readonly title: string;
  /** Colours are tokens, as `var(--accent)`. The width is `paper.width`: a chart is drawn for its width, never scaled. */
  readonly draw: (paper: Paper) => PlotOptions;
  readonly marks: readonly ChartMark[];
  readonly table: ChartTable;
  /** The same chart with pseudonyms; only for a chart that names people. */
  readonly pseudonymous?: Chart;
  /** Where a chart that is higher than a sheet may be cut for printing. Without this, it is made smaller. */
  readonly cuts?: (paper: Paper) => ChartCuts;
  /** Families that the picture shows by code alone, with their names: on paper the names stand below. */
  readonly codes?: readonly { readonly code: string; readonly name: string }[];
}

/** Where a chart may be cut, in CSS pixels from the top. */
export interface ChartCuts {
  /** The height of the axis or column heads; they are repeated above each part. */
  readonly head: number;
  /** The lower edge of each row. */
  readonly rows: readonly number[];
}

/** What a chart counts; printed or saved below it. */
export interface ChartNote {
  readonly project: string;
  /** The hash of the project’s last change; null before the first. */
  readonly head: string | null;
  /** The filter, how many passages it finds, and when. */
  readonly counted: string;
  /** `counted` with pseudonyms. */
  readonly pseudonymous: string;
}

/** A channel whose value (pixels, or a colour) is used as it is, without a scale. */
export const asIs = <T, V extends string | number>(value: (datum: T) => V) => ({ value, scale: null });

/** For a mark’s `render`: puts the keys of the data on the shapes, so that {@link Chart.marks} can be found on the page. */
export const named =
  (data: readonly { readonly key?: string }[]): RenderFunction =>
  (index, scales, values, dimensions, context, next) => {
    const group = next?.(index, scales, values, dimensions, context) ?? null;
    const first = group?.firstElementChild ?? null;
    // Plot puts clipped shapes into a group of their own.
    const shapes =
      group?.hasAttribute('clip-path') === true && first?.localName === 'g' ? first.children : group?.children;
    index.forEach((at, place) => {
      const key = data[at]?.key;
      // Plot draws one shape a datum, in the order of the index.
      if (key !== undefined) shapes?.[place]?.setAttribute('data-mark', key);
    });
    return group;
  };
