/**
 * How long a test waits for what is to appear, ms. It ends what hangs and measures nothing: on a machine that also does other
 * work, making a project took longer than 15 s.
 */
export const PATIENCE_MS = 60_000;
