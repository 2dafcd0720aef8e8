import { z } from 'zod';
import { DEFAULT_PERSON } from '../model/person-name.ts';

/** In percent of the system's own size. */
export const TEXT_SIZES = [100, 110, 125, 150, 175, 200] as const;
export const THEMES = ['system', 'light', 'dark'] as const;
export const PAPERS = ['light', 'dark', 'asTheme'] as const;
export const SIDE_PANES = ['asLeft', 'codebook', 'sources', 'search'] as const;
export const MOTIONS = ['system', 'reduced'] as const;

/** Preferences of this installation; every window follows them. */
export const settings = z.object({
  personName: z.string(),
  theme: z.enum(THEMES),
  /** Text size of the interface, in percent; all sizes follow it. */
  textSize: z.number().int().min(100).max(200),
  /** The paper behind a source, unless another is chosen in the reader. */
  paper: z.enum(PAPERS),
  /** What the sidebar shows when a project is opened. */
  sidePane: z.enum(SIDE_PANES),
  motion: z.enum(MOTIONS),
  /** Whether keys of a single character, without Ctrl or Alt, do anything outside fields. */
  letterKeys: z.boolean(),
  /** Changed keys of commands, by the command’s id; empty: it has none. */
  keys: z.record(z.string().max(100), z.string().max(50)),
  /** Whether the start screen lists projects that were opened; turning it off empties the list. */
  keepRecents: z.boolean(),
  /** Minutes without use until the windows are locked; 0: never. Null: not chosen, so {@link DEFAULT_LOCK_MINUTES}. */
  lockAfter: z.number().int().min(0).max(1440).nullable(),
});
export type Settings = z.infer<typeof settings>;

/** Applies only where the signing key has a passphrase: without one there is nothing to ask for. */
export const DEFAULT_LOCK_MINUTES = 15;
export const LOCK_MINUTES = [5, 15, 60, 0] as const;

export const DEFAULT_SETTINGS: Settings = {
  personName: DEFAULT_PERSON,
  theme: 'system',
  textSize: 100,
  paper: 'light',
  sidePane: 'asLeft',
  motion: 'system',
  letterKeys: true,
  keys: {},
  keepRecents: true,
  lockAfter: null,
};
