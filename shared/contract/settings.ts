import { z } from 'zod';

/** In percent of the system's own size. */
export const TEXT_SIZES = [100, 110, 125, 150, 175, 200] as const;
export const THEMES = ['system', 'light', 'dark'] as const;
export const PAPERS = ['light', 'dark', 'asTheme'] as const;
export const SIDE_PANES = ['asLeft', 'codebook', 'sources', 'search'] as const;
export const MOTIONS = ['system', 'reduced'] as const;

/** What a person has chosen for this installation; every window follows it. */
export const settings = z.object({
  personName: z.string(),
  theme: z.enum(THEMES),
  /** Text of the interface, in percent: all sizes follow it. */
  textSize: z.number().int().min(100).max(200),
  /** The paper a source lies on until one chooses another in the reader. */
  paper: z.enum(PAPERS),
  /** What the pane beside the source shows when a project is opened. */
  sidePane: z.enum(SIDE_PANES),
  motion: z.enum(MOTIONS),
  /** Whether projects are listed on the start screen once they were opened; turning it off empties the list. */
  keepRecents: z.boolean(),
});
export type Settings = z.infer<typeof settings>;

/** Never the account's name: what people publish from here must not carry it by accident. */
export const DEFAULT_PERSON = 'Analyst';
export const DEFAULT_SETTINGS: Settings = {
  personName: DEFAULT_PERSON,
  theme: 'system',
  textSize: 100,
  paper: 'light',
  sidePane: 'asLeft',
  motion: 'system',
  keepRecents: true,
};
