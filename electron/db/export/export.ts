import { guarded } from '../faults.ts';
import type { OpenLog } from '../log/open-log.ts';
import type { ExportDb } from '../types.ts';
import { writeAssignment } from './assignment.ts';
import { writePart } from './part.ts';
import { writePseudonymous } from './pseudonymous.ts';

/** Writes databases that hold only part of the log. */
export function createExport(open: OpenLog): ExportDb {
  const { log } = open;
  return {
    writePart: (target, show) => guarded(() => writePart(log, target, show)),
    writeAssignment: (target, label, show) => writeAssignment(open, target, label, show),
    writePseudonymous: (target, options) => guarded(() => writePseudonymous(log, target, options)),
  };
}
