import { type Gazetteer, gazetteerFile } from '../../../shared/places/gazetteer.ts';
import file from './gazetteer.json' with { type: 'json' };

let read: Gazetteer | null = null;

/**
 * The gazetteer that is built in: 209 places and bodies of Xinjiang and its partners, with 2,354 names. Its sources and licences
 * are in the file. It is checked once, when it is first needed.
 */
export const builtInGazetteer = (): Gazetteer => (read ??= gazetteerFile.parse(file));
