import { EMBEDDING } from './embedding.ts';
import { FOREIGN } from './foreign.ts';
import { NAVIGATION } from './navigation.ts';
import { OVERLAYS } from './overlays.ts';
import type { Payload } from './payload.ts';
import { SCRIPTS } from './scripts.ts';
import { STYLES } from './styles.ts';

export type { Payload } from './payload.ts';

/** Every payload, each with a host of its own: `h12.evil.test`. */
export const PAYLOADS: readonly Payload[] = [
  ...SCRIPTS,
  ...STYLES,
  ...NAVIGATION,
  ...EMBEDDING,
  ...FOREIGN,
  ...OVERLAYS,
].map(({ name, html }, index) => ({ name, html: html.replaceAll('HOST', `h${index}.evil.test`) }));
